//! Pulling from the endpoint: every log from what is here on, verified and merged batch by batch.

use std::sync::{
    Mutex,
    atomic::{AtomicBool, Ordering},
};

use proof::Origin;
use wire::{Client, ClientError, LogRow, LogState, ProblemCode, Pulled};

use super::{codes, telling, token::sign_in};
use crate::{
    desk::Desk,
    error::DeskError,
    guard::guard,
    merging::Merged,
    storage::{self, log::LogName},
};

/// What a pull brought.
#[derive(Clone, Debug, Default)]
pub struct PullReport {
    /// What came of each batch, with the origin of its log.
    pub merged: Vec<(String, Merged)>,
    /// Entries that were new.
    pub new_entries: u64,
    /// Signatures that were new.
    pub new_signatures: u64,
    /// Logs that the endpoint has.
    pub logs: u64,
    /// Of those, the ones that wait for the organizer's word. Nothing of them was pulled.
    pub held: u64,
}

/// How far a pull is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PullProgress {
    /// Entries that were gone through.
    pub done: u64,
    /// Of so many that are to be.
    pub of: u64,
}

/// A pull that ended early. What it had merged until then stays, and is told.
#[derive(Debug, thiserror::Error)]
#[error("{error}")]
pub struct EndedEarly {
    /// What it brought.
    pub report: PullReport,
    /// What ended it.
    pub error: DeskError,
}

impl PullReport {
    fn add(&mut self, origin: &Origin, merged: Merged) {
        if let Merged::Taken { new_entries, new_signatures, .. } = &merged {
            self.new_entries += new_entries;
            self.new_signatures += new_signatures;
        }
        self.merged.push((origin.to_string(), merged));
    }
}

impl Desk {
    /// Tells the endpoint all that was said ([`Desk::tell`]) and the newest tally, pulls what is new of every log
    /// that it has and that does not wait for the organizer's word, and merges it. The desk is locked for each batch alone,
    /// never while waiting for the endpoint. When the endpoint fails on the way, what was merged stays. `stop` is looked at
    /// before each batch: once it is set, the pull ends early by [`DeskError::Cancelled`]. `progress` is called when it is
    /// known how much there is, and after each batch.
    pub async fn pull(
        desk: &Mutex<Self>,
        client: &Client,
        now: i64,
        stop: &AtomicBool,
        progress: impl FnMut(PullProgress),
    ) -> Result<PullReport, EndedEarly> {
        let mut report = PullReport::default();
        let pulled = pull_into(&mut report, desk, client, now, stop, progress).await;
        // Also what was merged before it ended early.
        let compared = guard(desk).compare_new();
        match pulled.and(compared) {
            Ok(()) => Ok(report),
            Err(error) => Err(EndedEarly { report, error }),
        }
    }

    fn learn_logs(&mut self, logs: &[LogRow]) -> Result<(), DeskError> {
        let tx = storage::write(&mut self.db)?;
        storage::endpoint_log::set_all(&tx, logs)?;
        storage::pulled::delete_lost(&tx)?;
        Ok(tx.commit()?)
    }

    /// From which entry on to pull a log. What is here can be of another branch than what the endpoint has, so of a log
    /// that was not pulled yet the end of what both have is looked at.
    fn pull_from(&self, log: &LogRow) -> Result<u64, DeskError> {
        let name = name_of(log);
        if let Some(pulled) = storage::pulled::find(&self.db, &name)? {
            return Ok(pulled);
        }
        let longest = storage::log::find(&self.db, &name)?.iter().map(|branch| branch.size).max();
        Ok(longest.unwrap_or_default().min(log.size.saturating_sub(1)))
    }

    /// Merges a batch of the endpoint's copy of a log, and keeps how far that was gone through.
    fn merge_pulled(&mut self, log: &LogRow, batch: &[u8], now: i64) -> Result<(Merged, u64), DeskError> {
        let origin = Origin { campaign: self.about.id, table: log.table, generation: log.generation };
        let outcome = self.merge_batch(&origin.to_string(), batch, now)?;
        if matches!(outcome.merged, Merged::Taken { .. }) {
            storage::pulled::set(&self.db, &name_of(log), outcome.to)?;
        }
        Ok((outcome.merged, outcome.to))
    }
}

async fn pull_into(
    report: &mut PullReport,
    desk: &Mutex<Desk>,
    client: &Client,
    now: i64,
    stop: &AtomicBool,
    mut progress: impl FnMut(PullProgress),
) -> Result<(), DeskError> {
    guard(desk).catch_up(now)?;
    let endpoint = Desk::tell(desk, client).await?;
    telling::restore_tally(desk, client).await?;
    let campaign = guard(desk).about.id;
    let mut token = sign_in(desk, client, &endpoint, now).await?;
    let logs = client.logs(campaign, &token).await?;
    guard(desk).learn_logs(&logs)?;
    // An endpoint that takes no kits by code keeps no signature from coming.
    match codes::exchange(desk, client, &token, now).await {
        Err(DeskError::Endpoint(ClientError::Refused(_))) => {}
        exchanged => exchanged?,
    }
    report.logs = logs.len() as u64;
    let (held, to_pull): (Vec<_>, Vec<_>) = logs.iter().partition(|log| log.state == LogState::Held);
    report.held = held.len() as u64;
    let starts = to_pull.into_iter().map(|log| Ok((log, guard(desk).pull_from(log)?)));
    let starts = starts.collect::<Result<Vec<_>, DeskError>>()?;
    let of = starts.iter().map(|(log, from)| log.size.saturating_sub(*from)).sum();
    let mut way = PullProgress { done: 0, of };
    progress(way);
    for (log, mut from) in starts {
        let origin = Origin { campaign, table: log.table, generation: log.generation };
        loop {
            if stop.load(Ordering::Relaxed) {
                return Err(DeskError::Cancelled);
            }
            let pulled = match client.pull(campaign, log, from, &token).await {
                Err(ClientError::Refused(problem)) if problem.code == ProblemCode::NoToken => {
                    // A long pull outlives its token.
                    token = sign_in(desk, client, &endpoint, now).await?;
                    client.pull(campaign, log, from, &token).await
                }
                pulled => pulled,
            };
            let batch = match pulled {
                Ok(Pulled::Batch(batch)) => batch,
                Ok(Pulled::End) => break,
                // One log that is refused keeps nobody else's from coming.
                Err(error @ ClientError::Refused(_)) => {
                    let merged = Merged::Refused { code: error.code(), detail: error.to_string() };
                    report.add(&origin, merged);
                    break;
                }
                Err(error) => return Err(error.into()),
            };
            let (merged, to) = guard(desk).merge_pulled(log, &batch, now)?;
            if matches!(merged, Merged::Waiting { .. }) && from > 0 {
                // The endpoint's copy leaves what is here before this: from its first entry on, then. The batch is kept
                // and is merged on the way.
                way.of += from;
                from = 0;
                continue;
            }
            report.add(&origin, merged);
            if to <= from {
                break;
            }
            way.done += to - from;
            way.of = way.of.max(way.done);
            progress(way);
            from = to;
        }
    }
    storage::campaign::set_merged_at(&guard(desk).db, now)?;
    Ok(())
}

fn name_of(log: &LogRow) -> LogName {
    LogName { table: log.table, generation: log.generation, device: log.device.clone() }
}
