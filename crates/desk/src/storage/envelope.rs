//! The envelopes themselves, apart from the entries so that these stay quick to go through.

use proof::Hash;
use rusqlite::{Connection, OptionalExtension};

pub(super) const CREATE: &str = "CREATE TABLE envelope (
    log INTEGER NOT NULL REFERENCES log,
    idx INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (log, idx)
) STRICT;";

pub(crate) fn insert(db: &Connection, log: i64, index: u64, bytes: &[u8]) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT INTO envelope (log, idx, bytes) VALUES (?1, ?2, ?3)")?
        .execute((log, index, bytes))?;
    Ok(())
}

/// The leaves of a branch's envelopes from the first up to `to`, computed again, each with its index, in order.
pub(crate) fn for_each_leaf(
    db: &Connection,
    log: i64,
    to: u64,
    mut each: impl FnMut(u64, Hash),
) -> rusqlite::Result<()> {
    let mut statement =
        db.prepare_cached("SELECT idx, bytes FROM envelope WHERE log = ?1 AND idx < ?2 ORDER BY idx")?;
    let mut rows = statement.query((log, to))?;
    while let Some(row) = rows.next()? {
        let bytes = row.get_ref("bytes")?.as_blob()?;
        each(row.get("idx")?, proof::leaf_hash(bytes));
    }
    Ok(())
}

/// The leaf of the envelope at an index of a branch, computed again.
pub(crate) fn find_leaf(db: &Connection, log: i64, index: u64) -> rusqlite::Result<Option<Hash>> {
    db.prepare_cached("SELECT bytes FROM envelope WHERE log = ?1 AND idx = ?2")?
        .query_row((log, index), |row| Ok(proof::leaf_hash(row.get_ref("bytes")?.as_blob()?)))
        .optional()
}
