//! The checkpoints that came with batches: where a pull may start and end.

use proof::Frontier;
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, types::Type};

pub(super) const STEP_1: &str = "CREATE TABLE checkpoint (
    log INTEGER NOT NULL REFERENCES log (id),
    size INTEGER NOT NULL,
    frontier BLOB NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (log, size)
) STRICT, WITHOUT ROWID;";

pub(super) struct Row {
    pub(super) frontier: Frontier,
    pub(super) note: String,
}

/// Keeps a checkpoint; one of the same size is of the same log, and stays.
pub(super) fn insert(
    connection: &Connection,
    log: i64,
    frontier: &Frontier,
    note: &str,
) -> rusqlite::Result<()> {
    if find_at(connection, log, frontier.size())?.is_none() {
        connection.execute(
            "INSERT INTO checkpoint (log, size, frontier, note) VALUES (?1, ?2, ?3, ?4)",
            (log, frontier.size() as i64, frontier.to_bytes(), note),
        )?;
    }
    Ok(())
}

/// The checkpoint of a size.
pub(super) fn find_at(connection: &Connection, log: i64, size: u64) -> rusqlite::Result<Option<Row>> {
    let one = "SELECT size, frontier, note FROM checkpoint WHERE log = ?1 AND size = ?2";
    find(connection, one, log, size)
}

/// The newest checkpoint at or before a size.
pub(super) fn find_before(connection: &Connection, log: i64, size: u64) -> rusqlite::Result<Option<Row>> {
    let newest = "SELECT size, frontier, note FROM checkpoint WHERE log = ?1 AND size <= ?2 ORDER BY size DESC LIMIT 1";
    find(connection, newest, log, size)
}

/// The newest checkpoint after `from` and at or before `most`; without one, the first after `from`.
pub(super) fn find_after(
    connection: &Connection,
    log: i64,
    from: u64,
    most: u64,
) -> rusqlite::Result<Option<Row>> {
    match find_before(connection, log, most)?.filter(|row| row.frontier.size() > from) {
        Some(row) => Ok(Some(row)),
        None => find_past(connection, log, from),
    }
}

/// The checkpoint of the smallest size past an index: it covers the entry there.
pub(super) fn find_past(connection: &Connection, log: i64, index: u64) -> rusqlite::Result<Option<Row>> {
    let first =
        "SELECT size, frontier, note FROM checkpoint WHERE log = ?1 AND size > ?2 ORDER BY size LIMIT 1";
    find(connection, first, log, index)
}

fn find(connection: &Connection, which: &str, log: i64, size: u64) -> rusqlite::Result<Option<Row>> {
    connection.prepare_cached(which)?.query_row((log, size as i64), read).optional()
}

fn read(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    let (size, frontier): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
    let frontier = Frontier::from_bytes(size.unsigned_abs(), &frontier)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(1, Type::Blob, error.into()))?;
    Ok(Row { frontier, note: row.get(2)? })
}
