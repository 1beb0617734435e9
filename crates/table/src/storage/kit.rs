//! The kit that the table works by, and who the table is. One row.

use rusqlite::{Connection, Transaction};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::error::TableError;

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

pub(crate) fn insert(transaction: &Transaction<'_>, row: &Row) -> Result<(), TableError> {
    transaction.execute(
        "INSERT INTO kit (id, table_id, label, text) VALUES (1, ?1, ?2, ?3)",
        (row.table.as_bytes(), &row.label, row.text.as_str()),
    )?;
    Ok(())
}

pub(crate) fn get(connection: &Connection) -> Result<Row, TableError> {
    Ok(connection.query_row("SELECT table_id, label, text FROM kit WHERE id = 1", [], |row| {
        Ok(Row {
            table: Uuid::from_bytes(row.get(0)?),
            label: row.get(1)?,
            text: Zeroizing::new(row.get(2)?),
        })
    })?)
}
