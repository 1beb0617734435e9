//! Sending through HTTP: what an endpoint lost is sent again, and what is not proven is not believed.

use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use proof::{Seed, SigningKey};
use serde_json::json;
use table::{
    Table,
    sending::{SendReport, State, drive, send_until_done},
};
use tokio::{sync::Notify, time::timeout};
use wire::ProblemCode;

use crate::{
    endpoint::{Endpoint, problem},
    kit::{NOW, keys, receive, sign, sign_many, signed},
};

type Shared = Arc<Mutex<Table>>;

fn shared(table: Table) -> Shared {
    Arc::new(Mutex::new(table))
}

async fn send(table: &Shared, endpoint: &Endpoint) -> SendReport {
    send_until_done(Arc::clone(table), endpoint.client()).await.unwrap()
}

#[track_caller]
fn check(report: SendReport, state: State, received: u64, waiting: u64) {
    assert_eq!((report.state, report.received, report.waiting), (state, received, waiting));
}

/// Another computer with the same table.
fn cloned(from: &Path, to: &Path) -> Table {
    fs::create_dir(to).unwrap();
    for file in fs::read_dir(from).unwrap().map(Result::unwrap) {
        fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
    Table::open(to, keys(), NOW).unwrap()
}

#[tokio::test]
async fn everything_is_received_whatever_the_number_of_batches() {
    let (_folder, table) = signed(200);
    let endpoint = Endpoint::start().await;
    let table = shared(table);
    check(send(&table, &endpoint).await, State::Done, 200, 0);
    let sent = endpoint.state().sent.clone();
    assert_eq!(sent, [(1, 0, 64), (1, 64, 192), (1, 192, 200)]);
    sign(&mut table.lock().unwrap(), "Amina Yusuf");
    check(send(&table, &endpoint).await, State::Done, 201, 0);
    assert_eq!(endpoint.envelopes().len(), 201);
}

#[tokio::test]
async fn a_forged_fork_starts_no_generation_and_copies_nothing() {
    let (_folder, table) = signed(10);
    let endpoint = Endpoint::start().await;
    let table = shared(table);
    send(&table, &endpoint).await;
    let own = endpoint.state().logs.values().next().unwrap().checkpoints[&10].clone();
    sign_many(&mut table.lock().unwrap(), 5);
    for checkpoint in
        [None, Some(own.clone()), Some(own.replacen("\n10\n", "\n99\n", 1)), Some("?".to_owned())]
    {
        for _ in 0..4 {
            let forged = problem(ProblemCode::Forked, json!({ "at": 0, "checkpoint": checkpoint }));
            endpoint.state().forged.push_back(forged);
        }
        check(send(&table, &endpoint).await, State::Refused, 10, 5);
        assert_eq!(table.lock().unwrap().generation(), 1);
        endpoint.state().forged.clear();
    }
    check(send(&table, &endpoint).await, State::Done, 15, 0);
    assert_eq!(endpoint.state().sizes(), [(1, 15)]);
}

#[tokio::test]
async fn two_clones_both_bring_everything() {
    let (folder, table) = signed(6);
    let endpoint = Endpoint::start().await;
    let table = shared(table);
    send(&table, &endpoint).await;
    drop(table);
    let path = folder.path().join("table");
    let clone = shared(cloned(&path, &folder.path().join("clone")));
    let table = shared(Table::open(&path, keys(), NOW).unwrap());
    sign_many(&mut table.lock().unwrap(), 3);
    sign_many(&mut clone.lock().unwrap(), 2);
    check(send(&table, &endpoint).await, State::Done, 9, 0);
    check(send(&clone, &endpoint).await, State::Done, 8, 0);
    assert_eq!(endpoint.state().sizes(), [(1, 9), (2, 2)]);
    sign_many(&mut table.lock().unwrap(), 1);
    sign_many(&mut clone.lock().unwrap(), 1);
    check(send(&clone, &endpoint).await, State::Done, 9, 0);
    check(send(&table, &endpoint).await, State::Done, 10, 0);
    assert_eq!(endpoint.envelopes().len(), 6 + 4 + 3);
}

#[tokio::test]
async fn an_endpoint_that_forgot_everything_gets_everything_of_every_generation_again() {
    let (_folder, mut table) = signed(150);
    receive(&mut table, 100);
    table.start_generation(NOW).unwrap();
    sign_many(&mut table, 30);
    receive(&mut table, 80);
    // Both generations are received, by an endpoint that is gone.
    let table = shared(table);
    let endpoint = Endpoint::start().await;
    endpoint.state().knows_no_campaign = true;
    check(send(&table, &endpoint).await, State::UnknownCampaign, 0, 180);
    endpoint.state().knows_no_campaign = false;
    // It breaks off when it has the first generation again: that is told truly.
    endpoint.state().answers_left = Some(2);
    check(send(&table, &endpoint).await, State::NoNetwork, 100, 80);
    endpoint.state().answers_left = None;
    check(send(&table, &endpoint).await, State::Done, 180, 0);
    assert_eq!(endpoint.state().sizes(), [(1, 100), (2, 80)]);
    let asked = endpoint.state().sent.len();
    check(send(&table, &endpoint).await, State::Done, 180, 0);
    assert_eq!(endpoint.state().sent[asked..], [(1, 100, 100), (2, 80, 80)], "asked, and nothing sent");
}

#[tokio::test]
async fn an_endpoint_of_an_older_copy_gets_what_it_lost_and_no_more() {
    let (_folder, table) = signed(300);
    let endpoint = Endpoint::start().await;
    let table = shared(table);
    send(&table, &endpoint).await;
    for log in endpoint.state().logs.values_mut() {
        log.envelopes.truncate(70);
        log.checkpoints.retain(|size, _| *size <= 70);
    }
    let sent = endpoint.state().sent.len();
    check(send(&table, &endpoint).await, State::Done, 300, 0);
    let again = endpoint.state().sent[sent..].to_vec();
    assert_eq!((again[0], again[1].1), ((1, 300, 300), 70), "{again:?}");
    assert_eq!(endpoint.envelopes().len(), 300);
}

#[tokio::test]
async fn an_older_copy_that_took_a_clones_log_since_loses_nothing_of_either() {
    let (folder, table) = signed(4);
    let endpoint = Endpoint::start().await;
    let table = shared(table);
    send(&table, &endpoint).await;
    drop(table);
    let path = folder.path().join("table");
    let clone = shared(cloned(&path, &folder.path().join("clone")));
    let table = shared(Table::open(&path, keys(), NOW).unwrap());
    sign_many(&mut table.lock().unwrap(), 8);
    check(send(&table, &endpoint).await, State::Done, 12, 0);
    for log in endpoint.state().logs.values_mut() {
        log.envelopes.truncate(4);
        log.checkpoints.retain(|size, _| *size <= 4);
    }
    sign_many(&mut clone.lock().unwrap(), 5);
    check(send(&clone, &endpoint).await, State::Done, 9, 0);
    sign_many(&mut table.lock().unwrap(), 1);
    check(send(&table, &endpoint).await, State::Done, 13, 0);
    assert_eq!(endpoint.envelopes().len(), 4 + 8 + 5 + 1);
}

#[tokio::test]
async fn an_entry_that_is_too_large_alone_stops_no_other() {
    let (_folder, mut table) = signed(20);
    sign(&mut table, &"\u{6f22}".repeat(150));
    sign_many(&mut table, 40);
    let endpoint = Endpoint::start().await;
    endpoint.state().most_bytes = Some(1_700);
    let table = shared(table);
    check(send(&table, &endpoint).await, State::TooLarge, 60, 1);
    let generation = table.lock().unwrap().generation();
    check(send(&table, &endpoint).await, State::TooLarge, 60, 1);
    assert_eq!(table.lock().unwrap().generation(), generation, "alone it only waits");
    endpoint.state().most_bytes = None;
    check(send(&table, &endpoint).await, State::Done, 61, 0);
    assert_eq!(endpoint.envelopes().len(), 61);
}

#[tokio::test]
async fn another_endpoint_under_the_same_address_is_named_and_not_believed() {
    let (_folder, table) = signed(3);
    let endpoint = Endpoint::start().await;
    let table = shared(table);
    let other = endpoint.client_for(&SigningKey::endpoint(&Seed::from_bytes([44; 32])));
    let report = send_until_done(Arc::clone(&table), other.clone()).await.unwrap();
    check(report, State::OtherEndpoint, 0, 3);
    endpoint.state().knows_no_campaign = true;
    let report = send_until_done(table, other).await.unwrap();
    check(report, State::OtherEndpoint, 0, 3);
}

#[tokio::test]
async fn an_idle_table_asks_at_its_start_and_heals_an_endpoint_that_forgot() {
    let (_folder, mut table) = signed(5);
    receive(&mut table, 5);
    let endpoint = Endpoint::start().await;
    let table = shared(table);
    let changed = Arc::new(Notify::new());
    let on_change = {
        let changed = Arc::clone(&changed);
        move || changed.notify_one()
    };
    let (handle, work) = drive(Arc::clone(&table), endpoint.client(), on_change);
    let working = tokio::spawn(work);
    let healed = async {
        while endpoint.envelopes().len() < 5 || handle.status().state != State::Done {
            changed.notified().await;
        }
    };
    timeout(Duration::from_secs(20), healed).await.unwrap();
    working.abort();
    assert_eq!(table.lock().unwrap().counts().unwrap().waiting, 0);
}

#[tokio::test]
async fn who_sends_once_waits_for_an_endpoint_that_paces() {
    let (_folder, table) = signed(3);
    let endpoint = Endpoint::start().await;
    endpoint.state().forged.push_back(problem(ProblemCode::SlowDown, json!({})));
    check(send(&shared(table), &endpoint).await, State::Done, 3, 0);
}

#[tokio::test]
async fn what_is_paused_sends_nothing_until_it_is_asked_to() {
    let (_folder, table) = signed(0);
    let endpoint = Endpoint::start().await;
    let (table, changed) = (shared(table), Arc::new(Notify::new()));
    let told = Arc::clone(&changed);
    let (handle, work) = drive(Arc::clone(&table), endpoint.client(), move || told.notify_one());
    let driving = tokio::spawn(work);
    let reaches = async |state: State| {
        while handle.status().state != state {
            timeout(Duration::from_secs(30), changed.notified()).await.unwrap();
        }
    };
    handle.pause();
    reaches(State::Paused).await;
    sign_many(&mut table.lock().unwrap(), 3);
    handle.saved();
    // Asked for after it was woken: it has looked, and stays as it is.
    handle.pause();
    reaches(State::Paused).await;
    assert_eq!((endpoint.state().sent.len(), table.lock().unwrap().counts().unwrap().waiting), (0, 3));
    handle.send_now();
    reaches(State::Done).await;
    assert_eq!(table.lock().unwrap().counts().unwrap().waiting, 0);
    driving.abort();
}
