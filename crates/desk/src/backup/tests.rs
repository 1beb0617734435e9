//! That nothing is forgotten: every table and column of the schema is in the backup, or comes again.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::{collections::BTreeSet, path::Path};

use data_encoding::BASE64;
use proof::{Origin, Seed, SigningKey};
use rand::{SeedableRng, rngs::StdRng};
use rusqlite::{Connection, types::Value};
use uuid::Uuid;
use wire::{
    Confirmation, Decided, DecidedKeep, DecidedVerdict, Decision, EndpointAddress, Revocation, Signed,
};

use super::{Backup, BackupKey, NewBackup};
use crate::{Desk, Keys, Revoked, review::keep_decision, storage};

const NOW: i64 = 1_800_000_000;
const PASSPHRASE: &str = "correct horse battery";

/// Tables and columns that the backup brings back as they were.
const HELD: [(&str, &[&str]); 8] = [
    (
        "campaign",
        &[
            "name",
            "note",
            "endpoint_url",
            "endpoint_key",
            "tally_seq",
            "tally",
            "update_seq",
            "newest_update",
        ],
    ),
    ("confirmation", &["table_id", "generation", "device", "note"]),
    (
        "decided",
        &[
            "decision",
            "petition",
            "made_at",
            "made_by",
            "kind",
            "one",
            "other",
            "undoes",
            "verdict",
            "reason",
            "keep",
            "per_mille",
            "chosen",
            "is_held",
            "note",
        ],
    ),
    ("ended", &["petition"]),
    ("epoch", &["epoch", "note", "wrapped", "starts", "ends", "rotated_at"]),
    (
        "kit",
        &["kit", "label", "max_tables", "until", "made_at", "certificate", "moved", "notes", "code_until"],
    ),
    ("petition", &["petition", "version", "note"]),
    ("revocation", &["kit", "table_id", "note"]),
];

/// Columns of these tables that are of this computer: the endpoint is told all again, and batches are merged again.
const OF_THIS_COMPUTER: [(&str, &str); 5] = [
    ("campaign", "one"),
    ("campaign", "told"),
    ("campaign", "merged_at"),
    ("campaign", "opened_with"),
    ("revocation", "revocation"),
];

/// Tables that come again from the batches of endpoint and sticks, or from asking the endpoint.
const COME_AGAIN: [&str; 23] = [
    // What is in memory of a desk that is open.
    "changed",
    "compared",
    "content",
    // By what the decisions choose.
    "covered",
    // So far made by opening what is merged.
    "decision",
    "endpoint_log",
    "entry",
    "envelope",
    "frontier",
    "kit_code",
    "log",
    // By looking up again in the roll, which no backup holds any of.
    "looked_up",
    "note",
    "outcome_count",
    "pair",
    "picture",
    "pulled",
    "roll",
    "signature",
    "standing_count",
    "strike",
    "waiting",
    "weighing",
];

/// Tables that say where the backup of this computer lies.
const THE_BACKUP_ITSELF: [&str; 2] = ["backup", "backup_place"];

/// A new campaign, with its backup in the desk's folder.
pub(crate) fn found(folder: &Path, keys: Keys) -> Desk {
    let mut rng = StdRng::seed_from_u64(11);
    let key = BackupKey::with_work(PASSPHRASE, 1, &mut rng).unwrap();
    let new = NewBackup { path: &folder.join("backup"), key: &key };
    Desk::create(folder, keys, "Neighbours", None, &new, NOW, &mut rng).unwrap()
}

