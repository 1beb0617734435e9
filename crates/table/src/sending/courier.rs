//! What brings batches to the endpoint.

use std::sync::{Arc, Mutex};

use proof::{Frontier, Receipt};
use tokio::task::{JoinHandle, spawn_blocking};
use wire::{Client, ClientError, ProblemCode, SendAnswer};

use super::{
    event::{Answer, Event},
    now::now,
    session::Session,
    step::Step,
};
use crate::{
    error::TableError,
    guard::guard,
    log::{batches::OutgoingBatch, extent::Log},
    table::Table,
};

/// Brings batches to the endpoint and keeps in the table's books what comes back. While an answer is awaited it
/// reads the batch that comes next if all goes well.
pub(super) struct Courier {
    pub(super) table: Arc<Mutex<Table>>,
    pub(super) client: Client,
    ahead: Option<JoinHandle<Result<OutgoingBatch, TableError>>>,
    /// Why the table could not do its part last.
    pub(super) fault: Option<TableError>,
}

/// What came of asking for the tally.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TallyAnswer {
    /// The endpoint answered.
    Reached {
        /// The tally is newer than the one known.
        is_news: bool,
    },
    /// It does not know the campaign.
    UnknownCampaign,
    /// It did not answer, or something else did.
    None,
}

impl Courier {
    pub(super) fn new(table: Arc<Mutex<Table>>, client: Client) -> Self {
        Self { table, client, ahead: None, fault: None }
    }

    pub(super) fn logs(&self) -> Vec<Log> {
        guard(&self.table).logs()
    }

    /// Posts what the session's last step asked for.
    pub(super) async fn post(
        &mut self,
        session: &Session,
        (generation, from, max_entries): (u32, u64, usize),
        time: std::time::Duration,
    ) -> Answer {
        let made = match self.batch(generation, from, max_entries).await {
            // What is asked for is erased here. An empty batch in its place lets the endpoint know this generation, so that it
            // lets in the next one, in which the table goes on.
            Err(TableError::Erased) => self.batch(generation, from, 0).await.map(|batch| (batch, true)),
            made => made.map(|batch| (batch, false)),
        };
        let (batch, is_erased) = match made {
            Ok(made) => made,
            Err(error) => {
                tracing::warn!(code = error.code(), "no batch could be made");
                self.fault = Some(error);
                return Answer::Failed;
            }
        };
        match self.send(session, batch, time).await {
            Answer::Received { .. } | Answer::Held { .. } if is_erased => Answer::Erased,
            answer => answer,
        }
    }

    async fn send(
        &mut self,
        session: &Session,
        mut batch: OutgoingBatch,
        time: std::time::Duration,
    ) -> Answer {
        let generation = batch.generation();
        self.read_ahead(session, &batch, time);
        let bytes = std::mem::take(&mut batch.bytes);
        match self.client.send_batch(bytes, &batch.checkpoint).await {
            SendAnswer::Received { receipt, .. } => self.received(&receipt, &batch),
            SendAnswer::Held { stored_size } => Answer::Held { stored: stored_size },
            SendAnswer::Rewind { stored_size } => {
                self.lost(generation, stored_size);
                Answer::Rewind { stored: stored_size }
            }
            SendAnswer::Forked { checkpoint } => self.forked(generation, checkpoint.as_deref()),
            SendAnswer::TooLarge => Answer::TooLarge,
            SendAnswer::Busy { after } => Answer::Busy { after },
            SendAnswer::Quota { after } => Answer::Quota { after },
            SendAnswer::Revoked => Answer::Revoked,
            SendAnswer::UnknownCampaign => {
                // Who does not know the campaign stores nothing of it.
                self.logs().iter().for_each(|log| self.lost(log.generation, 0));
                Answer::UnknownCampaign
            }
            SendAnswer::OtherEndpoint => Answer::OtherEndpoint,
            SendAnswer::Refused(_) => Answer::Refused,
            SendAnswer::NotTheEndpoint { moved } => Answer::NotTheEndpoint { moved },
            SendAnswer::Unreachable { moved } => Answer::Unreachable { moved },
        }
    }

    /// Keeps in the books that the endpoint stores no more than this of a generation.
    fn lost(&self, generation: u32, stored: u64) {
        if let Err(error) = guard(&self.table).rewind(generation, stored) {
            tracing::warn!(code = error.code(), "what the endpoint lost could not be kept");
        }
    }

    fn received(&mut self, receipt: &Receipt, batch: &OutgoingBatch) -> Answer {
        let kept = guard(&self.table).accept_receipt(receipt, batch, now());
        match kept {
            Ok(()) => Answer::Received { size: receipt.size() },
            Err(error) => {
                tracing::warn!(code = error.code(), "a receipt could not be kept");
                self.fault = Some(error);
                Answer::Failed
            }
        }
    }

