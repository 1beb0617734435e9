//! What an endpoint keeps, by contract: HTTP asks it of this trait, and each back end has a folder below.
//!
//! # The contract
//!
//! **One call is one transaction.** A call does all that its description says or nothing, and what it decides by is what is
//! stored at the moment at which it stores. Calls about one campaign happen as if one after the other: the last place of a
//! kit, the quota of held logs and a log's head are each given to one caller. Campaigns know nothing of each other but
//! their number (`insert_campaign`). What a call decides, it decides by the pure rules of [`crate::log`], so a back end may
//! begin its transaction again (a compare-and-swap that lost, a serialization failure) without telling anybody.
//!
//! **What is answered is durable.** An answer other than an error comes after the commit that it tells of, and that commit
//! outlives the process, the machine and, where there are several, the loss of as many of them as the operator has asked
//! for. It covers all that the answer tells: also a batch that was known answers only after a transaction that wrote and
//! became durable, so that nobody is told of what another connection has written and nobody has made durable. What a receipt
//! is given for ([`Stored`]) is read back from the back end after that.
//!
//! **A second writer**, in this process or in another where the back end takes several, sees all that was answered before
//! its call began. Of two batches that go on differently from one size, one is stored, and the other is told
//! [`BatchOutcome::Forked`] with the checkpoint that shows it; of two that are the same, one is told that it was known.
//! Reading waits for no writer, and sees at least what was answered before it began.
//!
//! **Errors** say what became of the call ([`StorageError`]). Every call may be repeated whatever it was answered: what was
//! stored is known the second time. A call whose future is dropped may yet be done, or not.
//!
//! Nothing here is personal, and nothing can be opened: envelopes are ciphertext. Times are Unix seconds, and kept as whole
//! minutes.

pub mod sqlite;

use async_trait::async_trait;
use bytes::Bytes;
use proof::{CampaignId, Checkpoint, Origin, VerifierKey};
use uuid::Uuid;
use wire::{ClaimId, DepositId, DepositRow, LogRow, LogState, VerifiedBatch};

use crate::log::admission::Papers;

/// So many entries are wished for in a batch that is pulled: 768 of the largest stay below the limit.
pub const PULLED_ENTRIES: u64 = 768;

/// What an endpoint keeps.
#[async_trait]
pub trait Storage: Send + Sync {
    /// Adds a campaign, unless there are as many as `most`.
    async fn insert_campaign(
        &self,
        campaign: NewCampaign,
        most: u64,
    ) -> Result<CampaignOutcome, StorageError>;

    /// A campaign's root key; none when it is unknown. It never changes.
    async fn find_root(&self, campaign: CampaignId) -> Result<Option<VerifierKey>, StorageError>;

    /// Makes the log of verified papers when it is new and not revoked, lets it in when that is due, and says where it stands
    /// now. Its campaign is known.
    async fn enrol(&self, papers: Papers, now: i64) -> Result<LogState, StorageError>;

    /// Does what [`crate::log::append::decide`] says of a batch, and makes its log when that is new. Entries are stored once
    /// each and in order, with the checkpoint after them, or not at all. What is refused changes nothing. Its campaign is
    /// known.
    async fn append(&self, batch: VerifiedBatch<Bytes>, now: i64) -> Result<BatchOutcome, StorageError>;

    /// All logs of a campaign, by table, generation and device.
    async fn list_logs(&self, campaign: CampaignId) -> Result<Vec<LogRow>, StorageError>;

    /// A batch of a device's log for whoever pulls it. It begins at the newest checkpoint at or before `from`, and ends at the
    /// newest past `from` that is at most [`PULLED_ENTRIES`] past its beginning, or else at the first past `from`. It carries
    /// the papers that the log was made with.
    async fn find_batch(
        &self,
        origin: Origin,
        device: VerifierKey,
        from: u64,
    ) -> Result<PullOutcome, StorageError>;

    /// Revokes kits and tables of a campaign, and erases the bytes of such kits' deposits; false when all of them are revoked
    /// already.
    async fn insert_revocation(
        &self,
        campaign: CampaignId,
        subjects: Vec<Uuid>,
        note: String,
    ) -> Result<bool, StorageError>;

    /// Keeps the organizer's word on a device's log, which may not have come yet, and lets it in; false when it is known.
    async fn insert_confirmation(
        &self,
        origin: Origin,
        device: VerifierKey,
        note: String,
    ) -> Result<bool, StorageError>;

    /// Keeps a campaign's note of a kind in the place of one of a lower number.
    async fn set_numbered(
        &self,
        campaign: CampaignId,
        kind: Numbered,
        seq: u64,
        note: String,
    ) -> Result<NumberedOutcome, StorageError>;

    /// A campaign's newest note of a kind, with its number.
    async fn find_numbered(
        &self,
        campaign: CampaignId,
        kind: Numbered,
    ) -> Result<Option<(u64, String)>, StorageError>;

