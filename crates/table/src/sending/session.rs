use std::time::Duration;

use rand::{Rng, RngExt};
use serde::Serialize;

/// The longest wait between two tries.
pub const CAP: Duration = Duration::from_secs(15 * 60);

const BASE: Duration = Duration::from_secs(2);
const MOST_ENTRIES: usize = 1024;
/// So many rewinds or forks without a receipt between them are no progress but a fault.
const PATIENCE: u32 = 4;

/// What the log is at, when a step is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Log {
    /// All entries.
    pub size: u64,
    /// Those that a verified receipt covers.
    pub received: u64,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A timer is over, a signature was saved, or (`now`) a person asks for it at once.
    Wake {
        /// Do not wait for the time of the next try.
        now: bool,
    },
    /// What came of the post that the last step asked for.
    Answer(Answer),
}

/// What came of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A verified receipt; the log's `received` has it already.
    Received,
    /// Stored, waiting for the organizer's word.
    Held {
        /// Entries that the endpoint says it stores.
        stored: u64,
    },
    /// The endpoint stores less.
    Rewind {
        /// Entries that it says it stores.
        stored: u64,
    },
    /// The endpoint stores another log.
    Forked,
    /// Over the endpoint's limits.
    TooLarge,
    /// Too fast, overloaded or faulty.
    Busy {
        /// As told.
        after: Option<Duration>,
    },
    /// Ended by the organizer.
    Revoked,
    /// Refused for another reason.
    Refused,
    /// Something answered that is not the endpoint.
    NotTheEndpoint,
    /// Nothing answered in time.
    Unreachable,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Post a batch, and come back with the answer.
    Post {
        /// Index of the first entry.
        from: u64,
        /// So many entries at most; none is a question for a receipt.
        max_entries: usize,
    },
    /// Start the next generation of the log, and wake.
    StartGeneration,
    /// Wait until then (since the session's start), or until woken when there is nothing to send.
    Wait {
        /// None: nothing is to be sent.
        until: Option<Duration>,
    },
}

/// What the sender is doing, for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Everything is received.
    Done,
    /// Sending now.
    Sending,
    /// The endpoint cannot be reached.
    NoNetwork,
    /// Something answered that is not the endpoint: a login page, for one.
    NotTheEndpoint,
    /// The endpoint asks to wait, or has a fault.
    Busy,
    /// Stored at the endpoint, waiting for the organizer's word.
    Held,
    /// Ended by the organizer.
    Revoked,
    /// The endpoint refuses the batches.
    Refused,
}

/// The sender's memory between two steps. It does no I/O and reads no clock.
#[derive(Clone, Debug)]
pub struct Session {
    state: State,
    /// Where to send from, where that is not what is received: behind a rewind, before what is held.
    cursor: Option<u64>,
    max_entries: usize,
    failures: u32,
    detours: u32,
    next_try: Option<Duration>,
}

impl Default for Session {
    fn default() -> Self {
        Self {
            state: State::Done,
            cursor: None,
            max_entries: MOST_ENTRIES,
            failures: 0,
            detours: 0,
            next_try: None,
        }
    }
}

impl Session {
    /// What it is doing.
    pub fn state(&self) -> State {
        self.state
    }

    /// When it tries next by itself, since the session's start.
    pub fn next_try(&self) -> Option<Duration> {
        self.next_try
    }

    /// Takes what happened, with the log as it is and the time since the session's start; says what to do.
    pub fn step(&mut self, event: Event, log: Log, time: Duration, rng: &mut impl Rng) -> Step {
        match event {
            Event::Wake { now } => self.wake(now, log, time),
            Event::Answer(answer) => self.answer(answer, log, time, rng),
        }
    }

    fn wake(&mut self, now: bool, log: Log, time: Duration) -> Step {
        if let Some(next_try) = self.next_try.filter(|next_try| !now && *next_try > time) {
            return Step::Wait { until: Some(next_try) };
        }
        self.go_on(log)
    }

    fn go_on(&mut self, log: Log) -> Step {
        self.next_try = None;
        if log.size <= log.received && self.cursor.is_none() {
            self.state = State::Done;
            return Step::Wait { until: None };
        }
        if self.state == State::Done {
            self.state = State::Sending;
        }
        let from = self.cursor.unwrap_or(log.received).min(log.size);
        Step::Post { from, max_entries: self.max_entries }
    }

    fn answer(&mut self, answer: Answer, log: Log, time: Duration, rng: &mut impl Rng) -> Step {
        match answer {
            Answer::Received => {
                self.cursor = None;
                (self.failures, self.detours) = (0, 0);
                self.max_entries = (self.max_entries * 2).min(MOST_ENTRIES);
                self.state = State::Sending;
                self.go_on(log)
            }
            Answer::Held { stored } => self.held(stored, log, time),
            Answer::Rewind { stored } => {
                let sent_from = self.cursor.unwrap_or(log.received);
                self.cursor = Some(stored);
                self.detour(stored < sent_from, log, time, rng)
            }
            Answer::Forked => {
                self.cursor = None;
                self.detours += 1;
                if self.detours <= PATIENCE {
                    Step::StartGeneration
                } else {
                    self.fail(State::Refused, time, rng)
                }
            }
            Answer::TooLarge if self.max_entries > 1 => {
                self.max_entries = (self.max_entries / 2).max(1);
                self.go_on(log)
            }
            Answer::TooLarge | Answer::Refused => self.fail(State::Refused, time, rng),
            Answer::Busy { after } => match after {
                Some(after) => self.wait(State::Busy, time + after.min(CAP)),
                None => self.fail(State::Busy, time, rng),
            },
            Answer::Revoked => self.wait(State::Revoked, time + CAP),
            Answer::NotTheEndpoint => self.fail(State::NotTheEndpoint, time, rng),
            Answer::Unreachable => self.fail(State::NoNetwork, time, rng),
        }
    }

    /// Goes on to the end, then asks now and then with an empty batch whether the word has come.
    fn held(&mut self, stored: u64, log: Log, time: Duration) -> Step {
        let sent_from = self.cursor.unwrap_or(log.received);
        let progress = stored > sent_from && stored <= log.size;
        self.cursor = Some(stored.min(log.size));
        self.state = State::Held;
        self.failures = 0;
        if progress && stored < log.size { self.go_on(log) } else { self.wait(State::Held, time + CAP) }
    }

    fn detour(&mut self, sensible: bool, log: Log, time: Duration, rng: &mut impl Rng) -> Step {
        self.detours += 1;
        if sensible && self.detours <= PATIENCE {
            return self.go_on(log);
        }
        self.cursor = None;
        self.fail(State::Busy, time, rng)
    }

    /// Full jitter: any time up to a bound that doubles with every failure, up to the cap.
    fn fail(&mut self, state: State, time: Duration, rng: &mut impl Rng) -> Step {
        let bound = BASE.saturating_mul(1 << self.failures.min(16)).min(CAP);
        self.failures = self.failures.saturating_add(1);
        self.detours = 0;
        let wait = Duration::from_millis(rng.random_range(1..=bound.as_millis() as u64));
        self.wait(state, time + wait)
    }

    fn wait(&mut self, state: State, until: Duration) -> Step {
        self.state = state;
        self.next_try = Some(until);
        Step::Wait { until: Some(until) }
    }
}
