//! The log at fixed strides: its frontier, and how many entries are of each petition, so that nothing reads the log
//! from its start.

use proof::{Frontier, Hash};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use uuid::Uuid;

use super::{
    entry::{self, Span, index_of, place},
    generation,
};
use crate::error::TableError;

/// So many entries apart.
pub(crate) const EVERY: u64 = 1024;

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
pub(crate) fn keep(
    transaction: &Transaction<'_>,
    generation: u32,
    head: &Frontier,
) -> Result<(), TableError> {
    let size = head.size();
    if size == 0 || !size.is_multiple_of(EVERY) {
        return Ok(());
    }
    let mut insert = transaction.prepare_cached("INSERT INTO stride (place, frontier) VALUES (?1, ?2)")?;
    insert.execute((place(generation, size), head.to_bytes()))?;
    let mut select = transaction.prepare_cached(
        "SELECT petition, count(*) FROM entry NOT INDEXED WHERE place >= ?1 AND place < ?2 GROUP BY petition",
    )?;
    let mut insert = transaction
        .prepare_cached("INSERT INTO stride_count (petition, place, entries) VALUES (?1, ?2, ?3)")?;
    let mut rows = select.query((place(generation, size - EVERY), place(generation, size)))?;
    while let Some(row) = rows.next()? {
        let petition = Uuid::from_bytes(row.get(0)?);
        let before = kept_count(transaction, generation, size, petition)?;
        let entries = before + row.get::<_, i64>(1)?;
        insert.execute((petition.as_bytes(), place(generation, size), entries))?;
    }
    Ok(())
}

/// The frontier at the last stride up to a size.
pub(crate) fn find_frontier(
    connection: &Connection,
    generation: u32,
    size: u64,
) -> Result<Frontier, TableError> {
    let mut select = connection.prepare_cached(
        "SELECT place, frontier FROM stride WHERE place > ?1 AND place <= ?2 ORDER BY place DESC LIMIT 1",
    )?;
    let found: Option<(i64, Vec<u8>)> = select
        .query_row((place(generation, 0), place(generation, size)), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((at, bytes)) = found else { return Ok(Frontier::default()) };
    Frontier::from_bytes(index_of(at).1, &bytes).map_err(|_| TableError::Damaged)
}

/// How many of the entries of a span are of a petition. Reads a stride's index at each of its ends.
pub(crate) fn count(connection: &Connection, span: Span, petition: Uuid) -> Result<u64, TableError> {
    let before = |size: u64| -> Result<u64, TableError> {
        let stride = size - size % EVERY;
        let kept = kept_count(connection, span.generation, stride, petition)?.unsigned_abs();
        Ok(kept + entry::count(connection, Span { from: stride, to: size, ..span }, petition)?)
    };
    Ok(before(span.to)? - before(span.from)?)
}

fn kept_count(
    connection: &Connection,
    generation: u32,
    size: u64,
    petition: Uuid,
) -> Result<i64, TableError> {
    let mut select = connection.prepare_cached(
        "SELECT entries FROM stride_count WHERE petition = ?1 AND place > ?2 AND place <= ?3
         ORDER BY place DESC LIMIT 1",
    )?;
    let found = select
        .query_row((petition.as_bytes(), place(generation, 0), place(generation, size)), |row| row.get(0))
        .optional()?;
    Ok(found.unwrap_or(0))
}

/// Keeps what a database of an older version did not.
pub(crate) fn backfill(connection: &mut Connection) -> Result<(), TableError> {
    for log in generation::list(connection)? {
        let mut frontier = find_frontier(connection, log.generation, log.head.size())?;
        if frontier.size() + EVERY > log.head.size() {
            continue;
        }
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let span = Span { generation: log.generation, from: frontier.size(), to: log.head.size() };
        let mut push = |leaf: Hash| {
            frontier.push(leaf);
            keep(&transaction, log.generation, &frontier)
        };
        entry::for_each_leaf(&transaction, span, &mut push)?;
        transaction.commit()?;
    }
    Ok(())
}
