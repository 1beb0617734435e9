//! Pulling from the endpoint: every log from what is here on, verified and merged batch by batch.

use std::sync::Mutex;

use proof::{Origin, VerifierKey};
use wire::{Client, ClientError, LogRow, LogState, ProblemCode, Pull, Pulled, Signed, Token};

use crate::{Desk, DeskError, Merged, storage, telling, telling::held};

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
    /// that it has and that does not wait for the organizer's word, and merges it. The desk is locked for each batch alone, never while waiting for the endpoint. When
    /// the endpoint fails on the way, what was merged stays.
    pub async fn pull(desk: &Mutex<Self>, client: &Client, now: i64) -> Result<PullReport, EndedEarly> {
        let mut report = PullReport::default();
        match pull_into(&mut report, desk, client, now).await {
            Ok(()) => Ok(report),
            Err(error) => Err(EndedEarly { report, error }),
        }
    }

    fn learn_logs(&mut self, logs: &[LogRow]) -> Result<(), DeskError> {
        let tx = storage::write(&mut self.db)?;
        storage::endpoint_log::replace(&tx, logs)?;
        Ok(tx.commit()?)
    }

    /// How much of a device's log is here.
    fn log_size(&self, log: &LogRow) -> Result<u64, DeskError> {
        let merged = storage::log::find(&self.db, log.table, log.generation)?;
        Ok(merged.filter(|merged| merged.device == log.device).map_or(0, |merged| merged.size))
    }
}

async fn pull_into(
    report: &mut PullReport,
    desk: &Mutex<Desk>,
    client: &Client,
    now: i64,
) -> Result<(), DeskError> {
    let endpoint = Desk::tell(desk, client).await?;
    telling::restore_tally(desk, client).await?;
    let campaign = held(desk).about.id;
    let mut token = sign_in(desk, client, &endpoint, now).await?;
    let logs = client.logs(campaign, &token).await?;
    held(desk).learn_logs(&logs)?;
    report.logs = logs.len() as u64;
    for log in &logs {
        if log.state == LogState::Held {
            report.held += 1;
            continue;
        }
        let origin = Origin { campaign, table: log.table, generation: log.generation };
        loop {
            let from = held(desk).log_size(log)?;
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
            let merged = held(desk).merge(&origin.to_string(), &batch, now)?;
            report.add(&origin, merged);
            if held(desk).log_size(log)? == from {
                break;
            }
        }
    }
    storage::campaign::set_merged_at(&held(desk).db, now)?;
    Ok(())
}

/// Signs the endpoint's challenge and gets a token for it.
async fn sign_in(
    desk: &Mutex<Desk>,
    client: &Client,
    endpoint: &VerifierKey,
    now: i64,
) -> Result<Token, DeskError> {
    let campaign = held(desk).about.id;
    let nonce = client.challenge(campaign).await?.nonce;
    let body = Pull { nonce, endpoint: endpoint.clone() };
    let pull = Signed::sign(campaign, now, body, &[&held(desk).root])?;
    Ok(client.token(&pull).await?)
}
