//! Why nothing came of some work on the database.

use crate::storage::StorageError;

/// Why nothing came of some work on the database. The two are not to be taken for one another: damage undoes the work that
/// found it, and an error of the database all that shares its transaction.
#[derive(Debug)]
pub(super) enum WorkError {
    /// What is stored is not what was stored once.
    Damaged,
    /// The database.
    Database(rusqlite::Error),
}

impl WorkError {
    /// What whoever asked is told. Not for work whose transaction goes on.
    pub(super) fn told(self) -> StorageError {
        match self {
            Self::Damaged => StorageError::Damaged,
            Self::Database(error) => {
                tracing::error!(code = ?error.sqlite_error_code(), "the database failed");
                StorageError::Failed
            }
        }
    }
}

impl From<rusqlite::Error> for WorkError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}
