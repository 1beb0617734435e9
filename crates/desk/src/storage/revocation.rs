//! Revocation notes: the end of a kit or a table.

use rusqlite::Connection;
use uuid::Uuid;

pub(super) const CREATE: &str = "CREATE TABLE revocation (
    revocation INTEGER PRIMARY KEY,
    kit BLOB,
    table_id BLOB,
    note TEXT NOT NULL,
    CHECK ((kit IS NULL) <> (table_id IS NULL))
) STRICT;";

pub(crate) fn insert(
    db: &Connection,
    kit: Option<Uuid>,
    table: Option<Uuid>,
    note: &str,
) -> rusqlite::Result<()> {
    db.execute("INSERT INTO revocation (kit, table_id, note) VALUES (?1, ?2, ?3)", (kit, table, note))?;
    Ok(())
}

/// The notes, in the order in which they were given.
pub(crate) fn list_notes(db: &Connection) -> rusqlite::Result<Vec<String>> {
    db.prepare_cached("SELECT note FROM revocation ORDER BY revocation")?
        .query_map([], |row| row.get("note"))?
        .collect()
}

pub(crate) fn is_table_revoked(db: &Connection, table: Uuid) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM revocation WHERE table_id = ?1")?.exists([table])
}
