//! How the visits at the kiosk ended, by shift.

use rusqlite::{Connection, OptionalExtension};

pub(crate) const STEP_4: &str = "CREATE TABLE visit (
    shift INTEGER PRIMARY KEY,
    signed INTEGER NOT NULL DEFAULT 0,
    abandoned INTEGER NOT NULL DEFAULT 0,
    wiped INTEGER NOT NULL DEFAULT 0
) STRICT;";

/// Before this version, those that ended are all that is known to have begun.
pub(crate) const STEP_5: &str = "ALTER TABLE visit ADD COLUMN begun INTEGER NOT NULL DEFAULT 0;
UPDATE visit SET begun = signed + abandoned + wiped;";

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

/// The visits of a shift: each begins, and ends in one of three ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Visits {
    /// They began.
    pub(crate) begun: u64,
    /// Something was signed.
    pub(crate) signed: u64,
    /// Nothing was, and the person or the volunteer ended them.
    pub(crate) abandoned: u64,
    /// Nothing was, and they were wiped because nobody was there.
    pub(crate) wiped: u64,
}

pub(crate) fn add_begun(db: &Connection, shift: i64) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO visit (shift, begun) VALUES (?1, 1) ON CONFLICT (shift) DO UPDATE SET begun = begun + 1",
    )?
    .execute([shift])?;
    Ok(())
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
    let mut select =
        db.prepare_cached("SELECT begun, signed, abandoned, wiped FROM visit WHERE shift = ?1")?;
    let found = select.query_row([shift], |row| {
        Ok(Visits {
            begun: row.get("begun")?,
            signed: row.get("signed")?,
            abandoned: row.get("abandoned")?,
            wiped: row.get("wiped")?,
        })
    });
    Ok(found.optional()?.unwrap_or_default())
}
