//! The endpoint's database: one file per table of the schema.

pub(crate) mod campaign;
pub(crate) mod checkpoint;
pub(crate) mod document;
pub(crate) mod entry;
pub(crate) mod log;

use std::{fs, path::Path};

use rusqlite::{Connection, OpenFlags};

use crate::StartError;

/// The steps of the schema; `user_version` counts those done. Steps are only ever added.
const STEPS: [&[&str]; 1] =
    [&[campaign::STEP_1, log::STEP_1, entry::STEP_1, checkpoint::STEP_1, document::STEP_1]];

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
         PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 4000;",
    )?;
    if version > 0 && version < STEPS.len() {
        fs::copy(path, path.with_extension(format!("before-{}.db", STEPS.len())))?;
    }
    for (number, step) in STEPS.iter().enumerate().skip(version) {
        let transaction = connection.transaction()?;
        step.iter().try_for_each(|statements| transaction.execute_batch(statements))?;
        transaction.pragma_update(None, "user_version", number as u32 + 1)?;
        transaction.commit()?;
    }
    Ok(connection)
}

/// Opens the database for reading.
pub(crate) fn open_reader(path: &Path) -> Result<Connection, StartError> {
    Ok(Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?)
}
