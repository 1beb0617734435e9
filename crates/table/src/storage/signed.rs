//! The ids of the signatures that are saved, each as a mark: an id is saved once.

use rusqlite::{Connection, OptionalExtension, Transaction};
use uuid::Uuid;

use crate::error::TableError;

pub(crate) const STEP_3: &str = "CREATE TABLE signed (
    mark BLOB PRIMARY KEY,
    petition BLOB NOT NULL
) STRICT, WITHOUT ROWID;";

/// What is kept of an id.
#[derive(Clone, Copy)]
pub(crate) struct Mark(pub(crate) [u8; 16]);

pub(crate) fn insert(transaction: &Transaction<'_>, mark: Mark, petition: Uuid) -> Result<(), TableError> {
    let mut insert = transaction.prepare_cached("INSERT INTO signed (mark, petition) VALUES (?1, ?2)")?;
    insert.execute((mark.0, petition.as_bytes()))?;
    Ok(())
}

/// The petition that the signature of a mark is on.
pub(crate) fn find(connection: &Connection, mark: Mark) -> Result<Option<Uuid>, TableError> {
    let mut select = connection.prepare_cached("SELECT petition FROM signed WHERE mark = ?1")?;
    Ok(select.query_row([mark.0], |row| row.get(0).map(Uuid::from_bytes)).optional()?)
}