    /// A fork sets a step off that cannot be taken back, so it is believed by its proof alone.
    fn forked(&mut self, generation: u32, checkpoint: Option<&str>) -> Answer {
        let is_fork = checkpoint.map(|note| guard(&self.table).is_fork(generation, note));
        match is_fork {
            Some(Ok(true)) => Answer::Forked,
            Some(Err(error)) => {
                tracing::warn!(code = error.code(), "the proof of a fork could not be checked");
                self.fault = Some(error);
                Answer::Failed
            }
            Some(Ok(false)) | None => Answer::Refused,
        }
    }

    /// The batch that was read ahead if it is the one that is asked for now, else a new one.
    async fn batch(
        &mut self,
        generation: u32,
        from: u64,
        max_entries: usize,
    ) -> Result<OutgoingBatch, TableError> {
        if let Some(ahead) = self.ahead.take()
            && let Ok(Ok(batch)) = ahead.await
        {
            let entries = batch.to - batch.from;
            let is_asked_for = batch.generation() == generation && batch.from == from;
            if is_asked_for && entries > 0 && entries <= max_entries as u64 {
                return Ok(batch);
            }
        }
        let table = Arc::clone(&self.table);
        let made = spawn_blocking(move || guard(&table).next_batch(generation, from, max_entries));
        made.await.unwrap_or(Err(TableError::Damaged))
    }

    fn read_ahead(&mut self, session: &Session, batch: &OutgoingBatch, time: std::time::Duration) {
        let mut logs = self.logs();
        let log = logs.iter_mut().find(|log| log.generation == batch.generation());
        log.into_iter().for_each(|log| log.received = log.received.max(batch.to));
        let received = Event::Answer(Answer::Received { size: batch.to });
        let next = session.clone().step(received, &logs, time, &mut rand::rng());
        if let Step::Post { generation, from, max_entries } = next
            && max_entries > 0
            && (generation, from) == (batch.generation(), batch.to)
        {
            let (table, before): (_, Frontier) = (Arc::clone(&self.table), batch.after.clone());
            let read = move || guard(&table).batch_after(generation, before, max_entries);
            self.ahead = Some(spawn_blocking(read));
        }
    }

    /// Fetches the tally, and an update where the organizer published a newer one. That neither can be had is no matter: they
    /// come next time.
    pub(super) async fn ask_for_news(&self) -> TallyAnswer {
        let answer = self.ask_for_tally().await;
        if matches!(answer, TallyAnswer::Reached { .. }) {
            self.ask_for_update().await;
        }
        answer
    }

    async fn ask_for_update(&self) {
        let (campaign, after) = {
            let table = guard(&self.table);
            (table.kit().campaign, table.update())
        };
        // An endpoint of before there were updates refuses, and has none.
        match self.client.update(campaign, after).await {
            Ok(Some(note)) => {
                if let Err(error) = guard(&self.table).accept_update(&note, now()) {
                    tracing::warn!(code = error.code(), "an update was not taken");
                }
            }
            Ok(None) => guard(&self.table).no_update(),
            Err(_) => {}
        }
    }

    async fn ask_for_tally(&self) -> TallyAnswer {
        let campaign = guard(&self.table).kit().campaign;
        match self.client.tally(campaign).await {
            Ok(Some(note)) => match guard(&self.table).accept_tally(&note) {
                Ok(is_news) => TallyAnswer::Reached { is_news },
                Err(_) => TallyAnswer::None,
            },
            Ok(None) => TallyAnswer::Reached { is_news: false },
            Err(ClientError::Refused(problem)) if problem.code == ProblemCode::UnknownCampaign => {
                TallyAnswer::UnknownCampaign
            }
            Err(_) => TallyAnswer::None,
        }
    }

    /// Appends again what the endpoint knows otherwise.
    pub(super) fn leave_fork(&mut self, generation: u32) -> Event {
        let left = guard(&self.table).leave_fork(generation, now());
        match left {
            Ok(()) => Event::Wake { now: true },
            Err(error) => {
                tracing::warn!(code = error.code(), "the next generation could not be started");
                self.fault = Some(error);
                Event::Failed
            }
        }
    }

    pub(super) fn set_aside(&mut self, index: u64) -> Event {
        let set_aside = guard(&self.table).set_aside(index, now());
        match set_aside {
            Ok(others) => Event::SetAside { others },
            Err(error) => {
                tracing::warn!(code = error.code(), "an entry could not be set aside");
                self.fault = Some(error);
                Event::Failed
            }
        }
    }
}
