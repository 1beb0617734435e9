//! Room: what the desk has opened and the endpoint stores is erased when the volunteer says so, and nothing else.

use std::{
    fs,
    sync::{Arc, Mutex},
};

use data_encoding::BASE64;
use rusqlite::Connection;
use table::{
    Room, Table, make_room,
    sending::{State, send_until_done},
};
use tempfile::TempDir;
use wire::LogSize;

use crate::{
    endpoint::Endpoint,
    kit::{NOW, keys, receive, receive_of, sign, sign_many, signed, verified, world},
};

/// What the desk says that it has opened of a generation, with the root of this table's log.
fn opened(table: &Table, generation: u32, size: u64) -> LogSize {
    let root = table.next_batch(generation, size, 0).unwrap().checkpoint.root;
    LogSize { table: table.id(), generation, size, root: Some(BASE64.encode(&root.0)) }
}

fn acknowledge(table: &mut Table, seq: u64, logs: Vec<LogSize>) {
    assert!(table.accept_tally(&world().tally(seq, 1, logs)).unwrap());
}

/// Makes room, and gives how many entries were erased, with the table.
fn made(table: Table) -> (u64, Table) {
    let table = Mutex::new(table);
    let made = make_room(&table, |_| ()).unwrap();
    (made.erased, table.into_inner().unwrap())
}

/// Entries whose envelopes are in the database.
fn envelopes(folder: &TempDir) -> i64 {
    let db = Connection::open(folder.path().join("table/table.db")).unwrap();
    db.execute_batch(&format!("PRAGMA key = \"x'{}'\";", "05".repeat(32))).unwrap();
    db.query_row("SELECT count(*) FROM entry WHERE length(envelope) > 0", [], |row| row.get(0)).unwrap()
}

fn told(table: &Table) -> (u64, u64, u64) {
    let counts = table.counts().unwrap();
    (counts.saved, counts.received, counts.waiting)
}

#[test]
fn what_the_desk_opened_and_the_endpoint_stores_is_erased_and_the_log_goes_on() {
    let (folder, mut table) = signed(1_300);
    receive(&mut table, 1_200);
    let (head, later) =
        (table.next_batch(1, 1_300, 0).unwrap().bytes, table.next_batch(1, 1_100, 99).unwrap().bytes);
    let said = opened(&table, 1, 1_100);
    acknowledge(&mut table, 1, vec![said]);
    let before = table.room().unwrap();
    assert_eq!((before.erasable, before.stays, before.stays_received, before.erased), (1_100, 200, 100, 0));
    assert_eq!(before.told_at, Some(NOW));
    let counts = told(&table);
    let table = Mutex::new(table);
    let mut steps = Vec::new();
    let made = make_room(&table, |done| steps.push(done)).unwrap();
    let mut table = table.into_inner().unwrap();
    assert_eq!((made.erased, made.free), (1_100, 0));
    assert!(steps.len() > 8 && steps.is_sorted() && steps.last() == Some(&1_100), "in steps: {steps:?}");
    let after = table.room().unwrap();
    assert_eq!((after.erasable, after.stays, after.erased), (0, 200, 1_100));
    assert!(after.bytes * 2 < before.bytes, "{} of {}", after.bytes, before.bytes);
    assert!(made.given_back >= before.erasable_bytes / 2, "{made:?} {before:?}");
    assert_eq!(told(&table), counts);
    // The log is provable to its end, and what comes next is what it would have been.
    assert!(table.next_batch(1, 1_300, 0).unwrap().bytes == head);
    assert!(table.next_batch(1, 1_100, 99).unwrap().bytes == later);
    assert_eq!(table.next_batch(1, 1_099, 99).err().unwrap().code(), "table/erased");
    sign(&mut table, "Amina Yusuf");
    receive_rest(&mut table, 1_300);
    drop(table);
    assert_eq!(envelopes(&folder), 201);
    let mut table = Table::open(&folder.path().join("table"), keys(), NOW).unwrap();
    assert_eq!(told(&table), (1_301, 1_301, 0));
    assert_eq!(table.room().unwrap().erased, 1_100);
    // The whole log by hand: what is erased is left out, and told.
    let stick = folder.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let report = table.carry(&stick, true).unwrap();
    assert_eq!((report.signatures, report.erased), (201, 1_100));
    for name in &report.files {
        let batch = verified(&world(), &fs::read(stick.join(name)).unwrap());
        assert!(batch.before.size() >= 1_100);
    }
    sign_many(&mut table, 3);
    assert_eq!(table.carry(&stick, false).unwrap().signatures, 3);
}

/// Takes the receipt for all from an index on.
fn receive_rest(table: &mut Table, from: u64) {
    let endpoint = crate::kit::endpoint_key();
    let batch = table.next_batch(table.generation(), from, 4_096).unwrap();
    let line = proof::cosign(&batch.checkpoint, &endpoint, NOW.unsigned_abs());
    let receipt = proof::Receipt::verify(&line, &batch.checkpoint, endpoint.verifier()).unwrap();
    table.accept_receipt(&receipt, &batch, NOW).unwrap();
}

