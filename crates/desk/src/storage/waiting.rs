//! Batches that wait for what is before them.

use proof::Origin;
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use super::{number, size};

pub(super) const CREATE: &str = "CREATE TABLE waiting (
    digest BLOB PRIMARY KEY,
    table_id BLOB NOT NULL,
    generation INTEGER NOT NULL,
    old_size INTEGER NOT NULL,
    new_size INTEGER NOT NULL,
    batch BLOB NOT NULL,
    forked INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX waiting_log ON waiting (table_id, generation, forked, old_size);";

/// Keeps a batch; the same bytes once.
pub(crate) fn put(
    db: &Connection,
    digest: &[u8; 32],
    origin: &Origin,
    from: u64,
    to: u64,
    batch: &[u8],
) -> rusqlite::Result<()> {
    // Equal digests are equal bytes, so nothing is lost by keeping one.
    db.execute(
        "INSERT INTO waiting (digest, table_id, generation, old_size, new_size, batch)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (digest) DO NOTHING",
        (digest, origin.table.as_bytes(), origin.generation, number(from), number(to), batch),
    )?;
    Ok(())
}

pub(crate) fn delete(db: &Connection, digest: &[u8; 32]) -> rusqlite::Result<()> {
    db.execute("DELETE FROM waiting WHERE digest = ?1", [digest])?;
    Ok(())
}

/// A batch that turned out to be of another log stays, as evidence, and waits no more.
pub(crate) fn set_forked(db: &Connection, digest: &[u8; 32]) -> rusqlite::Result<()> {
    db.execute("UPDATE waiting SET forked = 1 WHERE digest = ?1", [digest])?;
    Ok(())
}

/// A batch of a log whose turn has come: what is before it is merged.
pub(crate) fn find_ready(db: &Connection, origin: &Origin) -> rusqlite::Result<Option<([u8; 32], Vec<u8>)>> {
    db.prepare_cached(
        "SELECT digest, batch FROM waiting JOIN log USING (table_id, generation)
         WHERE table_id = ?1 AND generation = ?2 AND forked = 0 AND old_size <= size
         ORDER BY old_size, digest LIMIT 1",
    )?
    .query_row((origin.table.as_bytes(), origin.generation), |row| Ok((row.get(0)?, row.get(1)?)))
    .optional()
}

/// Logs of which a batch's turn has come.
pub(crate) fn list_ready_logs(db: &Connection) -> rusqlite::Result<Vec<(Uuid, u32)>> {
    db.prepare_cached(
        "SELECT DISTINCT table_id, generation FROM waiting CROSS JOIN log USING (table_id, generation)
         WHERE forked = 0 AND old_size <= size ORDER BY table_id, generation",
    )?
    .query_map([], |row| Ok((super::uuid(row, "table_id")?, row.get("generation")?)))?
    .collect()
}

/// From which size to which, of the batches of a log that wait; by their starts.
pub(crate) fn list_spans(db: &Connection, table: Uuid, generation: u32) -> rusqlite::Result<Vec<(u64, u64)>> {
    db.prepare_cached(
        "SELECT old_size, new_size FROM waiting
         WHERE table_id = ?1 AND generation = ?2 AND forked = 0 ORDER BY old_size, new_size",
    )?
    .query_map((table.as_bytes(), generation), |row| Ok((size(row, "old_size")?, size(row, "new_size")?)))?
    .collect()
}

/// Logs of which nothing is merged yet and batches wait.
pub(crate) fn list_unknown_logs(db: &Connection) -> rusqlite::Result<Vec<(Uuid, u32)>> {
    db.prepare_cached(
        "SELECT DISTINCT table_id, generation FROM waiting
         WHERE forked = 0 AND NOT EXISTS (
            SELECT 1 FROM log WHERE log.table_id = waiting.table_id AND log.generation = waiting.generation)
         ORDER BY table_id, generation",
    )?
    .query_map([], |row| Ok((super::uuid(row, "table_id")?, row.get("generation")?)))?
    .collect()
}
