use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use jiff::Timestamp;
use proof::Checkpoint;
use serde::Serialize;
use tokio::{sync::Notify, time};
use wire::{Batch, Client, SendAnswer};

use super::{Answer, Event, Log, Session, State, Step};
use crate::{Table, TableError};

/// How often an idle table asks for everyone's count.
const TALLY_EVERY: Duration = Duration::from_secs(30);

/// The way to a running sender.
#[derive(Clone)]
pub struct Handle {
    shared: Arc<Shared>,
}

struct Shared {
    wake: Notify,
    wanted_now: Mutex<bool>,
    status: Mutex<Status>,
}

/// What a running sender is doing.
#[derive(Clone, Copy, Debug)]
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

    /// Somebody wants it sent at once.
    pub fn send_now(&self) {
        *held(&self.shared.wanted_now) = true;
        self.shared.wake.notify_one();
    }

    /// What it is doing.
    pub fn status(&self) -> Status {
        *held(&self.shared.status)
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
        wanted_now: Mutex::new(false),
        status: Mutex::new(Status { state: State::Done, next_try_at: None }),
    });
    let handle = Handle { shared: Arc::clone(&shared) };
    (handle, async move { forever(&shared, &table, &client, &on_change).await })
}

async fn forever(shared: &Shared, table: &Mutex<Table>, client: &Client, on_change: &(impl Fn() + Sync)) {
    let started = Instant::now();
    let mut session = Session::default();
    let mut event = Event::Wake { now: true };
    loop {
        let step = session.step(event, log(table), started.elapsed(), &mut rand::rng());
        publish(shared, &session, started.elapsed());
        on_change();
        event = match step {
            Step::Post { from, max_entries } => {
                let answer = post(table, client, from, max_entries).await;
                if answer == Answer::Received {
                    ask_for_tally(table, client).await;
                }
                Event::Answer(answer)
            }
            Step::StartGeneration => start_generation(table),
            Step::Wait { until } => {
                let due = until.map_or(TALLY_EVERY, |until| until.saturating_sub(started.elapsed()));
                // Either way the session decides; a time-out is only the end of the wait.
                let woken = time::timeout(due.min(TALLY_EVERY), shared.wake.notified()).await.is_ok();
                let now = std::mem::take(&mut *held(&shared.wanted_now));
                if (now || !woken) && ask_for_tally(table, client).await {
                    on_change();
                }
                Event::Wake { now }
            }
        };
    }
}

fn publish(shared: &Shared, session: &Session, elapsed: Duration) {
    let left = session.next_try().map(|next_try| next_try.saturating_sub(elapsed).as_secs());
    let next_try_at = left.map(|left| now() + i64::try_from(left).unwrap_or(i64::MAX));
    *held(&shared.status) = Status { state: session.state(), next_try_at };
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
}

/// Sends until everything is received, or until the endpoint says to wait or cannot be reached.
pub async fn send_until_done(table: Arc<Mutex<Table>>, client: Client) -> Result<SendReport, TableError> {
    let mut session = Session::default();
    let mut event = Event::Wake { now: true };
    loop {
        event = match session.step(event, log(&table), Duration::ZERO, &mut rand::rng()) {
            Step::Post { from, max_entries } => Event::Answer(post(&table, &client, from, max_entries).await),
            Step::StartGeneration => start_generation(&table),
            Step::Wait { .. } => break,
        };
    }
    ask_for_tally(&table, &client).await;
    let counts = held(&table).counts()?;
    Ok(SendReport { received: counts.received, waiting: counts.waiting, state: session.state() })
}

