//! Capture, batches, carrying and the count on display.

use std::fs;

use petition::Signature;
use proof::Seed;
use sealing::Opener;
use table::{DatabaseKey, Keys, SignOutcome, Table, TableError};
use wire::LogSize;

use crate::kit::{
    NOW, PETITION, draft, end_shift, keys, new_table, receive, rng, sign, signed, verified, world,
};

#[test]
fn what_is_saved_is_there_after_a_restart_and_opens_at_the_desk() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table");
    let mut table = new_table(&path);
    let (id, code) = sign(&mut table, "Amina Yusuf");
    drop(table);
    let table = Table::open(&path, keys(), NOW).unwrap();
    assert_eq!(table.counts().unwrap().saved, 1);
    assert_eq!(table.shift().unwrap().place, "Market");
    let world = world();
    let batch = verified(&world, &table.next_batch(table.generation(), 0, 10).unwrap().bytes);
    let opener = Opener::new(&world.epoch).unwrap();
    let petitions = [PETITION.into_bytes()];
    let opened = opener
        .open(&batch.entries[0], *world.campaign.id.as_bytes(), table.id().into_bytes(), &petitions)
        .unwrap();
    let signature = Signature::from_cbor(&opened.content).unwrap();
    assert_eq!((signature.id, signature.full_name.as_str()), (id, "Amina Yusuf"));
    assert!(signature.withdrawal_code == Some(code));
    assert_eq!(signature.signed_at % 60, 0);
}

#[test]
fn nothing_is_saved_without_a_shift_or_with_a_problem() {
    let (_folder, mut table) = signed(0);
    let outcome = table.sign(&draft(""), false, NOW, &mut rng()).unwrap();
    assert!(matches!(outcome, SignOutcome::Problems(problems) if problems.len() == 1));
    end_shift(&mut table);
    let refused = table.sign(&draft("Amina"), false, NOW, &mut rng()).err();
    assert!(matches!(refused, Some(TableError::NoShift)));
    assert_eq!(table.counts().unwrap().saved, 0);
}

#[test]
fn a_warning_is_passed_only_when_asked() {
    let (_folder, mut table) = signed(0);
    let odd = draft("X");
    assert!(matches!(table.sign(&odd, false, NOW, &mut rng()).unwrap(), SignOutcome::Problems(_)));
    assert!(matches!(table.sign(&odd, true, NOW, &mut rng()).unwrap(), SignOutcome::Saved(_)));
}

#[test]
fn another_key_a_newer_version_and_a_second_program_are_refused_and_change_nothing() {
    let (folder, table) = signed(2);
    let path = folder.path().join("table");
    let refused = |keys| Table::open(&path, keys, NOW).err().unwrap();
    assert!(matches!(refused(keys()), TableError::InUse));
    drop(table);
    let other = Keys { database: DatabaseKey::from_bytes([8; 32]), ..keys() };
    assert!(matches!(refused(other), TableError::WrongKey));
    let database = path.join("table.db");
    let connection = rusqlite::Connection::open(&database).unwrap();
    connection
        .execute_batch(&format!("PRAGMA key = \"x'{}'\"; PRAGMA user_version = 99;", "05".repeat(32)))
        .unwrap();
    drop(connection);
    let before = fs::read(&database).unwrap();
    assert!(matches!(refused(keys()), TableError::Newer));
    assert_eq!(fs::read(&database).unwrap(), before);
}

#[test]
fn batches_of_any_size_verify_and_meet_each_other() {
    let (_folder, mut table) = signed(7);
    let world = world();
    for from in 0..=7 {
        for most in 0..4 {
            let batch = table.next_batch(table.generation(), from, most).unwrap();
            let verified = verified(&world, &batch.bytes);
            assert_eq!((verified.before.size(), verified.after.size()), (from, 7.min(from + most as u64)));
        }
    }
    receive(&mut table, 5);
    assert_eq!(
        verified(&world, &table.next_batch(table.generation(), 5, 10).unwrap().bytes).entries.len(),
        2
    );
    assert_eq!(
        verified(&world, &table.next_batch(table.generation(), 3, 10).unwrap().bytes).entries.len(),
        4
    );
}

