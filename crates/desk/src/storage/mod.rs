//! The desk's database: SQLCipher, one file of queries for each of its tables.
//!
//! `lockbox` makes, opens and migrates it.

pub(crate) mod backup;
pub(crate) mod campaign;
pub(crate) mod confirmation;
pub(crate) mod content;
pub(crate) mod counts;
pub(crate) mod covered;
pub(crate) mod decided;
pub(crate) mod decision;
pub(crate) mod endpoint_log;
pub(crate) mod entry;
pub(crate) mod envelope;
pub(crate) mod epoch;
pub(crate) mod facets;
pub(crate) mod frontier;
pub(crate) mod kit;
pub(crate) mod kit_code;
pub(crate) mod log;
pub(crate) mod note;
pub(crate) mod pair;
pub(crate) mod petition;
pub(crate) mod picture;
#[cfg(test)]
mod plans;
pub(crate) mod pulled;
pub(crate) mod revocation;
pub(crate) mod roll;
pub(crate) mod signature;
pub(crate) mod waiting;
pub(crate) mod weighing;

use lockbox::{Schema, Step};
use rusqlite::{Connection, Transaction, TransactionBehavior};

/// The steps of the schema: step n brings `user_version` from n to n + 1. Steps are only ever added.
const STEPS: [Step<'_>; 20] = [
    Step::of(&[
        campaign::CREATE,
        petition::CREATE,
        epoch::CREATE,
        kit::CREATE,
        revocation::CREATE,
        log::CREATE,
        entry::CREATE,
        envelope::CREATE,
        waiting::CREATE,
        endpoint_log::CREATE,
        signature::CREATE,
        content::CREATE,
    ]),
    Step::of(&[endpoint_log::STEP_2]),
    Step::of(&[confirmation::CREATE, campaign::STEP_3]),
    Step::of(&[log::STEP_4]),
    Step { statements: &[frontier::CREATE, counts::CREATE], then: Some(|tx| Ok(frontier::backfill(tx)?)) },
    Step::of(&[campaign::STEP_6]),
    Step {
        statements: &[log::STEP_7, waiting::STEP_7, pulled::CREATE, entry::STEP_7],
        then: Some(|tx| Ok(waiting::backfill(tx)?)),
    },
    Step::of(&[backup::CREATE]),
    Step::of(&[campaign::STEP_9]),
    Step::of(&[epoch::STEP_10]),
    Step::of(&[signature::STEP_11]),
    Step::of(&[decision::CREATE]),
    Step::of(&[note::STEP_13]),
    Step::of(&[campaign::STEP_14, petition::STEP_14, kit::STEP_14, picture::STEP_14]),
    Step::of(&[kit::STEP_15, kit_code::CREATE]),
    Step::of(&[signature::STEP_16, pair::CREATE, decided::CREATE, weighing::CREATE]),
    Step {
        statements: &[facets::STEP_17, decided::STEP_17, covered::CREATE],
        then: Some(|tx| Ok(facets::backfill(tx)?)),
    },
    Step::of(&[roll::CREATE]),
    Step::of(&[roll::STEP_19]),
    Step::of(&[roll::STEP_20]),
];

/// The desk's database.
pub(crate) const SCHEMA: Schema<'_> =
    Schema { name: "desk", steps: &STEPS, settings: "PRAGMA cache_size = -65536;" };

/// What every connection to it is prepared for.
pub(crate) fn prepare(db: &Connection) {
    db.set_prepared_statement_cache_capacity(64);
}

