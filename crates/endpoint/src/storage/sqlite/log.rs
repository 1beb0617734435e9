//! The logs: one for each table, generation and device.

use proof::{CampaignId, Frontier, Origin, VerifierKey};
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, types::Type};
use uuid::Uuid;
use wire::{LogRow, LogState};

pub(super) const STEP_1: &str = "CREATE TABLE log (
    id INTEGER PRIMARY KEY,
    campaign TEXT NOT NULL REFERENCES campaign (id),
    table_id TEXT NOT NULL,
    generation INTEGER NOT NULL,
    kit TEXT NOT NULL,
    certificate TEXT NOT NULL,
    admission TEXT NOT NULL,
    device TEXT NOT NULL,
    label TEXT NOT NULL,
    held INTEGER NOT NULL,
    size INTEGER NOT NULL,
    frontier BLOB NOT NULL,
    last_seen INTEGER NOT NULL,
    UNIQUE (campaign, table_id, generation)
) STRICT;";

/// Two devices that claim one origin have a log each. Entries and checkpoints know their log by its id, which stays.
pub(super) const STEP_2: &str = "CREATE TABLE log_of_device (
    id INTEGER PRIMARY KEY,
    campaign TEXT NOT NULL REFERENCES campaign (id),
    table_id TEXT NOT NULL,
    generation INTEGER NOT NULL,
    device TEXT NOT NULL,
    held INTEGER NOT NULL,
    size INTEGER NOT NULL,
    frontier BLOB NOT NULL,
    last_seen INTEGER NOT NULL,
    kit TEXT NOT NULL,
    label TEXT NOT NULL,
    certificate TEXT NOT NULL,
    admission TEXT NOT NULL,
    UNIQUE (campaign, table_id, generation, device)
) STRICT;
INSERT INTO log_of_device
    (id, campaign, table_id, generation, device, held, size, frontier, last_seen, kit, label, certificate, admission)
    SELECT id, campaign, table_id, generation, device, held, size, frontier, last_seen, kit, label, certificate, admission
    FROM log;
DROP TABLE log;
ALTER TABLE log_of_device RENAME TO log;
CREATE INDEX log_admitted ON log (campaign, table_id, generation, device) WHERE held = 0;
CREATE INDEX log_admitted_by_kit ON log (campaign, kit, table_id) WHERE held = 0;";

/// What appending needs to know of a log.
pub(super) struct Row {
    pub(super) id: i64,
    /// The one that it was made with.
    pub(super) kit: Uuid,
    pub(super) held: bool,
    pub(super) head: Frontier,
}

/// A log that is made.
pub(super) struct New<'a> {
    pub(super) kit: Uuid,
    pub(super) held: bool,
    pub(super) label: &'a str,
    pub(super) certificate: &'a str,
    pub(super) admission: &'a str,
    /// Unix seconds, a whole minute.
    pub(super) last_seen: i64,
}

/// The papers that a log was made with, as notes.
pub(super) struct Papers {
    pub(super) certificate: String,
    pub(super) admission: String,
}

/// Makes an empty log, and gives its id.
pub(super) fn insert(
    connection: &Connection,
    origin: &Origin,
    device: &VerifierKey,
    new: &New<'_>,
) -> rusqlite::Result<i64> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO log (campaign, table_id, generation, device, held, size, frontier, last_seen, kit, label, certificate, admission)
         VALUES (?1, ?2, ?3, ?4, ?5, 0, x'', ?6, ?7, ?8, ?9, ?10)",
    )?;
    insert.execute((
        origin.campaign.to_string(),
        origin.table.to_string(),
        origin.generation,
        device.to_string(),
        new.held,
        new.last_seen,
        new.kit.to_string(),
        new.label,
        new.certificate,
        new.admission,
    ))?;
    Ok(connection.last_insert_rowid())
}

/// The log of a device.
pub(super) fn find(
    connection: &Connection,
    origin: &Origin,
    device: &VerifierKey,
) -> rusqlite::Result<Option<Row>> {
    let mut select = connection.prepare_cached(
        "SELECT id, kit, held, size, frontier FROM log
         WHERE campaign = ?1 AND table_id = ?2 AND generation = ?3 AND device = ?4",
    )?;
    let key = (origin.campaign.to_string(), origin.table.to_string(), origin.generation, device.to_string());
    let read = |row: &SqlRow<'_>| {
        let (size, frontier): (i64, Vec<u8>) = (row.get(3)?, row.get(4)?);
        let head = Frontier::from_bytes(size.unsigned_abs(), &frontier)
            .map_err(|error| rusqlite::Error::FromSqlConversionFailure(4, Type::Blob, error.into()))?;
        Ok(Row { id: row.get(0)?, kit: parsed(row, 1)?, held: row.get(2)?, head })
    };
    select.query_row(key, read).optional()
}