/// A desk at which everything was said that can be said.
fn full(folder: &Path) -> Desk {
    let mut rng = StdRng::seed_from_u64(1);
    let mut desk = found(folder, Keys::generate(&mut rng));
    for title in ["Trees", "Buses", "Benches"] {
        let source =
            format!("---\ntitle: {title}\nstarted_by: Us\naddressed_to: Them\n---\n\nWe ask for it.\n");
        desk.add_petition(&source, NOW, &mut rng).unwrap();
    }
    let endpoint = SigningKey::endpoint(&Seed::from_bytes([5; 32])).verifier().clone();
    let address = EndpointAddress { url: "https://endpoint.example".to_owned(), key: endpoint };
    desk.set_endpoint(Some(address), NOW).unwrap();
    let (kit, _) = desk.make_kit("Lost", 3, NOW + 366 * 86_400, NOW, &mut rng).unwrap();
    desk.make_kit("Saturday", 20, NOW + 86_400, NOW + 5, &mut rng).unwrap();
    desk.revoke(Revoked::Kit(kit), "lost", NOW).unwrap();
    let (moved, _) = desk.make_kit("Market", 3, NOW + 86_400, NOW + 6, &mut rng).unwrap();
    desk.move_kit(moved, NOW + 9 * 86_400, NOW + 7).unwrap();
    desk.make_kit_with_code("By code", NOW + 86_400, NOW + 8, &mut rng).unwrap();
    for row in &desk.petitions().unwrap()[1..] {
        desk.end_petition(row.petition.id(), true, NOW).unwrap();
    }
    desk.rotate(NOW + 9 * 86_400, &mut rng).unwrap();
    let table = Some(Uuid::from_u128(7));
    let revoked = Revocation { kit: None, table, reason: "stolen".to_owned() };
    let revoked = Signed::sign(desk.about.id, NOW, revoked, &[&desk.root]).unwrap().note();
    storage::revocation::insert(&desk.db, None, table, &revoked).unwrap();
    for number in [9, 8] {
        let origin = Origin { campaign: desk.about.id, table: Uuid::from_u128(number), generation: 2 };
        let device = origin.device_key(&Seed::from_bytes([3; 32])).verifier().clone();
        let body = Confirmation { table: origin.table, generation: origin.generation, device };
        let signed = Signed::sign(desk.about.id, NOW, body, &[&desk.root]).unwrap();
        storage::confirmation::set(&desk.db, &signed.body, &signed.note()).unwrap();
    }
    let petition = desk.petitions().unwrap()[0].petition.id();
    let [one, other, signature] = [1, 2, 3].map(Uuid::from_u128);
    let (verdict, reason) = (DecidedVerdict::Void, "A test".to_owned());
    for (what, number) in [
        (Decided::Same { one, other }, 21),
        (Decided::Verdict { signature, verdict, reason }, 22),
        (Decided::Rule { keep: DecidedKeep::Latest, per_mille: 980 }, 23),
        (Decided::Undone { decision: Uuid::from_u128(21) }, 24),
    ] {
        let body = Decision { decision: Uuid::from_u128(number), petition, by: "D. R.".to_owned(), what };
        let signed = Signed::sign(desk.about.id, NOW, body, &[&desk.root]).unwrap();
        keep_decision(&desk.db, &signed).unwrap();
    }
    desk.tally(NOW).unwrap();
    desk.tally(NOW).unwrap();
    desk.sign_update(NOW, &mut rng).unwrap();
    desk
}

