//! The newest tally of the campaign that this table has seen. One row.

use rusqlite::{Connection, OptionalExtension};

use crate::error::TableError;

pub(crate) const STEP_1: &str = "CREATE TABLE tally (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    note TEXT NOT NULL
) STRICT;";

pub(crate) fn set(connection: &Connection, note: &str) -> Result<(), TableError> {
    connection.execute("INSERT OR REPLACE INTO tally (id, note) VALUES (1, ?1)", [note])?;
    Ok(())
}

pub(crate) fn find(connection: &Connection) -> Result<Option<String>, TableError> {
    Ok(connection.query_row("SELECT note FROM tally WHERE id = 1", [], |row| row.get(0)).optional()?)
}
