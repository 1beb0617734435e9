//! The back end of one machine: SQLite. One writer, and commits that several requests share.

mod append;
mod campaign;
mod checkpoint;
mod database;
mod deposit;
mod document;
mod entry;
mod log;
mod mover;
mod pull;
mod readers;
mod requested;
#[cfg(test)]
mod tests;
mod work;
mod writer;

use std::{path::Path, thread::JoinHandle};

use async_trait::async_trait;
use bytes::Bytes;
use lockbox::{Lockbox, LockboxError};
use proof::{CampaignId, Origin, VerifierKey};
use uuid::Uuid;
use wire::{ClaimId, DepositId, DepositRow, LogRow, LogState, VerifiedBatch};

use self::{mover::Mover, readers::Readers, writer::Writer};
use crate::{
    log::admission::Papers,
    storage::{
        BatchOutcome, CampaignOutcome, ClaimOutcome, DepositOutcome, NewCampaign, NewDeposit, Numbered,
        NumberedOutcome, PullOutcome, Storage, StorageError,
    },
};

/// A data folder's database. One process holds it at a time.
pub struct Sqlite {
    writer: Writer,
    readers: Readers,
}

impl Sqlite {
    /// Whether a folder has a database.
    pub fn exists(folder: &Path) -> bool {
        database::file(folder).exists()
    }

    /// Opens a folder's database, and brings its schema up to date; makes it when there is none. Also gives the writer's
    /// thread: it ends, and lets the folder go, when this is dropped and all that waits is stored.
    pub fn open(folder: &Path) -> Result<(Self, JoinHandle<()>), LockboxError> {
        let Lockbox { connection, lock } = database::open(folder)?;
        let path = database::file(folder);
        let (writer, thread) = Writer::start(connection, Mover::start(&path)?, lock);
        Ok((Self { writer, readers: Readers::new(path) }, thread))
    }
}

#[async_trait]
impl Storage for Sqlite {
    async fn insert_campaign(
        &self,
        campaign: NewCampaign,
        most: u64,
    ) -> Result<CampaignOutcome, StorageError> {
        let work = move |connection: &_| Ok(campaign::insert(connection, &campaign, most)?);
        self.writer.write(work).await
    }

    async fn find_root(&self, campaign: CampaignId) -> Result<Option<VerifierKey>, StorageError> {
        self.readers.read(move |connection| Ok(campaign::find_root(connection, campaign)?)).await
    }

    async fn enrol(&self, papers: Papers, now: i64) -> Result<LogState, StorageError> {
        self.writer.write(move |connection| append::enrol(connection, &papers, now)).await
    }

    async fn append(&self, batch: VerifiedBatch<Bytes>, now: i64) -> Result<BatchOutcome, StorageError> {
        let sent = batch.checkpoint.clone();
        self.writer
            .write_and_read_back(
                move |connection| append::append(connection, &batch, now),
                move |connection, done| append::read_back(connection, done, &sent),
            )
            .await
    }

    async fn list_logs(&self, campaign: CampaignId) -> Result<Vec<LogRow>, StorageError> {
        self.readers.read(move |connection| Ok(log::list(connection, campaign)?)).await
    }

    async fn find_batch(
        &self,
        origin: Origin,
        device: VerifierKey,
        from: u64,
    ) -> Result<PullOutcome, StorageError> {
        self.readers.read(move |connection| pull::find_batch(connection, &origin, &device, from)).await
    }

    async fn insert_revocation(
        &self,
        campaign: CampaignId,
        subjects: Vec<Uuid>,
        note: String,
    ) -> Result<bool, StorageError> {
        let work = move |connection: &_| {
            let mut new = false;
            for subject in subjects {
                new |= document::insert_revocation(connection, campaign, subject, &note)?;
                deposit::erase(connection, campaign, subject)?;
            }
            Ok(new)
        };
        self.writer.write(work).await
    }

    async fn insert_confirmation(
        &self,
        origin: Origin,
        device: VerifierKey,
        note: String,
    ) -> Result<bool, StorageError> {
        self.writer.write(move |connection| append::confirm(connection, &origin, &device, &note)).await
    }

    async fn set_numbered(
        &self,
        campaign: CampaignId,
        kind: Numbered,
        seq: u64,
        note: String,
    ) -> Result<NumberedOutcome, StorageError> {
        let work = move |connection: &_| Ok(document::set_numbered(connection, campaign, kind, seq, &note)?);
        self.writer.write(work).await
    }

    async fn find_numbered(
        &self,
        campaign: CampaignId,
        kind: Numbered,
    ) -> Result<Option<(u64, String)>, StorageError> {
        self.readers.read(move |connection| Ok(document::find_numbered(connection, campaign, kind)?)).await
    }

    async fn insert_deposit(
        &self,
        campaign: CampaignId,
        deposit: NewDeposit,
        now: i64,
    ) -> Result<DepositOutcome, StorageError> {
        self.writer.write(move |connection| Ok(deposit::insert(connection, campaign, &deposit, now)?)).await
    }

    async fn claim(
        &self,
        campaign: CampaignId,
        deposit: DepositId,
        claim: ClaimId,
        now: i64,
    ) -> Result<ClaimOutcome, StorageError> {
        self.writer.write(move |connection| deposit::claim(connection, campaign, deposit, claim, now)).await
    }

    async fn list_deposits(&self, campaign: CampaignId) -> Result<Vec<DepositRow>, StorageError> {
        self.readers.read(move |connection| deposit::list(connection, campaign)).await
    }
}
