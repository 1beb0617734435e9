//! The logs of tables, as far as they were merged: one row a branch.
//!
//! A log is what one device signs as one table and generation. It is a tree where a computer was restored or cloned: a
//! branch leaves another at an entry, and what is before that entry is kept with the other. The first branch that came
//! leaves none. So each entry is kept once, whatever order the batches come in.

use lockbox::column;
use proof::{Frontier, Hash, VerifierKey};
use rusqlite::{Connection, Row};
use uuid::Uuid;

use super::frontier;

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

/// A table and generation has any number of devices, and a device's log any number of branches. The rows are taken out
/// and put back under their numbers, so the entries that refer to them stay as they are.
pub(super) const STEP_7: &str = "CREATE TABLE log_before AS SELECT * FROM log;
DROP TABLE log;
CREATE TABLE log (
    log INTEGER PRIMARY KEY,
    table_id BLOB NOT NULL,
    generation INTEGER NOT NULL,
    device TEXT NOT NULL,
    parent INTEGER REFERENCES log,
    fork_at INTEGER NOT NULL DEFAULT 0,
    kit BLOB NOT NULL,
    label TEXT NOT NULL,
    certificate TEXT NOT NULL,
    admission TEXT NOT NULL,
    admitted_at INTEGER NOT NULL,
    size INTEGER NOT NULL,
    frontier BLOB NOT NULL,
    checkpoint TEXT NOT NULL,
    forked_by TEXT,
    CHECK (fork_at = 0 OR parent IS NOT NULL)
) STRICT;
INSERT INTO log (log, table_id, generation, device, kit, label, certificate, admission, admitted_at, size, frontier,
        checkpoint, forked_by)
    SELECT log, table_id, generation, device, kit, label, certificate, admission, admitted_at, size, frontier,
        checkpoint, forked_by FROM log_before;
DROP TABLE log_before;
CREATE INDEX log_kit ON log (kit, table_id);
CREATE INDEX log_device ON log (table_id, generation, device);
CREATE UNIQUE INDEX log_first ON log (table_id, generation, device) WHERE parent IS NULL;";

/// Which log: what one device signs as one table and generation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LogName {
    pub(crate) table: Uuid,
    pub(crate) generation: u32,
    pub(crate) device: VerifierKey,
}

/// A branch of a log.
pub(crate) struct Branch {
    pub(crate) log: i64,
    pub(crate) name: LogName,
    /// The branch that it leaves; none for the first that came.
    pub(crate) parent: Option<i64>,
    /// The index of its first entry that is not its parent's.
    pub(crate) fork_at: u64,
    pub(crate) label: String,
    /// Kit certificate note.
    pub(crate) certificate: String,
    /// Admission note.
    pub(crate) admission: String,
    /// Entries from the log's first on.
    pub(crate) size: u64,
    /// Checkpoint note at `size`.
    pub(crate) checkpoint: String,
    /// A version before this one saw another log under its name, and did not keep it.
    pub(crate) lost_another: bool,
}

/// The papers of a log, as they came with a batch.
pub(crate) struct Papers<'a> {
    pub(crate) kit: Uuid,
    pub(crate) label: &'a str,
    pub(crate) certificate: &'a str,
    pub(crate) admission: &'a str,
    pub(crate) admitted_at: i64,
}

/// The end of a branch.
pub(crate) struct Head<'a> {
    pub(crate) frontier: &'a Frontier,
    pub(crate) checkpoint: &'a str,
}

/// Adds a branch that leaves `parent` at an entry, or the first of its log. Gives its number in this database.
pub(crate) fn insert(
    db: &Connection,
    name: &LogName,
    parent: Option<(i64, u64)>,
    papers: &Papers<'_>,
    head: &Head<'_>,
) -> rusqlite::Result<i64> {
    db.prepare_cached(
        "INSERT INTO log (table_id, generation, device, parent, fork_at, kit, label, certificate, admission,
            admitted_at, size, frontier, checkpoint)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .insert((
        name.table,
        name.generation,
        name.device.to_string(),
        parent.map(|(log, _)| log),
        parent.map_or(0, |(_, at)| at),
        papers.kit,
        papers.label,
        papers.certificate,
        papers.admission,
        papers.admitted_at,
        head.frontier.size(),
        head.frontier.to_bytes(),
        head.checkpoint,
    ))
}

