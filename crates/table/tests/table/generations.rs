//! The generations of a log: forks are proven, nothing is left behind, and each signature is counted once.

use proof::{Checkpoint, Seed};
use table::Table;
use wire::LogSize;

use crate::kit::{NOW, PETITION, keys, receive, receive_of, sign, sign_many, signed, verified, world};

fn note_of(table: &Table, generation: u32, size: usize) -> String {
    let batch = table.next_batch(generation, 0, size).unwrap();
    wire::Batch::decode(&batch.bytes).unwrap().checkpoint
}

#[test]
fn a_fork_is_proven_by_a_checkpoint_of_the_own_device_that_is_not_of_the_own_log() {
    let (folder, mut table) = signed(5);
    let path = folder.path().join("table");
    drop(table);
    let copy = folder.path().join("copy");
    std::fs::create_dir(&copy).unwrap();
    for file in std::fs::read_dir(&path).unwrap().map(Result::unwrap) {
        std::fs::copy(file.path(), copy.join(file.file_name())).unwrap();
    }
    let mut clone = Table::open(&copy, keys(), NOW).unwrap();
    table = Table::open(&path, keys(), NOW).unwrap();
    sign_many(&mut table, 3);
    sign_many(&mut clone, 5);
    let proves = |note: &str| table.is_fork(1, note).unwrap();
    assert!(proves(&note_of(&clone, 1, 6)), "another root at a size that it has");
    assert!(proves(&note_of(&clone, 1, 9)), "a size that it never had");
    for size in 0..=8 {
        assert!(!proves(&note_of(&table, 1, size)), "its own at {size}");
    }
    assert!(!proves(&note_of(&clone, 1, 5)), "they are the same up to there");
    let another = table.origin().device_key(&Seed::from_bytes([66; 32]));
    let forged = Checkpoint { size: 99, ..table.next_batch(1, 0, 8).unwrap().checkpoint };
    assert!(!proves(&forged.signed(&another).unwrap().to_string()), "signed by another device");
    let real = note_of(&clone, 1, 9);
    assert!(!proves(&real.replacen("\n9\n", "\n8\n", 1)), "changed");
    assert!(!proves("no note"));
    clone.start_generation(NOW).unwrap();
    assert!(!proves(&note_of(&clone, 2, 3)), "of another generation");
    assert!(!table.is_fork(2, &real).unwrap(), "of a generation that it does not have");
}

#[test]
fn a_log_that_is_known_otherwise_from_its_beginning_is_appended_again_whole() {
    let (folder, mut table) = signed(6);
    receive(&mut table, 4);
    table.start_generation(NOW).unwrap();
    receive(&mut table, 2);
    sign(&mut table, "Amina Yusuf");
    let first = verified(&world(), &table.next_batch(1, 0, 4).unwrap().bytes);
    table.leave_fork(1, NOW).unwrap();
    let counts = table.counts().unwrap();
    assert_eq!((counts.saved, counts.received, counts.waiting), (7, 2, 5));
    let again = verified(&world(), &table.next_batch(2, 0, 10).unwrap().bytes);
    assert_eq!(again.entries[3..], first.entries);
    drop(table);
    let table = Table::open(&folder.path().join("table"), keys(), NOW).unwrap();
    let counts = table.counts().unwrap();
    assert_eq!((table.generation(), counts.received, counts.waiting), (2, 2, 5));
    assert_eq!(table.logs().len(), 1, "of the first generation nothing is due");
}

#[test]
fn what_the_endpoint_says_it_lost_waits_until_it_is_received_again_also_after_a_restart() {
    let (folder, mut table) = signed(10);
    receive(&mut table, 6);
    table.start_generation(NOW).unwrap();
    receive(&mut table, 3);
    table.rewind(1, 2).unwrap();
    let told = |table: &Table| {
        let counts = table.counts().unwrap();
        (counts.saved, counts.received, counts.waiting)
    };
    assert_eq!(told(&table), (10, 5, 5));
    table.rewind(1, 4).unwrap();
    assert_eq!(told(&table), (10, 5, 5), "a word that is less is no receipt");
    drop(table);
    let mut table = Table::open(&folder.path().join("table"), keys(), NOW).unwrap();
    assert_eq!(told(&table), (10, 5, 5));
    receive_of(&mut table, 1, 5);
    assert_eq!(told(&table), (10, 8, 2));
    receive_of(&mut table, 1, 6);
    assert_eq!(told(&table), (10, 9, 1));
}

#[test]
fn a_signature_that_was_appended_again_counts_once_on_display_and_each_new_one_counts() {
    let (_folder, mut table) = signed(10);
    let (world, id) = (world(), table.id());
    receive(&mut table, 6);
    let size = |generation, size| LogSize { table: id, generation, size, root: None };
    // The tally saw all ten, four of them by stick.
    assert!(table.accept_tally(&world.tally(1, 100, vec![size(1, 10)])).unwrap());
    assert_eq!(table.goal(PETITION).unwrap().count, 100);
    table.start_generation(NOW).unwrap();
    assert_eq!(table.goal(PETITION).unwrap().count, 100);
    for more in 1..=4 {
        sign(&mut table, "Amina Yusuf");
        assert_eq!(table.goal(PETITION).unwrap().count, 100 + more);
    }
    assert!(table.accept_tally(&world.tally(2, 102, vec![size(1, 10), size(2, 6)])).unwrap());
    assert_eq!(table.goal(PETITION).unwrap().count, 104);
    // A tally that saw the four in the second generation alone.
    assert!(table.accept_tally(&world.tally(3, 104, vec![size(1, 6), size(2, 8)])).unwrap());
    assert_eq!(table.goal(PETITION).unwrap().count, 104);
    assert!(table.accept_tally(&world.tally(4, 98, vec![size(1, 6), size(2, 2)])).unwrap());
    assert_eq!(table.goal(PETITION).unwrap().count, 104);
}

#[test]
fn another_computers_entries_under_the_own_name_cover_none_of_the_own() {
    let (_folder, mut table) = signed(2);
    let size = vec![LogSize { table: table.id(), generation: 1, size: 50, root: None }];
    table.accept_tally(&world().tally(1, 50, size)).unwrap();
    sign(&mut table, "Amina Yusuf");
    assert!(table.goal(PETITION).unwrap().count >= 50);
}

#[test]
fn an_entry_that_was_set_aside_is_last_in_every_generation_until_only_such_are_left() {
    let (_folder, mut table) = signed(4);
    let leaves = |table: &Table| {
        verified(&world(), &table.next_batch(table.generation(), 0, 10).unwrap().bytes).leaves
    };
    let [a, b, c, d] = leaves(&table)[..] else { panic!("four") };
    assert!(table.set_aside(1, NOW).unwrap());
    assert_eq!(leaves(&table), [a, c, d, b]);
    assert!(table.set_aside(0, NOW).unwrap());
    assert_eq!(leaves(&table), [c, d, a, b]);
    receive(&mut table, 2);
    assert!(!table.set_aside(2, NOW).unwrap(), "only such entries are left");
    assert_eq!(table.generation(), 3);
    sign(&mut table, "Amina Yusuf");
    assert!(table.set_aside(2, NOW).unwrap());
    assert_eq!((leaves(&table).len(), &leaves(&table)[1..]), (3, &[a, b][..]));
    let counts = table.counts().unwrap();
    assert_eq!((counts.saved, counts.received, counts.waiting), (5, 2, 3));
}
