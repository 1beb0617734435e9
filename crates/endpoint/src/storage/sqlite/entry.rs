//! The entries: envelopes and their leaves.

use proof::Hash;
use rusqlite::{Connection, Error};

/// `place` is log and index in one number, so that each log is stored in its order.
pub(super) const STEP_1: &str = "CREATE TABLE entry (
    place INTEGER PRIMARY KEY,
    leaf BLOB NOT NULL,
    envelope BLOB NOT NULL
) STRICT;";

const INDEX_BITS: u32 = 40;

fn place(log: i64, index: u64) -> i64 {
    (log << INDEX_BITS) | index as i64
}

/// Adds an entry, whose place is free.
pub(super) fn insert(
    connection: &Connection,
    log: i64,
    index: u64,
    leaf: &Hash,
    envelope: &[u8],
) -> rusqlite::Result<()> {
    let mut insert =
        connection.prepare_cached("INSERT INTO entry (place, leaf, envelope) VALUES (?1, ?2, ?3)")?;
    insert.execute((place(log, index), leaf.0, envelope))?;
    Ok(())
}

/// Whether an entry is stored.
pub(super) fn exists(connection: &Connection, log: i64, index: u64) -> rusqlite::Result<bool> {
    let mut select = connection.prepare_cached("SELECT 1 FROM entry WHERE place = ?1")?;
    select.exists([place(log, index)])
}

/// The leaves from one index up to another. All of them must be there.
pub(super) fn list_leaves(
    connection: &Connection,
    log: i64,
    from: u64,
    to: u64,
) -> rusqlite::Result<Vec<Hash>> {
    let mut select = connection
        .prepare_cached("SELECT leaf FROM entry WHERE place >= ?1 AND place < ?2 ORDER BY place")?;
    let rows = select.query_map((place(log, from), place(log, to)), |row| row.get(0).map(Hash))?;
    let leaves: Vec<Hash> = rows.collect::<rusqlite::Result<_>>()?;
    // A damaged file must not be appended to as if it were whole.
    if leaves.len() as u64 == to.saturating_sub(from) { Ok(leaves) } else { Err(Error::QueryReturnedNoRows) }
}

/// Hands over the envelopes from one index up to another, each without a copy.
pub(super) fn each_envelope(
    connection: &Connection,
    log: i64,
    from: u64,
    to: u64,
    mut take: impl FnMut(&[u8]),
) -> rusqlite::Result<()> {
    let mut select = connection
        .prepare_cached("SELECT envelope FROM entry WHERE place >= ?1 AND place < ?2 ORDER BY place")?;
    let mut rows = select.query((place(log, from), place(log, to)))?;
    while let Some(row) = rows.next()? {
        take(row.get_ref(0)?.as_blob()?);
    }
    Ok(())
}
