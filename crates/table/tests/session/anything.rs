//! Whatever is answered, it neither spins nor gives up.

use std::{collections::BTreeMap, time::Duration};

use proptest::prelude::*;
use rand::{SeedableRng, rngs::StdRng};
use table::sending::{Answer, CAP, Event, Log, Step};

use crate::sender::Sender;

fn any_answer() -> impl Strategy<Value = Answer> {
    let after = || proptest::option::of(0_u64..10_000).prop_map(|after| after.map(Duration::from_secs));
    prop_oneof![
        Just(Answer::Forked),
        Just(Answer::Erased),
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
        Just(Answer::Failed),
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
