//! The sender's state machine: every row of docs/protocol.md §8.5, and that it never spins and never gives up.
#![expect(clippy::expect_used, reason = "tests")]

use std::{collections::BTreeMap, time::Duration};

use proptest::prelude::*;
use rand::{SeedableRng, rngs::StdRng};
use table::sending::{Answer, CAP, Event, Log, Session, State, Step};

const NOW: Duration = Duration::from_secs(1_000);
const AN_HOUR: Duration = Duration::from_secs(3_600);

/// A session with the books that a table would keep for it.
struct Sender {
    session: Session,
    logs: Vec<Log>,
    time: Duration,
    rng: StdRng,
}

impl Sender {
    /// With one generation of so many entries, of which so many are received.
    fn with(size: u64, received: u64) -> Self {
        Self::of(&[(size, received)])
    }

    /// With generations of so many entries, of which so many are received.
    fn of(logs: &[(u64, u64)]) -> Self {
        let log = |(generation, (size, received))| Log { generation, size, received };
        let logs = (1..).zip(logs.iter().copied()).map(log).collect();
        Self { session: Session::default(), logs, time: NOW, rng: StdRng::seed_from_u64(1) }
    }

    fn step(&mut self, event: Event) -> Step {
        self.session.step(event, &self.logs, self.time, &mut self.rng)
    }

    fn wake(&mut self) -> Step {
        self.step(Event::Wake { now: false })
    }

    fn answer(&mut self, answer: Answer) -> Step {
        self.step(Event::Answer(answer))
    }

    fn answer_after(&mut self, seconds: u64, answer: Answer) -> Step {
        self.time += Duration::from_secs(seconds);
        self.answer(answer)
    }

    /// A receipt for a post.
    fn receive(&mut self, step: Step) -> Step {
        let Step::Post { generation, from, max_entries } = step else { return step };
        let log = self.logs.iter_mut().find(|log| log.generation == generation).expect("a known generation");
        let size = (from + max_entries as u64).min(log.size);
        log.received = log.received.max(size);
        self.answer(Answer::Received { size })
    }

    /// Goes on to the next time that it tries by itself.
    fn later(&mut self) -> Step {
        self.time = self.session.next_try().expect("it tries again by itself");
        self.wake()
    }
}

fn post(from: u64, max_entries: usize) -> Step {
    Step::Post { generation: 1, from, max_entries }
}

#[track_caller]
fn check_waits(step: Step, sender: &Sender, state: State) {
    let Step::Wait { until: Some(until) } = step else {
        assert_eq!(step, Step::Wait { until: None }, "it should wait for a time");
        return;
    };
    assert!(until > sender.time && until <= sender.time + CAP, "{until:?}");
    assert_eq!(sender.session.state(), state);
    assert_eq!(sender.session.next_try(), Some(until));
}

#[test]
fn with_nothing_to_send_it_is_done() {
    let mut sender = Sender::with(5, 5);
    assert_eq!(sender.wake(), Step::Wait { until: None });
    assert_eq!(sender.session.state(), State::Done);
}

#[test]
fn it_sends_from_what_is_received_and_is_done_after_the_receipt() {
    let mut sender = Sender::with(5, 2);
    let step = sender.wake();
    assert_eq!(step, post(2, 3));
    assert_eq!(sender.receive(step), Step::Wait { until: None });
    assert_eq!(sender.session.state(), State::Done);
}

#[test]
fn asked_to_it_asks_for_a_receipt_of_what_it_believes_received() {
    let mut sender = Sender::with(5, 5);
    let step = sender.step(Event::Ask);
    assert_eq!(step, post(5, 0));
    assert_eq!(sender.session.state(), State::Done);
    assert_eq!(sender.receive(step), Step::Wait { until: None });
    assert_eq!(sender.wake(), Step::Wait { until: None }, "once");
    assert_eq!(Sender::with(0, 0).step(Event::Ask), Step::Wait { until: None }, "there is nothing to ask");
}

#[test]
fn an_endpoint_that_is_away_is_asked_until_it_has_answered() {
    let mut sender = Sender::with(5, 5);
    sender.step(Event::Ask);
    let step = sender.answer(Answer::Unreachable { moved: false });
    check_waits(step, &sender, State::NoNetwork);
    assert_eq!(sender.later(), post(5, 0));
}