/// A write transaction; it takes the lock at its start.
pub(crate) fn write(db: &mut Connection) -> rusqlite::Result<Transaction<'_>> {
    db.transaction_with_behavior(TransactionBehavior::Immediate)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use std::path::Path;

    use lockbox::Lockbox;
    use proof::{Frontier, Hash, Origin, Seed};
    use uuid::Uuid;

    use super::{
        entry::{NewEntry, Outcome},
        *,
    };

    fn open(folder: &Path, steps: &[Step<'_>]) -> Lockbox {
        let schema = Schema { steps, ..SCHEMA };
        if !schema.exists(folder) {
            return Lockbox::create(folder, None, &schema, |_| Ok::<_, lockbox::LockboxError>(())).unwrap();
        }
        Lockbox::open(folder, None, &schema).unwrap()
    }

    fn device() -> proof::VerifierKey {
        let campaign = "00112233445566778899aabbccddeeff".parse().unwrap();
        let origin = Origin { campaign, table: Uuid::from_u128(7), generation: 1 };
        origin.device_key(&Seed::from_bytes([3; 32])).verifier().clone()
    }

    fn leaf(index: u64) -> Hash {
        proof::leaf_hash(&index.to_be_bytes())
    }

    #[test]
    fn a_log_of_before_gets_its_device_out_of_its_admission() {
        let folder = tempfile::tempdir().unwrap();
        let db = open(folder.path(), &STEPS[..3]).connection;
        let admission = format!("{{\"kind\":\"admission\",\"device\":\"{}\"}}\n\n— line\n", device());
        db.execute(
            "INSERT INTO log VALUES (1, zeroblob(16), 1, zeroblob(16), 'Table', '', ?1, 0, 0, x'', '', NULL)",
            [admission],
        )
        .unwrap();
        drop(db);
        let db = open(folder.path(), &STEPS).connection;
        let known: String = db.query_row("SELECT device FROM log", [], |row| row.get(0)).unwrap();
        assert_eq!(known, device().to_string());
    }

    #[test]
    fn frontiers_and_counts_of_what_was_merged_before_are_filled_in() {
        let folder = tempfile::tempdir().unwrap();
        // The fifth brings frontiers and counts.
        let mut db = open(folder.path(), &STEPS[..4]).connection;
        let tx = write(&mut db).unwrap();
        let log = 1;
        tx.execute(
            "INSERT INTO log (log, table_id, generation, kit, label, certificate, admission, admitted_at, size,
                frontier, checkpoint, device)
             VALUES (?1, zeroblob(16), 1, zeroblob(16), 'Table', '', '', 0, 2500, ?2, '', ?3)",
            (log, Frontier::of_leaves((0..2_500).map(leaf)).to_bytes(), device().to_string()),
        )
        .unwrap();
        for index in 0..2_500_u64 {
            let outcome = match index % 100 {
                0 => Outcome::SetAside("envelope/broken"),
                1 => Outcome::Resent,
                _ => Outcome::Canonical,
            };
            let petition = index.is_multiple_of(200).then_some(Uuid::from_u128(9));
            let new = NewEntry { log, index, leaf: leaf(index), outcome, petition, signature: None };
            entry::insert(&tx, &new).unwrap();
        }
        tx.commit().unwrap();
        drop(db);
        let db = open(folder.path(), &STEPS).connection;
        assert_eq!(counts::count_set_aside(&db, log).unwrap(), 25);
        assert_eq!(counts::count_beside(&db, None).unwrap(), (25, 25));
        assert_eq!(counts::count_beside(&db, Some(Uuid::from_u128(9))).unwrap(), (0, 13));
        for size in [0, 1, 1_023, 1_024, 1_025, 2_047, 2_048, 2_500] {
            entry::LEAVES_ASKED.set(0);
            let found = frontier::get(&db, log, size).unwrap();
            assert_eq!(found, Frontier::of_leaves((0..size).map(leaf)));
            assert!(entry::LEAVES_ASKED.get() < frontier::STRIDE, "at {size}");
        }
    }

    #[test]
    fn a_log_of_before_is_the_first_branch_and_what_was_the_evidence_of_a_fork_waits() {
        let folder = tempfile::tempdir().unwrap();
        // The seventh brings branches.
        let mut db = open(folder.path(), &STEPS[..6]).connection;
        let before = Frontier::of_leaves((0..3).map(leaf));
        let tx = write(&mut db).unwrap();
        tx.execute(
            "INSERT INTO log (log, table_id, generation, kit, label, certificate, admission, admitted_at, size,
                frontier, checkpoint, forked_by, device)
             VALUES (5, zeroblob(16), 1, zeroblob(16), 'Table', '', '', 0, 3, ?1, '', 'another', ?2)",
            (before.to_bytes(), device().to_string()),
        )
        .unwrap();
        for index in 0..3 {
            let outcome = if index == 1 { Outcome::SetAside("envelope/broken") } else { Outcome::Resent };
            let new = NewEntry { log: 5, index, leaf: leaf(index), outcome, petition: None, signature: None };
            entry::insert(&tx, &new).unwrap();
            envelope::insert(&tx, 5, index, b"sealed").unwrap();
        }
        let admission = format!("{{\"device\":\"{}\",\"label\":\"Table\"}}\n\n", device());
        let (entries, checkpoint) = (Vec::new(), String::new());
        let batch = wire::Batch {
            certificate: String::new(),
            admission,
            before: before.clone(),
            entries,
            checkpoint,
        };
        tx.execute(
            "INSERT INTO waiting VALUES (zeroblob(32), zeroblob(16), 1, 3, 3, ?1, 1)",
            [batch.encode()],
        )
        .unwrap();
        tx.commit().unwrap();
        drop(db);
        let db = open(folder.path(), &STEPS).connection;
        let branches = log::list(&db).unwrap();
        assert_eq!((branches.len(), branches[0].log, branches[0].size, branches[0].parent), (1, 5, 3, None));
        assert!(branches[0].lost_another);
        assert_eq!(entry::list_leaves(&db, 5, 0, 9).unwrap(), (0..3).map(leaf).collect::<Vec<_>>());
        assert_eq!(counts::count_set_aside(&db, 5).unwrap(), 1);
        let waiting = waiting::list_between(&db, &branches[0].name, 0, 9).unwrap();
        assert_eq!((waiting.len(), &waiting[0].before, waiting[0].to), (1, &before, 3));
        let mut broken = db.prepare("PRAGMA foreign_key_check").unwrap();
        assert!(!broken.exists([]).unwrap());
        // The references hold on.
        assert!(db.execute("DELETE FROM log", []).is_err());
    }
}