fn names(db: &Connection, select: &str) -> BTreeSet<String> {
    let mut statement = db.prepare(select).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn rows(db: &Connection, table: &str, columns: &[&str]) -> Vec<Vec<Value>> {
    // Epochs are never listed in the order in which they were made.
    let order = if table == "epoch" { "epoch" } else { "rowid" };
    let select = format!("SELECT {} FROM {table} ORDER BY {order}", columns.join(", "));
    let mut statement = db.prepare(&select).unwrap();
    let row = |row: &rusqlite::Row<'_>| (0..columns.len()).map(|at| row.get(at)).collect();
    statement.query_map([], row).unwrap().map(Result::unwrap).collect()
}

#[test]
fn every_table_and_column_is_in_the_backup_or_comes_again() {
    let folder = tempfile::tempdir().unwrap();
    let desk = found(folder.path(), Keys::generate(&mut StdRng::seed_from_u64(1)));
    let tables = names(&desk.db, "SELECT name FROM sqlite_master WHERE type = 'table'");
    let said: BTreeSet<String> = HELD
        .iter()
        .map(|(table, _)| *table)
        .chain(COME_AGAIN)
        .chain(THE_BACKUP_ITSELF)
        .map(str::to_owned)
        .collect();
    assert_eq!(tables, said, "a table of which nobody said whether the backup holds it");
    for (table, held) in HELD {
        let columns = names(&desk.db, &format!("SELECT name FROM pragma_table_info('{table}')"));
        let own = OF_THIS_COMPUTER.iter().filter(|(of, _)| *of == table).map(|(_, column)| *column);
        let said: BTreeSet<String> = held.iter().copied().chain(own).map(str::to_owned).collect();
        assert_eq!(columns, said, "a column of {table} of which nobody said whether the backup holds it");
    }
}

#[test]
fn all_that_the_backup_holds_comes_back_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = full(folder.path());
    let path = folder.path().join("another");
    desk.write_backup(&path, NOW).unwrap();
    let backup = Backup::open(&std::fs::read(&path).unwrap(), PASSPHRASE).unwrap();
    let mut rng = StdRng::seed_from_u64(2);
    let (elsewhere, keys) = (tempfile::tempdir().unwrap(), backup.keys(&mut rng));
    let key = BackupKey::with_work(PASSPHRASE, 1, &mut rng).unwrap();
    let new = NewBackup { path: &path, key: &key };
    let back = Desk::restore(elsewhere.path(), keys, &backup, &new, NOW + 5).unwrap();
    assert!(back.backup_state().unwrap().is_current());
    for (table, columns) in HELD {
        let before = rows(&desk.db, table, columns);
        assert!(before.len() > usize::from(table != "campaign"), "too few rows of {table} to show anything");
        assert!(rows(&back.db, table, columns) == before, "{table} is not as it was");
    }
}

#[test]
fn every_change_of_what_the_backup_holds_makes_it_old() {
    let folder = tempfile::tempdir().unwrap();
    let desk = full(folder.path());
    let changes = || storage::backup::get_changes(&desk.db).unwrap();
    for (table, columns) in HELD {
        let set = match table {
            "ended" => "petition = randomblob(16)",
            _ if columns.contains(&"note") => "note = note || ' '",
            _ => "label = label || ' '",
        };
        let before = changes();
        desk.db.execute(&format!("UPDATE {table} SET {set}"), []).unwrap();
        let updated = changes();
        assert!(updated > before, "an update of {table} is not heard");
        desk.db.execute(&format!("CREATE TEMP TABLE copy AS SELECT * FROM {table}"), []).unwrap();
        desk.db.execute(&format!("DELETE FROM {table}"), []).unwrap();
        let deleted = changes();
        assert!(deleted > updated, "a deletion from {table} is not heard");
        desk.db.execute(&format!("INSERT INTO {table} SELECT * FROM copy"), []).unwrap();
        assert!(changes() > deleted, "an insertion into {table} is not heard");
        desk.db.execute("DROP TABLE copy", []).unwrap();
    }
    let before = changes();
    storage::campaign::set_merged_at(&desk.db, NOW).unwrap();
    storage::campaign::set_told(&desk.db, 1).unwrap();
    storage::campaign::set_tally(&desk.db, 9, "").unwrap();
    assert_eq!(changes(), before, "what an endpoint brings again makes no backup old");
}

