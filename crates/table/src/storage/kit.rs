//! The kit that the table works by, and who the table is. One row.

use rusqlite::Connection;
use uuid::Uuid;
use zeroize::Zeroizing;

pub(crate) const STEP_1: &str = "CREATE TABLE kit (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    table_id BLOB NOT NULL,
    label TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;";

pub(crate) struct Row {
    pub(crate) table: Uuid,
    pub(crate) label: String,
    /// The kit file, with its secret.
    pub(crate) text: Zeroizing<String>,
}

pub(crate) fn insert(db: &Connection, row: &Row) -> rusqlite::Result<()> {
    db.execute(
        "INSERT INTO kit (id, table_id, label, text) VALUES (1, ?1, ?2, ?3)",
        (row.table, &row.label, row.text.as_str()),
    )?;
    Ok(())
}

pub(crate) fn get(db: &Connection) -> rusqlite::Result<Row> {
    db.query_row("SELECT table_id, label, text FROM kit WHERE id = 1", [], |row| {
        Ok(Row {
            table: row.get("table_id")?,
            label: row.get("label")?,
            text: Zeroizing::new(row.get("text")?),
        })
    })
}
