//! What the endpoint said of each log when it was last asked.

use rusqlite::{Connection, OptionalExtension};
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

pub(crate) fn put(db: &Connection, row: &LogRow) -> rusqlite::Result<()> {
    let state = match row.state {
        LogState::Admitted => "admitted",
        LogState::Held => "held",
        LogState::Revoked => "revoked",
    };
    db.prepare_cached("INSERT OR REPLACE INTO endpoint_log VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute((
        row.table.as_bytes(),
        row.generation,
        number(row.size),
        state,
        &row.label,
        row.last_seen,
    ))?;
    Ok(())
}

pub(crate) fn find(db: &Connection, table: Uuid, generation: u32) -> rusqlite::Result<Option<LogRow>> {
    db.prepare_cached("SELECT * FROM endpoint_log WHERE table_id = ?1 AND generation = ?2")?
        .query_row((table.as_bytes(), generation), of_row)
        .optional()
}

/// By table and generation.
pub(crate) fn list(db: &Connection) -> rusqlite::Result<Vec<LogRow>> {
    db.prepare_cached("SELECT * FROM endpoint_log ORDER BY table_id, generation")?
        .query_map([], of_row)?
        .collect()
}

fn of_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<LogRow> {
    let state: String = row.get("state")?;
    Ok(LogRow {
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