#[test]
fn received_is_what_a_receipt_covers_and_never_goes_back() {
    let (folder, mut table) = signed(6);
    receive(&mut table, 4);
    receive(&mut table, 2);
    let counts = table.counts().unwrap();
    assert_eq!((counts.saved, counts.received, counts.waiting), (6, 4, 2));
    drop(table);
    let table = Table::open(&folder.path().join("table"), keys(), NOW).unwrap();
    assert_eq!(table.counts().unwrap().received, 4);
}

#[test]
fn a_new_generation_holds_again_what_no_receipt_covers() {
    let (_folder, mut table) = signed(6);
    receive(&mut table, 4);
    let old = verified(&world(), &table.next_batch(table.generation(), 4, 10).unwrap().bytes);
    table.start_generation(NOW).unwrap();
    sign(&mut table, "Amina Yusuf");
    let new = verified(&world(), &table.next_batch(table.generation(), 0, 10).unwrap().bytes);
    assert_eq!((new.origin().generation, new.entries.len()), (2, 3));
    assert_eq!(new.entries[..2], old.entries);
    assert!(new.admission.also_signed_by(&old.admission.body.device));
    let counts = table.counts().unwrap();
    assert_eq!((counts.saved, counts.received, counts.waiting), (7, 4, 3));
}

#[test]
fn a_lost_device_key_starts_a_generation_that_nobody_speaks_for() {
    let (folder, table) = signed(2);
    drop(table);
    let lost = Keys { device: Seed::from_bytes([99; 32]), ..keys() };
    let table = Table::open(&folder.path().join("table"), lost, NOW).unwrap();
    let batch = verified(&world(), &table.next_batch(table.generation(), 0, 10).unwrap().bytes);
    assert_eq!((batch.origin().generation, batch.entries.len()), (2, 2));
    assert_eq!(batch.admission.note().matches('\u{2014}').count(), 1);
}

#[test]
fn a_stick_gets_whole_files_and_no_half_ones() {
    let (folder, mut table) = signed(5);
    receive(&mut table, 2);
    let stick = folder.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let report = table.carry(&stick, false).unwrap();
    assert_eq!((report.signatures, report.files.len()), (3, 1));
    assert!(report.files[0].contains("-1-2-5-"));
    let path = stick.join(&report.files[0]);
    assert_eq!(verified(&world(), &fs::read(&path).unwrap()).entries.len(), 3);
    fs::write(&path, b"half").unwrap();
    table.carry(&stick, false).unwrap();
    verified(&world(), &fs::read(&path).unwrap());
    assert_eq!(fs::read_dir(&stick).unwrap().count(), 1);
    assert_eq!(table.carry(&stick, true).unwrap().signatures, 5);
    assert!(matches!(table.carry(&folder.path().join("gone"), false), Err(TableError::File(_))));
}

#[test]
fn the_count_on_display_is_the_tally_and_what_was_saved_since() {
    let (_folder, mut table) = signed(3);
    let (world, id) = (world(), table.id());
    assert_eq!(table.goal(PETITION).unwrap().count, 3);
    let size = |size| vec![LogSize { table: id, generation: 1, size, root: None }];
    assert!(table.accept_tally(&world.tally(1, 50, size(2))).unwrap());
    assert_eq!(table.goal(PETITION).unwrap().count, 51);
    assert!(!table.accept_tally(&world.tally(1, 70, size(3))).unwrap(), "not newer");
    assert!(table.accept_tally(&world.tally(2, 52, size(3))).unwrap());
    assert_eq!(table.goal(PETITION).unwrap().count, 52);
    sign(&mut table, "Amina Yusuf");
    assert_eq!(table.goal(PETITION).unwrap().count, 53);
    assert_eq!(table.counts().unwrap().everyone, Some((52, NOW)));
    let forged = world.tally(3, 9_999, Vec::new()).replace("9999", "9998");
    assert!(table.accept_tally(&forged).is_err());
}