async fn post(table: &Mutex<Table>, client: &Client, from: u64, max_entries: usize) -> Answer {
    let batch = match held(table).next_batch(from, max_entries) {
        Ok(batch) => batch,
        Err(error) => {
            tracing::warn!(code = error.code(), "no batch could be made");
            return Answer::Busy { after: None };
        }
    };
    match client.send_batch(batch.bytes, &batch.checkpoint).await {
        SendAnswer::Received { receipt, .. } => {
            match held(table).accept_receipt(&receipt, &batch.checkpoint, now()) {
                Ok(()) => Answer::Received,
                Err(error) => {
                    tracing::warn!(code = error.code(), "a receipt could not be kept");
                    Answer::Busy { after: None }
                }
            }
        }
        SendAnswer::Held { stored_size } => Answer::Held { stored: stored_size },
        SendAnswer::Rewind { stored_size } => Answer::Rewind { stored: stored_size },
        SendAnswer::Forked { .. } => Answer::Forked,
        SendAnswer::TooLarge => Answer::TooLarge,
        SendAnswer::Busy { after } => Answer::Busy { after },
        SendAnswer::Revoked => Answer::Revoked,
        SendAnswer::Quota { after } => Answer::Busy { after },
        SendAnswer::Refused(_) | SendAnswer::UnknownCampaign => Answer::Refused,
        SendAnswer::NotTheEndpoint { .. } | SendAnswer::OtherEndpoint => Answer::NotTheEndpoint,
        SendAnswer::Unreachable { .. } => Answer::Unreachable,
    }
}

fn start_generation(table: &Mutex<Table>) -> Event {
    match held(table).start_generation(now()) {
        Ok(()) => Event::Wake { now: true },
        Err(error) => {
            tracing::warn!(code = error.code(), "the next generation could not be started");
            Event::Answer(Answer::Busy { after: None })
        }
    }
}

/// Fetches the tally; says whether it was news. That it cannot be had is no matter: it comes next time.
async fn ask_for_tally(table: &Mutex<Table>, client: &Client) -> bool {
    let campaign = held(table).kit().campaign;
    match client.tally(campaign).await {
        Ok(Some(note)) => held(table).accept_tally(&note).unwrap_or(false),
        _ => false,
    }
}

/// What came of sending a batch file, of this or another table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Uploaded {
    /// The endpoint has it, by a verified receipt.
    Received {
        /// Entries of its log that the receipt covers.
        size: u64,
    },
    /// It is no good, or the endpoint refuses it.
    Refused {
        /// Stable code.
        code: &'static str,
        /// What is wrong.
        detail: String,
    },
    /// Not now.
    Later {
        /// Stable code.
        code: &'static str,
    },
}

/// Sends the bytes of a batch file for whoever wrote it.
pub async fn upload(client: &Client, bytes: Vec<u8>) -> Uploaded {
    let batch = match Batch::decode(&bytes) {
        Ok(batch) => batch,
        Err(error) => return Uploaded::Refused { code: error.code(), detail: error.to_string() },
    };
    let Some(checkpoint) = batch.checkpoint.parse().ok().and_then(|note| Checkpoint::parse(&note).ok())
    else {
        return Uploaded::Refused {
            code: "batch/checkpoint",
            detail: "the batch has no checkpoint".to_owned(),
        };
    };
    let refused = |code, detail: &str| Uploaded::Refused { code, detail: detail.to_owned() };
    match client.send_batch(bytes, &checkpoint).await {
        SendAnswer::Received { receipt, .. } => Uploaded::Received { size: receipt.size() },
        SendAnswer::Held { .. } => Uploaded::Later { code: "upload/held" },
        SendAnswer::Rewind { .. } => Uploaded::Later { code: "upload/earlier-missing" },
        SendAnswer::Busy { .. } => Uploaded::Later { code: "upload/busy" },
        SendAnswer::Quota { .. } => Uploaded::Later { code: "upload/held" },
        SendAnswer::UnknownCampaign => Uploaded::Later { code: "upload/unknown-campaign" },
        SendAnswer::Unreachable { .. } => Uploaded::Later { code: "endpoint/unreachable" },
        SendAnswer::NotTheEndpoint { .. } => Uploaded::Later { code: "endpoint/not-the-endpoint" },
        SendAnswer::OtherEndpoint => Uploaded::Later { code: "endpoint/other-endpoint" },
        SendAnswer::Forked { .. } => {
            refused("upload/forked", "the endpoint stores another log under this name")
        }
        SendAnswer::TooLarge => refused("upload/too-large", "the endpoint takes no batch of this size"),
        SendAnswer::Revoked => refused("upload/revoked", "the organizer has ended this table or its kit"),
        SendAnswer::Refused(_) => refused("upload/refused", "the endpoint refuses this batch"),
    }
}

fn log(table: &Mutex<Table>) -> Log {
    let table = held(table);
    Log { size: table.log.head.size(), received: table.log.received.size() }
}

fn now() -> i64 {
    Timestamp::now().as_second()
}

/// What the mutex holds is whole even when a thread died while it held it: every write is a transaction.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
