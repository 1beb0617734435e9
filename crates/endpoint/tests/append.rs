//! Every row of the table in docs/protocol.md §8, over HTTP, on a real database.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[expect(dead_code, reason = "a part of it is needed here")]
mod world;

use std::{fs, sync::atomic::Ordering};

use proof::Checkpoint;
use wire::{ProblemCode, Pulled, Revocation, SendAnswer, Tally};
use world::{NOW, World};

#[track_caller]
fn check_received(answer: &SendAnswer, size: u64, stored: u64) {
    match answer {
        SendAnswer::Received { receipt, stored_size } => {
            assert_eq!((receipt.size(), *stored_size), (size, stored))
        }
        other => panic!("not received: {other:?}"),
    }
}

#[tokio::test]
async fn what_follows_is_appended_and_what_is_known_is_receipted_again() {
    let world = World::new().await;
    let log = world.table(1).signed(0..10);
    check_received(&log.send(0, 4).await, 4, 4);
    check_received(&log.send(4, 7).await, 7, 7);
    check_received(&log.send(0, 4).await, 4, 7);
    check_received(&log.send(2, 7).await, 7, 7);
    check_received(&log.send(5, 10).await, 10, 10);
    check_received(&log.send(10, 10).await, 10, 10);
}

#[tokio::test]
async fn a_batch_past_the_end_is_rewound() {
    let world = World::new().await;
    let log = world.table(1).signed(0..10);
    log.send(0, 3).await;
    let answer = log.send(5, 10).await;
    assert!(matches!(answer, SendAnswer::Rewind { stored_size: 3 }), "{answer:?}");
}

#[tokio::test]
async fn another_log_under_the_same_name_is_a_fork_and_changes_nothing() {
    let world = World::new().await;
    let log = world.table(1).signed(0..10);
    log.send(0, 6).await;
    let restored = world.table(1).signed([0, 1, 2, 3, 104, 105, 106]);
    let answer = restored.send(0, 7).await;
    assert!(matches!(answer, SendAnswer::Forked { checkpoint: Some(_) }), "{answer:?}");
    let answer = restored.send(5, 7).await;
    assert!(matches!(answer, SendAnswer::Forked { .. }), "what lies before differs: {answer:?}");
    check_received(&log.send(0, 10).await, 10, 10);
}

#[tokio::test]
async fn the_proof_of_a_fork_is_no_checkpoint_that_both_logs_have() {
    let world = World::new().await;
    let log = world.table(1).signed(0..10);
    for (from, to) in [(0, 2), (2, 4), (4, 10)] {
        log.send(from, to).await;
    }
    // The first subtree of the frontier differs, and in it the first half is the same.
    let restored = world.table(1).signed([0, 1, 2, 3, 4, 105, 106, 107, 108]);
    let SendAnswer::Forked { checkpoint: Some(note) } = restored.send(8, 9).await else { panic!("a fork") };
    let shown = Checkpoint::parse(&note.parse().unwrap()).unwrap();
    assert!(shown.size == 10, "{shown:?}");
}

#[tokio::test]
async fn the_next_generation_is_taken_when_the_one_before_speaks_for_it() {
    let world = World::new().await;
    world.table(1).signed(0..3).send(0, 3).await;
    let mut next = world.table(1).signed(3..5);
    next.generation = 2;
    check_received(&next.send(0, 2).await, 2, 2);
    let mut stranger = world.table(1).signed(3..5);
    (stranger.generation, stranger.spoken_for) = (3, false);
    let answer = stranger.send(0, 2).await;
    assert!(matches!(answer, SendAnswer::Held { stored_size: 2 }), "{answer:?}");
}

#[tokio::test]
async fn a_table_too_many_is_held_and_let_in_by_the_organizers_word() {
    let world = World::new().await;
    let mut first = world.table(1).signed(0..3);
    first.max_tables = 1;
    check_received(&first.send(0, 3).await, 3, 3);
    let mut second = world.table(2).signed(0..3);
    second.max_tables = 1;
    let answer = second.send(0, 3).await;
    assert!(matches!(answer, SendAnswer::Held { stored_size: 3 }), "{answer:?}");
    second.confirm().await;
    check_received(&second.send(3, 3).await, 3, 3);
}

#[tokio::test]
async fn a_revoked_table_is_told_so() {
    let world = World::new().await;
    let log = world.table(1).signed(0..3);
    log.send(0, 2).await;
    let table = Some(log.origin().table);
    world.say(Revocation { kit: None, table, reason: "lost".into() }).await.unwrap();
    assert!(matches!(log.send(2, 3).await, SendAnswer::Revoked));
    check_received(&world.table(2).signed(0..1).send(0, 1).await, 1, 1);
}

