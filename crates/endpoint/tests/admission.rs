//! Who is admitted and who is held (docs/protocol.md §8.3), over HTTP, on a real database.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[expect(dead_code, reason = "a part of it is needed here")]
mod world;

use uuid::Uuid;
use wire::{LogState, ProblemCode, ProblemDetails, Pulled, Revocation, SendAnswer};
use world::{Log, NOW, World};

#[track_caller]
fn check_received(answer: &SendAnswer, size: u64) {
    assert!(matches!(answer, SendAnswer::Received { receipt, .. } if receipt.size() == size), "{answer:?}");
}

#[track_caller]
fn check_held(answer: &SendAnswer, size: u64) {
    assert!(matches!(answer, SendAnswer::Held { stored_size } if *stored_size == size), "{answer:?}");
}

async fn states(world: &World) -> Vec<(u128, u32, LogState)> {
    world.logs().await.into_iter().map(|row| (row.table.as_u128(), row.generation, row.state)).collect()
}

/// The row of a log, as the desk is told it.
async fn row(world: &World, log: &Log<'_>) -> wire::LogRow {
    let rows = world.logs().await;
    rows.into_iter().find(|row| row.device == *log.device().verifier()).unwrap()
}

#[tokio::test]
async fn another_device_under_a_known_name_has_a_log_of_its_own_that_waits() {
    let world = World::new().await;
    let table = world.table(1).signed(0..6);
    check_received(&table.send(0, 3).await, 3);
    let mut thief = world.table(1).signed(50..54);
    thief.seed = 7;
    check_held(&thief.send(0, 4).await, 4);
    check_received(&table.send(3, 6).await, 6);
    assert_eq!(states(&world).await, [(1, 1, LogState::Held), (1, 1, LogState::Admitted)]);
    // Both may be confirmed: then both are counted.
    thief.confirm().await;
    check_received(&thief.send(4, 4).await, 4);
    check_received(&table.send(6, 6).await, 6);
}

#[tokio::test]
async fn the_organizers_word_lets_one_device_in_and_no_other() {
    let world = World::new().await;
    let mut log = world.table(2).signed(0..2);
    (log.generation, log.spoken_for) = (2, false);
    let mut thief = log.clone();
    thief.seed = 7;
    check_held(&thief.send(0, 2).await, 2);
    // It may come before the log does.
    log.confirm().await;
    check_received(&log.send(0, 2).await, 2);
    check_held(&thief.send(2, 2).await, 2);
}

#[tokio::test]
async fn what_is_held_cannot_be_pulled_until_the_organizers_word() {
    let world = World::new().await;
    let mut log = world.table(1).signed(0..5);
    log.max_tables = 0;
    check_held(&log.send(0, 5).await, 5);
    let listed = row(&world, &log).await;
    assert_eq!((listed.state, listed.size, listed.label.as_str()), (LogState::Held, 5, "Table"));
    let token = world.token().await;
    let refused = world.client.pull(world.id, &listed, 0, &token).await.err().unwrap();
    assert_eq!(refused.problem(), Some(ProblemCode::Held));
    log.confirm().await;
    let Pulled::Batch(bytes) = world.client.pull(world.id, &listed, 0, &token).await.unwrap() else {
        panic!("nothing was pulled");
    };
    let batch = wire::Batch::decode(&bytes).unwrap().verify(world.campaign.root.verifier()).unwrap();
    assert_eq!(batch.entries, log.entries);
    let mut unknown = listed.clone();
    unknown.device = world.table(2).device().verifier().clone();
    let refused = world.client.pull(world.id, &unknown, 0, &token).await.err().unwrap();
    assert_eq!(refused.problem(), Some(ProblemCode::UnknownLog));
}

#[tokio::test]
async fn a_log_that_was_collected_is_pulled_when_it_is_revoked_and_one_that_was_held_is_not() {
    let world = World::new().await;
    let (log, mut held) = (world.table(1).signed(0..5), world.table(2).signed(0..5));
    held.max_tables = 0;
    check_received(&log.send(0, 5).await, 5);
    check_held(&held.send(0, 5).await, 5);
    for log in [&log, &held] {
        let table = Some(log.origin().table);
        world.say(Revocation { kit: None, table, reason: "lost".into() }).await.unwrap();
    }
    assert_eq!(states(&world).await, [(1, 1, LogState::Revoked), (2, 1, LogState::Revoked)]);
    let token = world.token().await;
    let pulled = world.client.pull(world.id, &row(&world, &log).await, 0, &token).await;
    assert!(matches!(pulled.unwrap(), Pulled::Batch(_)));
    let refused = world.client.pull(world.id, &row(&world, &held).await, 0, &token).await.err().unwrap();
    assert_eq!(refused.problem(), Some(ProblemCode::Held));
}