    /// Keeps a sealed kit for its table, where there is room ([`crate::log::deposits`]). One that is known stays as it is.
    async fn insert_deposit(
        &self,
        campaign: CampaignId,
        deposit: NewDeposit,
        now: i64,
    ) -> Result<DepositOutcome, StorageError>;

    /// Gives a deposit to whoever claims it first, and to the same again: what [`crate::log::deposits::decide`] says.
    async fn claim(
        &self,
        campaign: CampaignId,
        deposit: DepositId,
        claim: ClaimId,
        now: i64,
    ) -> Result<ClaimOutcome, StorageError>;

    /// All deposits of a campaign, by their ids.
    async fn list_deposits(&self, campaign: CampaignId) -> Result<Vec<DepositRow>, StorageError>;
}

/// A campaign that has proven its root key.
#[derive(Clone, Debug)]
pub struct NewCampaign {
    /// Its id.
    pub id: CampaignId,
    /// Its root key.
    pub root: VerifierKey,
    /// The note that tells of it.
    pub note: String,
}

/// What came of a campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CampaignOutcome {
    /// It is taken.
    Inserted,
    /// It was known.
    Known,
    /// There are as many as there may be.
    Full,
}

/// What came of a batch: [`crate::log::append::Decision`], done.
#[derive(Debug, PartialEq, Eq)]
pub enum BatchOutcome {
    /// Some of its entries were new. A receipt is due.
    Appended(Stored),
    /// All of its entries were known. A receipt is due.
    Known(Stored),
    /// It is stored, if it was not; its log waits for the organizer's word. No receipt is due.
    Held(Stored),
    /// Its table or kit is revoked.
    Revoked,
    /// It begins past what is stored.
    Rewind {
        /// Entries that are stored.
        stored_size: u64,
    },
    /// Another log is stored under its name.
    Forked {
        /// All before this index is the same.
        at: u64,
        /// A checkpoint note that was stored, and shows it.
        checkpoint: Option<String>,
    },
    /// No more is stored of what is held.
    Quota,
}

/// What is stored of a log, as it was read back after the commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Entries of the batch that were not stored before.
    pub new: usize,
    /// Entries of the log.
    pub size: u64,
    /// Of the batch that was sent: what a receipt is given for.
    pub checkpoint: Checkpoint,
}

/// What is there for whoever pulls a log.
#[derive(Debug, PartialEq, Eq)]
pub enum PullOutcome {
    /// The log is not known.
    Unknown,
    /// It waits for the organizer's word, and is not handed out: when it is revoked, neither.
    Held,
    /// There is no more.
    End,
    /// The bytes of a batch.
    Batch(Vec<u8>),
}

/// The notes of which a campaign has one: that of the highest number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbered {
    /// The counts as its desk sees them.
    Tally,
    /// What its tables work by.
    Update,
}

/// What came of a numbered note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberedOutcome {
    /// It is the newest now.
    Newest,
    /// It was known.
    Known,
    /// It is not newer than another that is stored.
    Stale {
        /// The number of that.
        stored: u64,
    },
}

/// A sealed kit, whose note was verified.
#[derive(Clone, Debug)]
pub struct NewDeposit {
    /// Its id.
    pub deposit: DepositId,
    /// Of which kit.
    pub kit: Uuid,
    /// Its date, Unix seconds.
    pub until: i64,
    /// The note that tells of it.
    pub note: String,
    /// What is sealed.
    pub sealed: Bytes,
}

/// What came of a deposit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DepositOutcome {
    /// It is kept.
    Inserted,
    /// It was known.
    Known,
    /// Its kit is revoked.
    Revoked,
    /// There are as many, or as many bytes of them, as there may be.
    Full,
}

/// What came of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClaimOutcome {
    /// It is the claimer's.
    Taken {
        /// From now on.
        first: bool,
        /// What is sealed.
        sealed: Vec<u8>,
    },
    /// The deposit is not known.
    Unknown,
    /// Its kit is revoked.
    Revoked,
    /// Somebody else has it.
    Claimed,
    /// Its date is over.
    Expired,
}

/// Why nothing was answered. Each names what is known of the call; all may be repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// Too much waits already. Nothing was done.
    #[error("too much is waiting to be stored")]
    Busy,
    /// It ends. Nothing was done.
    #[error("the endpoint is shutting down")]
    Ending,
    /// The back end failed. Nothing was stored that anybody was told of, and nothing of this call is to be seen.
    #[error("the endpoint's database failed; nothing was stored")]
    Failed,
    /// What is stored is not what was stored once. Nothing of this call is relied on.
    #[error("what is stored is damaged, or cannot be read back")]
    Damaged,
    /// The back end was lost while it committed: it may be stored, or not. To be told so, and never as a success.
    #[error("it is not known whether this was stored")]
    Unknown,
}