#[test]
fn nothing_is_erased_that_the_desk_did_not_say_of_this_very_log_or_no_receipt_covers() {
    let (_folder, mut table) = signed(10);
    let erasable = |table: &Table| table.room().unwrap().erasable;
    let own = opened(&table, 1, 8);
    let other_root = LogSize { root: opened(&table, 1, 7).root, ..own };
    acknowledge(&mut table, 1, vec![own.clone()]);
    assert_eq!(erasable(&table), 0, "no receipt");
    receive(&mut table, 6);
    assert_eq!(erasable(&table), 6);
    table.rewind(1, 4).unwrap();
    assert_eq!(erasable(&table), 4, "the endpoint lost the rest");
    receive(&mut table, 10);
    assert_eq!(erasable(&table), 8);
    for (seq, said) in (2..).zip([
        // A fork, a tally of before, more than there is, another generation, another table.
        other_root,
        LogSize { root: None, ..own.clone() },
        LogSize { size: 11, ..own.clone() },
        LogSize { generation: 2, ..own.clone() },
        LogSize { table: uuid::Uuid::from_u128(7), ..own.clone() },
    ]) {
        acknowledge(&mut table, seq, vec![said]);
        assert_eq!(erasable(&table), 0, "{seq}");
    }
    assert!(!table.accept_tally(&world().tally(1, 1, vec![own])).unwrap(), "an older one again");
    assert_eq!(erasable(&table), 0);
    let (erased, table) = made(table);
    assert_eq!((erased, told(&table)), (0, (10, 10, 0)));
}

#[test]
fn of_a_desk_that_lost_what_it_had_nothing_more_is_erased() {
    let (_folder, mut table) = signed(10);
    receive(&mut table, 10);
    let (four, two, nine) = (opened(&table, 1, 4), opened(&table, 1, 2), opened(&table, 1, 9));
    acknowledge(&mut table, 1, vec![four]);
    let (erased, mut table) = made(table);
    assert_eq!(erased, 4);
    acknowledge(&mut table, 2, vec![two]);
    let (erased, mut table) = made(table);
    assert_eq!(erased, 0);
    acknowledge(&mut table, 3, vec![nine]);
    assert_eq!(made(table).0, 5);
}

#[test]
fn what_is_in_a_later_generation_too_is_erased_once_the_rest_of_its_generation_is() {
    let (folder, mut table) = signed(10);
    receive(&mut table, 6);
    table.start_generation(NOW).unwrap();
    let room = table.room().unwrap();
    assert_eq!((room.erasable, room.stays), (0, 14));
    let said = opened(&table, 1, 6);
    acknowledge(&mut table, 1, vec![said]);
    let (erased, mut table) = made(table);
    assert_eq!(erased, 10, "four of them are in the second generation");
    assert_eq!(told(&table), (10, 6, 4));
    receive_of(&mut table, 2, 4);
    assert_eq!(told(&table), (10, 10, 0));
    drop(table);
    assert_eq!(envelopes(&folder), 4);
}

#[test]
fn copies_of_before_an_update_are_given_up_with_the_rest() {
    let (folder, table) = signed(10);
    let copy = folder.path().join("table/table.before-5.db");
    fs::write(&copy, [0; 50_000]).unwrap();
    assert!(table.room().unwrap().erasable_bytes >= 50_000);
    let table = Mutex::new(table);
    assert!(make_room(&table, |_| ()).unwrap().given_back >= 50_000);
    assert!(!copy.exists());
}

#[tokio::test]
async fn an_endpoint_that_lost_what_is_erased_gets_the_rest_in_the_next_generation() {
    let (_folder, table) = signed(30);
    let endpoint = Endpoint::start().await;
    let table = Arc::new(Mutex::new(table));
    let send = async || send_until_done(Arc::clone(&table), endpoint.client()).await.unwrap();
    send().await;
    {
        let mut table = table.lock().unwrap();
        let said = opened(&table, 1, 20);
        acknowledge(&mut table, 1, vec![said]);
    }
    assert_eq!(make_room(&table, |_| ()).unwrap().erased, 20);
    endpoint.state().logs.clear();
    sign_many(&mut table.lock().unwrap(), 5);
    let report = send().await;
    assert_eq!((report.state, report.received, report.waiting), (State::Done, 35, 0));
    assert_eq!(endpoint.state().sizes(), [(1, 0), (2, 15)], "twenty are with the desk alone");
    // It is not asked again for what it cannot have.
    let sent = endpoint.state().sent.len();
    assert_eq!(send().await.received, 35);
    assert_eq!(endpoint.state().sent[sent..], [(2, 15, 15)]);
    let room: Room = table.lock().unwrap().room().unwrap();
    assert_eq!((room.erased, room.erasable, room.stays), (20, 15, 15), "fifteen are there twice");
}

#[tokio::test]
async fn an_endpoint_that_does_not_know_the_campaign_for_a_while_costs_no_generation() {
    let (_folder, table) = signed(30);
    let endpoint = Endpoint::start().await;
    let table = Arc::new(Mutex::new(table));
    let send = async || send_until_done(Arc::clone(&table), endpoint.client()).await.unwrap();
    send().await;
    {
        let mut table = table.lock().unwrap();
        let said = opened(&table, 1, 20);
        acknowledge(&mut table, 1, vec![said]);
    }
    make_room(&table, |_| ()).unwrap();
    sign_many(&mut table.lock().unwrap(), 5);
    endpoint.state().knows_no_campaign = true;
    assert_eq!(send().await.state, State::UnknownCampaign);
    assert_eq!(table.lock().unwrap().room().unwrap().erasable, 0);
    endpoint.state().knows_no_campaign = false;
    assert_eq!(send().await.received, 35);
    assert_eq!(endpoint.state().sizes(), [(1, 35)]);
}
