//! Batches that wait for what is before them.

use lockbox::column;
use proof::Frontier;
use rusqlite::{Connection, OptionalExtension, Row};
use wire::Batch;

use super::{frontier, log::LogName};

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

/// A batch waits for a place in the log of its device: a size, with the frontier there. What was set down as the evidence
/// of a fork waits like all others.
pub(super) const STEP_7: &str = "DROP INDEX waiting_log;
ALTER TABLE waiting DROP COLUMN forked;
ALTER TABLE waiting ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE waiting ADD COLUMN label TEXT NOT NULL DEFAULT '';
ALTER TABLE waiting ADD COLUMN frontier BLOB NOT NULL DEFAULT x'';
CREATE INDEX waiting_log ON waiting (table_id, generation, device, old_size);";

/// Reads device, label and frontier out of the batches that waited before these were kept beside them.
pub(crate) fn backfill(db: &Connection) -> rusqlite::Result<()> {
    let mut digests = db.prepare("SELECT digest FROM waiting WHERE device = ''")?;
    let digests =
        digests.query_map([], |row| row.get::<_, [u8; 32]>("digest"))?.collect::<Result<Vec<_>, _>>()?;
    for digest in digests {
        let Some(batch) = find(db, &digest)? else { continue };
        let Ok(batch) = Batch::decode(&batch) else { continue };
        // It was verified before it was put down to wait.
        let json = batch.admission.lines().next().unwrap_or_default();
        let Ok(admission) = serde_json::from_str::<serde_json::Value>(json) else { continue };
        let member = |name: &str| admission.get(name).and_then(|value| value.as_str()).unwrap_or_default();
        db.execute(
            "UPDATE waiting SET device = ?2, label = ?3, frontier = ?4 WHERE digest = ?1",
            (digest, member("device"), member("label"), batch.before.to_bytes()),
        )?;
    }
    Ok(())
}

/// A batch that waits.
pub(crate) struct Waiting {
    pub(crate) digest: [u8; 32],
    pub(crate) name: LogName,
    pub(crate) label: String,
    /// The log before it.
    pub(crate) before: Frontier,
    /// Entries after it.
    pub(crate) to: u64,
}

/// Keeps a batch; the same bytes once.
pub(crate) fn insert(db: &Connection, waiting: &Waiting, batch: &[u8]) -> rusqlite::Result<()> {
    let Waiting { digest, name, label, before, to } = waiting;
    // Equal digests are equal bytes, so nothing is lost by keeping one.
    db.prepare_cached(
        "INSERT INTO waiting (digest, table_id, generation, device, label, old_size, new_size, frontier, batch)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (digest) DO NOTHING",
    )?
    .execute((
        digest,
        name.table,
        name.generation,
        name.device.to_string(),
        label,
        before.size(),
        *to,
        before.to_bytes(),
        batch,
    ))?;
    Ok(())
}

/// The bytes of a batch; none when it waits no more.
pub(crate) fn find(db: &Connection, digest: &[u8; 32]) -> rusqlite::Result<Option<Vec<u8>>> {
    db.prepare_cached("SELECT batch FROM waiting WHERE digest = ?1")?
        .query_row([digest], |row| row.get("batch"))
        .optional()
}

pub(crate) fn delete(db: &Connection, digest: &[u8; 32]) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM waiting WHERE digest = ?1")?.execute([digest])?;
    Ok(())
}

/// The batches of a log that wait for a place past `from` and up to `to`, by their places.
pub(crate) fn list_between(
    db: &Connection,
    name: &LogName,
    from: u64,
    to: u64,
) -> rusqlite::Result<Vec<Waiting>> {
    let device = name.device.to_string();
    db.prepare_cached(
        "SELECT digest, table_id, generation, device, label, old_size, new_size, frontier FROM waiting
         WHERE table_id = ?1 AND generation = ?2 AND device = ?3 AND old_size > ?4 AND old_size <= ?5
         ORDER BY old_size, new_size, digest",
    )?
    .query_map((name.table, name.generation, device, from, to), of_row)?
    .collect()
}

/// The logs of which batches wait.
pub(crate) fn list_logs(db: &Connection) -> rusqlite::Result<Vec<LogName>> {
    let mut names = db
        .prepare_cached("SELECT DISTINCT table_id, generation, device FROM waiting WHERE device <> ''")?
        .query_map([], name_of)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    names.sort_by_cached_key(|name| (name.table, name.generation, name.device.to_string()));
    Ok(names)
}

fn name_of(row: &Row<'_>) -> rusqlite::Result<LogName> {
    Ok(LogName {
        table: row.get("table_id")?,
        generation: row.get("generation")?,
        device: column::parsed(row, "device")?,
    })
}

fn of_row(row: &Row<'_>) -> rusqlite::Result<Waiting> {
    Ok(Waiting {
        digest: row.get("digest")?,
        name: name_of(row)?,
        label: row.get("label")?,
        before: frontier::read(row, "old_size", "frontier")?,
        to: row.get("new_size")?,
    })
}
