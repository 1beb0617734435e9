//! The table's shifts.

use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::record;

pub(crate) const STEP_1: &str = "CREATE TABLE shift (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid BLOB NOT NULL,
    place TEXT NOT NULL,
    volunteer TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;";

pub(crate) const STEP_2: &str = "CREATE INDEX shift_by_end ON shift (ended_at);";

/// A table's work period.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Shift {
    #[serde(skip)]
    #[ts(skip)]
    pub(crate) id: i64,
    #[serde(skip)]
    #[ts(skip)]
    pub(crate) uuid: Uuid,
    /// Where.
    pub place: String,
    /// Name or initials of the volunteer; may be empty.
    pub volunteer: String,
    /// Unix seconds.
    pub started_at: i64,
    /// Since when nobody signs (Unix seconds); none where it is not paused.
    pub paused_at: Option<i64>,
}

impl Shift {
    /// What an entry tells of it.
    pub(crate) fn told(&self) -> petition::Shift {
        petition::Shift { id: self.uuid, place: self.place.clone(), volunteer: self.volunteer.clone() }
    }
}

pub(crate) fn insert(db: &Connection, shift: &Shift) -> rusqlite::Result<i64> {
    db.execute(
        "INSERT INTO shift (uuid, place, volunteer, started_at) VALUES (?1, ?2, ?3, ?4)",
        (shift.uuid, &shift.place, &shift.volunteer, shift.started_at),
    )?;
    Ok(db.last_insert_rowid())
}

pub(crate) fn set_ended(db: &Connection, id: i64, now: i64) -> rusqlite::Result<()> {
    db.execute("UPDATE shift SET ended_at = ?2 WHERE id = ?1", (id, now))?;
    Ok(())
}

/// Keeps who has it from now on.
pub(crate) fn set_volunteer(db: &Connection, id: i64, volunteer: &str) -> rusqlite::Result<()> {
    db.execute("UPDATE shift SET volunteer = ?2 WHERE id = ?1", (id, volunteer))?;
    Ok(())
}

/// One of them.
pub(crate) fn get(db: &Connection, id: i64) -> rusqlite::Result<Shift> {
    let mut select =
        db.prepare_cached("SELECT id, uuid, place, volunteer, started_at FROM shift WHERE id = ?1")?;
    select.query_row([id], |row| of_row(row, None))
}

/// The shift that has not ended.
pub(crate) fn find_running(db: &Connection) -> rusqlite::Result<Option<Shift>> {
    let mut select = db.prepare_cached(
        "SELECT id, uuid, place, volunteer, started_at FROM shift WHERE ended_at IS NULL ORDER BY id DESC LIMIT 1",
    )?;
    select.query_row([], |row| of_row(row, record::find_paused(db, row.get("id")?)?)).optional()
}

fn of_row(row: &Row<'_>, paused_at: Option<i64>) -> rusqlite::Result<Shift> {
    Ok(Shift {
        id: row.get("id")?,
        uuid: row.get("uuid")?,
        place: row.get("place")?,
        volunteer: row.get("volunteer")?,
        started_at: row.get("started_at")?,
        paused_at,
    })
}
