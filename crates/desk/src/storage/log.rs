//! The logs of tables, as far as they were merged: one row a table and generation.

use proof::{Frontier, VerifierKey};
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use super::{number, size, uuid};

pub(super) const CREATE: &str = "CREATE TABLE log (
    log INTEGER PRIMARY KEY,
    table_id BLOB NOT NULL,
    generation INTEGER NOT NULL,
    kit BLOB NOT NULL,
    label TEXT NOT NULL,
    certificate TEXT NOT NULL,
    admission TEXT NOT NULL,
    admitted_at INTEGER NOT NULL,
    size INTEGER NOT NULL,
    frontier BLOB NOT NULL,
    checkpoint TEXT NOT NULL,
    forked_by TEXT,
    UNIQUE (table_id, generation)
) STRICT;
CREATE INDEX log_kit ON log (kit, table_id);";

/// Whose log it is, apart from the admission that says so.
pub(super) const STEP_4: &str = "ALTER TABLE log ADD COLUMN device TEXT NOT NULL DEFAULT '';
UPDATE log SET device = json_extract(substr(admission, 1, instr(admission, char(10)) - 1), '$.device');";

pub(crate) struct StoredLog {
    pub(crate) log: i64,
    pub(crate) table: Uuid,
    pub(crate) generation: u32,
    pub(crate) device: VerifierKey,
    pub(crate) label: String,
    /// Kit certificate note.
    pub(crate) certificate: String,
    /// Admission note.
    pub(crate) admission: String,
    pub(crate) size: u64,
    frontier: Vec<u8>,
    /// Checkpoint note at `size`.
    pub(crate) checkpoint: String,
    /// A checkpoint note of the same device on another log.
    pub(crate) forked_by: Option<String>,
}

impl StoredLog {
    /// The frontier at its size; none when the row is damaged.
    pub(crate) fn frontier(&self) -> Option<Frontier> {
        Frontier::from_bytes(self.size, &self.frontier).ok()
    }
}

/// What a batch brings to the row of its log.
pub(crate) struct LogHead<'a> {
    pub(crate) table: Uuid,
    pub(crate) generation: u32,
    pub(crate) kit: Uuid,
    pub(crate) device: &'a VerifierKey,
    pub(crate) label: &'a str,
    pub(crate) certificate: &'a str,
    pub(crate) admission: &'a str,
    pub(crate) admitted_at: i64,
    pub(crate) frontier: &'a Frontier,
    pub(crate) checkpoint: &'a str,
}

/// Adds a log, or brings it to a new head; an older head changes nothing. Gives its number in this database.
pub(crate) fn put(db: &Connection, head: &LogHead<'_>) -> rusqlite::Result<i64> {
    let known: Option<i64> = db
        .prepare_cached("SELECT log FROM log WHERE table_id = ?1 AND generation = ?2")?
        .query_row((head.table.as_bytes(), head.generation), |row| row.get(0))
        .optional()?;
    let Some(log) = known else { return insert(db, head) };
    let frontier = head.frontier.to_bytes();
    db.prepare_cached(
        "UPDATE log SET size = ?2, frontier = ?3, checkpoint = ?4 WHERE log = ?1 AND size < ?2",
    )?
    .execute((log, number(head.frontier.size()), frontier, head.checkpoint))?;
    // Of several admissions of one device the earliest is kept, so that the label does not depend on the order
    // in which batches come.
    db.prepare_cached(
        "UPDATE log SET kit = ?2, label = ?3, certificate = ?4, admission = ?5, admitted_at = ?6
         WHERE log = ?1 AND (?6, ?5) < (admitted_at, admission)",
    )?
    .execute((
        log,
        head.kit.as_bytes(),
        head.label,
        head.certificate,
        head.admission,
        head.admitted_at,
    ))?;
    Ok(log)
}

fn insert(db: &Connection, head: &LogHead<'_>) -> rusqlite::Result<i64> {
    db.prepare_cached(
        "INSERT INTO log (table_id, generation, kit, label, certificate, admission, admitted_at,
            size, frontier, checkpoint, device)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .insert((
        head.table.as_bytes(),
        head.generation,
        head.kit.as_bytes(),
        head.label,
        head.certificate,
        head.admission,
        head.admitted_at,
        number(head.frontier.size()),
        head.frontier.to_bytes(),
        head.checkpoint,
        head.device.to_string(),
    ))
}

/// Marks a log as forked, by the first checkpoint that showed it.
pub(crate) fn set_forked(db: &Connection, log: i64, checkpoint: &str) -> rusqlite::Result<()> {
    db.execute("UPDATE log SET forked_by = coalesce(forked_by, ?2) WHERE log = ?1", (log, checkpoint))?;
    Ok(())
}

pub(crate) fn find(db: &Connection, table: Uuid, generation: u32) -> rusqlite::Result<Option<StoredLog>> {
    db.prepare_cached("SELECT * FROM log WHERE table_id = ?1 AND generation = ?2")?
        .query_row((table.as_bytes(), generation), of_row)
        .optional()
}

/// By table and generation.
pub(crate) fn list(db: &Connection) -> rusqlite::Result<Vec<StoredLog>> {
    db.prepare_cached("SELECT * FROM log ORDER BY table_id, generation")?.query_map([], of_row)?.collect()
}

fn of_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoredLog> {
    let device: String = row.get("device")?;
    Ok(StoredLog {
        device: device.parse().map_err(|_| rusqlite::Error::InvalidQuery)?,
        log: row.get("log")?,
        table: uuid(row, "table_id")?,
        generation: row.get("generation")?,
        label: row.get("label")?,
        certificate: row.get("certificate")?,
        admission: row.get("admission")?,
        size: size(row, "size")?,
        frontier: row.get("frontier")?,
        checkpoint: row.get("checkpoint")?,
        forked_by: row.get("forked_by")?,
    })
}
