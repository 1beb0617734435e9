//! The logs: one for each table and generation.

use proof::{Frontier, Origin};
use rusqlite::{Connection, OptionalExtension, Row as SqlRow, types::Type};
use uuid::Uuid;
use wire::LogState;

pub(crate) const STEP_1: &str = "CREATE TABLE log (
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

const COLUMNS: &str =
    "id, table_id, generation, kit, certificate, admission, device, label, held, size, frontier, last_seen";

pub(crate) struct Row {
    pub(crate) id: i64,
    pub(crate) table: Uuid,
    pub(crate) generation: u32,
    pub(crate) kit: Uuid,
    pub(crate) certificate: String,
    pub(crate) admission: String,
    pub(crate) device: String,
    pub(crate) label: String,
    pub(crate) held: bool,
    pub(crate) head: Frontier,
    /// Unix seconds, a whole minute.
    pub(crate) last_seen: i64,
}

impl Row {
    pub(crate) fn state(&self, revoked: bool) -> LogState {
        match (revoked, self.held) {
            (true, _) => LogState::Revoked,
            (false, true) => LogState::Held,
            (false, false) => LogState::Admitted,
        }
    }
}

pub(crate) fn insert(connection: &Connection, origin: &Origin, row: &Row) -> rusqlite::Result<i64> {
    connection.execute(
        "INSERT INTO log
             (campaign, table_id, generation, kit, certificate, admission, device, label, held, size, frontier, last_seen)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, x'', ?10)",
        (
            origin.campaign.to_string(),
            origin.table.to_string(),
            origin.generation,
            row.kit.to_string(),
            &row.certificate,
            &row.admission,
            &row.device,
            &row.label,
            row.held,
            row.last_seen,
        ),
    )?;
    Ok(connection.last_insert_rowid())
}

pub(crate) fn find(connection: &Connection, origin: &Origin) -> rusqlite::Result<Option<Row>> {
    let mut select = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM log WHERE campaign = ?1 AND table_id = ?2 AND generation = ?3"
    ))?;
    let key = (origin.campaign.to_string(), origin.table.to_string(), origin.generation);
    select.query_row(key, read).optional()
}

/// How many entries of a log are stored.
pub(crate) fn find_size(connection: &Connection, id: i64) -> rusqlite::Result<Option<u64>> {
    let mut select = connection.prepare_cached("SELECT size FROM log WHERE id = ?1")?;
    select.query_row([id], |row| row.get(0)).map(i64::unsigned_abs).optional()
}

pub(crate) fn list(connection: &Connection, campaign: &str) -> rusqlite::Result<Vec<Row>> {
    let mut select = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM log WHERE campaign = ?1 ORDER BY table_id, generation"
    ))?;
    let rows = select.query_map([campaign], read)?;
    rows.collect()
}

/// How many tables came with a kit, other than this one, and are not held.
pub(crate) fn count_other_tables(connection: &Connection, kit: Uuid, table: Uuid) -> rusqlite::Result<u32> {
    connection.query_row(
        "SELECT count(DISTINCT table_id) FROM log WHERE kit = ?1 AND table_id <> ?2 AND held = 0",
        (kit.to_string(), table.to_string()),
        |row| row.get(0),
    )
}

pub(crate) fn set_head(
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

pub(crate) fn admit(connection: &Connection, origin: &Origin) -> rusqlite::Result<()> {
    connection.execute(
        "UPDATE log SET held = 0 WHERE campaign = ?1 AND table_id = ?2 AND generation = ?3",
        (origin.campaign.to_string(), origin.table.to_string(), origin.generation),
    )?;
    Ok(())
}

fn read(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    let uuid = |at: usize| {
        let text: String = row.get(at)?;
        text.parse::<Uuid>()
            .map_err(|error| rusqlite::Error::FromSqlConversionFailure(at, Type::Text, error.into()))
    };
    let (size, frontier): (i64, Vec<u8>) = (row.get(9)?, row.get(10)?);
    let head = Frontier::from_bytes(size.unsigned_abs(), &frontier)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(10, Type::Blob, error.into()))?;
    Ok(Row {
        id: row.get(0)?,
        table: uuid(1)?,
        generation: row.get(2)?,
        kit: uuid(3)?,
        certificate: row.get(4)?,
        admission: row.get(5)?,
        device: row.get(6)?,
        label: row.get(7)?,
        held: row.get(8)?,
        head,
        last_seen: row.get(11)?,
    })
}
