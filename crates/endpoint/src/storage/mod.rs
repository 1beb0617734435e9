//! The endpoint's database: one file per table of the schema.

pub(crate) mod campaign;
pub(crate) mod checkpoint;
pub(crate) mod document;
pub(crate) mod entry;
pub(crate) mod log;
mod moving;

use std::path::{Path, PathBuf};

use lockbox::{Lockbox, LockboxError, Schema, Step};
pub(crate) use moving::Mover;
use rusqlite::{Connection, OpenFlags};

/// The steps of the schema. Steps are only ever added.
const STEPS: [Step<'_>; 2] = [
    Step::of(&[campaign::STEP_1, log::STEP_1, entry::STEP_1, checkpoint::STEP_1, document::STEP_1]),
    Step::of(&[campaign::STEP_2, log::STEP_2, document::STEP_2]),
];

/// The endpoint's database. What is in it is sealed, so it has no key of its own. A thread beside the writer empties the
/// write-ahead log (`moving.rs`); nothing in it is secret, so what is deleted need not be overwritten.
const SCHEMA: Schema<'_> = Schema {
    name: "endpoint",
    steps: &STEPS,
    settings: "PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 67108864; PRAGMA secure_delete = OFF;",
};

/// The database in a data folder.
pub(crate) fn file(folder: &Path) -> PathBuf {
    SCHEMA.database(folder)
}

/// Opens the database of a folder for the writer, and brings its schema up to date; makes it when there is none.
pub(crate) fn open(folder: &Path) -> Result<Lockbox, LockboxError> {
    if SCHEMA.exists(folder) {
        return Lockbox::open(folder, None, &SCHEMA);
    }
    Lockbox::create(folder, None, &SCHEMA, |_| Ok(()))
}

/// Opens the database for reading.
pub(crate) fn open_reader(path: &Path) -> rusqlite::Result<Connection> {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)
}

#[cfg(test)]
mod tests;