#[tokio::test]
async fn a_broken_batch_an_unknown_campaign_and_a_huge_body_are_refused_as_problems() {
    let world = World::new().await;
    let log = world.table(1).signed(0..2);
    let (bytes, checkpoint) = log.batch(0, 2);
    let mut changed = bytes.clone();
    changed[2_500] ^= 1;
    let answer = world.client.send_batch(changed, &checkpoint).await;
    assert!(matches!(answer, SendAnswer::Refused(ProblemCode::BadBatch)), "{answer:?}");
    let answer = world.client.send_batch(vec![0; wire::MAX_BATCH_BYTES + 1], &checkpoint).await;
    assert!(matches!(answer, SendAnswer::TooLarge), "{answer:?}");
    let mut stranger = checkpoint.clone();
    stranger.origin.campaign = "00112233445566778899aabbccddeeff".parse().unwrap();
    let answer = world.client.send_batch(bytes, &stranger).await;
    assert!(matches!(answer, SendAnswer::UnknownCampaign), "{answer:?}");
    let answer = reqwest::get(format!("{}/v1/nothing", world.running.url())).await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
}

#[tokio::test]
async fn twenty_tables_at_once_are_all_there_once() {
    let world = World::new().await;
    let logs: Vec<_> = (1..=20).map(|number| world.table(number).signed(0..30)).collect();
    let mut sending = Vec::new();
    for log in &logs {
        sending.push(async move {
            for from in (0..30).step_by(3) {
                check_received(&log.send(from, from + 3).await, from as u64 + 3, from as u64 + 3);
            }
        });
    }
    futures_join(sending).await;
    let rows = world.logs().await;
    assert_eq!(rows.iter().map(|row| row.size).collect::<Vec<_>>(), vec![30; 20]);
}

/// Runs them side by side on this thread.
async fn futures_join(futures: Vec<impl Future<Output = ()>>) {
    let mut waiting: Vec<_> = futures.into_iter().map(Box::pin).collect();
    std::future::poll_fn(|context| {
        waiting.retain_mut(|future| future.as_mut().poll(context).is_pending());
        if waiting.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
}

#[tokio::test]
async fn a_pull_gives_back_what_came_after_a_restart_too_and_only_to_the_root_key() {
    let world = World::new().await;
    let log = world.table(1).signed(0..9);
    for (from, to) in [(0, 4), (4, 5), (5, 9)] {
        log.send(from, to).await;
    }
    let origin = log.origin();
    let entries = log.entries.clone();
    drop(log);
    let world = world.restarted().await;
    let pass = world.token().await;
    let row = world.client.logs(world.id, &pass).await.unwrap().remove(0);
    assert_eq!((row.table, row.generation), (origin.table, 1));
    let Pulled::Batch(bytes) = world.client.pull(world.id, &row, 4, &pass).await.unwrap() else {
        panic!("nothing was pulled");
    };
    let batch = wire::Batch::decode(&bytes).unwrap().verify(world.campaign.root.verifier()).unwrap();
    assert_eq!((batch.before.size(), batch.after.size()), (4, 9));
    assert_eq!(batch.entries, entries[4..]);
    let end = world.client.pull(world.id, &row, 9, &pass).await.unwrap();
    assert!(matches!(end, Pulled::End));
    world.clock.store(NOW + 601, Ordering::Relaxed);
    assert!(world.client.logs(world.id, &pass).await.is_err(), "the token is too old");
    let stranger = fixtures::Campaign::new(77).root;
    let nonce = world.client.challenge(world.id).await.unwrap().nonce;
    let pull = wire::Pull { nonce, endpoint: world.running.key().clone() };
    let forged = wire::Signed::sign(world.id, NOW, pull, &[&stranger]).unwrap();
    assert!(world.client.token(&forged).await.is_err(), "another key asked");
}

#[tokio::test]
async fn a_tally_is_replaced_by_a_newer_one_only() {
    let world = World::new().await;
    assert!(world.client.tally(world.id).await.unwrap().is_none());
    let tally = |seq| Tally { seq, petitions: Vec::new(), logs: Vec::new() };
    world.say(tally(2)).await.unwrap();
    world.say(tally(2)).await.unwrap();
    assert!(world.say(tally(1)).await.is_err());
    world.say(tally(3)).await.unwrap();
    assert!(world.client.tally(world.id).await.unwrap().unwrap().contains("\"seq\":3"));
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused_and_left_as_it_is() {
    let world = World::new().await;
    let data = world.folder.path().join("endpoint");
    world.running.stop().await;
    let database = data.join("endpoint.db");
    rusqlite::Connection::open(&database).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = fs::read(&database).unwrap();
    let options = endpoint::Options { data, ..endpoint::Options::default() };
    assert!(matches!(endpoint::start(options).await.err(), Some(endpoint::StartError::Newer)));
    assert_eq!(fs::read(&database).unwrap(), before);
}

#[test]
fn the_openapi_document_is_that_of_the_routes() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/endpoint.openapi.json");
    let made = endpoint::openapi().unwrap();
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        fs::write(&path, &made).unwrap();
    }
    assert!(fs::read_to_string(path).unwrap() == made, "stale: run this test with UPDATE_OPENAPI=1 once");
}
