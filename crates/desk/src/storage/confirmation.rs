//! Confirmation notes: the organizer's word on logs that an endpoint holds back.

use proof::VerifierKey;
use rusqlite::Connection;
use uuid::Uuid;
use wire::Confirmation;

pub(super) const CREATE: &str = "CREATE TABLE confirmation (
    table_id BLOB NOT NULL,
    generation INTEGER NOT NULL,
    device TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (table_id, generation, device)
) STRICT;";

/// Keeps a confirmation. A second one of the same log says nothing else, and takes the place of the first.
pub(crate) fn set(db: &Connection, confirmation: &Confirmation, note: &str) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO confirmation (table_id, generation, device, note) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute((confirmation.table, confirmation.generation, confirmation.device.to_string(), note))?;
    Ok(())
}

pub(crate) fn is_confirmed(
    db: &Connection,
    table: Uuid,
    generation: u32,
    device: &VerifierKey,
) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM confirmation WHERE table_id = ?1 AND generation = ?2 AND device = ?3")?
        .exists((table, generation, device.to_string()))
}

/// The notes, in the order in which they were given.
pub(crate) fn list_notes(db: &Connection) -> rusqlite::Result<Vec<String>> {
    db.prepare_cached("SELECT note FROM confirmation ORDER BY rowid")?
        .query_map([], |row| row.get("note"))?
        .collect()
}
