//! The log's entries: envelopes and their leaves.

use std::ops::ControlFlow;

use proof::Hash;
use rusqlite::{Connection, Transaction};
use uuid::Uuid;

use crate::error::TableError;

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

/// Entries of one generation, from an index up to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    pub(crate) generation: u32,
    pub(crate) from: u64,
    pub(crate) to: u64,
}

impl Span {
    fn places(self) -> (i64, i64) {
        (place(self.generation, self.from), place(self.generation, self.to))
    }
}

pub(crate) fn place(generation: u32, index: u64) -> i64 {
    (i64::from(generation) << INDEX_BITS) | index as i64
}

/// Generation and index of a place.
pub(crate) fn index_of(place: i64) -> (u32, u64) {
    ((place >> INDEX_BITS) as u32, (place & ((1 << INDEX_BITS) - 1)).unsigned_abs())
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

/// Calls `each` with index and row, in order.
pub(crate) fn for_each(
    connection: &Connection,
    span: Span,
    mut each: impl FnMut(u64, Row) -> Result<(), TableError>,
) -> Result<(), TableError> {
    let mut select = connection.prepare_cached(
        "SELECT place, petition, shift, saved_at, leaf, envelope FROM entry WHERE place >= ?1 AND place < ?2
         ORDER BY place",
    )?;
    let mut rows = select.query(span.places())?;
    while let Some(row) = rows.next()? {
        let (_, index) = index_of(row.get(0)?);
        let row = Row {
            petition: Uuid::from_bytes(row.get(1)?),
            shift: row.get(2)?,
            saved_at: row.get(3)?,
            leaf: Hash(row.get(4)?),
            envelope: row.get(5)?,
        };
        each(index, row)?;
    }
    Ok(())
}

/// Calls `each` with leaf and envelope, in order, until it breaks off. Copies nothing.
pub(crate) fn for_each_envelope(
    connection: &Connection,
    span: Span,
    mut each: impl FnMut(Hash, &[u8]) -> ControlFlow<()>,
) -> Result<(), TableError> {
    let mut select = connection
        .prepare_cached("SELECT leaf, envelope FROM entry WHERE place >= ?1 AND place < ?2 ORDER BY place")?;
    let mut rows = select.query(span.places())?;
    while let Some(row) = rows.next()? {
        let envelope = row.get_ref(1)?.as_blob().map_err(|_| TableError::Damaged)?;
        if each(Hash(row.get(0)?), envelope).is_break() {
            break;
        }
    }
    Ok(())
}

/// Calls `each` with the leaves, in order.
pub(crate) fn for_each_leaf(
    connection: &Connection,
    span: Span,
    mut each: impl FnMut(Hash) -> Result<(), TableError>,
) -> Result<(), TableError> {
    let mut select = connection
        .prepare_cached("SELECT leaf FROM entry WHERE place >= ?1 AND place < ?2 ORDER BY place")?;
    let mut rows = select.query(span.places())?;
    while let Some(row) = rows.next()? {
        each(Hash(row.get(0)?))?;
    }
    Ok(())
}

/// How many entries are of a petition. Reads the index only.
pub(crate) fn count(connection: &Connection, span: Span, petition: Uuid) -> Result<u64, TableError> {
    let mut select = connection
        .prepare_cached("SELECT count(*) FROM entry WHERE petition = ?1 AND place >= ?2 AND place < ?3")?;
    let (from, to) = span.places();
    let count: i64 = select.query_row((petition.as_bytes(), from, to), |row| row.get(0))?;
    Ok(count.unsigned_abs())
}
