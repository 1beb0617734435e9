//! How many were saved, by petition and shift: kept as it grows, so that no count reads the log.

use rusqlite::Connection;
use uuid::Uuid;

pub(crate) const STEP_1: &str = "CREATE TABLE saved (
    petition BLOB NOT NULL,
    shift INTEGER NOT NULL,
    saved INTEGER NOT NULL,
    PRIMARY KEY (petition, shift)
) STRICT, WITHOUT ROWID;";

/// `day` is the day of the last one, and `that_day` how many of that day.
pub(crate) const STEP_4: &str = "ALTER TABLE saved ADD COLUMN day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE saved ADD COLUMN that_day INTEGER NOT NULL DEFAULT 0;";

/// How many were saved of a petition in a shift.
pub(crate) struct Row {
    pub(crate) shift: i64,
    pub(crate) saved: u64,
    /// The day of the last one, counted from 1970.
    pub(crate) day: i64,
    /// How many of that day.
    pub(crate) that_day: u64,
}

pub(crate) fn add_one(db: &Connection, petition: Uuid, shift: i64, day: i64) -> rusqlite::Result<()> {
    let mut add = db.prepare_cached(
        "INSERT INTO saved (petition, shift, saved, day, that_day) VALUES (?1, ?2, 1, ?3, 1)
         ON CONFLICT (petition, shift) DO UPDATE
         SET saved = saved + 1, that_day = CASE day WHEN ?3 THEN that_day + 1 ELSE 1 END, day = ?3",
    )?;
    add.execute((petition, shift, day))?;
    Ok(())
}

/// Of a petition: each shift and how many.
pub(crate) fn list(db: &Connection, petition: Uuid) -> rusqlite::Result<Vec<Row>> {
    let mut select =
        db.prepare_cached("SELECT shift, saved, day, that_day FROM saved WHERE petition = ?1")?;
    let rows = select.query_map([petition], |row| {
        Ok(Row {
            shift: row.get("shift")?,
            saved: row.get("saved")?,
            day: row.get("day")?,
            that_day: row.get("that_day")?,
        })
    })?;
    rows.collect()
}
