//! The frontiers of logs at fixed strides: what lies before a place is known without reading it from the first leaf.

use lockbox::column;
use proof::{Frontier, Hash};
use rusqlite::{Connection, OptionalExtension, Row};

use super::entry;

/// A frontier is kept at each multiple of so many entries.
pub(crate) const STRIDE: u64 = 1024;

pub(super) const CREATE: &str = "CREATE TABLE frontier (
    log INTEGER NOT NULL REFERENCES log,
    size INTEGER NOT NULL,
    frontier BLOB NOT NULL,
    PRIMARY KEY (log, size)
) STRICT;";

/// Keeps the frontiers at the strides past `known` that are reached by leaves which follow on `before`.
pub(crate) fn set_reached(
    db: &Connection,
    log: i64,
    before: &Frontier,
    leaves: &[Hash],
    known: u64,
) -> rusqlite::Result<()> {
    let last = (before.size() + leaves.len() as u64) / STRIDE * STRIDE;
    if last <= known {
        return Ok(());
    }
    let mut frontier = before.clone();
    for leaf in leaves.iter().take((last - before.size()) as usize) {
        frontier.push(*leaf);
        if frontier.size().is_multiple_of(STRIDE) && frontier.size() > known {
            set(db, log, &frontier)?;
        }
    }
    Ok(())
}

/// Keeps the frontier at the place where a branch leaves another.
pub(crate) fn set_fork(db: &Connection, log: i64, at: &Frontier) -> rusqlite::Result<()> {
    set(db, log, at)
}

fn set(db: &Connection, log: i64, frontier: &Frontier) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO frontier (log, size, frontier) VALUES (?1, ?2, ?3)")?
        .execute((log, frontier.size(), frontier.to_bytes()))?;
    Ok(())
}

/// The frontier of a branch at a size that is merged and not before it leaves another. Fewer leaves than a stride are
/// read.
pub(crate) fn get(db: &Connection, log: i64, at: u64) -> rusqlite::Result<Frontier> {
    let mut frontier = find_before(db, log, at)?.unwrap_or_default();
    entry::list_leaves(db, log, frontier.size(), at)?.into_iter().for_each(|leaf| frontier.push(leaf));
    Ok(frontier)
}

fn find_before(db: &Connection, log: i64, at: u64) -> rusqlite::Result<Option<Frontier>> {
    db.prepare_cached(
        "SELECT size, frontier FROM frontier WHERE log = ?1 AND size <= ?2 ORDER BY size DESC LIMIT 1",
    )?
    .query_row((log, at), |row| read(row, "size", "frontier"))
    .optional()
}

/// The frontier in two columns: its size, and its bytes.
pub(super) fn read(row: &Row<'_>, size: &str, bytes: &str) -> rusqlite::Result<Frontier> {
    Frontier::from_bytes(row.get(size)?, row.get_ref(bytes)?.as_blob()?)
        .map_err(|error| column::malformed(row, bytes, error))
}

/// Keeps the frontiers of all logs that were merged before there was this table.
pub(crate) fn backfill(db: &Connection) -> rusqlite::Result<()> {
    let mut logs = db.prepare("SELECT log, size FROM log WHERE size > 0")?;
    let logs: Vec<(i64, u64)> =
        logs.query_map([], |row| Ok((row.get("log")?, row.get("size")?)))?.collect::<Result<_, _>>()?;
    for (log, size) in logs {
        let mut frontier = Frontier::default();
        while frontier.size() + STRIDE <= size {
            let from = frontier.size();
            let leaves = entry::list_leaves(db, log, from, from + STRIDE)?;
            if leaves.len() as u64 != STRIDE {
                // The log is damaged, which verifying it says.
                break;
            }
            set_reached(db, log, &frontier, &leaves, from)?;
            leaves.into_iter().for_each(|leaf| frontier.push(leaf));
        }
    }
    Ok(())
}
