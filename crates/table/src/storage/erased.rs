//! How far the envelopes of each generation are erased: their leaves stay, and the log is as provable as before.

use rusqlite::Connection;
use uuid::Uuid;

use super::{entry::Span, place::Place};

pub(crate) const STEP_5: &str = "CREATE TABLE erased (
    generation INTEGER PRIMARY KEY,
    size INTEGER NOT NULL
) STRICT;";

/// An entry without its envelope.
struct Bare {
    place: Place,
    petition: Uuid,
    shift: i64,
    saved_at: i64,
    leaf: [u8; 32],
    mark: Option<[u8; 16]>,
}

/// Erases the envelopes of a span and keeps how far the generation is erased, in the caller's transaction. The rows are put
/// anew: an entry that only shrinks would keep its place on a page to itself.
pub(crate) fn erase(db: &Connection, span: Span) -> rusqlite::Result<()> {
    let (from, to) = (Place::new(span.generation, span.from), Place::new(span.generation, span.to));
    let mut select = db.prepare_cached(
        "SELECT place, petition, shift, saved_at, leaf, mark FROM entry WHERE place >= ?1 AND place < ?2",
    )?;
    let rows = select.query_map((from, to), |row| {
        Ok(Bare {
            place: row.get("place")?,
            petition: row.get("petition")?,
            shift: row.get("shift")?,
            saved_at: row.get("saved_at")?,
            leaf: row.get("leaf")?,
            mark: row.get("mark")?,
        })
    })?;
    let rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    db.prepare_cached("DELETE FROM entry WHERE place >= ?1 AND place < ?2")?.execute((from, to))?;
    let mut insert = db.prepare_cached(
        "INSERT INTO entry (place, petition, shift, saved_at, leaf, envelope, mark)
         VALUES (?1, ?2, ?3, ?4, ?5, x'', ?6)",
    )?;
    for row in rows {
        insert.execute((row.place, row.petition, row.shift, row.saved_at, row.leaf, row.mark))?;
    }
    db.prepare_cached(
        "INSERT INTO erased (generation, size) VALUES (?1, ?2)
         ON CONFLICT (generation) DO UPDATE SET size = excluded.size",
    )?
    .execute((span.generation, span.to))?;
    Ok(())
}

/// How many entries of a generation are erased, from its first on.
pub(crate) fn get(db: &Connection, generation: u32) -> rusqlite::Result<u64> {
    let mut select =
        db.prepare_cached("SELECT coalesce(max(size), 0) AS size FROM erased WHERE generation = ?1")?;
    select.query_row([generation], |row| row.get("size"))
}
