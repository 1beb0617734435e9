//! Entries that do not pass alone, by their leaf: they are sent last.

use std::collections::BTreeSet;

use proof::Hash;
use rusqlite::Connection;

use crate::error::TableError;

pub(crate) const STEP_2: &str = "CREATE TABLE aside (leaf BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;";

pub(crate) fn insert(connection: &Connection, leaf: Hash) -> Result<(), TableError> {
    let mut insert =
        connection.prepare_cached("INSERT INTO aside (leaf) VALUES (?1) ON CONFLICT (leaf) DO NOTHING")?;
    insert.execute([leaf.0])?;
    Ok(())
}

pub(crate) fn list(connection: &Connection) -> Result<BTreeSet<Hash>, TableError> {
    let mut select = connection.prepare_cached("SELECT leaf FROM aside WHERE leaf >= x''")?;
    let leaves = select.query_map([], |row| row.get(0).map(Hash))?;
    Ok(leaves.collect::<Result<_, _>>()?)
}