#[test]
fn every_generation_is_asked_oldest_first_and_what_was_lost_of_each_is_sent_again() {
    let mut sender = Sender::of(&[(6, 6), (0, 0), (4, 4), (9, 2)]);
    assert_eq!(sender.step(Event::Ask), post(6, 0));
    sender.logs[0].received = 0;
    let again = sender.answer(Answer::Rewind { stored: 0 });
    assert_eq!(again, post(0, 6));
    let third = sender.receive(again);
    assert_eq!(third, Step::Post { generation: 3, from: 4, max_entries: 0 });
    let newest = sender.receive(third);
    assert_eq!(newest, Step::Post { generation: 4, from: 2, max_entries: 7 });
    assert_eq!(sender.receive(newest), Step::Wait { until: None });
}

#[test]
fn a_rewind_sends_from_there_and_asks_the_generations_before() {
    let mut sender = Sender::of(&[(3, 3), (9, 6)]);
    assert_eq!(sender.wake(), Step::Post { generation: 2, from: 6, max_entries: 3 });
    let asked = sender.answer(Answer::Rewind { stored: 4 });
    assert_eq!(asked, post(3, 0));
    assert_eq!(sender.receive(asked), Step::Post { generation: 2, from: 4, max_entries: 5 });
}

#[test]
fn a_rewind_that_is_none_waits() {
    let mut sender = Sender::with(9, 6);
    sender.wake();
    let step = sender.answer(Answer::Rewind { stored: 7 });
    check_waits(step, &sender, State::Busy);
}

#[test]
fn however_much_was_lost_it_is_sent_again_in_one_go() {
    let mut sender = Sender::with(10_000, 10_000);
    sender.step(Event::Ask);
    // The books still say that it was received, as they do when they cannot be written.
    let mut step = sender.answer(Answer::Rewind { stored: 0 });
    let mut next = 0;
    while let Step::Post { from, max_entries, .. } = step {
        assert_eq!(from, next);
        next = from + max_entries as u64;
        step = sender.answer(Answer::Received { size: next });
    }
    assert_eq!((next, step), (10_000, Step::Wait { until: None }));
}

#[test]
fn rewinds_without_end_are_no_progress() {
    let mut sender = Sender::with(500, 400);
    let mut step = sender.wake();
    let mut posts = 0;
    while let Step::Post { from, .. } = step {
        posts += 1;
        step = sender.answer(Answer::Rewind { stored: from - 1 });
    }
    assert!(posts < 10, "{posts}");
    check_waits(step, &sender, State::Busy);
}

#[test]
fn a_fork_starts_a_generation_but_not_for_ever() {
    let mut sender = Sender::with(9, 6);
    sender.wake();
    for _ in 0..4 {
        assert_eq!(sender.answer(Answer::Forked), Step::StartGeneration { generation: 1 });
        assert!(matches!(sender.wake(), Step::Post { .. }));
    }
    let step = sender.answer(Answer::Forked);
    check_waits(step, &sender, State::Refused);
}

#[test]
fn after_a_fork_the_endpoint_is_asked_whether_it_has_what_was_received_of_the_log_before() {
    let mut sender = Sender::with(9, 6);
    sender.wake();
    assert_eq!(sender.answer(Answer::Forked), Step::StartGeneration { generation: 1 });
    sender.logs = Sender::of(&[(6, 6), (3, 0)]).logs;
    let asked = sender.step(Event::Wake { now: true });
    assert_eq!(asked, post(6, 0));
    assert_eq!(sender.receive(asked), Step::Post { generation: 2, from: 0, max_entries: 3 });
}

#[test]
fn it_starts_small_and_aims_at_batches_of_ten_seconds() {
    let mut sender = Sender::with(100_000, 0);
    let mut step = sender.wake();
    let mut sizes = Vec::new();
    for seconds in [1, 1, 1, 4, 10, 10, 30, 12, 25, 1, 1, 1, 1, 1] {
        let Step::Post { max_entries, .. } = step else { break };
        sizes.push(max_entries);
        sender.time += Duration::from_secs(seconds);
        step = sender.receive(step);
    }
    assert_eq!(sizes, [64, 128, 256, 512, 1024, 1024, 1024, 512, 512, 256, 512, 1024, 1024, 1024]);
}

#[test]
fn a_batch_that_was_not_full_says_nothing_of_a_larger_one() {
    let mut sender = Sender::with(1, 0);
    let step = sender.wake();
    assert_eq!(sender.receive(step), Step::Wait { until: None });
    sender.logs[0].size = 1_000;
    assert_eq!(sender.wake(), post(1, 64));
}

