//! What a signature of the ledger stands for: it follows from who signed, and from what was decided.

use std::collections::{BTreeMap, BTreeSet};

use matching::Verdict;
use rusqlite::Connection;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use crate::storage::{
    decision::{self, Decision},
    person::Person,
    signature::{self, Settled},
};

/// What a signature stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Standing {
    /// It counts.
    Counted,
    /// The same person has signed before.
    Duplicate {
        /// The signature that counts.
        of: Uuid,
    },
    /// It does not count, by the organizer's word.
    Void {
        /// Why.
        reason: String,
    },
    /// The person took it back.
    Withdrawn,
    /// What it said is erased.
    Erased,
    /// To be looked at before it counts.
    InReview,
}

impl Standing {
    /// The standing that is kept.
    pub(crate) fn of(settled: Settled) -> Self {
        match settled.standing {
            matching::Standing::Counted => Self::Counted,
            matching::Standing::Duplicate { of } => Self::Duplicate { of },
            matching::Standing::Decided(Verdict::Void) => {
                Self::Void { reason: settled.reason.unwrap_or_default() }
            }
            matching::Standing::Decided(Verdict::Withdrawn) => Self::Withdrawn,
            matching::Standing::Decided(Verdict::Erased) => Self::Erased,
            matching::Standing::Decided(Verdict::InReview) => Self::InReview,
        }
    }
}

/// Says again what the signatures of some people stand for, from what they signed and what was decided of it. It costs what
/// these people signed: nobody else's standing can change.
pub(crate) fn settle(db: &Connection, people: BTreeSet<Person>) -> rusqlite::Result<()> {
    for person in people {
        let signatures = signature::list_of_person(db, person)?;
        let decisions = decision::list_of_person(db, person)?;
        let signed = signatures.iter().map(|(signed, _)| *signed).collect();
        let verdicts = decisions.iter().map(|decision| (decision.signature, decision.verdict));
        let standings = matching::settle([signed], verdicts);
        let reasons: BTreeMap<Uuid, Option<String>> =
            decisions.into_iter().map(|Decision { signature, reason, .. }| (signature, reason)).collect();
        for (signed, before) in signatures {
            let Some(standing) = standings.get(&signed.id).copied() else { continue };
            let reason = reasons.get(&signed.id).cloned().flatten();
            let settled = Settled { standing, reason };
            if settled != before {
                signature::set_settled(db, signed.id, &settled)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use lockbox::{Lockbox, LockboxError, Schema};

    use super::*;
    use crate::storage::SCHEMA;

    const ID: Uuid = Uuid::from_u128(5);

    fn standing(db: &Connection) -> (String, Option<String>) {
        let select = "SELECT standing, reason FROM signature";
        db.query_row(select, [], |row| Ok((row.get("standing")?, row.get("reason")?))).unwrap()
    }

    #[test]
    fn what_was_in_review_before_there_were_decisions_is_decided_and_undone_by_taking_that_out() {
        let folder = tempfile::tempdir().unwrap();
        // The twelfth step brings decisions.
        let before = Schema { steps: &SCHEMA.steps[..11], ..SCHEMA };
        let made = Lockbox::create(folder.path(), None, &before, |db| {
            db.execute_batch(
                "INSERT INTO log (log, table_id, generation, device, kit, label, certificate, admission, admitted_at,
                    size, frontier, checkpoint)
                 VALUES (1, zeroblob(16), 1, '', zeroblob(16), 'Table', '', '', 0, 0, x'', '')",
            )?;
            db.execute(
                "INSERT INTO signature (signature, petition, signed_at, log, idx, standing, reason, search)
                 VALUES (?1, zeroblob(16), 0, 1, 0, 'in_review', 'signature/unknown-text', '')",
                [ID],
            )?;
            Ok::<_, LockboxError>(())
        });
        drop(made.unwrap());
        let db = Lockbox::open(folder.path(), None, &SCHEMA).unwrap().connection;
        let people = || BTreeSet::from([Person::Unknown { signature: ID }]);
        settle(&db, people()).unwrap();
        assert_eq!(standing(&db), ("in_review".to_owned(), Some("signature/unknown-text".to_owned())));
        db.execute("DELETE FROM decision", []).unwrap();
        settle(&db, people()).unwrap();
        assert_eq!(standing(&db), ("counted".to_owned(), None));
    }
}
