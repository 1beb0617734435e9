//! A connection to a database: with its key, before anything is asked of it.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::{DatabaseKey, LockboxError};

/// A connection to a file that is there, with the key given before anything else is asked.
pub(crate) fn connect(path: &Path, key: Option<&DatabaseKey>) -> Result<Connection, LockboxError> {
    connect_for(OpenFlags::SQLITE_OPEN_READ_WRITE, path, key)
}

/// One that cannot write.
pub(crate) fn connect_to_read(path: &Path, key: Option<&DatabaseKey>) -> Result<Connection, LockboxError> {
    connect_for(OpenFlags::SQLITE_OPEN_READ_ONLY, path, key)
}

fn connect_for(
    access: OpenFlags,
    path: &Path,
    key: Option<&DatabaseKey>,
) -> Result<Connection, LockboxError> {
    let db = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    if let Some(key) = key {
        // A wrong key is an answer; SQLCipher need not print it too.
        db.execute_batch("PRAGMA cipher_log_level = NONE;")?;
        db.execute_batch(&key.pragma())?;
    }
    Ok(db)
}