#[test]
fn a_batch_that_is_too_large_is_halved_at_once_and_grows_again_slowly() {
    let mut sender = Sender::with(5_000, 0);
    sender.wake();
    for half in [32, 16, 8] {
        assert_eq!(sender.answer(Answer::TooLarge), post(0, half));
    }
    let next = sender.receive(post(0, 8));
    assert_eq!(next, post(8, 10));
    assert_eq!(sender.receive(next), post(18, 12));
}

#[test]
fn what_broke_off_on_its_way_is_halved_down_to_one_entry_with_waits_between() {
    for answer in [Answer::Unreachable { moved: true }, Answer::NotTheEndpoint { moved: true }] {
        let mut sender = Sender::with(5_000, 0);
        let mut step = sender.wake();
        let mut sizes = Vec::new();
        for _ in 0..9 {
            let Step::Post { max_entries, .. } = step else { break };
            sizes.push(max_entries);
            assert!(
                matches!(sender.answer(answer), Step::Wait { until: Some(until) } if until > sender.time)
            );
            step = sender.later();
        }
        assert_eq!(sizes, [64, 32, 16, 8, 4, 2, 1, 1, 1]);
        let next = sender.receive(step);
        assert_eq!(next, post(1, 2), "receipts let it grow again");
        assert_eq!(sender.receive(next), post(3, 4));
    }
}

#[test]
fn what_never_left_is_not_halved() {
    let mut sender = Sender::with(5_000, 0);
    sender.wake();
    sender.answer(Answer::Unreachable { moved: false });
    assert_eq!(sender.later(), post(0, 64));
}

#[test]
fn an_entry_that_does_not_pass_alone_is_set_aside_once_an_hour_and_the_rest_goes_on() {
    let mut sender = Sender::with(3, 0);
    sender.wake();
    assert_eq!(sender.answer(Answer::TooLarge), post(0, 1));
    assert_eq!(sender.answer(Answer::TooLarge), Step::SetAside { index: 0 });
    assert_eq!(sender.session.state(), State::TooLarge);
    sender.logs.push(Log { generation: 2, size: 3, received: 0 });
    sender.logs[0].size = 0;
    let rest = sender.step(Event::SetAside { others: true });
    assert_eq!(rest, Step::Post { generation: 2, from: 0, max_entries: 1 });
    let rest = sender.receive(rest);
    assert_eq!(rest, Step::Post { generation: 2, from: 1, max_entries: 2 });
    sender.answer(Answer::TooLarge);
    let step = sender.answer(Answer::TooLarge);
    check_waits(step, &sender, State::TooLarge);
    sender.time += AN_HOUR;
    sender.wake();
    assert_eq!(sender.answer(Answer::TooLarge), Step::SetAside { index: 1 });
    let step = sender.step(Event::SetAside { others: false });
    check_waits(step, &sender, State::TooLarge);
}

#[test]
fn an_earlier_generation_in_trouble_keeps_none_from_being_sent() {
    for (answer, state) in [
        (Answer::Refused, State::Refused),
        (Answer::TooLarge, State::TooLarge),
        (Answer::Held { stored: 6 }, State::Held),
        (Answer::Rewind { stored: 8 }, State::Busy),
    ] {
        let mut sender = Sender::of(&[(6, 6), (9, 2)]);
        assert_eq!(sender.step(Event::Ask), post(6, 0));
        let newest = sender.answer(answer);
        assert_eq!(newest, Step::Post { generation: 2, from: 2, max_entries: 7 }, "{answer:?}");
        let step = sender.receive(newest);
        check_waits(step, &sender, state);
        assert_eq!(sender.later(), post(6, 0), "{answer:?}: it is asked again");
    }
}

#[test]
fn it_waits_as_told_and_a_random_part_of_that_more() {
    let mut seen = Vec::new();
    for told in [0, 1, 7, 60, 9_999] {
        let least = Duration::from_secs(told.clamp(1, CAP.as_secs()));
        for seed in 0..50 {
            let mut sender = Sender::with(5, 0);
            sender.rng = StdRng::seed_from_u64(seed);
            sender.wake();
            let step = sender.answer(Answer::Busy { after: Some(Duration::from_secs(told)) });
            check_waits(step, &sender, State::Busy);
            let wait = sender.session.next_try().expect("a wait") - NOW;
            assert!(wait >= least && wait <= least + least / 2, "told {told} s, waits {wait:?}");
            seen.push(wait);
            assert_eq!(sender.wake(), step);
            assert_eq!(sender.step(Event::Wake { now: true }), post(0, 5), "Send now always tries");
        }
    }
    seen.dedup();
    assert!(seen.len() > 150, "tables that were told the same come at different times");
}

