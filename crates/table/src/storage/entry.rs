//! The log's entries: envelopes and their leaves.

use proof::Hash;
use rusqlite::{Connection, Transaction};
use uuid::Uuid;

use crate::TableError;

/// `place` is generation and index in one number, so that the log is stored in its order.
pub(crate) const STEP_1: &str = "CREATE TABLE entry (
    place INTEGER PRIMARY KEY,
    petition BLOB NOT NULL,
    shift INTEGER NOT NULL,
    saved_at INTEGER NOT NULL,
    leaf BLOB NOT NULL,
    envelope BLOB NOT NULL
) STRICT;
CREATE INDEX entry_of_petition ON entry (petition, place);";

const INDEX_BITS: u32 = 40;

pub(crate) struct Row {
    pub(crate) petition: Uuid,
    pub(crate) shift: i64,
    /// Unix seconds, a whole minute.
    pub(crate) saved_at: i64,
    pub(crate) leaf: Hash,
    pub(crate) envelope: Vec<u8>,
}

fn place(generation: u32, index: u64) -> i64 {
    (i64::from(generation) << INDEX_BITS) | index as i64
}

pub(crate) fn insert(
    transaction: &Transaction<'_>,
    generation: u32,
    index: u64,
    row: &Row,
) -> Result<(), TableError> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO entry (place, petition, shift, saved_at, leaf, envelope) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    insert.execute((
        place(generation, index),
        row.petition.as_bytes(),
        row.shift,
        row.saved_at,
        row.leaf.0,
        &row.envelope,
    ))?;
    Ok(())
}

/// Calls `each` with the rows from one index up to another, in order.
pub(crate) fn for_each(
    connection: &Connection,
    generation: u32,
    from: u64,
    to: u64,
    mut each: impl FnMut(Row) -> Result<(), TableError>,
) -> Result<(), TableError> {
    let mut select = connection.prepare_cached(
        "SELECT petition, shift, saved_at, leaf, envelope FROM entry WHERE place >= ?1 AND place < ?2 ORDER BY place",
    )?;
    let mut rows = select.query((place(generation, from), place(generation, to)))?;
    while let Some(row) = rows.next()? {
        each(Row {
            petition: Uuid::from_bytes(row.get(0)?),
            shift: row.get(1)?,
            saved_at: row.get(2)?,
            leaf: Hash(row.get(3)?),
            envelope: row.get(4)?,
        })?;
    }
    Ok(())
}

/// Calls `each` with the leaves from one index up to another, in order.
pub(crate) fn for_each_leaf(
    connection: &Connection,
    generation: u32,
    from: u64,
    to: u64,
    mut each: impl FnMut(Hash),
) -> Result<(), TableError> {
    let mut select = connection
        .prepare_cached("SELECT leaf FROM entry WHERE place >= ?1 AND place < ?2 ORDER BY place")?;
    let mut rows = select.query((place(generation, from), place(generation, to)))?;
    while let Some(row) = rows.next()? {
        each(Hash(row.get(0)?));
    }
    Ok(())
}

/// How many entries before an index are of a petition. Reads the index only.
pub(crate) fn count(
    connection: &Connection,
    generation: u32,
    to: u64,
    petition: Uuid,
) -> Result<u64, TableError> {
    let mut select = connection
        .prepare_cached("SELECT count(*) FROM entry WHERE petition = ?1 AND place >= ?2 AND place < ?3")?;
    let count: i64 = select
        .query_row((petition.as_bytes(), place(generation, 0), place(generation, to)), |row| row.get(0))?;
    Ok(count.unsigned_abs())
}
