//! Two writers at once, each on an instance of its own where the back end takes several.

use std::sync::Arc;

use endpoint::storage::{BatchOutcome, CampaignOutcome, Numbered, NumberedOutcome};
use fixtures::{Campaign, NOW};
use tokio::task::JoinSet;
use wire::{LogState, Tally};

use super::{BackEnd, Known, checkpoint, entries, new_campaign, papers};

/// How often two race: who is first is not always the same.
const ROUNDS: u128 = 20;

pub(crate) async fn two_writers_of_one_log_store_each_entry_once<B: BackEnd>() {
    let back_end = B::new().await;
    let known = Arc::new(Known::at(&*back_end.instance()).await);
    let log = Arc::new(entries(1, 120));
    let mut writers = JoinSet::new();
    // Steps of different lengths: they overlap each other in every way.
    for step in [3, 7, 10, 1] {
        let (storage, known, log) = (back_end.instance(), Arc::clone(&known), Arc::clone(&log));
        writers.spawn(async move {
            let device = known.device(1);
            let (mut from, mut new) = (0, 0);
            while from < log.len() {
                let to = (from + step).min(log.len());
                match known.append(&*storage, &device, &log[..to], from).await.unwrap() {
                    BatchOutcome::Appended(stored) => {
                        assert!(stored.new > 0 && stored.size >= to as u64);
                        new += stored.new;
                    }
                    BatchOutcome::Known(stored) => assert!(stored.new == 0 && stored.size >= to as u64),
                    other => unreachable!("neither stored nor known: {other:?}"),
                }
                from = to;
            }
            new
        });
    }
    assert_eq!(writers.join_all().await.into_iter().sum::<usize>(), log.len(), "each is new once");
    let storage = &*back_end.instance();
    assert_eq!(known.pulled(storage, &known.device(1)).await, *log);
}

pub(crate) async fn of_two_that_go_on_differently_one_is_stored_and_the_other_is_told<B: BackEnd>() {
    let back_end = B::new().await;
    let storage = &*back_end.instance();
    let known = Known::at(storage).await;
    for table in 1..=ROUNDS {
        let device = known.device(table);
        let logs = [50, 100].map(|branch| [entries(1, 5), entries(branch, 3)].concat());
        assert!(matches!(
            known.append(storage, &device, &logs[0][..5], 0).await,
            Ok(BatchOutcome::Appended(_))
        ));
        let (one, other) = (back_end.instance(), back_end.instance());
        let [first, second] = [&logs[0], &logs[1]].map(|log| known.verified(&device, log, 5));
        let (first, second) = tokio::join!(
            tokio::spawn(async move { one.append(first, NOW).await.unwrap() }),
            tokio::spawn(async move { other.append(second, NOW).await.unwrap() }),
        );
        let (winner, stored, note) = match (first.unwrap(), second.unwrap()) {
            (BatchOutcome::Appended(stored), BatchOutcome::Forked { at: 5, checkpoint: Some(note) }) => {
                (0, stored, note)
            }
            (BatchOutcome::Forked { at: 5, checkpoint: Some(note) }, BatchOutcome::Appended(stored)) => {
                (1, stored, note)
            }
            others => unreachable!("not one of them is stored: {others:?}"),
        };
        assert_eq!(checkpoint(&note, &device), stored.checkpoint, "what is told is the other's");
        assert_eq!(known.pulled(storage, &device).await, logs[winner]);
    }
}

pub(crate) async fn of_two_that_are_the_same_one_is_told_that_it_was_known<B: BackEnd>() {
    let back_end = B::new().await;
    let storage = &*back_end.instance();
    let known = Known::at(storage).await;
    let log = entries(1, 5);
    for table in 1..=ROUNDS {
        // The log is new as well.
        let device = known.device(table);
        let (one, other) = (back_end.instance(), back_end.instance());
        let [first, second] = [0, 1].map(|_| known.verified(&device, &log, 0));
        let (first, second) = tokio::join!(
            tokio::spawn(async move { one.append(first, NOW).await.unwrap() }),
            tokio::spawn(async move { other.append(second, NOW).await.unwrap() }),
        );
        let outcomes = (first.unwrap(), second.unwrap());
        let once = matches!(
            outcomes,
            (BatchOutcome::Appended(_), BatchOutcome::Known(_))
                | (BatchOutcome::Known(_), BatchOutcome::Appended(_))
        );
        assert!(once, "{outcomes:?}");
        assert_eq!(known.pulled(storage, &device).await, log);
    }
    assert_eq!(known.logs(storage).await.len() as u128, ROUNDS, "a log each");
}

pub(crate) async fn the_last_place_of_a_kit_is_given_to_one_table<B: BackEnd>() {
    let back_end = B::new().await;
    let known = Known::at(&*back_end.instance()).await;
    for round in 1..=ROUNDS {
        let kit = known.kit(round, 1);
        let [first, second] =
            [2 * round, 2 * round + 1].map(|table| papers(&known.device_of(&kit, table, 9)));
        let (one, other) = (back_end.instance(), back_end.instance());
        let (first, second) = tokio::join!(
            tokio::spawn(async move { one.enrol(first, NOW).await.unwrap() }),
            tokio::spawn(async move { other.enrol(second, NOW).await.unwrap() }),
        );
        let states = [first.unwrap(), second.unwrap()];
        assert!(states.contains(&LogState::Admitted) && states.contains(&LogState::Held), "{states:?}");
    }
}

pub(crate) async fn of_two_tallies_of_one_number_one_is_the_newest<B: BackEnd>() {
    let back_end = B::new().await;
    let known = Known::at(&*back_end.instance()).await;
    let id = known.campaign.id;
    for seq in 1..=ROUNDS as u64 {
        let (one, other) = (back_end.instance(), back_end.instance());
        let note = known.campaign.note(Tally { seq, petitions: Vec::new(), logs: Vec::new() });
        let another = format!("{note} ");
        let (first, second) = tokio::join!(
            tokio::spawn(async move { one.set_numbered(id, Numbered::Tally, seq, note).await.unwrap() }),
            tokio::spawn(async move { other.set_numbered(id, Numbered::Tally, seq, another).await.unwrap() }),
        );
        let outcomes = [first.unwrap(), second.unwrap()];
        assert!(outcomes.contains(&NumberedOutcome::Newest), "{outcomes:?}");
        assert!(outcomes.contains(&NumberedOutcome::Stale { stored: seq }), "{outcomes:?}");
    }
}

pub(crate) async fn the_last_campaign_is_one<B: BackEnd>() {
    let back_end = B::new().await;
    for round in 0..ROUNDS as u8 {
        let (one, other) = (back_end.instance(), back_end.instance());
        let [first, second] = [2 * round, 2 * round + 1].map(|seed| new_campaign(&Campaign::new(seed)));
        let most = u64::from(round) + 1;
        let (first, second) = tokio::join!(
            tokio::spawn(async move { one.insert_campaign(first, most).await.unwrap() }),
            tokio::spawn(async move { other.insert_campaign(second, most).await.unwrap() }),
        );
        let outcomes = [first.unwrap(), second.unwrap()];
        assert!(outcomes.contains(&CampaignOutcome::Inserted), "{outcomes:?}");
        assert!(outcomes.contains(&CampaignOutcome::Full), "{outcomes:?}");
    }
}