#[test]
fn a_held_table_goes_on_to_the_end_and_then_asks_with_an_empty_batch() {
    let mut sender = Sender::with(100, 0);
    assert_eq!(sender.wake(), post(0, 64));
    assert_eq!(sender.answer(Answer::Held { stored: 64 }), post(64, 36));
    let step = sender.answer(Answer::Held { stored: 100 });
    check_waits(step, &sender, State::Held);
    assert_eq!(sender.later(), post(100, 0));
    assert_eq!(sender.receive(post(100, 0)), Step::Wait { until: None });
}

#[test]
fn each_failure_has_its_state() {
    for (answer, state) in [
        (Answer::Unreachable { moved: false }, State::NoNetwork),
        (Answer::NotTheEndpoint { moved: false }, State::NotTheEndpoint),
        (Answer::OtherEndpoint, State::OtherEndpoint),
        (Answer::UnknownCampaign, State::UnknownCampaign),
        (Answer::Busy { after: None }, State::Busy),
        (Answer::Quota { after: None }, State::Held),
        (Answer::Quota { after: Some(CAP) }, State::Held),
        (Answer::Revoked, State::Revoked),
        (Answer::Refused, State::Refused),
    ] {
        let mut sender = Sender::with(5, 0);
        sender.wake();
        let step = sender.answer(answer);
        check_waits(step, &sender, state);
        assert_eq!(sender.wake(), step, "{state:?}: it waits");
    }
}

#[test]
fn an_endpoint_that_answers_something_else_wakes_a_sender_that_waits_for_it_once() {
    for answer in [
        Answer::Unreachable { moved: false },
        Answer::NotTheEndpoint { moved: true },
        Answer::UnknownCampaign,
    ] {
        let mut sender = Sender::with(1, 0);
        sender.wake();
        sender.answer(answer);
        assert_eq!(sender.step(Event::Reached), post(0, 1));
        let step = sender.answer(answer);
        assert_eq!(sender.wake(), step, "it waits again");
    }
    let mut sender = Sender::with(1, 0);
    sender.wake();
    let step = sender.answer(Answer::Busy { after: Some(CAP) });
    assert_eq!(sender.step(Event::Reached), step, "who was told to wait waits");
}

fn any_answer() -> impl Strategy<Value = Answer> {
    let after = || proptest::option::of(0_u64..10_000).prop_map(|after| after.map(Duration::from_secs));
    prop_oneof![
        Just(Answer::Forked),
        Just(Answer::TooLarge),
        Just(Answer::Revoked),
        Just(Answer::Refused),
        Just(Answer::UnknownCampaign),
        Just(Answer::OtherEndpoint),
        any::<bool>().prop_map(|moved| Answer::NotTheEndpoint { moved }),
        any::<bool>().prop_map(|moved| Answer::Unreachable { moved }),
        (0_u64..2_000).prop_map(|stored| Answer::Held { stored }),
        (0_u64..2_000).prop_map(|stored| Answer::Rewind { stored }),
        after().prop_map(|after| Answer::Busy { after }),
        after().prop_map(|after| Answer::Quota { after }),
    ]
}

#[derive(Clone, Copy, Debug)]
enum Happening {
    Answer(Answer),
    Receipt,
    Ask,
    Reached,
}

fn any_happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        8 => any_answer().prop_map(Happening::Answer),
        2 => Just(Happening::Receipt),
        1 => Just(Happening::Ask),
        1 => Just(Happening::Reached),
    ]
}

impl Sender {
    /// What a table does when a generation is started: the rest of the newest one goes into the next.
    fn start_generation(&mut self, generation: u32) {
        let newest = self.logs.last_mut().expect("a generation");
        if newest.generation == generation {
            let rest = newest.size - newest.received;
            newest.size = newest.received;
            let next = Log { generation: generation + 1, size: rest, received: 0 };
            self.logs.push(next);
        } else {
            let log = self.logs.iter_mut().find(|log| log.generation == generation).expect("a generation");
            let lost = std::mem::take(&mut log.size);
            log.received = 0;
            self.logs.last_mut().expect("a generation").size += lost;
        }
    }

