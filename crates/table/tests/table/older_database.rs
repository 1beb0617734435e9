//! Databases of older versions, the log at its strides, and the copy that is kept before a step.

use std::{fs, path::Path};

use proof::{Frontier, Hash};
use rusqlite::Connection;
use table::Table;
use uuid::Uuid;
use wire::LogSize;

use crate::kit::{NOW, PETITION, keys, receive, sign, sign_many, signed, verified, world};

fn open(folder: &Path) -> Table {
    Table::open(folder, keys(), NOW).unwrap()
}

pub(crate) fn database(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection.execute_batch(&format!("PRAGMA key = \"x'{}'\";", "05".repeat(32))).unwrap();
    connection
}

/// Writes the books up to the log's end, as older versions did with each entry.
fn book(connection: &Connection) {
    let of = |place: i64| (place >> 40, place % (1 << 40));
    let mut entries =
        connection.prepare("SELECT place, leaf, petition, shift, mark IS NOT NULL FROM entry").unwrap();
    let mut entries = entries.query([]).unwrap();
    while let Some(entry) = entries.next().unwrap() {
        let (generation, index) = of(entry.get(0).unwrap());
        let booked: (u64, Vec<u8>) = connection
            .query_row("SELECT size, frontier FROM generation WHERE generation = ?1", [generation], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .unwrap();
        if booked.0 != index as u64 {
            continue;
        }
        let mut head = Frontier::from_bytes(booked.0, &booked.1).unwrap();
        head.push(Hash(entry.get(1).unwrap()));
        let update = "UPDATE generation SET size = ?2, frontier = ?3 WHERE generation = ?1";
        connection.execute(update, (generation, head.size(), head.to_bytes())).unwrap();
        if entry.get(4).unwrap() {
            let add = "INSERT INTO saved (petition, shift, saved) VALUES (?1, ?2, 1)
                ON CONFLICT (petition, shift) DO UPDATE SET saved = saved + 1";
            connection
                .execute(add, (entry.get::<_, Uuid>(2).unwrap(), entry.get::<_, i64>(3).unwrap()))
                .unwrap();
        }
    }
}

/// Makes the database what the first version wrote.
fn make_older(folder: &Path) {
    let connection = database(&folder.join("table.db"));
    book(&connection);
    let steps = "DROP TABLE stride; DROP TABLE stride_count; DROP TABLE again; DROP TABLE aside; DROP TABLE signed; DROP TABLE secret;
        DROP TABLE sheet; DROP TABLE line; DROP TABLE struck; DROP TABLE visit; DROP TABLE erased; DROP TABLE newest_update; DROP TABLE picture;
        DROP TABLE record; DROP TABLE opening; DROP TABLE practice;
        ALTER TABLE saved DROP COLUMN day; ALTER TABLE saved DROP COLUMN that_day;
        DROP INDEX shift_by_end;
        ALTER TABLE generation DROP COLUMN stored_size; ALTER TABLE generation DROP COLUMN due_size;
        ALTER TABLE entry DROP COLUMN mark; CREATE INDEX entry_of_petition ON entry (petition, place);
        PRAGMA user_version = 1;";
    connection.execute_batch(steps).unwrap();
}

/// Makes the database what the version before this one wrote.
pub(crate) fn make_previous(folder: &Path) {
    let connection = database(&folder.join("table.db"));
    book(&connection);
    let steps = "DROP TABLE erased; DROP TABLE newest_update; DROP TABLE picture; ALTER TABLE sheet DROP COLUMN version;
        ALTER TABLE sheet DROP COLUMN text_language;
        DROP TABLE record; DROP TABLE opening; DROP TABLE practice;
        ALTER TABLE visit DROP COLUMN begun; ALTER TABLE sheet DROP COLUMN lines; ALTER TABLE entry DROP COLUMN mark;
        CREATE INDEX entry_of_petition ON entry (petition, place); PRAGMA user_version = 4;";
    connection.execute_batch(steps).unwrap();
}

#[test]
fn a_database_of_the_first_version_goes_on_as_if_it_had_always_been_of_this_one() {
    let (folder, mut table) = signed(10);
    let path = folder.path().join("table");
    receive(&mut table, 6);
    table.start_generation(NOW).unwrap();
    sign(&mut table, "Amina Yusuf");
    receive(&mut table, 2);
    let told = |table: &Table| {
        let counts = table.counts().unwrap();
        (counts.saved, counts.received, counts.waiting, table.logs())
    };
    let before = told(&table);
    drop(table);
    make_older(&path);
    let mut table = open(&path);
    assert_eq!(told(&table), before);
    let size = |generation, size| LogSize { table: table.id(), generation, size, root: None };
    let tally = world().tally(1, 100, vec![size(1, 10), size(2, 4)]);
    table.accept_tally(&tally).unwrap();
    assert_eq!(table.goal(PETITION).unwrap().count, 101, "four of the second generation are in the first");
}

#[test]
fn an_update_of_the_program_leaves_what_is_not_sent_as_it_was_to_the_byte() {
    let (folder, mut table) = signed(40);
    let path = folder.path().join("table");
    receive(&mut table, 25);
    let unsent = table.next_batch(1, 25, 99).unwrap().bytes;
    drop(table);
    make_previous(&path);
    let mut table = open(&path);
    assert!(table.next_batch(1, 25, 99).unwrap().bytes == unsent);
    assert!(path.join("table.before-6.db").exists());
    let counts = table.counts().unwrap();
    assert_eq!((counts.saved, counts.received, counts.waiting), (40, 25, 15));
    sign(&mut table, "Amina Yusuf");
    receive(&mut table, 41);
    assert_eq!(table.counts().unwrap().waiting, 0);
}

#[test]
fn the_copy_before_a_step_holds_what_was_not_yet_in_the_file() {
    let (folder, mut table) = signed(3);
    let (path, crashed) = (folder.path().join("table"), folder.path().join("crashed"));
    drop(table);
    make_older(&path);
    // A program of the first version that is killed leaves its last signatures beside the file.
    let connection = database(&path.join("table.db"));
    connection.execute_batch("PRAGMA journal_mode = WAL; UPDATE kit SET label = 'The last word';").unwrap();
    fs::create_dir(&crashed).unwrap();
    for file in fs::read_dir(&path).unwrap().map(Result::unwrap) {
        fs::copy(file.path(), crashed.join(file.file_name())).unwrap();
    }
    drop(connection);
    table = open(&crashed);
    assert_eq!(table.label(), "The last word");
    let copy = database(&crashed.join("table.before-6.db"));
    let label: String = copy.query_row("SELECT label FROM kit", [], |row| row.get(0)).unwrap();
    assert_eq!(label, "The last word");
}

#[test]
fn at_every_stride_the_log_and_its_counts_are_as_if_read_from_the_start() {
    let (folder, mut table) = signed(1_100);
    let path = folder.path().join("table");
    receive(&mut table, 40);
    table.start_generation(NOW).unwrap();
    sign_many(&mut table, 1_000);
    let world = world();
    let check = |table: &mut Table, first_seq: u64| {
        let sizes =
            [(1, 15), (1, 16), (1, 17), (1, 1_000), (1, 1_100), (2, 1), (2, 1_024), (2, 2_048), (2, 2_060)];
        for (seq, (generation, size)) in (first_seq..).zip(sizes) {
            let batch = table.next_batch(generation, size, 3).unwrap();
            assert_eq!(verified(&world, &batch.bytes).before.size(), size);
            let seen = LogSize { table: table.id(), generation, size, root: None };
            table.accept_tally(&world.tally(seq, size, vec![seen])).unwrap();
            assert_eq!(table.goal(PETITION).unwrap().count, 2_100, "{generation} {size}");
        }
    };
    check(&mut table, 1);
    drop(table);
    // The version before had them farther apart.
    let farther =
        "DELETE FROM stride WHERE place % 1024 != 0; DELETE FROM stride_count WHERE place % 1024 != 0;";
    database(&path.join("table.db")).execute_batch(farther).unwrap();
    let mut table = open(&path);
    check(&mut table, 100);
    drop(table);
    make_older(&path);
    let mut table = open(&path);
    check(&mut table, 200);
    let connection = database(&path.join("table.db"));
    let strides: i64 = connection.query_row("SELECT count(*) FROM stride", [], |row| row.get(0)).unwrap();
    assert_eq!(strides, 68 + 128);
}

#[test]
fn a_kept_tally_that_does_not_hold_keeps_nobody_from_signing() {
    let (folder, mut table) = signed(2);
    let path = folder.path().join("table");
    table.accept_tally(&world().tally(1, 50, vec![])).unwrap();
    drop(table);
    database(&path.join("table.db"))
        .execute_batch("UPDATE tally SET note = replace(note, '50', '51');")
        .unwrap();
    let mut table = open(&path);
    assert_eq!((table.goal(PETITION).unwrap().count, table.counts().unwrap().everyone), (2, None));
    sign(&mut table, "Amina Yusuf");
    assert!(table.accept_tally(&world().tally(1, 50, vec![])).unwrap(), "it is fetched again");
}
