//! The state machine of sending.

use std::{collections::BTreeMap, time::Duration};

use rand::{Rng, RngExt};

use super::{
    batch_size::BatchSize,
    event::{Answer, Event},
    step::{State, Step},
};
use crate::log::extent::Log;

/// The longest wait between two tries.
pub const CAP: Duration = Duration::from_secs(15 * 60);

const BASE: Duration = Duration::from_secs(2);
/// However short a wait was told, it is no less: an endpoint in trouble is not asked again at once.
const TOLD_AT_LEAST: Duration = Duration::from_secs(1);
/// So many rewinds or forks in a row are no progress but a fault.
const PATIENCE: u32 = 4;
/// How often entries are appended again because one of them does not pass.
const SET_ASIDE_EVERY: Duration = Duration::from_secs(60 * 60);

/// The sender's memory between two steps. It does no I/O and reads no clock.
///
/// It goes through the generations of the log in rounds, oldest first. What concerns one generation only is put
/// off to the end of the round, so that it keeps no other from being sent.
#[derive(Clone, Debug)]
pub struct Session {
    state: State,
    /// The generations before this one are settled in this round.
    at: u32,
    /// In this round every generation is asked, also where nothing waits.
    asking: bool,
    /// What kept a generation from being settled in this round.
    trouble: Option<State>,
    /// Where to send from, where that is not what is received: behind a rewind, before what is held.
    cursors: BTreeMap<u32, u64>,
    size: BatchSize,
    failures: u32,
    detours: u32,
    posted: Option<Posted>,
    set_aside_at: Option<Duration>,
    next_try: Option<Duration>,
}

/// The post whose answer is awaited.
#[derive(Clone, Copy, Debug)]
struct Posted {
    generation: u32,
    from: u64,
    entries: usize,
    at: Duration,
}