/// The papers that a log was made with.
pub(super) fn get_papers(connection: &Connection, id: i64) -> rusqlite::Result<Papers> {
    let mut select = connection.prepare_cached("SELECT certificate, admission FROM log WHERE id = ?1")?;
    select.query_row([id], |row| Ok(Papers { certificate: row.get(0)?, admission: row.get(1)? }))
}

/// How many entries of a log are stored.
pub(super) fn find_size(connection: &Connection, id: i64) -> rusqlite::Result<Option<u64>> {
    let mut select = connection.prepare_cached("SELECT size FROM log WHERE id = ?1")?;
    select.query_row([id], |row| row.get(0)).map(i64::unsigned_abs).optional()
}

/// All logs of a campaign, by table, generation and device.
pub(super) fn list(connection: &Connection, campaign: CampaignId) -> rusqlite::Result<Vec<LogRow>> {
    let mut select = connection.prepare_cached(
        "SELECT table_id, generation, device, size, held, label, last_seen,
             EXISTS (SELECT 1 FROM revocation
                 WHERE revocation.campaign = log.campaign AND subject IN (log.table_id, log.kit))
         FROM log WHERE campaign = ?1 ORDER BY table_id, generation, device",
    )?;
    let rows = select.query_map([campaign.to_string()], |row| {
        Ok(LogRow {
            table: parsed(row, 0)?,
            generation: row.get(1)?,
            device: parsed(row, 2)?,
            size: row.get::<_, i64>(3)?.unsigned_abs(),
            state: match (row.get(7)?, row.get(4)?) {
                (true, _) => LogState::Revoked,
                (false, true) => LogState::Held,
                (false, false) => LogState::Admitted,
            },
            label: row.get(5)?,
            last_seen: row.get(6)?,
        })
    })?;
    rows.collect()
}

/// Whether another device has a log of this table and generation.
pub(super) fn has_rival(
    connection: &Connection,
    origin: &Origin,
    device: &VerifierKey,
) -> rusqlite::Result<bool> {
    let mut select = connection.prepare_cached(
        "SELECT 1 FROM log WHERE campaign = ?1 AND table_id = ?2 AND generation = ?3 AND device <> ?4 LIMIT 1",
    )?;
    select.exists((
        origin.campaign.to_string(),
        origin.table.to_string(),
        origin.generation,
        device.to_string(),
    ))
}

/// The devices that have an admitted log of a table and generation.
pub(super) fn list_admitted(connection: &Connection, origin: &Origin) -> rusqlite::Result<Vec<VerifierKey>> {
    let mut select = connection.prepare_cached(
        "SELECT device FROM log WHERE campaign = ?1 AND table_id = ?2 AND generation = ?3 AND held = 0",
    )?;
    let key = (origin.campaign.to_string(), origin.table.to_string(), origin.generation);
    let devices = select.query_map(key, |row| parsed(row, 0))?;
    devices.collect()
}

/// How many tables of the campaign, other than this one, have an admitted log made with a kit.
pub(super) fn count_other_tables(
    connection: &Connection,
    origin: &Origin,
    kit: Uuid,
) -> rusqlite::Result<u32> {
    let mut select = connection.prepare_cached(
        "SELECT count(DISTINCT table_id) FROM log
         WHERE campaign = ?1 AND kit = ?2 AND table_id <> ?3 AND held = 0",
    )?;
    let key = (origin.campaign.to_string(), kit.to_string(), origin.table.to_string());
    select.query_row(key, |row| row.get(0))
}

/// Keeps the head of a log. `last_seen` in Unix seconds, a whole minute.
pub(super) fn set_head(
    connection: &Connection,
    id: i64,
    head: &Frontier,
    last_seen: i64,
) -> rusqlite::Result<()> {
    let mut update = connection.prepare_cached(
        "UPDATE log SET size = ?2, frontier = ?3, last_seen = max(last_seen, ?4) WHERE id = ?1",
    )?;
    update.execute((id, head.size() as i64, head.to_bytes(), last_seen))?;
    Ok(())
}

/// Lets a held log in.
pub(super) fn set_admitted(connection: &Connection, id: i64) -> rusqlite::Result<()> {
    connection.prepare_cached("UPDATE log SET held = 0 WHERE id = ?1")?.execute([id])?;
    Ok(())
}

fn parsed<T>(row: &SqlRow<'_>, at: usize) -> rusqlite::Result<T>
where
    T: std::str::FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    let text: String = row.get(at)?;
    text.parse()
        .map_err(|error: T::Err| rusqlite::Error::FromSqlConversionFailure(at, Type::Text, error.into()))
}
