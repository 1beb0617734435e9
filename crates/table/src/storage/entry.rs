//! The log's entries: envelopes and their leaves.

use std::ops::ControlFlow;

use proof::Hash;
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use super::{place::Place, signed::Mark};

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

/// `mark` is that of a signature, where it was first; none of a note, and none of an older version's entries. Whoever saves an entry
/// writes it in one place: without the index, the counts of a few entries are read from the entries (`stride`).
pub(crate) const STEP_5: &str = "ALTER TABLE entry ADD COLUMN mark BLOB;
DROP INDEX entry_of_petition;";

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
    /// All entries of a generation from an index on.
    pub(crate) fn after(generation: u32, from: u64) -> Self {
        Self { generation, from, to: Place::LAST }
    }

    fn places(self) -> (Place, Place) {
        (Place::new(self.generation, self.from), Place::new(self.generation, self.to))
    }
}

pub(crate) fn insert(
    db: &Connection,
    (generation, index): (u32, u64),
    row: &Row,
    mark: Option<Mark>,
) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT INTO entry (place, petition, shift, saved_at, leaf, envelope, mark)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    insert.execute((
        Place::new(generation, index),
        row.petition,
        row.shift,
        row.saved_at,
        row.leaf.0,
        &row.envelope,
        mark.map(|mark| mark.0),
    ))?;
    Ok(())
}

/// Calls `each` with index and row, in order.
pub(crate) fn for_each(
    db: &Connection,
    span: Span,
    mut each: impl FnMut(u64, Row) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut select = db.prepare_cached(
        "SELECT place, petition, shift, saved_at, leaf, envelope FROM entry WHERE place >= ?1 AND place < ?2
         ORDER BY place",
    )?;
    let mut rows = select.query(span.places())?;
    while let Some(row) = rows.next()? {
        let Place { index, .. } = row.get("place")?;
        let row = Row {
            petition: row.get("petition")?,
            shift: row.get("shift")?,
            saved_at: row.get("saved_at")?,
            leaf: Hash(row.get("leaf")?),
            envelope: row.get("envelope")?,
        };
        each(index, row)?;
    }
    Ok(())
}

/// An entry at its place, without its envelope.
pub(crate) struct Placed {
    pub(crate) generation: u32,
    pub(crate) index: u64,
    pub(crate) petition: Uuid,
    /// Unix seconds, a whole minute.
    pub(crate) saved_at: i64,
    pub(crate) leaf: Hash,
}

/// The newest entries of a shift up to the end of a generation, newest first.
pub(crate) fn list_newest(
    db: &Connection,
    shift: i64,
    generation: u32,
    most: usize,
) -> rusqlite::Result<Vec<Placed>> {
    let mut select = db.prepare_cached(
        "SELECT place, petition, saved_at, leaf FROM entry WHERE place < ?1 AND shift = ?2
         ORDER BY place DESC LIMIT ?3",
    )?;
    let rows = select.query_map((Place::new(generation + 1, 0), shift, most), |row| {
        let Place { generation, index } = row.get("place")?;
        Ok(Placed {
            generation,
            index,
            petition: row.get("petition")?,
            saved_at: row.get("saved_at")?,
            leaf: Hash(row.get("leaf")?),
        })
    })?;
    rows.collect()
}

/// Calls `each` with leaf and envelope, in order, until it breaks off. Copies nothing.
pub(crate) fn for_each_envelope(
    db: &Connection,
    span: Span,
    mut each: impl FnMut(Hash, &[u8]) -> ControlFlow<()>,
) -> rusqlite::Result<()> {
    let mut select = db
        .prepare_cached("SELECT leaf, envelope FROM entry WHERE place >= ?1 AND place < ?2 ORDER BY place")?;
    let mut rows = select.query(span.places())?;
    while let Some(row) = rows.next()? {
        let envelope = row.get_ref("envelope")?.as_blob()?;
        if each(Hash(row.get("leaf")?), envelope).is_break() {
            break;
        }
    }
    Ok(())
}

/// Calls `each` with the leaves, in order.
pub(crate) fn for_each_leaf(
    db: &Connection,
    span: Span,
    mut each: impl FnMut(Hash) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut select =
        db.prepare_cached("SELECT leaf FROM entry WHERE place >= ?1 AND place < ?2 ORDER BY place")?;
    let mut rows = select.query(span.places())?;
    while let Some(row) = rows.next()? {
        each(Hash(row.get("leaf")?))?;
    }
    Ok(())
}

/// How many entries are of a petition. Reads all of the span.
pub(crate) fn count(db: &Connection, span: Span, petition: Uuid) -> rusqlite::Result<u64> {
    let mut select = db.prepare_cached(
        "SELECT count(*) AS entries FROM entry WHERE place >= ?2 AND place < ?3 AND petition = ?1",
    )?;
    let (from, to) = span.places();
    select.query_row((petition, from, to), |row| row.get("entries"))
}

/// A signature where it was first, without its envelope.
pub(crate) struct Marked {
    pub(crate) petition: Uuid,
    pub(crate) shift: i64,
    /// Unix seconds, a whole minute.
    pub(crate) saved_at: i64,
    pub(crate) mark: Mark,
}

/// Calls `each` with the signatures of a span that have a mark, in order.
pub(crate) fn for_each_marked(
    db: &Connection,
    span: Span,
    mut each: impl FnMut(Marked) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut select = db.prepare_cached(
        "SELECT petition, shift, saved_at, mark FROM entry
         WHERE place >= ?1 AND place < ?2 AND mark IS NOT NULL ORDER BY place",
    )?;
    let mut rows = select.query(span.places())?;
    while let Some(row) = rows.next()? {
        each(Marked {
            petition: row.get("petition")?,
            shift: row.get("shift")?,
            saved_at: row.get("saved_at")?,
            mark: Mark(row.get("mark")?),
        })?;
    }
    Ok(())
}

/// The petition that the signature of a mark is on, where it is in a span.
pub(crate) fn find_mark(db: &Connection, span: Span, mark: Mark) -> rusqlite::Result<Option<Uuid>> {
    let mut select =
        db.prepare_cached("SELECT petition FROM entry WHERE place >= ?1 AND place < ?2 AND mark = ?3")?;
    let (from, to) = span.places();
    select.query_row((from, to, mark.0), |row| row.get("petition")).optional()
}