impl Default for Session {
    fn default() -> Self {
        Self {
            state: State::Done,
            at: 0,
            asking: false,
            trouble: None,
            cursors: BTreeMap::new(),
            size: BatchSize::default(),
            failures: 0,
            detours: 0,
            posted: None,
            set_aside_at: None,
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

    /// Takes what happened, with the log's generations as they are, oldest first, and the time since the session's
    /// start; says what to do.
    pub fn step(&mut self, event: Event, logs: &[Log], time: Duration, rng: &mut impl Rng) -> Step {
        match event {
            Event::Wake { now } => self.wake(now, logs, time, rng),
            Event::WokeUp => {
                self.failures = 0;
                self.wake(true, logs, time, rng)
            }
            Event::Ask => {
                self.ask_all();
                self.wake(false, logs, time, rng)
            }
            Event::Reached => {
                let may_be_over =
                    matches!(self.state, State::NoNetwork | State::NotTheEndpoint | State::UnknownCampaign);
                self.wake(may_be_over, logs, time, rng)
            }
            Event::SetAside { others: true } => {
                self.size.forget_ceiling();
                self.go_on(logs, time, rng)
            }
            Event::SetAside { others: false } => {
                self.set_aside_at = None;
                self.wait(State::TooLarge, time + CAP)
            }
            Event::Failed => self.fail(State::Failed, time, rng),
            Event::Answer(answer) => match self.posted.take() {
                Some(posted) => self.answer(answer, posted, logs, time, rng),
                None => self.go_on(logs, time, rng),
            },
        }
    }

    fn wake(&mut self, now: bool, logs: &[Log], time: Duration, rng: &mut impl Rng) -> Step {
        if let Some(next_try) = self.next_try.filter(|next_try| !now && *next_try > time) {
            return Step::Wait { until: Some(next_try) };
        }
        self.go_on(logs, time, rng)
    }

    fn ask_all(&mut self) {
        self.asking = true;
        self.at = 0;
    }

    fn go_on(&mut self, logs: &[Log], time: Duration, rng: &mut impl Rng) -> Step {
        self.next_try = None;
        let mut unsettled = logs.iter().filter(|log| log.generation >= self.at);
        let Some(log) = unsettled.find(|log| self.has_to_post(log)) else {
            return self.end_round(time, rng);
        };
        self.at = log.generation;
        let from = self.cursors.get(&log.generation).copied().unwrap_or(log.received).min(log.size);
        let entries = (log.size - from).min(self.size.entries() as u64) as usize;
        if self.state == State::Done && entries > 0 {
            self.state = State::Sending;
        }
        self.posted = Some(Posted { generation: log.generation, from, entries, at: time });
        Step::Post { generation: log.generation, from, max_entries: entries }
    }

    fn has_to_post(&self, log: &Log) -> bool {
        log.received < log.size || self.cursors.contains_key(&log.generation) || (self.asking && log.size > 0)
    }

    fn end_round(&mut self, time: Duration, rng: &mut impl Rng) -> Step {
        self.at = 0;
        self.size.forget_ceiling();
        match self.trouble.take() {
            Some(state @ (State::Held | State::TooLarge)) => self.wait(state, time + CAP),
            // What could not be asked is asked again.
            Some(state) => self.fail(state, time, rng),
            None => {
                (self.asking, self.failures, self.detours) = (false, 0, 0);
                self.state = State::Done;
                Step::Wait { until: None }
            }
        }
    }

    fn answer(
        &mut self,
        answer: Answer,
        posted: Posted,
        logs: &[Log],
        time: Duration,
        rng: &mut impl Rng,
    ) -> Step {
        match answer {
            Answer::Received { size } => self.received(size, posted, logs, time, rng),
            Answer::Held { stored } => self.held(stored, posted, logs, time, rng),
            Answer::Rewind { stored } => self.rewind(stored, posted, logs, time, rng),
            Answer::Forked | Answer::Erased => {
                self.detours += 1;
                if self.detours > PATIENCE {
                    return self.put_off(State::Refused, posted, logs, time, rng);
                }
                self.cursors.remove(&posted.generation);
                // Whose log differs may have lost what was received, too.
                self.ask_all();
                Step::StartGeneration { generation: posted.generation }
            }
            Answer::TooLarge => self.too_large(posted, logs, time, rng),
            Answer::Failed => self.fail(State::Failed, time, rng),
            Answer::Busy { after } => self.told(State::Busy, after, time, rng),
            Answer::Quota { after } => self.told(State::Held, after, time, rng),
            Answer::Revoked => self.wait(State::Revoked, time + CAP),
            Answer::UnknownCampaign => self.fail(State::UnknownCampaign, time, rng),
            Answer::OtherEndpoint => self.fail(State::OtherEndpoint, time, rng),
            Answer::Refused => self.put_off(State::Refused, posted, logs, time, rng),
            Answer::NotTheEndpoint { moved } => {
                self.broken_off(State::NotTheEndpoint, moved, posted, time, rng)
            }
            Answer::Unreachable { moved } => self.broken_off(State::NoNetwork, moved, posted, time, rng),
        }
    }

    fn received(
        &mut self,
        size: u64,
        posted: Posted,
        logs: &[Log],
        time: Duration,
        rng: &mut impl Rng,
    ) -> Step {
        if posted.entries > 0 && size <= posted.from {
            return self.fail(State::Busy, time, rng);
        }
        let took = time.saturating_sub(posted.at);
        self.size.passed(posted.entries, took);
        self.failures = 0;
        if self.state != State::Done {
            self.state = State::Sending;
        }
        self.cursors.remove(&posted.generation);
        match logs.iter().find(|log| log.generation == posted.generation) {
            Some(log) if size < log.received => drop(self.cursors.insert(posted.generation, size)),
            Some(log) if log.received < log.size => {}
            _ => self.at = posted.generation + 1,
        }
        self.go_on(logs, time, rng)
    }

    /// Goes on to the end, then asks now and then with an empty batch whether the word has come.
    fn held(
        &mut self,
        stored: u64,
        posted: Posted,
        logs: &[Log],
        time: Duration,
        rng: &mut impl Rng,
    ) -> Step {
        let size = logs.iter().find(|log| log.generation == posted.generation).map_or(0, |log| log.size);
        self.cursors.insert(posted.generation, stored.min(size));
        self.state = State::Held;
        self.failures = 0;
        if stored > posted.from && stored < size {
            return self.go_on(logs, time, rng);
        }
        self.put_off(State::Held, posted, logs, time, rng)
    }

    fn rewind(
        &mut self,
        stored: u64,
        posted: Posted,
        logs: &[Log],
        time: Duration,
        rng: &mut impl Rng,
    ) -> Step {
        self.detours += 1;
        if stored >= posted.from || self.detours > PATIENCE + logs.len() as u32 {
            self.cursors.remove(&posted.generation);
            return self.put_off(State::Busy, posted, logs, time, rng);
        }
        self.cursors.insert(posted.generation, stored);
        // What forgot this may have forgotten the rest. Where this is an answer to asking, the ones before are asked.
        if !self.asking {
            self.ask_all();
        }
        self.go_on(logs, time, rng)
    }

    fn too_large(&mut self, posted: Posted, logs: &[Log], time: Duration, rng: &mut impl Rng) -> Step {
        if posted.entries > 1 {
            self.size.too_large(posted.entries);
            return self.go_on(logs, time, rng);
        }
        let is_newest = logs.last().is_some_and(|log| log.generation == posted.generation);
        let is_time = self.set_aside_at.is_none_or(|at| time >= at + SET_ASIDE_EVERY);
        if posted.entries == 0 || !is_newest || !is_time {
            return self.put_off(State::TooLarge, posted, logs, time, rng);
        }
        self.state = State::TooLarge;
        self.set_aside_at = Some(time);
        Step::SetAside { index: posted.from }
    }

    fn broken_off(
        &mut self,
        state: State,
        moved: bool,
        posted: Posted,
        time: Duration,
        rng: &mut impl Rng,
    ) -> Step {
        if moved {
            self.size.halve(posted.entries);
        }
        self.fail(state, time, rng)
    }

    /// Leaves a generation as it is until the next round.
    fn put_off(
        &mut self,
        state: State,
        posted: Posted,
        logs: &[Log],
        time: Duration,
        rng: &mut impl Rng,
    ) -> Step {
        self.trouble = Some(state);
        self.at = posted.generation + 1;
        self.go_on(logs, time, rng)
    }

    /// Waits as told, and a random part of that more, so that tables that were told the same do not come together.
    fn told(&mut self, state: State, after: Option<Duration>, time: Duration, rng: &mut impl Rng) -> Step {
        let Some(after) = after else { return self.fail(state, time, rng) };
        let after = after.max(TOLD_AT_LEAST).min(CAP);
        let more = Duration::from_millis(rng.random_range(0..=after.as_millis() as u64 / 2));
        self.wait(state, time + (after + more).min(CAP))
    }

    /// Full jitter: any time up to a bound that doubles with every failure, up to the cap.
    fn fail(&mut self, state: State, time: Duration, rng: &mut impl Rng) -> Step {
        let bound = BASE.saturating_mul(1 << self.failures.min(16)).min(CAP);
        self.failures = self.failures.saturating_add(1);
        let wait = Duration::from_millis(rng.random_range(1..=bound.as_millis() as u64));
        self.wait(state, time + wait)
    }

    fn wait(&mut self, state: State, until: Duration) -> Step {
        self.state = state;
        self.detours = 0;
        self.next_try = Some(until);
        Step::Wait { until: Some(until) }
    }
}
