//! Everything an organizer does: the campaign and its keys, petitions and kits, merging what tables send, the
//! ledger with its explained count, the signed tally and the export.
//!
//! A [`Desk`] is one encrypted database in one folder, for one process at a time. Time and randomness are passed
//! in. What is expected to happen is a value ([`Merged`]); what fails is a [`DeskError`] with a stable code.

pub use petition;
pub use proof;
pub use sealing;
pub use wire;

mod backup;
mod branches;
mod campaign;
mod count;
mod epochs;
mod error;
mod export;
mod files;
mod keys;
mod kits;
mod ledger;
mod logs;
mod merge;
mod opening;
mod petitions;
mod pull;
mod recording;
mod reopening;
mod spreadsheet;
mod storage;
mod tables;
mod tally;
mod telling;
mod verify;

pub use backup::{Backup, BackupFailure, BackupKey, BackupPlace, BackupState, MIN_PASSPHRASE, NewBackup};
pub use campaign::{CampaignAbout, Desk};
pub use count::ExplainedCount;
pub use error::DeskError;
pub use files::{check_place, write_private};
pub use keys::Keys;
pub use kits::{KitRow, MAX_KIT_DAYS, MAX_KIT_TABLES, MAX_LABEL, MAX_REASON, Revoked, kit_until};
pub use ledger::{LedgerPage, LedgerRow, Standing};
pub use lockbox::DatabaseKey;
pub use merge::{Merged, files::FilesMerged};
pub use petitions::PetitionRow;
pub use pull::{EndedEarly, PullReport};
pub use spreadsheet::unguarded;
pub use tables::{BranchRow, Proof, TableRow};
pub use verify::LogVerification;
