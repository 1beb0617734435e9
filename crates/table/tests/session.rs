//! The sender's state machine: every row of docs/protocol.md §8, and that it never spins and never gives up.
#![expect(clippy::expect_used, reason = "tests")]

use std::time::Duration;

use proptest::prelude::*;
use rand::{SeedableRng, rngs::StdRng};
use table::sending::{Answer, CAP, Event, Log, Session, State, Step};

const NOW: Duration = Duration::from_secs(1_000);

struct Sender {
    session: Session,
    log: Log,
    rng: StdRng,
}

impl Sender {
    fn with(size: u64, received: u64) -> Self {
        Self { session: Session::default(), log: Log { size, received }, rng: StdRng::seed_from_u64(1) }
    }

    fn wake(&mut self) -> Step {
        self.session.step(Event::Wake { now: false }, self.log, NOW, &mut self.rng)
    }

    fn answer(&mut self, answer: Answer) -> Step {
        self.session.step(Event::Answer(answer), self.log, NOW, &mut self.rng)
    }
}

#[track_caller]
fn check_waits(step: Step, sender: &Sender, state: State) {
    let Step::Wait { until: Some(until) } = step else {
        assert_eq!(step, Step::Wait { until: None }, "it should wait for a time");
        return;
    };
    assert!(until > NOW && until <= NOW + CAP, "{until:?}");
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
    assert!(matches!(sender.wake(), Step::Post { from: 2, .. }));
    sender.log.received = 5;
    assert_eq!(sender.answer(Answer::Received), Step::Wait { until: None });
    assert_eq!(sender.session.state(), State::Done);
}

#[test]
fn a_rewind_sends_from_there_and_an_absurd_one_waits() {
    let mut sender = Sender::with(9, 6);
    sender.wake();
    assert!(matches!(sender.answer(Answer::Rewind { stored: 4 }), Step::Post { from: 4, .. }));
    let step = sender.answer(Answer::Rewind { stored: 7 });
    check_waits(step, &sender, State::Busy);
}

#[test]
fn a_fork_starts_a_generation_but_not_for_ever() {
    let mut sender = Sender::with(9, 6);
    sender.wake();
    for _ in 0..4 {
        assert_eq!(sender.answer(Answer::Forked), Step::StartGeneration);
        assert!(matches!(sender.wake(), Step::Post { .. }));
    }
    let step = sender.answer(Answer::Forked);
    check_waits(step, &sender, State::Refused);
}

#[test]
fn a_batch_that_is_too_large_is_halved_down_to_one_entry() {
    let mut sender = Sender::with(5_000, 0);
    let mut sizes = Vec::new();
    let mut step = sender.wake();
    while let Step::Post { max_entries, .. } = step {
        sizes.push(max_entries);
        step = sender.answer(Answer::TooLarge);
    }
    assert_eq!(sizes, [1024, 512, 256, 128, 64, 32, 16, 8, 4, 2, 1]);
    check_waits(step, &sender, State::Refused);
}

#[test]
fn it_waits_as_told() {
    let mut sender = Sender::with(5, 0);
    sender.wake();
    let step = sender.answer(Answer::Busy { after: Some(Duration::from_secs(7)) });
    assert_eq!(step, Step::Wait { until: Some(NOW + Duration::from_secs(7)) });
    assert_eq!(sender.wake(), Step::Wait { until: Some(NOW + Duration::from_secs(7)) });
    let now = sender.session.step(Event::Wake { now: true }, sender.log, NOW, &mut sender.rng);
    assert!(matches!(now, Step::Post { from: 0, .. }), "Send now always tries");
}

#[test]
fn a_held_table_goes_on_to_the_end_and_then_asks_with_an_empty_batch() {
    let mut sender = Sender::with(3_000, 0);
    sender.wake();
    assert!(matches!(sender.answer(Answer::Held { stored: 1_024 }), Step::Post { from: 1_024, .. }));
    let step = sender.answer(Answer::Held { stored: 3_000 });
    check_waits(step, &sender, State::Held);
    let later = sender.session.step(Event::Wake { now: false }, sender.log, NOW + CAP, &mut sender.rng);
    assert!(matches!(later, Step::Post { from: 3_000, .. }));
    sender.log.received = 3_000;
    assert_eq!(sender.answer(Answer::Received), Step::Wait { until: None });
}

#[test]
fn each_failure_has_its_state() {
    for (answer, state) in [
        (Answer::Unreachable, State::NoNetwork),
        (Answer::NotTheEndpoint, State::NotTheEndpoint),
        (Answer::Busy { after: None }, State::Busy),
        (Answer::Revoked, State::Revoked),
        (Answer::Refused, State::Refused),
    ] {
        let mut sender = Sender::with(5, 0);
        sender.wake();
        let step = sender.answer(answer);
        check_waits(step, &sender, state);
    }
}

fn any_answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        Just(Answer::Forked),
        Just(Answer::TooLarge),
        Just(Answer::Revoked),
        Just(Answer::Refused),
        Just(Answer::NotTheEndpoint),
        Just(Answer::Unreachable),
        (0_u64..2_000).prop_map(|stored| Answer::Held { stored }),
        (0_u64..2_000).prop_map(|stored| Answer::Rewind { stored }),
        proptest::option::of(0_u64..10_000)
            .prop_map(|after| Answer::Busy { after: after.map(Duration::from_secs) }),
    ]
}

proptest! {
    #[test]
    fn whatever_is_answered_it_neither_spins_nor_gives_up(
        answers in prop::collection::vec(any_answer(), 1..200), size in 1_u64..1_500, seed: u64,
    ) {
        let mut sender = Sender { session: Session::default(), log: Log { size, received: 0 }, rng: StdRng::seed_from_u64(seed) };
        let mut time = NOW;
        let mut without_wait = 0;
        let mut step = sender.session.step(Event::Wake { now: false }, sender.log, time, &mut sender.rng);
        for answer in answers {
            let event = match step {
                Step::Post { from, max_entries } => {
                    prop_assert!(from <= size && max_entries >= 1);
                    Event::Answer(answer)
                }
                Step::StartGeneration => Event::Wake { now: true },
                Step::Wait { until } => {
                    let until = until.expect("there is something to send, so it wakes by itself");
                    prop_assert!(until <= time + CAP);
                    time = time.max(until);
                    without_wait = 0;
                    Event::Wake { now: false }
                }
            };
            without_wait += 1;
            prop_assert!(without_wait < 40, "it spins");
            step = sender.session.step(event, sender.log, time, &mut sender.rng);
        }
        // An honest endpoint again: within some tries everything is received.
        for _ in 0..60 {
            let event = match step {
                Step::Post { from, max_entries } => {
                    sender.log.received = sender.log.received.max((from + max_entries as u64).min(size));
                    Event::Answer(Answer::Received)
                }
                Step::StartGeneration => Event::Wake { now: true },
                Step::Wait { until: None } => break,
                Step::Wait { until: Some(until) } => {
                    time = until;
                    Event::Wake { now: false }
                }
            };
            step = sender.session.step(event, sender.log, time, &mut sender.rng);
        }
        prop_assert_eq!(sender.log.received, size);
        prop_assert_eq!(step, Step::Wait { until: None });
    }
}
