//! How many were saved, by petition and shift: kept as it grows, so that no count reads the log.

use rusqlite::Connection;
use uuid::Uuid;

pub(crate) const STEP_1: &str = "CREATE TABLE saved (
    petition BLOB NOT NULL,
    shift INTEGER NOT NULL,
    saved INTEGER NOT NULL,
    PRIMARY KEY (petition, shift)
) STRICT, WITHOUT ROWID;";

pub(crate) fn add_one(db: &Connection, petition: Uuid, shift: i64) -> rusqlite::Result<()> {
    let mut add = db.prepare_cached(
        "INSERT INTO saved (petition, shift, saved) VALUES (?1, ?2, 1)
         ON CONFLICT (petition, shift) DO UPDATE SET saved = saved + 1",
    )?;
    add.execute((petition, shift))?;
    Ok(())
}

/// Of a petition: each shift and how many.
pub(crate) fn list(db: &Connection, petition: Uuid) -> rusqlite::Result<Vec<(i64, u64)>> {
    let mut select = db.prepare_cached("SELECT shift, saved FROM saved WHERE petition = ?1")?;
    select.query_map([petition], |row| Ok((row.get("shift")?, row.get("saved")?)))?.collect()
}
