//! How far the endpoint's copy of each log was gone through: it can be of another branch than what came by stick.

use rusqlite::{Connection, OptionalExtension};

use super::log::LogName;

pub(super) const CREATE: &str = "CREATE TABLE pulled (
    table_id BLOB NOT NULL,
    generation INTEGER NOT NULL,
    device TEXT NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (table_id, generation, device)
) STRICT;";

/// How far a log of the endpoint was gone through; none when nothing of it was.
pub(crate) fn find(db: &Connection, name: &LogName) -> rusqlite::Result<Option<u64>> {
    db.prepare_cached("SELECT size FROM pulled WHERE table_id = ?1 AND generation = ?2 AND device = ?3")?
        .query_row((name.table, name.generation, name.device.to_string()), |row| row.get("size"))
        .optional()
}

pub(crate) fn set(db: &Connection, name: &LogName, size: u64) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO pulled (table_id, generation, device, size) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute((name.table, name.generation, name.device.to_string(), size))?;
    Ok(())
}

/// Deletes it of every log that the endpoint does not have any more, or has less of: what it has now is another copy.
pub(crate) fn delete_lost(db: &Connection) -> rusqlite::Result<()> {
    db.prepare_cached(
        "DELETE FROM pulled WHERE NOT EXISTS (
            SELECT 1 FROM endpoint_log WHERE endpoint_log.table_id = pulled.table_id
                AND endpoint_log.generation = pulled.generation AND endpoint_log.device = pulled.device
                AND endpoint_log.size >= pulled.size)",
    )?
    .execute([])?;
    Ok(())
}

/// Deletes it of all logs: another endpoint, or one that lost everything.
pub(crate) fn delete_all(db: &Connection) -> rusqlite::Result<()> {
    db.execute("DELETE FROM pulled", [])?;
    Ok(())
}
