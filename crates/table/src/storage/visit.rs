//! How the visits at the kiosk ended, by shift.

use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use ts_rs::TS;

pub(crate) const STEP_4: &str = "CREATE TABLE visit (
    shift INTEGER PRIMARY KEY,
    signed INTEGER NOT NULL DEFAULT 0,
    abandoned INTEGER NOT NULL DEFAULT 0,
    wiped INTEGER NOT NULL DEFAULT 0
) STRICT;";

/// How a visit at the kiosk ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VisitEnd {
    /// Something was signed.
    Signed,
    /// Nothing was, and the person or the volunteer ended it.
    Abandoned,
    /// Nothing was, and it was wiped because nobody was there.
    Wiped,
}

/// How the visits of a shift ended: each in one way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct Visits {
    /// Something was signed.
    pub signed: u64,
    /// Nothing was, and the person or the volunteer ended them.
    pub abandoned: u64,
    /// Nothing was, and they were wiped because nobody was there.
    pub wiped: u64,
}

pub(crate) fn add_one(db: &Connection, shift: i64, end: VisitEnd) -> rusqlite::Result<()> {
    let [signed, abandoned, wiped] =
        [VisitEnd::Signed, VisitEnd::Abandoned, VisitEnd::Wiped].map(|one| u64::from(one == end));
    db.prepare_cached(
        "INSERT INTO visit (shift, signed, abandoned, wiped) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (shift) DO UPDATE SET signed = signed + ?2, abandoned = abandoned + ?3, wiped = wiped + ?4",
    )?
    .execute((shift, signed, abandoned, wiped))?;
    Ok(())
}

pub(crate) fn get(db: &Connection, shift: i64) -> rusqlite::Result<Visits> {
    let mut select = db.prepare_cached("SELECT signed, abandoned, wiped FROM visit WHERE shift = ?1")?;
    let found = select.query_row([shift], |row| {
        Ok(Visits { signed: row.get("signed")?, abandoned: row.get("abandoned")?, wiped: row.get("wiped")? })
    });
    Ok(found.optional()?.unwrap_or_default())
}