#[tokio::test]
async fn a_later_generation_that_came_first_is_let_in_once_the_one_before_speaks_for_it() {
    let world = World::new().await;
    let (first, mut second) = (world.table(1).signed(0..3), world.table(1).signed(3..6));
    second.generation = 2;
    check_held(&second.send(0, 2).await, 2);
    check_received(&first.send(0, 3).await, 3);
    check_received(&second.send(2, 3).await, 3);
    check_received(&second.send(0, 2).await, 2);
}

#[tokio::test]
async fn nobody_but_the_table_takes_its_next_generation() {
    let world = World::new().await;
    let (first, mut next) = (world.table(1).signed(0..3), world.table(1).signed(3..6));
    next.generation = 2;
    let mut thief = next.clone();
    (thief.seed, thief.spoken_for) = (7, false);
    check_received(&first.send(0, 3).await, 3);
    check_held(&thief.send(0, 2).await, 2);
    check_received(&next.send(0, 2).await, 2);
    check_held(&thief.send(2, 3).await, 3);
}

#[tokio::test]
async fn what_was_admitted_stays_so_after_the_date_of_its_kit() {
    let world = World::new().await;
    let (log, late) = (world.table(1).signed(0..4), world.table(2).signed(0..4));
    check_received(&log.send(0, 2).await, 2);
    world.clock.store(NOW + 100_000, std::sync::atomic::Ordering::Relaxed);
    check_received(&log.send(2, 4).await, 4);
    check_held(&late.send(0, 4).await, 4);
}

#[tokio::test]
async fn a_table_is_told_where_it_stands_and_a_refused_one_is_not_made() {
    let world = World::new().await;
    let (log, mut full) = (world.table(1).signed(0..2), world.table(2).signed(0..2));
    full.max_tables = 1;
    assert_eq!(log.enrol().await.unwrap(), LogState::Admitted);
    assert_eq!(full.enrol().await.unwrap(), LogState::Held);
    let past = world.table(3).signed(0..4);
    assert!(matches!(past.send(2, 4).await, SendAnswer::Rewind { stored_size: 0 }));
    assert_eq!(states(&world).await.len(), 2);
    let table = Some(log.origin().table);
    world.say(Revocation { kit: None, table, reason: "lost".into() }).await.unwrap();
    assert_eq!(log.enrol().await.unwrap_err().problem(), Some(ProblemCode::Revoked));
}

#[tokio::test]
async fn a_revocation_reaches_a_log_by_the_kit_that_it_was_made_with() {
    let world = World::new().await;
    let log = world.table(1).signed(0..4);
    check_received(&log.send(0, 2).await, 2);
    // Later papers change nothing: a kit that was not revoked does not bring it back, nor one that was take it away.
    let mut other = log.clone();
    other.kit = Uuid::from_u128(0xB);
    world.say(Revocation { kit: Some(other.kit), table: None, reason: "lost".into() }).await.unwrap();
    check_received(&other.send(2, 3).await, 3);
    world.say(Revocation { kit: Some(log.kit), table: None, reason: "lost".into() }).await.unwrap();
    for log in [log, other] {
        let answer = log.send(3, 4).await;
        assert!(matches!(answer, SendAnswer::Revoked), "{answer:?}");
    }
}

#[tokio::test]
async fn a_held_log_is_stored_up_to_its_quota() {
    let world = World::new().await;
    let mut log = world.table(1).signed((0..4_100_u32).map(|number| number as u8));
    log.max_tables = 0;
    for from in (0..4_000).step_by(1_000) {
        check_held(&log.send(from, from + 1_000).await, from as u64 + 1_000);
    }
    let answer = log.send(4_000, 4_097).await;
    assert!(matches!(answer, SendAnswer::Quota { after: Some(_) }), "{answer:?}");
    check_held(&log.send(4_000, 4_096).await, 4_096);
    check_held(&log.send(4_096, 4_096).await, 4_096);
    log.confirm().await;
    check_received(&log.send(4_096, 4_100).await, 4_100);
    // What was let in is off the campaign's quota.
    let mut next = world.table(2).signed((0..4_096_u32).map(|number| number as u8));
    next.max_tables = 0;
    check_held(&next.send(0, 4_096).await, 4_096);
}

#[tokio::test]
async fn a_fork_is_told_with_the_stored_checkpoint_that_proves_it() {
    let world = World::new().await;
    let log = world.table(1).signed(0..8);
    for (from, to) in [(0, 2), (2, 5), (5, 8)] {
        check_received(&log.send(from, to).await, to as u64);
    }
    let other = world.table(1).signed([0, 1, 2, 103, 104, 105]);
    let url = format!("{}/v1/campaigns/{}/batches", world.running.url(), world.id);
    let answer = reqwest::Client::new().post(url).body(other.batch(1, 6).0).send().await.unwrap();
    assert_eq!(answer.status(), 422);
    let problem: ProblemDetails = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    assert_eq!((problem.code, problem.at), (ProblemCode::Forked, Some(3)));
    let note = problem.checkpoint.unwrap().parse().unwrap();
    let proof = proof::Checkpoint::verify(&note, log.device().verifier()).unwrap();
    assert_eq!(proof, log.batch(2, 5).1);
}
