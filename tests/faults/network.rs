//! A network that fails, between a real table and a real endpoint: whatever happens to a request or its answer, once the
//! fault is over the queue reaches zero, and each signature is there once.
//!
//! `UNDERSIGNED_FAULTS=all` goes through 2,000 runs instead of some.

use std::{
    fs,
    sync::{Arc, Mutex},
};

use rand::{RngExt, SeedableRng, rngs::StdRng};
use system_tests::{Campaign, Endpoint, path};
use table::{
    Client, DatabaseKey, Draft, EndpointAddress, Keys, SetUp, SignOutcome, Table,
    sending::{State, send_until_done},
};

use crate::{
    all,
    proxy::{Fault, Proxy},
};

/// After a fault is over, so many sendings at most until everything is received.
const TRIES: usize = 2;
/// Longer than a request of a few signatures, and than its answer.
const REQUEST: usize = 9_000;
const ANSWER: usize = 900;

fn open_table(folder: &std::path::Path) -> Table {
    let kit = fs::read_to_string(path(folder, "saturday.kit").unwrap()).unwrap();
    let now = now();
    let mut rng = rand::rng();
    let keys = Keys { database: DatabaseKey::from_bytes([5; 32]), device: proof::Seed::from_bytes([6; 32]) };
    let set_up = SetUp::new(&kit, "Table 4", None, now).unwrap();
    let mut table = Table::create(&folder.join("own"), keys, set_up, now, &mut rng).unwrap();
    table.start_shift("Market", "", now, &mut rng).unwrap();
    table
}

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

fn sign(table: &mut Table, number: usize) {
    let mut draft = Draft::default();
    draft.petition = table.petitions()[0].id();
    draft.full_name = format!("Person Number{number}");
    let saved = table.sign(&draft, true, now(), &mut rand::rng()).unwrap();
    assert!(matches!(saved, SignOutcome::Saved(_)));
}

/// The fault of a run: every kind in its turn, at every offset in the long form.
fn fault(run: usize, rng: &mut StdRng) -> Fault {
    let turn = run / 8;
    // Stepping by a number without a common divisor goes through every offset.
    let at = |length: usize| (turn * 733 + run % 2 * 4_001) % length;
    match run % 8 {
        0 | 1 => Fault::CutRequest(at(REQUEST)),
        2 => Fault::CutAnswer(at(ANSWER)),
        3 => Fault::ResetAfterCommit,
        4 => Fault::Duplicate,
        5 => Fault::LoginPage,
        6 if turn.is_multiple_of(12) => Fault::Slow,
        6 => Fault::Delay(rng.random_range(1..80)),
        _ => Fault::Refuse,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_the_network_does_the_queue_reaches_zero_and_each_signature_is_there_once() {
    let runs = if all() { 2_000 } else { 96 };
    let folder = tempfile::tempdir().unwrap();
    let endpoint = Endpoint::start(&folder.path().join("endpoint")).unwrap();
    let campaign = Campaign::new(folder.path(), Some(&endpoint.url())).unwrap();
    let proxy = Proxy::start(&endpoint.url()).await;
    let table = open_table(folder.path());
    let key = table.kit().endpoint.as_ref().unwrap().key.clone();
    let client = |url: String| Client::of(&EndpointAddress { url, key: key.clone() }).unwrap();
    let table = Arc::new(Mutex::new(table));
    let seed =
        std::env::var("UNDERSIGNED_SEED").map_or_else(|_| rand::random(), |seed| seed.parse().unwrap());
    println!("UNDERSIGNED_SEED={seed}");
    let mut rng = StdRng::seed_from_u64(seed);
    let (mut signed, mut failed, mut most) = (0, 0, 0);
    for run in 0..runs {
        for _ in 0..rng.random_range(1..=3) {
            sign(&mut table.lock().unwrap(), signed);
            signed += 1;
        }
        let fault = fault(run, &mut rng);
        proxy.set(fault);
        let url = match fault {
            // A name that nobody can resolve (RFC 6761 §6.4).
            Fault::Refuse if run % 16 == 7 => "http://endpoint.invalid".to_owned(),
            _ => proxy.url(),
        };
        let report = send_until_done(Arc::clone(&table), client(url)).await.unwrap();
        assert_ne!(report.state, State::Refused, "{fault:?}");
        failed += usize::from(report.waiting > 0);
        proxy.set(Fault::None);
        let mut tries = 0;
        while table.lock().unwrap().counts().unwrap().waiting > 0 {
            tries += 1;
            assert!(tries <= TRIES, "{fault:?}: still waiting after {TRIES} sendings without a fault");
            send_until_done(Arc::clone(&table), client(proxy.url())).await.unwrap();
        }
        most = most.max(tries);
    }
    println!(
        "{runs} runs: {failed} broken off, the queue at zero after {most} sending at most, {signed} signatures"
    );
    assert!(failed * 3 > runs, "the network hardly failed");
    campaign.desk.run(&["desk", "pull"]).unwrap();
    let count = &campaign.desk.run(&["desk", "count"]).unwrap()[0];
    assert_eq!(
        (&count["collected"], &count["resent"], &count["set_aside"]),
        (&signed.into(), &0.into(), &0.into())
    );
    campaign.desk.run(&["desk", "verify"]).unwrap();
}
