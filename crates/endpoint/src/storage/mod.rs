//! The endpoint's database: one file per table of the schema.

pub(crate) mod campaign;
pub(crate) mod checkpoint;
mod copy;
pub(crate) mod document;
pub(crate) mod entry;
pub(crate) mod log;
mod moving;

use std::path::Path;

pub(crate) use moving::Mover;
use rusqlite::{Connection, Error, OpenFlags, ffi};

use crate::StartError;

/// The steps of the schema; `user_version` counts those done. Steps are only ever added.
const STEPS: [&[&str]; 2] = [
    &[campaign::STEP_1, log::STEP_1, entry::STEP_1, checkpoint::STEP_1, document::STEP_1],
    &[campaign::STEP_2, log::STEP_2, document::STEP_2],
];

/// Opens the database for the writer, and brings its schema up to date.
pub(crate) fn open(path: &Path) -> Result<Connection, StartError> {
    let mut connection = Connection::open(path)?;
    let version: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let version = version as usize;
    if version > STEPS.len() {
        return Err(StartError::Newer);
    }
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;
         PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 67108864;",
    )?;
    if version > 0 && version < STEPS.len() {
        copy::keep(&connection, path, STEPS.len())?;
    }
    // A table that others refer to can be built anew only while nobody looks; each step is checked as a whole.
    connection.execute_batch("PRAGMA foreign_keys = OFF;")?;
    for (number, step) in STEPS.iter().enumerate().skip(version) {
        let transaction = connection.transaction()?;
        step.iter().try_for_each(|statements| transaction.execute_batch(statements))?;
        if transaction.prepare("PRAGMA foreign_key_check")?.exists([])? {
            return Err(Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_CONSTRAINT_FOREIGNKEY), None).into());
        }
        transaction.pragma_update(None, "user_version", number as u32 + 1)?;
        transaction.commit()?;
    }
    connection.execute_batch("PRAGMA foreign_keys = ON;")?;
    Ok(connection)
}

/// Opens the database for reading.
pub(crate) fn open_reader(path: &Path) -> rusqlite::Result<Connection> {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)
}

#[cfg(test)]
mod tests;
