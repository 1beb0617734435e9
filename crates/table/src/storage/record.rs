//! What happened in the shifts: the very bytes that were sealed as notes to the organizer, with what proves them.

use rusqlite::{Connection, OptionalExtension, Row as SqlRow};

/// The kinds are `paused`, `resumed`, `handed_over` and `closing`.
pub(crate) const STEP_5: &str = "CREATE TABLE record (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    shift INTEGER NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    cbor BLOB NOT NULL,
    checkpoint TEXT,
    receipt TEXT
) STRICT;
CREATE INDEX record_of_shift ON record (shift, id);
CREATE INDEX record_by_kind ON record (kind, id);";

pub(crate) const CLOSING: &str = "closing";
pub(crate) const PAUSED: &str = "paused";
pub(crate) const RESUMED: &str = "resumed";
pub(crate) const HANDED_OVER: &str = "handed_over";

/// A note that is kept.
pub(crate) struct Row {
    pub(crate) shift: i64,
    pub(crate) kind: String,
    /// Unix seconds.
    pub(crate) at: i64,
    pub(crate) cbor: Vec<u8>,
    /// Of a closing record: the head of the log with it.
    pub(crate) checkpoint: Option<String>,
    /// The receipt on that.
    pub(crate) receipt: Option<String>,
}

pub(crate) fn insert(db: &Connection, row: &Row) -> rusqlite::Result<()> {
    db.execute(
        "INSERT INTO record (shift, kind, at, cbor, checkpoint, receipt) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (row.shift, &row.kind, row.at, &row.cbor, &row.checkpoint, &row.receipt),
    )?;
    Ok(())
}

/// Those of a shift, oldest first.
pub(crate) fn list(db: &Connection, shift: i64) -> rusqlite::Result<Vec<Row>> {
    let mut select = db.prepare_cached(
        "SELECT shift, kind, at, cbor, checkpoint, receipt FROM record WHERE shift = ?1 ORDER BY id",
    )?;
    select.query_map([shift], of_row)?.collect()
}

/// The newest closing records, newest first.
pub(crate) fn list_closings(db: &Connection, most: usize) -> rusqlite::Result<Vec<Row>> {
    let mut select = db.prepare_cached(
        "SELECT shift, kind, at, cbor, checkpoint, receipt FROM record WHERE kind = ?1 ORDER BY id DESC LIMIT ?2",
    )?;
    select.query_map((CLOSING, most), of_row)?.collect()
}

/// Since when a shift is paused (Unix seconds); none where it is not.
pub(crate) fn find_paused(db: &Connection, shift: i64) -> rusqlite::Result<Option<i64>> {
    let mut select = db.prepare_cached(
        "SELECT kind, at FROM record WHERE shift = ?1 AND kind IN (?2, ?3) ORDER BY id DESC LIMIT 1",
    )?;
    let last = select.query_row((shift, PAUSED, RESUMED), |row| {
        Ok((row.get::<_, String>("kind")? == PAUSED).then_some(row.get("at")?))
    });
    Ok(last.optional()?.flatten())
}

/// Keeps the receipt on a closing record's checkpoint.
pub(crate) fn set_receipt(db: &Connection, shift: i64, receipt: &str) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE record SET receipt = ?2 WHERE shift = ?1 AND kind = ?3")?
        .execute((shift, receipt, CLOSING))?;
    Ok(())
}

fn of_row(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        shift: row.get("shift")?,
        kind: row.get("kind")?,
        at: row.get("at")?,
        cbor: row.get("cbor")?,
        checkpoint: row.get("checkpoint")?,
        receipt: row.get("receipt")?,
    })
}
