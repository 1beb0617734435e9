//! A session with the books of a table.

use std::time::Duration;

use rand::{SeedableRng, rngs::StdRng};
use table::sending::{Answer, CAP, Event, Log, Session, State, Step};

pub(crate) const NOW: Duration = Duration::from_secs(1_000);
pub(crate) const AN_HOUR: Duration = Duration::from_secs(3_600);

/// A session with the books that a table would keep for it.
pub(crate) struct Sender {
    pub(crate) session: Session,
    pub(crate) logs: Vec<Log>,
    pub(crate) time: Duration,
    pub(crate) rng: StdRng,
}

impl Sender {
    /// With one generation of so many entries, of which so many are received.
    pub(crate) fn with(size: u64, received: u64) -> Self {
        Self::of(&[(size, received)])
    }

    /// With generations of so many entries, of which so many are received.
    pub(crate) fn of(logs: &[(u64, u64)]) -> Self {
        let log = |(generation, (size, received))| Log { generation, size, received };
        let logs = (1..).zip(logs.iter().copied()).map(log).collect();
        Self { session: Session::default(), logs, time: NOW, rng: StdRng::seed_from_u64(1) }
    }

    pub(crate) fn step(&mut self, event: Event) -> Step {
        self.session.step(event, &self.logs, self.time, &mut self.rng)
    }

    pub(crate) fn wake(&mut self) -> Step {
        self.step(Event::Wake { now: false })
    }

    pub(crate) fn answer(&mut self, answer: Answer) -> Step {
        self.step(Event::Answer(answer))
    }

    pub(crate) fn answer_after(&mut self, seconds: u64, answer: Answer) -> Step {
        self.time += Duration::from_secs(seconds);
        self.answer(answer)
    }

    /// A receipt for a post.
    pub(crate) fn receive(&mut self, step: Step) -> Step {
        let Step::Post { generation, from, max_entries } = step else { return step };
        let log = self.logs.iter_mut().find(|log| log.generation == generation).expect("a known generation");
        let size = (from + max_entries as u64).min(log.size);
        log.received = log.received.max(size);
        self.answer(Answer::Received { size })
    }

    /// Goes on to the next time that it tries by itself.
    pub(crate) fn later(&mut self) -> Step {
        self.time = self.session.next_try().expect("it tries again by itself");
        self.wake()
    }
}

pub(crate) fn post(from: u64, max_entries: usize) -> Step {
    Step::Post { generation: 1, from, max_entries }
}

#[track_caller]
pub(crate) fn check_waits(step: Step, sender: &Sender, state: State) {
    let Step::Wait { until: Some(until) } = step else {
        assert_eq!(step, Step::Wait { until: None }, "it should wait for a time");
        return;
    };
    assert!(until > sender.time && until <= sender.time + CAP, "{until:?}");
    assert_eq!(sender.session.state(), state);
    assert_eq!(sender.session.next_try(), Some(until));
}