    /// What a table does with an answer before the session hears of it.
    fn keep(&mut self, generation: u32, answer: Answer) {
        if let Answer::Rewind { stored } = answer
            && let Some(log) = self.logs.iter_mut().find(|log| log.generation == generation)
        {
            log.received = log.received.min(stored);
        }
    }

    fn waiting(&self) -> u64 {
        self.logs.iter().map(|log| log.size - log.received).sum()
    }
}

proptest! {
    #[test]
    fn whatever_is_answered_it_neither_spins_nor_gives_up(
        happenings in prop::collection::vec(any_happening(), 1..200), sizes in prop::collection::vec(1_u64..1_500, 1..4),
        forgotten in 0_u64..=100, seed: u64,
    ) {
        let mut sender = Sender::of(&sizes.iter().map(|size| (*size, 0)).collect::<Vec<_>>());
        sender.rng = StdRng::seed_from_u64(seed);
        let saved = sender.waiting();
        let mut without_wait = 0;
        let mut step = sender.step(Event::Ask);
        for happening in happenings {
            without_wait += 1;
            let log = sender.logs.len() as u32;
            prop_assert!(without_wait < 100 + 20 * log, "it spins");
            step = match step {
                Step::Post { generation, from, max_entries } => {
                    let log = sender.logs.iter().find(|log| log.generation == generation).expect("a known one");
                    prop_assert!(from + max_entries as u64 <= log.size);
                    match happening {
                        Happening::Answer(answer) => {
                            sender.keep(generation, answer);
                            sender.answer_after(1, answer)
                        }
                        _ => {
                            without_wait = 0;
                            sender.receive(step)
                        }
                    }
                }
                Step::StartGeneration { generation } => {
                    sender.start_generation(generation);
                    sender.step(Event::Wake { now: true })
                }
                Step::SetAside { .. } => {
                    let others = sender.logs.last().is_some_and(|log| log.size > log.received + 1);
                    if others {
                        let newest = sender.logs.last().expect("a generation").generation;
                        sender.start_generation(newest);
                    }
                    sender.step(Event::SetAside { others })
                }
                Step::Wait { until } => {
                    prop_assert!(until.is_some() || sender.waiting() == 0, "it would sleep on what waits");
                    prop_assert!(until.is_none_or(|until| until <= sender.time + CAP));
                    without_wait = 0;
                    match happening {
                        Happening::Ask => sender.step(Event::Ask),
                        Happening::Reached => sender.step(Event::Reached),
                        _ => {
                            sender.time = sender.time.max(until.unwrap_or_default());
                            sender.wake()
                        }
                    }
                }
            };
            let now: u64 = sender.logs.iter().map(|log| log.size).sum();
            prop_assert_eq!(now, saved);
        }
        // An honest endpoint again, of an older copy: when it is asked, everything is received, and stored.
        let kept = |log: &Log| (log.generation, log.received * forgotten / 100);
        let mut stored: BTreeMap<u32, u64> = sender.logs.iter().map(kept).collect();
        let limit = sender.time + 4 * CAP;
        let mut is_asked = false;
        for _ in 0..4_000 {
            step = match step {
                Step::Post { generation, from, max_entries } => {
                    let stored = stored.entry(generation).or_default();
                    if from > *stored {
                        let answer = Answer::Rewind { stored: *stored };
                        sender.keep(generation, answer);
                        sender.answer(answer)
                    } else {
                        *stored = (*stored).max(from + max_entries as u64);
                        sender.receive(step)
                    }
                }
                Step::StartGeneration { generation } => {
                    sender.start_generation(generation);
                    sender.step(Event::Wake { now: true })
                }
                Step::SetAside { .. } => sender.step(Event::SetAside { others: false }),
                Step::Wait { until: None } if is_asked => break,
                Step::Wait { until: None } => {
                    is_asked = true;
                    sender.step(Event::Ask)
                }
                Step::Wait { until: Some(until) } => {
                    sender.time = until;
                    sender.wake()
                }
            };
        }
        prop_assert_eq!(sender.waiting(), 0);
        for log in &sender.logs {
            prop_assert!(log.size <= stored.get(&log.generation).copied().unwrap_or(0), "{log:?}");
        }
        prop_assert_eq!(step, Step::Wait { until: None });
        prop_assert!(sender.time <= limit, "it took {:?}", sender.time);
    }
}
