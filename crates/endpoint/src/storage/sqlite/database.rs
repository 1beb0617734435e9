//! The database's file: its schema and its connections.

use std::path::{Path, PathBuf};

use lockbox::{Lockbox, LockboxError, Schema, Step};
use rusqlite::{Connection, OpenFlags};

use super::{campaign, checkpoint, deposit, document, entry, log};

/// The steps of the schema. Steps are only ever added.
pub(super) const STEPS: [Step<'_>; 4] = [
    Step::of(&[campaign::STEP_1, log::STEP_1, entry::STEP_1, checkpoint::STEP_1, document::STEP_1]),
    Step::of(&[campaign::STEP_2, log::STEP_2, document::STEP_2]),
    Step::of(&[document::STEP_3]),
    Step::of(&[deposit::STEP_4]),
];

/// The endpoint's database. What is in it is sealed, so it has no key of its own. A thread beside the writer empties the
/// write-ahead log (`mover.rs`); nothing in it is secret, so what is deleted need not be overwritten.
const SCHEMA: Schema<'_> = Schema {
    name: "endpoint",
    steps: &STEPS,
    settings: "PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 67108864; PRAGMA secure_delete = OFF;",
};

/// The database in a data folder.
pub(super) fn file(folder: &Path) -> PathBuf {
    SCHEMA.database(folder)
}

/// Opens the database of a folder for the writer, and brings its schema up to date; makes it when there is none.
pub(super) fn open(folder: &Path) -> Result<Lockbox, LockboxError> {
    if SCHEMA.exists(folder) {
        return Lockbox::open(folder, None, &SCHEMA);
    }
    Lockbox::create(folder, None, &SCHEMA, |_| Ok(()))
}

/// Opens the database for reading.
pub(super) fn open_reader(path: &Path) -> rusqlite::Result<Connection> {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)
}
