//! The log at fixed strides: its frontier, and how many entries are of each petition, so that nothing reads the log
//! from its start.

use lockbox::column;
use proof::{Frontier, Hash};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use uuid::Uuid;

use super::{
    entry::{self, Span},
    generation,
    place::Place,
};

/// So many entries apart. In a log of an older version they are farther apart.
pub(crate) const EVERY: u64 = 16;

/// A place is where the next entry comes: of a generation and its size. `entries` counts from the generation's first.
pub(crate) const STEP_2: &str = "CREATE TABLE stride (
    place INTEGER PRIMARY KEY,
    frontier BLOB NOT NULL
) STRICT;
CREATE TABLE stride_count (
    petition BLOB NOT NULL,
    place INTEGER NOT NULL,
    entries INTEGER NOT NULL,
    PRIMARY KEY (petition, place)
) STRICT, WITHOUT ROWID;";

/// Keeps the log at a head that is at a stride; at another head there is nothing to keep.
pub(crate) fn insert_reached(db: &Connection, generation: u32, head: &Frontier) -> rusqlite::Result<()> {
    let size = head.size();
    if size == 0 || !size.is_multiple_of(EVERY) {
        return Ok(());
    }
    let mut insert = db.prepare_cached("INSERT INTO stride (place, frontier) VALUES (?1, ?2)")?;
    insert.execute((Place::new(generation, size), head.to_bytes()))?;
    let mut select = db.prepare_cached(
        "SELECT petition, count(*) AS entries FROM entry WHERE place >= ?1 AND place < ?2 GROUP BY petition",
    )?;
    let mut insert =
        db.prepare_cached("INSERT INTO stride_count (petition, place, entries) VALUES (?1, ?2, ?3)")?;
    let mut rows = select.query((Place::new(generation, size - EVERY), Place::new(generation, size)))?;
    while let Some(row) = rows.next()? {
        let (petition, more): (Uuid, u64) = (row.get("petition")?, row.get("entries")?);
        let before = kept_count(db, generation, size, petition)?;
        insert.execute((petition, Place::new(generation, size), before + more))?;
    }
    Ok(())
}

/// The frontier at the last stride up to a size.
pub(crate) fn find_frontier(db: &Connection, generation: u32, size: u64) -> rusqlite::Result<Frontier> {
    let mut select = db.prepare_cached(
        "SELECT place, frontier FROM stride WHERE place > ?1 AND place <= ?2 ORDER BY place DESC LIMIT 1",
    )?;
    let found = select.query_row((Place::new(generation, 0), Place::new(generation, size)), |row| {
        let Place { index, .. } = row.get("place")?;
        Frontier::from_bytes(index, row.get_ref("frontier")?.as_blob()?)
            .map_err(|error| column::malformed(row, "frontier", error))
    });
    Ok(found.optional()?.unwrap_or_default())
}

/// How many of the entries of a span are of a petition. Reads a stride's entries at each of its ends.
pub(crate) fn count(db: &Connection, span: Span, petition: Uuid) -> rusqlite::Result<u64> {
    let before = |size: u64| -> rusqlite::Result<u64> {
        let stride = find_frontier(db, span.generation, size)?.size();
        let kept = kept_count(db, span.generation, stride, petition)?;
        Ok(kept + entry::count(db, Span { from: stride, to: size, ..span }, petition)?)
    };
    Ok(before(span.to)? - before(span.from)?)
}

fn kept_count(db: &Connection, generation: u32, size: u64, petition: Uuid) -> rusqlite::Result<u64> {
    let mut select = db.prepare_cached(
        "SELECT entries FROM stride_count WHERE petition = ?1 AND place > ?2 AND place <= ?3
         ORDER BY place DESC LIMIT 1",
    )?;
    let found = select
        .query_row((petition, Place::new(generation, 0), Place::new(generation, size)), |row| {
            row.get("entries")
        })
        .optional()?;
    Ok(found.unwrap_or(0))
}

/// Keeps what a database of an older version did not.
pub(crate) fn backfill(db: &mut Connection) -> rusqlite::Result<()> {
    for log in generation::list(db)? {
        let mut frontier = find_frontier(db, log.generation, log.head.size())?;
        if frontier.size() + EVERY > log.head.size() {
            continue;
        }
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let span = Span { generation: log.generation, from: frontier.size(), to: log.head.size() };
        let mut push = |leaf: Hash| {
            frontier.push(leaf);
            insert_reached(&tx, log.generation, &frontier)
        };
        entry::for_each_leaf(&tx, span, &mut push)?;
        tx.commit()?;
    }
    Ok(())
}
