//! The PIN that ends the kiosk, hashed, and the wrong tries. One row.

use rusqlite::{Connection, OptionalExtension};

pub(crate) const STEP_1: &str = "CREATE TABLE pin (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    salt BLOB NOT NULL,
    hash BLOB NOT NULL,
    failures INTEGER NOT NULL,
    failed_at INTEGER NOT NULL
) STRICT;";

pub(crate) struct Row {
    pub(crate) salt: [u8; 16],
    pub(crate) hash: [u8; 32],
    /// Wrong tries in a row.
    pub(crate) failures: u32,
    /// Unix seconds of the last of them.
    pub(crate) failed_at: i64,
}

pub(crate) fn set(db: &Connection, row: &Row) -> rusqlite::Result<()> {
    db.execute(
        "INSERT OR REPLACE INTO pin (id, salt, hash, failures, failed_at) VALUES (1, ?1, ?2, ?3, ?4)",
        (row.salt, row.hash, row.failures, row.failed_at),
    )?;
    Ok(())
}

pub(crate) fn find(db: &Connection) -> rusqlite::Result<Option<Row>> {
    db.query_row("SELECT salt, hash, failures, failed_at FROM pin WHERE id = 1", [], |row| {
        Ok(Row {
            salt: row.get("salt")?,
            hash: row.get("hash")?,
            failures: row.get("failures")?,
            failed_at: row.get("failed_at")?,
        })
    })
    .optional()
}
