//! A folder that one process holds, with a database in it: locked, keyed, brought up to date. And files that are private
//! to their owner and appear whole or not at all.
//!
//! It knows nothing of what it keeps: whoever opens a box brings the steps of its schema.

pub mod column;
mod connection;
mod database;
pub mod files;
mod key;
mod lock;
mod migration;
mod room;

pub use database::{Lockbox, Schema};
pub use key::DatabaseKey;
pub use lock::Lock;
pub use migration::{AfterStep, Step};
pub use room::Pages;
pub use rusqlite;

/// Why a box could not be opened or made. Holds no path: a path can hold a person's name.
#[derive(Debug, thiserror::Error)]
pub enum LockboxError {
    /// There is none.
    #[error("there is no database here")]
    Missing,
    /// There is one already.
    #[error("there is a database here already")]
    Exists,
    /// Another process has it open.
    #[error("the database is open in another program")]
    InUse,
    /// It is encrypted with another key, or is no database.
    #[error("the database does not open with this key")]
    WrongKey,
    /// The folder is on a file system without locks, memory that programs share, or permissions: a network drive, some sticks.
    #[error("the file system of this folder lacks what a database needs")]
    FileSystem,
    /// Made by a newer version; left untouched.
    #[error("the database is of a newer version")]
    Newer,
    /// The copy that is kept before the schema changes is not what is there; nothing was changed.
    #[error("the copy of the database is not whole; nothing was changed")]
    Copy,
    /// What a step of the schema does beside its statements.
    #[error("the database cannot be brought up to date: {0}")]
    Step(Box<dyn std::error::Error + Send + Sync>),
    /// SQLite.
    #[error("the database fails: {0}")]
    Storage(#[from] rusqlite::Error),
    /// A file or folder. The kind only, because a message can hold a path.
    #[error("a file of the database fails: {}", .0.kind())]
    File(#[from] std::io::Error),
}

/// Whether SQLite has found the file system to lack what it needs: locks, or memory that programs share.
pub fn is_unfit(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi::{SQLITE_IOERR_LOCK, SQLITE_IOERR_RDLOCK, SQLITE_IOERR_SHMLOCK, SQLITE_IOERR_SHMMAP};
    let lacking = [SQLITE_IOERR_LOCK, SQLITE_IOERR_RDLOCK, SQLITE_IOERR_SHMLOCK, SQLITE_IOERR_SHMMAP];
    error.sqlite_error().is_some_and(|error| lacking.contains(&error.extended_code))
}
