//! Signing at the kiosk: once in a visit, and saved is said whatever fails after it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::Path;

use desk::{BackupKey, Desk, NewBackup};
use rusqlite::Connection;
use tempfile::TempDir;

use super::*;

const KEY: [u8; 32] = [5; 32];

/// A table in a running shift, in a folder, by the kit of a desk beside it.
fn table_and_desk(folder: &Path) -> (Table, Desk) {
    let mut rng = rand::rng();
    let keys = desk::Keys::generate(&mut rng);
    let desk_folder = folder.join("desk");
    let key = BackupKey::new("a passphrase for tests", &mut rng).unwrap();
    let backup = NewBackup { path: &folder.join("backup"), key: &key };
    let mut desk = Desk::create(&desk_folder, keys, "Neighbours", None, &backup, now(), &mut rng).unwrap();
    desk.add_petition(table::SAMPLE, now(), &mut rng).unwrap();
    let (_, kit) = desk.make_kit("Saturday", 5, now() + 1_000, now(), &mut rng).unwrap();
    let keys =
        table::Keys { database: table::DatabaseKey::from_bytes(KEY), ..table::Keys::generate(&mut rng) };
    let set_up = table::SetUp::new(&kit, "Table 1", None, now()).unwrap();
    let mut table = Table::create(&folder.join("table"), keys, set_up, now(), &mut rng).unwrap();
    table.start_shift("Market", "D. R.", now(), &mut rng).unwrap();
    (table, desk)
}

fn draft(table: &Table, name: &str) -> Draft {
    let mut draft = Draft::default();
    draft.id = Some(uuid::Builder::from_random_bytes(rand::random()).into_uuid());
    draft.petition = table.petitions()[0].id();
    draft.language = "en".into();
    draft.full_name = name.into();
    draft
}

fn thanks_of(table: &mut Table, signed: &mut BTreeMap<Uuid, Uuid>, draft: &Draft) -> Thanks {
    match sign_in_visit(table, signed, draft.clone(), true).unwrap() {
        SignOutcome::Saved(thanks) => *thanks,
        SignOutcome::Problems(checked) => panic!("{:?}", checked.problems),
    }
}

#[test]
fn a_second_tap_gets_the_same_thanks_and_adds_nothing() {
    let folder = TempDir::new().unwrap();
    let (mut table, _desk) = table_and_desk(folder.path());
    let mut visit = BTreeMap::new();
    let form = draft(&table, "Amina Yusuf");
    let first = thanks_of(&mut table, &mut visit, &form);
    // The form again; the form after the shell was started again; and a form of its own in the same visit.
    let again = thanks_of(&mut table, &mut visit, &form);
    let restarted = thanks_of(&mut table, &mut BTreeMap::new(), &form);
    let other_form = draft(&table, "Amina Yusuf");
    let other = thanks_of(&mut table, &mut visit, &other_form);
    for thanks in [again, restarted, other] {
        assert!(thanks.withdrawal_code == first.withdrawal_code);
        assert_eq!(thanks.invite.unwrap().count, 1);
    }
    assert_eq!(table.counts().unwrap().saved, 1);
}

#[test]
fn what_cannot_be_read_after_the_commit_is_left_out_of_the_thanks() {
    let folder = TempDir::new().unwrap();
    let (mut table, mut desk) = table_and_desk(folder.path());
    let form = draft(&table, "Amina Yusuf");
    thanks_of(&mut table, &mut BTreeMap::new(), &form);
    desk.merge("by hand", &table.next_batch(1, 0, 10).unwrap().bytes, now()).unwrap();
    table.accept_tally(&desk.tally(now()).unwrap()).unwrap();
    let connection = Connection::open(folder.path().join("table/table.db")).unwrap();
    let key: String = KEY.iter().map(|byte| format!("{byte:02x}")).collect();
    connection.execute_batch(&format!("PRAGMA key = \"x'{key}'\"; DROP TABLE stride_count;")).unwrap();
    let form = draft(&table, "Dee Rao");
    assert!(table.goal(form.petition).is_err(), "nobody can read a goal now");
    let thanks = thanks_of(&mut table, &mut BTreeMap::new(), &form);
    assert_eq!(thanks.withdrawal_code.len(), 11);
    assert!(thanks.withdrawal_qr.is_some());
    assert!(thanks.invite.is_none() && thanks.recommended.is_empty());
    assert_eq!(table.next_batch(1, 0, 10).unwrap().to, 2);
}
