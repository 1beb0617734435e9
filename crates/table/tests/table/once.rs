//! An id is one signature, however often it is sent; and nobody learns a code from what the table keeps.

use std::fs;

use proptest::prelude::*;
use rusqlite::Connection;
use table::{Draft, SignOutcome, Table, TableError, WithdrawalCode};
use uuid::Uuid;

use crate::kit::{NOW, draft, end_shift, keys, rng, sign, signed};

fn with_id(name: &str, id: Uuid) -> Draft {
    let mut draft = draft(name);
    draft.id = Some(id);
    draft
}

fn send(table: &mut Table, draft: &Draft) -> (Uuid, WithdrawalCode) {
    send_at(table, draft, NOW)
}

fn send_at(table: &mut Table, draft: &Draft, now: i64) -> (Uuid, WithdrawalCode) {
    match table.sign(draft, true, now, &mut rng()).unwrap() {
        SignOutcome::Saved(saved) => (saved.signature, saved.withdrawal_code),
        SignOutcome::Problems(problems) => panic!("{problems:?}"),
    }
}

#[test]
fn what_is_sent_again_is_the_same_signature_with_the_same_code_also_after_a_restart() {
    let (folder, mut table) = signed(1);
    let draft = with_id("Amina Yusuf", Uuid::new_v4());
    let first = send(&mut table, &draft);
    assert_eq!(Some(first.0), draft.id);
    assert!(send(&mut table, &draft) == first);
    sign(&mut table, "Somebody Else");
    drop(table);
    let mut table = Table::open(&folder.path().join("table"), keys(), NOW).unwrap();
    assert!(send(&mut table, &draft) == first);
    // Saved is saved: also when the form says something else by then, or no longer holds, or the shift has ended.
    assert!(send(&mut table, &with_id("Amina Y. Yusuf", first.0)) == first);
    assert!(send(&mut table, &with_id("", first.0)) == first);
    end_shift(&mut table);
    assert!(send(&mut table, &draft) == first);
    assert_eq!(table.counts().unwrap().saved, 3);
    // And the closing record.
    assert_eq!(table.next_batch(1, 0, 10).unwrap().to, 4);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn however_the_clock_is_moved_between_two_taps_it_counts_once(
        moves in proptest::collection::vec(-4_000_000_000_i64..4_000_000_000, 1..6),
    ) {
        let (_folder, mut table) = signed(0);
        let draft = with_id("Amina Yusuf", Uuid::new_v4());
        let first = send(&mut table, &draft);
        for by in moves {
            prop_assert!(send_at(&mut table, &draft, NOW + by) == first);
        }
        prop_assert_eq!(table.counts().unwrap().saved, 1);
    }
}

#[test]
fn other_ids_are_other_signatures_with_other_codes() {
    let (_folder, mut table) = signed(0);
    let first = send(&mut table, &with_id("Amina Yusuf", Uuid::new_v4()));
    let second = send(&mut table, &with_id("Amina Yusuf", Uuid::new_v4()));
    let third = send(&mut table, &draft("Amina Yusuf"));
    assert!(first.1 != second.1 && second.1 != third.1);
    assert_eq!(table.counts().unwrap().saved, 3);
}

#[test]
fn what_had_problems_is_saved_under_its_id_once_they_are_mended() {
    let (_folder, mut table) = signed(0);
    let id = Uuid::new_v4();
    let outcome = table.sign(&with_id("", id), true, NOW, &mut rng()).unwrap();
    assert!(matches!(outcome, SignOutcome::Problems(_)));
    assert_eq!(send(&mut table, &with_id("Amina Yusuf", id)).0, id);
    assert_eq!(table.counts().unwrap().saved, 1);
}

#[test]
fn an_id_that_is_not_random_is_refused() {
    let (_folder, mut table) = signed(0);
    for id in [
        Uuid::nil(),
        Uuid::max(),
        Uuid::from_u128(7),
        "01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap(),
    ] {
        let refused = table.sign(&with_id("Amina Yusuf", id), true, NOW, &mut rng()).err();
        assert!(matches!(refused, Some(TableError::SignatureId)), "{id}");
    }
    assert_eq!(table.counts().unwrap().saved, 0);
}

#[test]
fn an_id_that_is_a_signatures_on_another_petition_is_refused() {
    let (_folder, mut table) = signed(0);
    let mut draft = with_id("Amina Yusuf", Uuid::new_v4());
    send(&mut table, &draft);
    draft.petition = Uuid::from_u128(9);
    let refused = table.sign(&draft, true, NOW, &mut rng()).err();
    assert!(matches!(refused, Some(TableError::SignatureIdTaken)));
}

#[test]
fn neither_id_nor_code_is_in_the_opened_database() {
    let (folder, mut table) = signed(0);
    let (id, code) = send(&mut table, &with_id("Amina Yusuf", Uuid::new_v4()));
    drop(table);
    let connection = Connection::open(folder.path().join("table/table.db")).unwrap();
    let plain = folder.path().join("plain.db");
    let export = format!(
        "PRAGMA key = \"x'{}'\"; ATTACH DATABASE '{}' AS plain KEY ''; SELECT sqlcipher_export('plain'); DETACH DATABASE plain;",
        "05".repeat(32),
        plain.display()
    );
    connection.execute_batch(&export).unwrap();
    let bytes = fs::read(plain).unwrap();
    let holds = |what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
    assert!(holds(b"Market"), "it is the opened database");
    assert!(
        !holds(id.as_bytes())
            && !holds(id.to_string().as_bytes())
            && !holds(id.simple().to_string().as_bytes())
    );
    assert!(!holds(code.as_str().as_bytes()) && !holds(code.to_string().as_bytes()));
}
