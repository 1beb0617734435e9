//! The ids of the signatures that are saved, each as a mark: an id is saved once.

use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

pub(crate) const STEP_3: &str = "CREATE TABLE signed (
    mark BLOB PRIMARY KEY,
    petition BLOB NOT NULL
) STRICT, WITHOUT ROWID;";

/// What is kept of an id.
#[derive(Clone, Copy)]
pub(crate) struct Mark(pub(crate) [u8; 16]);

pub(crate) fn insert(db: &Connection, mark: Mark, petition: Uuid) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached("INSERT INTO signed (mark, petition) VALUES (?1, ?2)")?;
    insert.execute((mark.0, petition))?;
    Ok(())
}

/// The petition that the signature of a mark is on.
pub(crate) fn find(db: &Connection, mark: Mark) -> rusqlite::Result<Option<Uuid>> {
    let mut select = db.prepare_cached("SELECT petition FROM signed WHERE mark = ?1")?;
    select.query_row([mark.0], |row| row.get("petition")).optional()
}
