//! Epochs: what signatures are sealed to. Seeds rest wrapped to the holder, never in clear.

use rusqlite::{Connection, OptionalExtension};
use sealing::EpochId;

pub(super) const CREATE: &str = "CREATE TABLE epoch (
    epoch BLOB PRIMARY KEY,
    note TEXT NOT NULL,
    wrapped BLOB NOT NULL,
    starts INTEGER NOT NULL,
    ends INTEGER NOT NULL
) STRICT;";

/// When an epoch was rotated out, Unix seconds: no kit names it any more, and what was sealed to it still opens.
pub(super) const STEP_10: &str = "ALTER TABLE epoch ADD COLUMN rotated_at INTEGER;";

pub(crate) struct EpochRow {
    pub(crate) epoch: EpochId,
    pub(crate) note: String,
    pub(crate) wrapped: Vec<u8>,
    /// Unix seconds.
    pub(crate) from: i64,
    /// Unix seconds.
    pub(crate) until: i64,
    /// Unix seconds.
    pub(crate) rotated_at: Option<i64>,
}

pub(crate) fn insert(db: &Connection, row: &EpochRow) -> rusqlite::Result<()> {
    db.execute(
        "INSERT INTO epoch (epoch, note, wrapped, starts, ends, rotated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (row.epoch.0, &row.note, &row.wrapped, row.from, row.until, row.rotated_at),
    )?;
    Ok(())
}

/// Rotates out every epoch that has not ended.
pub(crate) fn set_rotated(db: &Connection, now: i64) -> rusqlite::Result<()> {
    db.execute("UPDATE epoch SET rotated_at = ?1 WHERE rotated_at IS NULL AND ends > ?1", [now])?;
    Ok(())
}

pub(crate) fn find_wrapped(db: &Connection, epoch: EpochId) -> rusqlite::Result<Option<Vec<u8>>> {
    db.prepare_cached("SELECT wrapped FROM epoch WHERE epoch = ?1")?
        .query_row([epoch.0], |row| row.get("wrapped"))
        .optional()
}

/// All epochs, oldest first.
pub(crate) fn list(db: &Connection) -> rusqlite::Result<Vec<EpochRow>> {
    db.prepare_cached(
        "SELECT epoch, note, wrapped, starts, ends, rotated_at FROM epoch ORDER BY starts, ends, epoch",
    )?
    .query_map([], |row| {
        Ok(EpochRow {
            epoch: EpochId(row.get("epoch")?),
            note: row.get("note")?,
            wrapped: row.get("wrapped")?,
            from: row.get("starts")?,
            until: row.get("ends")?,
            rotated_at: row.get("rotated_at")?,
        })
    })?
    .collect()
}
