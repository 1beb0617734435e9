//! The driver of a session: it waits, wakes, and brings its steps to the courier.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use serde::Serialize;
use tokio::{sync::Notify, time};
use ts_rs::TS;
use wire::Client;

use super::{
    courier::{Courier, TallyAnswer},
    event::{Answer, Event},
    now::now,
    session::Session,
    step::{State, Step},
};
use crate::{counts::Nothing, error::TableError, guard::guard, kit::KitTime, table::Table};

/// How often an idle table asks for everyone's count.
const TALLY_EVERY: Duration = Duration::from_secs(30);
/// How often it asks for a receipt of what it believes received.
const ASK_EVERY: Duration = Duration::from_secs(24 * 60 * 60);
/// How often a wait looks whether the computer was asleep or its clock was set.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Clocks that differ by so much have parted.
const PARTED: Duration = Duration::from_secs(10);
/// So long who sends once waits for an endpoint that is busy, since it last took something: it paces whoever brings much
/// at once.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// The way to a running sender.
#[derive(Clone)]
pub struct Handle {
    shared: Arc<Shared>,
}

struct Shared {
    wake: Notify,
    wishes: Mutex<Wishes>,
    status: Mutex<Status>,
}

/// What somebody wants of the sender.
#[derive(Clone, Copy, Default)]
struct Wishes {
    now: bool,
    paused: bool,
}

/// What a running sender is doing.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[ts(rename = "SendingStatus")]
pub struct Status {
    /// The state.
    pub state: State,
    /// When it tries next by itself, Unix seconds.
    pub next_try_at: Option<i64>,
}

impl Handle {
    /// A signature was saved: there is something to send.
    pub fn saved(&self) {
        self.shared.wake.notify_one();
    }

    /// Somebody wants it sent at once, also where it is paused.
    pub fn send_now(&self) {
        *guard(&self.shared.wishes) = Wishes { now: true, paused: false };
        self.shared.wake.notify_one();
    }

    /// Somebody wants nothing to be sent, not even a question, until it is sent at once again. What is under way ends.
    pub fn pause(&self) {
        *guard(&self.shared.wishes) = Wishes { now: false, paused: true };
        self.shared.wake.notify_one();
    }

    /// What it is doing.
    pub fn status(&self) -> Status {
        *guard(&self.shared.status)
    }
}

/// The sender of a table, and the way to it. The future never ends; `on_change` is called when there is news.
pub fn drive(
    table: Arc<Mutex<Table>>,
    client: Client,
    on_change: impl Fn() + Send + Sync + 'static,
) -> (Handle, impl Future<Output = ()> + Send + 'static) {
    let shared = Arc::new(Shared {
        wake: Notify::new(),
        wishes: Mutex::new(Wishes::default()),
        status: Mutex::new(Status { state: State::Done, next_try_at: None }),
    });
    let handle = Handle { shared: Arc::clone(&shared) };
    (handle, async move { forever(&shared, Courier::new(table, client), &on_change).await })
}

async fn forever(shared: &Shared, mut courier: Courier, on_change: &(impl Fn() + Sync)) {
    let started = Instant::now();
    let mut session = Session::default();
    let mut times = Times::default();
    let mut clocks = Clocks::at(Duration::ZERO, now());
    let mut event = Event::Ask;
    loop {
        if event == Event::Ask {
            times.asked = Some((started.elapsed(), now()));
        }
        let step = session.step(event, &courier.logs(), started.elapsed(), &mut rand::rng());
        publish(shared, &session, started.elapsed());
        on_change();
        if matches!(step, Step::Post { .. }) && wait_while_paused(shared, on_change).await {
            publish(shared, &session, started.elapsed());
            on_change();
        }
        event = match step {
            Step::Post { generation, from, max_entries } => {
                let post = (generation, from, max_entries);
                let answer = courier.post(&session, post, started.elapsed()).await;
                if matches!(answer, Answer::Received { .. }) {
                    times.tally = None;
                }
                Event::Answer(answer)
            }
            Step::StartGeneration { generation } => courier.leave_fork(generation),
            Step::SetAside { index } => courier.set_aside(index),
            Step::Wait { until } => {
                let due = times.tally_due();
                let has_parted =
                    wait(shared, until.map_or(due, |until| until.min(due)), &mut clocks, started).await;
                wait_while_paused(shared, on_change).await;
                let now = std::mem::take(&mut guard(&shared.wishes).now);
                let is_due = until.is_some_and(|until| until <= started.elapsed());
                if has_parted {
                    times.tally = None;
                    Event::WokeUp
                } else if now || is_due || started.elapsed() < times.tally_due() {
                    Event::Wake { now }
                } else {
                    times.tally = Some(started.elapsed());
                    match courier.ask_for_news().await {
                        TallyAnswer::UnknownCampaign => Event::Ask,
                        _ if times.is_time_to_ask(started.elapsed()) => Event::Ask,
                        TallyAnswer::Reached { .. } => Event::Reached,
                        TallyAnswer::None => Event::Wake { now: false },
                    }
                }
            }
        };
    }
}

/// When what was done last: since the start, and by the clock on the wall, which goes on while a computer sleeps.
#[derive(Default)]
struct Times {
    /// None: after a post everyone's count is asked for at once.
    tally: Option<Duration>,
    asked: Option<(Duration, i64)>,
}

