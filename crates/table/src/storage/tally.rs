//! The newest tally of the campaign that this table has seen. One row.

use rusqlite::{Connection, OptionalExtension};

pub(crate) const STEP_1: &str = "CREATE TABLE tally (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    note TEXT NOT NULL
) STRICT;";

pub(crate) fn set(db: &Connection, note: &str) -> rusqlite::Result<()> {
    db.execute("INSERT OR REPLACE INTO tally (id, note) VALUES (1, ?1)", [note])?;
    Ok(())
}

pub(crate) fn find(db: &Connection) -> rusqlite::Result<Option<String>> {
    db.query_row("SELECT note FROM tally WHERE id = 1", [], |row| row.get("note")).optional()
}
