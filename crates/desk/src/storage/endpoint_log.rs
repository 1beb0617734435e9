//! What the endpoint said of each log when it was last asked.

use rusqlite::Connection;
use uuid::Uuid;
use wire::{LogRow, LogState};

use super::{number, size, uuid};

pub(super) const CREATE: &str = "CREATE TABLE endpoint_log (
    table_id BLOB NOT NULL,
    generation INTEGER NOT NULL,
    size INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('admitted', 'held', 'revoked')),
    label TEXT NOT NULL,
    last_seen INTEGER NOT NULL,
    PRIMARY KEY (table_id, generation)
) STRICT;";

/// Two devices that claim one origin have a log each. What an endpoint said is asked again with every pull.
pub(super) const STEP_2: &str = "DROP TABLE endpoint_log;
CREATE TABLE endpoint_log (
    table_id BLOB NOT NULL,
    generation INTEGER NOT NULL,
    device TEXT NOT NULL,
    size INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('admitted', 'held', 'revoked')),
    label TEXT NOT NULL,
    last_seen INTEGER NOT NULL,
    PRIMARY KEY (table_id, generation, device)
) STRICT;";

/// Takes what the endpoint said in the place of what it said before: logs that it lost are not there.
pub(crate) fn replace(db: &Connection, rows: &[LogRow]) -> rusqlite::Result<()> {
    db.execute("DELETE FROM endpoint_log", [])?;
    rows.iter().try_for_each(|row| put(db, row))
}

fn put(db: &Connection, row: &LogRow) -> rusqlite::Result<()> {
    let state = match row.state {
        LogState::Admitted => "admitted",
        LogState::Held => "held",
        LogState::Revoked => "revoked",
    };
    db.prepare_cached(
        "INSERT OR REPLACE INTO endpoint_log (table_id, generation, device, size, state, label, last_seen)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute((
        row.table.as_bytes(),
        row.generation,
        row.device.to_string(),
        number(row.size),
        state,
        &row.label,
        row.last_seen,
    ))?;
    Ok(())
}

/// What the endpoint said of the logs of a table and generation: more than one when several devices claim it.
pub(crate) fn find(db: &Connection, table: Uuid, generation: u32) -> rusqlite::Result<Vec<LogRow>> {
    db.prepare_cached("SELECT * FROM endpoint_log WHERE table_id = ?1 AND generation = ?2 ORDER BY device")?
        .query_map((table.as_bytes(), generation), of_row)?
        .collect()
}

/// By table, generation and device.
pub(crate) fn list(db: &Connection) -> rusqlite::Result<Vec<LogRow>> {
    db.prepare_cached("SELECT * FROM endpoint_log ORDER BY table_id, generation, device")?
        .query_map([], of_row)?
        .collect()
}

fn of_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<LogRow> {
    let state: String = row.get("state")?;
    let device: String = row.get("device")?;
    Ok(LogRow {
        device: device.parse().map_err(|_| rusqlite::Error::InvalidQuery)?,
        table: uuid(row, "table_id")?,
        generation: row.get("generation")?,
        size: size(row, "size")?,
        state: match state.as_str() {
            "held" => LogState::Held,
            "revoked" => LogState::Revoked,
            _ => LogState::Admitted,
        },
        label: row.get("label")?,
        last_seen: row.get("last_seen")?,
    })
}