impl Times {
    fn tally_due(&self) -> Duration {
        self.tally.map_or(Duration::ZERO, |at| at + TALLY_EVERY)
    }

    fn is_time_to_ask(&self, elapsed: Duration) -> bool {
        self.asked.is_none_or(|(at, clock)| {
            elapsed >= at + ASK_EVERY || now().abs_diff(clock) >= ASK_EVERY.as_secs()
        })
    }
}

/// The steady clock, which stands still while the computer sleeps, beside the one on the wall, which is set. They part when
/// the computer was asleep, or when its clock was set.
struct Clocks {
    steady: Duration,
    wall: i64,
}

impl Clocks {
    fn at(steady: Duration, wall: i64) -> Self {
        Self { steady, wall }
    }

    /// Whether they have parted since they were looked at last.
    fn parted(&mut self, steady: Duration, wall: i64) -> bool {
        let before = std::mem::replace(self, Self::at(steady, wall));
        let passed = i64::try_from(steady.saturating_sub(before.steady).as_secs()).unwrap_or(i64::MAX);
        wall.saturating_sub(before.wall).abs_diff(passed) >= PARTED.as_secs()
    }
}

/// Waits until then (since the start), or until woken; says whether the clocks have parted.
async fn wait(shared: &Shared, until: Duration, clocks: &mut Clocks, started: Instant) -> bool {
    loop {
        let left = until.saturating_sub(started.elapsed());
        let woken = time::timeout(left.min(LOOK_EVERY), shared.wake.notified()).await.is_ok();
        let has_parted = clocks.parted(started.elapsed(), now());
        if woken || has_parted || started.elapsed() >= until {
            return has_parted;
        }
    }
}

/// Waits for as long as it is paused; says whether it was.
async fn wait_while_paused(shared: &Shared, on_change: &(impl Fn() + Sync)) -> bool {
    let mut is_told = false;
    while guard(&shared.wishes).paused {
        if !is_told {
            *guard(&shared.status) = Status { state: State::Paused, next_try_at: None };
            on_change();
            is_told = true;
        }
        shared.wake.notified().await;
    }
    is_told
}

fn publish(shared: &Shared, session: &Session, elapsed: Duration) {
    let left = session.next_try().map(|next_try| next_try.saturating_sub(elapsed).as_secs());
    let next_try_at = left.map(|left| now() + i64::try_from(left).unwrap_or(i64::MAX));
    *guard(&shared.status) = Status { state: session.state(), next_try_at };
}

/// What a sending came to.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct SendReport {
    /// Entries of the table that a receipt covers.
    pub received: u64,
    /// Entries that none covers yet.
    pub waiting: u64,
    /// Why it stopped.
    pub state: State,
    /// Why nothing was to be sent when it began; none where something was.
    pub nothing: Option<Nothing>,
    /// The clock and the kit.
    pub kit_time: KitTime,
}

/// Sends until everything is received, or until the endpoint cannot be reached or is busy for longer than a minute. Asks
/// for a receipt of what is believed received, too.
///
/// Errors: why the table cannot read what is to be sent, or keep what came of it.
pub async fn send_until_done(table: Arc<Mutex<Table>>, client: Client) -> Result<SendReport, TableError> {
    let started = Instant::now();
    let nothing = guard(&table).counts()?.nothing();
    let mut courier = Courier::new(table, client);
    let mut session = Session::default();
    let mut event = Event::Ask;
    let mut patient_until = PATIENCE;
    loop {
        event = match session.step(event, &courier.logs(), started.elapsed(), &mut rand::rng()) {
            Step::Post { generation, from, max_entries } => {
                let post = (generation, from, max_entries);
                let answer = courier.post(&session, post, started.elapsed()).await;
                if matches!(answer, Answer::Received { .. }) {
                    patient_until = started.elapsed() + PATIENCE;
                }
                Event::Answer(answer)
            }
            Step::StartGeneration { generation } => courier.leave_fork(generation),
            Step::SetAside { index } => courier.set_aside(index),
            Step::Wait { until: Some(until) } if session.state() == State::Busy && until <= patient_until => {
                time::sleep(until.saturating_sub(started.elapsed())).await;
                Event::Wake { now: false }
            }
            Step::Wait { .. } => match courier.fault.take().filter(|_| session.state() == State::Failed) {
                Some(fault) => return Err(fault),
                None => break,
            },
        };
    }
    courier.ask_for_news().await;
    let table = guard(&courier.table);
    let (counts, kit_time) = (table.counts()?, table.kit_time(now()));
    let (received, waiting) = (counts.received, counts.waiting);
    Ok(SendReport { received, waiting, state: session.state(), nothing, kit_time })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sleep_and_a_clock_that_was_set_are_noticed_once_and_slow_seconds_are_not() {
        let at = Duration::from_secs;
        let mut clocks = Clocks::at(at(0), 1_000);
        for (steady, wall, expect) in [
            (5, 1_005, false),
            (10, 1_012, false),
            // Asleep for an hour.
            (15, 4_617, true),
            (20, 4_622, false),
            // Set a year back, and forward again.
            (25, -31_000_000, true),
            (30, -30_999_995, false),
            (35, 4_637, true),
        ] {
            assert_eq!(clocks.parted(at(steady), wall), expect, "{steady}");
        }
    }
}
