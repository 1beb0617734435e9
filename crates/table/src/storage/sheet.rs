//! Paper sheets: the one that is being typed, and the sums of those that are closed.

use jiff::civil::Date;
use lockbox::column;
use rusqlite::{Connection, OptionalExtension, Row as SqlRow};
use uuid::Uuid;

pub(crate) const STEP_4: &str = "CREATE TABLE sheet (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    petition BLOB NOT NULL,
    number INTEGER NOT NULL,
    day TEXT NOT NULL,
    place TEXT NOT NULL,
    volunteer TEXT NOT NULL,
    shift INTEGER NOT NULL,
    closed_at INTEGER,
    entered INTEGER NOT NULL DEFAULT 0,
    blank INTEGER NOT NULL DEFAULT 0,
    struck INTEGER NOT NULL DEFAULT 0,
    illegible INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX sheet_of_petition ON sheet (petition, number);
CREATE INDEX sheet_by_close ON sheet (closed_at);
CREATE INDEX sheet_of_shift ON sheet (shift, id);";

/// Which version of the petition's text stands on the paper; none: of one that had no other. `lines` is how many lines a closed sheet
/// has: their sums are to be the same.
pub(crate) const STEP_5: &str = "ALTER TABLE sheet ADD COLUMN version INTEGER;
ALTER TABLE sheet ADD COLUMN lines INTEGER NOT NULL DEFAULT 0;
UPDATE sheet SET lines = entered + blank + struck + illegible;";

/// In which language the text on the paper is; none: the original's.
pub(crate) const STEP_6: &str = "ALTER TABLE sheet ADD COLUMN text_language TEXT;";

/// A sheet: whose it is, and what stands over its lines.
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) id: i64,
    pub(crate) petition: Uuid,
    /// Of the petition's text.
    pub(crate) version: Option<u32>,
    /// Of a translation.
    pub(crate) text_language: Option<String>,
    /// As on the paper.
    pub(crate) number: u32,
    /// As on the paper.
    pub(crate) day: Date,
    pub(crate) place: String,
    pub(crate) volunteer: String,
    pub(crate) shift: i64,
}

/// The sums of a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    pub(crate) entered: u64,
    pub(crate) blank: u64,
    pub(crate) struck: u64,
    pub(crate) illegible: u64,
}

pub(crate) fn insert(db: &Connection, row: &Row) -> rusqlite::Result<i64> {
    db.execute(
        "INSERT INTO sheet (petition, version, text_language, number, day, place, volunteer, shift)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (
            row.petition,
            row.version,
            &row.text_language,
            row.number,
            row.day.to_string(),
            &row.place,
            &row.volunteer,
            row.shift,
        ),
    )?;
    Ok(db.last_insert_rowid())
}

/// The sheet that is not closed.
pub(crate) fn find_open(db: &Connection) -> rusqlite::Result<Option<Row>> {
    let mut select = db.prepare_cached(
        "SELECT id, petition, version, text_language, number, day, place, volunteer, shift FROM sheet
         WHERE closed_at IS NULL ORDER BY id DESC LIMIT 1",
    )?;
    select.query_row([], of_row).optional()
}

/// The sheet that was begun last, open or closed.
pub(crate) fn find_last(db: &Connection) -> rusqlite::Result<Option<Row>> {
    let mut select = db.prepare_cached(
        "SELECT id, petition, version, text_language, number, day, place, volunteer, shift FROM sheet
         WHERE id > 0 ORDER BY id DESC LIMIT 1",
    )?;
    select.query_row([], of_row).optional()
}

/// Whether there is a sheet of this number.
pub(crate) fn exists(db: &Connection, petition: Uuid, number: u32) -> rusqlite::Result<bool> {
    let mut select =
        db.prepare_cached("SELECT count(*) AS sheets FROM sheet WHERE petition = ?1 AND number = ?2")?;
    select.query_row((petition, number), |row| Ok(row.get::<_, u64>("sheets")? > 0))
}

pub(crate) fn set_closed(
    db: &Connection,
    id: i64,
    (lines, sums): (u64, Sums),
    (shift, now): (i64, i64),
) -> rusqlite::Result<()> {
    db.execute(
        "UPDATE sheet SET closed_at = ?2, shift = ?3, entered = ?4, blank = ?5, struck = ?6, illegible = ?7,
             lines = ?8
         WHERE id = ?1",
        (id, now, shift, sums.entered, sums.blank, sums.struck, sums.illegible, lines),
    )?;
    Ok(())
}

pub(crate) fn delete(db: &Connection, id: i64) -> rusqlite::Result<()> {
    db.execute("DELETE FROM sheet WHERE id = ?1", [id])?;
    Ok(())
}

/// Of a petition, how many sheets were closed in a shift, how many lines they have, and their sums.
pub(crate) fn sums_of_shift(
    db: &Connection,
    shift: i64,
    petition: Uuid,
) -> rusqlite::Result<(u64, u64, Sums)> {
    let mut select = db.prepare_cached(
        "SELECT count(*) AS sheets, coalesce(sum(lines), 0) AS lines, coalesce(sum(entered), 0) AS entered, coalesce(sum(blank), 0) AS blank,
             coalesce(sum(struck), 0) AS struck, coalesce(sum(illegible), 0) AS illegible
         FROM sheet WHERE shift = ?1 AND petition = ?2 AND closed_at IS NOT NULL",
    )?;
    select.query_row((shift, petition), |row| {
        let sums = Sums {
            entered: row.get("entered")?,
            blank: row.get("blank")?,
            struck: row.get("struck")?,
            illegible: row.get("illegible")?,
        };
        Ok((row.get("sheets")?, row.get("lines")?, sums))
    })
}

fn of_row(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        id: row.get("id")?,
        petition: row.get("petition")?,
        version: row.get("version")?,
        text_language: row.get("text_language")?,
        number: row.get("number")?,
        day: column::parsed(row, "day")?,
        place: row.get("place")?,
        volunteer: row.get("volunteer")?,
        shift: row.get("shift")?,
    })
}
