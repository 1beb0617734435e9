//! The backup: everything that does not come again from batches, in one file under a passphrase (`docs/protocol.md` §10).

mod content;
mod failure;
mod key;
mod places;
#[cfg(test)]
pub(crate) mod tests;

pub use content::Backup;
pub(crate) use content::content;
pub use failure::BackupFailure;
pub use key::BackupKey;
pub use places::{BackupPlace, BackupState, NewBackup};
pub(crate) use places::{Prepared, is_current, keep_all, place_of, prepare};
