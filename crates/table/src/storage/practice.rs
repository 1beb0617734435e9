//! Whether the table is being practised at, and how often a shift was refused for it.

use rusqlite::Connection;

pub(crate) const STEP_5: &str = "CREATE TABLE practice (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    is_open INTEGER NOT NULL,
    refused INTEGER NOT NULL
) STRICT;
INSERT INTO practice (id, is_open, refused) VALUES (1, 0, 0);";

pub(crate) fn is_open(db: &Connection) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT is_open FROM practice WHERE id = 1")?.query_row([], |row| row.get("is_open"))
}

pub(crate) fn set_open(db: &Connection, is_open: bool) -> rusqlite::Result<()> {
    db.execute("UPDATE practice SET is_open = ?1 WHERE id = 1", [is_open])?;
    Ok(())
}

/// How often a shift was refused since one began.
pub(crate) fn refused(db: &Connection) -> rusqlite::Result<u32> {
    db.prepare_cached("SELECT refused FROM practice WHERE id = 1")?.query_row([], |row| row.get("refused"))
}

pub(crate) fn add_refused(db: &Connection) -> rusqlite::Result<()> {
    db.execute("UPDATE practice SET refused = refused + 1 WHERE id = 1", [])?;
    Ok(())
}

pub(crate) fn forget_refused(db: &Connection) -> rusqlite::Result<()> {
    db.execute("UPDATE practice SET refused = 0 WHERE id = 1", [])?;
    Ok(())
}
