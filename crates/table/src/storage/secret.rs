//! The table's own secret, by which ids become marks and withdrawal codes. One row.

use rusqlite::{Connection, OptionalExtension};
use zeroize::Zeroizing;

use crate::error::TableError;

pub(crate) const STEP_3: &str = "CREATE TABLE secret (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    secret BLOB NOT NULL
) STRICT;";

pub(crate) fn insert(connection: &Connection, secret: &[u8; 32]) -> Result<(), TableError> {
    connection.execute("INSERT INTO secret (id, secret) VALUES (1, ?1)", [secret])?;
    Ok(())
}

pub(crate) fn find(connection: &Connection) -> Result<Option<Zeroizing<[u8; 32]>>, TableError> {
    let mut select = connection.prepare_cached("SELECT secret FROM secret WHERE id = 1")?;
    Ok(select.query_row([], |row| row.get(0).map(Zeroizing::new)).optional()?)
}