/// Brings a branch to a further end.
pub(crate) fn set_head(db: &Connection, log: i64, head: &Head<'_>) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE log SET size = ?2, frontier = ?3, checkpoint = ?4 WHERE log = ?1")?
        .execute((log, head.frontier.size(), head.frontier.to_bytes(), head.checkpoint))?;
    Ok(())
}

/// The root of a branch at its end.
pub(crate) fn root(db: &Connection, log: i64) -> rusqlite::Result<Hash> {
    db.prepare_cached("SELECT size, frontier FROM log WHERE log = ?1")?
        .query_row([log], |row| Ok(frontier::read(row, "size", "frontier")?.root()))
}

/// Brings every branch of a log to the same papers: of several admissions of one device the earliest, so that the
/// label does not depend on the order in which batches come.
pub(crate) fn settle_papers(db: &Connection, name: &LogName) -> rusqlite::Result<()> {
    let device = name.device.to_string();
    db.prepare_cached(
        "UPDATE log SET (kit, label, certificate, admission, admitted_at) = (
            SELECT kit, label, certificate, admission, admitted_at FROM log
            WHERE table_id = ?1 AND generation = ?2 AND device = ?3
            ORDER BY admitted_at, admission, certificate LIMIT 1)
         WHERE table_id = ?1 AND generation = ?2 AND device = ?3",
    )?
    .execute((name.table, name.generation, device))?;
    Ok(())
}

/// Takes the papers of a batch for a branch, where they are earlier than its own.
pub(crate) fn offer_papers(db: &Connection, log: i64, papers: &Papers<'_>) -> rusqlite::Result<bool> {
    let taken = db
        .prepare_cached(
            "UPDATE log SET kit = ?2, label = ?3, certificate = ?4, admission = ?5, admitted_at = ?6
             WHERE log = ?1 AND (?6, ?5, ?4) < (admitted_at, admission, certificate)",
        )?
        .execute((log, papers.kit, papers.label, papers.certificate, papers.admission, papers.admitted_at))?;
    Ok(taken > 0)
}

/// The branches of a log, in the order in which they came.
pub(crate) fn find(db: &Connection, name: &LogName) -> rusqlite::Result<Vec<Branch>> {
    db.prepare_cached(
        "SELECT log, table_id, generation, device, parent, fork_at, label, certificate, admission, size, checkpoint,
            forked_by
         FROM log WHERE table_id = ?1 AND generation = ?2 AND device = ?3 ORDER BY log",
    )?
    .query_map((name.table, name.generation, name.device.to_string()), of_row)?
    .collect()
}

/// The devices whose logs of a table and generation are here.
pub(crate) fn list_devices(
    db: &Connection,
    table: Uuid,
    generation: u32,
) -> rusqlite::Result<Vec<VerifierKey>> {
    db.prepare_cached(
        "SELECT DISTINCT device FROM log WHERE table_id = ?1 AND generation = ?2 ORDER BY device",
    )?
    .query_map((table, generation), |row| column::parsed(row, "device"))?
    .collect()
}

/// Every branch of every log, by table, generation and device.
pub(crate) fn list(db: &Connection) -> rusqlite::Result<Vec<Branch>> {
    db.prepare_cached(
        "SELECT log, table_id, generation, device, parent, fork_at, label, certificate, admission, size, checkpoint,
            forked_by
         FROM log ORDER BY table_id, generation, device, log",
    )?
    .query_map([], of_row)?
    .collect()
}

fn of_row(row: &Row<'_>) -> rusqlite::Result<Branch> {
    Ok(Branch {
        log: row.get("log")?,
        name: LogName {
            table: row.get("table_id")?,
            generation: row.get("generation")?,
            device: column::parsed(row, "device")?,
        },
        parent: row.get("parent")?,
        fork_at: row.get("fork_at")?,
        label: row.get("label")?,
        certificate: row.get("certificate")?,
        admission: row.get("admission")?,
        size: row.get("size")?,
        checkpoint: row.get("checkpoint")?,
        lost_another: row.get::<_, Option<String>>("forked_by")?.is_some(),
    })
}
