//! What the endpoint said of each log when it was last asked.

use lockbox::column;
use rusqlite::Connection;
use uuid::Uuid;
use wire::{LogRow, LogState};

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
pub(crate) fn set_all(db: &Connection, rows: &[LogRow]) -> rusqlite::Result<()> {
    db.execute("DELETE FROM endpoint_log", [])?;
    rows.iter().try_for_each(|row| set(db, row))
}

fn set(db: &Connection, row: &LogRow) -> rusqlite::Result<()> {
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
        row.table,
        row.generation,
        row.device.to_string(),
        row.size,
        state,
        &row.label,
        row.last_seen,
    ))?;
    Ok(())
}

/// What the endpoint said of the logs of a table and generation: more than one when several devices claim it.
pub(crate) fn find(db: &Connection, table: Uuid, generation: u32) -> rusqlite::Result<Vec<LogRow>> {
    db.prepare_cached(
        "SELECT table_id, generation, device, size, state, label, last_seen
         FROM endpoint_log WHERE table_id = ?1 AND generation = ?2 ORDER BY device",
    )?
    .query_map((table, generation), of_row)?
    .collect()
}

/// By table, generation and device.
pub(crate) fn list(db: &Connection) -> rusqlite::Result<Vec<LogRow>> {
    db.prepare_cached(
        "SELECT table_id, generation, device, size, state, label, last_seen
         FROM endpoint_log ORDER BY table_id, generation, device",
    )?
    .query_map([], of_row)?
    .collect()
}

fn of_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<LogRow> {
    Ok(LogRow {
        device: column::parsed(row, "device")?,
        table: row.get("table_id")?,
        generation: row.get("generation")?,
        size: row.get("size")?,
        state: match row.get_ref("state")?.as_str()? {
            "admitted" => LogState::Admitted,
            "held" => LogState::Held,
            "revoked" => LogState::Revoked,
            _ => return Err(column::malformed(row, "state", "no state of a log")),
        },
        label: row.get("label")?,
        last_seen: row.get("last_seen")?,
    })
}