#[test]
fn a_backup_of_the_first_version_is_still_read_and_then_written_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = full(folder.path());
    let epochs: Vec<_> = storage::epoch::list(&desk.db)
        .unwrap()
        .into_iter()
        .map(|row| {
            serde_json::json!({
                "epoch": row.epoch.to_string(), "note": row.note, "wrapped": BASE64.encode(&row.wrapped),
            })
        })
        .collect();
    let first = serde_json::json!({
        "kind": "backup", "v": 1, "campaign": desk.about.id, "name": "Neighbours",
        "root": BASE64.encode(desk.keys.root.expose()), "holder": BASE64.encode(desk.keys.holder.expose()),
        "epochs": epochs, "petitions": storage::petition::list_notes(&desk.db).unwrap(),
    });
    let path = folder.path().join("first");
    let mut recipient = age::scrypt::Recipient::new(age::secrecy::SecretString::from(PASSPHRASE));
    recipient.set_work_factor(1);
    std::fs::write(&path, age::encrypt(&recipient, first.to_string().as_bytes()).unwrap()).unwrap();

    let backup = Backup::open(&std::fs::read(&path).unwrap(), PASSPHRASE).unwrap();
    assert_eq!(backup.written_at(), None);
    let mut rng = StdRng::seed_from_u64(2);
    let (elsewhere, keys) = (tempfile::tempdir().unwrap(), backup.keys(&mut rng));
    let key = BackupKey::with_work(PASSPHRASE, 1, &mut rng).unwrap();
    let new = NewBackup { path: &path, key: &key };
    let back = Desk::restore(elsewhere.path(), keys, &backup, &new, NOW + 5).unwrap();
    assert_eq!((back.about.id, back.about.name.as_str()), (desk.about.id, "Neighbours"));
    assert_eq!(back.petitions().unwrap().len(), 3);
    assert!(back.backup_state().unwrap().is_current());
    assert!(Backup::open(&std::fs::read(&path).unwrap(), PASSPHRASE).unwrap().written_at().is_some());
    // The desk that is lost turns up: it does not write over what the other one wrote.
    let taken = desk.write_backup(&path, NOW).unwrap_err();
    assert_eq!(taken.code(), "desk/backup-taken");
}

#[test]
fn age_itself_opens_a_backup_in_two_steps() {
    let folder = tempfile::tempdir().unwrap();
    let desk = found(folder.path(), Keys::generate(&mut StdRng::seed_from_u64(1)));
    let file = std::fs::read_to_string(folder.path().join("backup")).unwrap();
    let end = "-----END AGE ENCRYPTED FILE-----\n";
    let [locked, content] = [0, 1].map(|part| file.split_inclusive(end).nth(part).unwrap());
    let open = |passphrase: &str, part: &str| {
        let identity = age::scrypt::Identity::new(age::secrecy::SecretString::from(passphrase));
        String::from_utf8(age::decrypt(&identity, part.as_bytes()).unwrap()).unwrap()
    };
    let json = open(&open(PASSPHRASE, locked), content);
    let root = BASE64.encode(desk.keys.root.expose());
    assert_eq!(serde_json::from_str::<serde_json::Value>(&json).unwrap()["root"], root);
}

#[test]
fn founding_that_stopped_goes_on_whether_the_file_was_there_already_or_not() {
    for is_there in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = found(folder.path(), Keys::generate(&mut StdRng::seed_from_u64(1)));
        // As if the program had ended before it noted that the file is written.
        desk.db
            .execute("UPDATE backup_place SET changes = NULL, written_at = NULL, digest = NULL", [])
            .unwrap();
        let path = folder.path().join("backup");
        if !is_there {
            std::fs::remove_file(&path).unwrap();
        }
        let key = BackupKey::with_work("another passphrase", 1, &mut StdRng::seed_from_u64(2)).unwrap();
        let new = NewBackup { path: &path, key: &key };
        let other = desk.go_on_founding("Another name", None, &new, NOW).unwrap_err();
        assert_eq!(other.code(), "desk/exists");
        desk.go_on_founding("Neighbours", None, &new, NOW).unwrap();
        assert!(desk.backup_state().unwrap().is_current());
        Backup::open(&std::fs::read(&path).unwrap(), "another passphrase").unwrap();
        let done = desk.go_on_founding("Neighbours", None, &new, NOW).unwrap_err();
        assert_eq!(done.code(), "desk/exists");
    }
}
