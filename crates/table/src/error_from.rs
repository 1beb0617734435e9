//! What the failures below a table are to whoever asked it: of the database, of files, of the box that holds both.

use lockbox::{LockboxError, column::is_malformed, files::is_full, is_unfit};
use rusqlite::ErrorCode;

use crate::error::TableError;

impl From<rusqlite::Error> for TableError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            _ if is_unfit(&error) => Self::FileSystem,
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::SystemIoFailure) => Self::Disk,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::NotADatabase) => Self::WrongKey,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged,
            _ if is_malformed(&error) => Self::Damaged,
            _ => Self::Storage(error),
        }
    }
}

impl From<std::io::Error> for TableError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            kind if is_full(kind) => Self::DiskFull,
            kind => Self::File(kind),
        }
    }
}

impl From<LockboxError> for TableError {
    fn from(error: LockboxError) -> Self {
        match error {
            LockboxError::Missing => Self::Missing,
            LockboxError::Exists => Self::Exists,
            LockboxError::InUse => Self::InUse,
            LockboxError::WrongKey => Self::WrongKey,
            LockboxError::FileSystem => Self::FileSystem,
            LockboxError::Newer => Self::Newer,
            LockboxError::Copy => Self::Copy,
            // None of the table's steps does more than its statements.
            LockboxError::Step(_) => Self::Damaged,
            LockboxError::Storage(error) => error.into(),
            LockboxError::File(error) => error.into(),
        }
    }
}
