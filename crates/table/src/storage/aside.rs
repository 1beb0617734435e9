//! Entries that do not pass alone, by their leaf: they are sent last.

use std::collections::BTreeSet;

use proof::Hash;
use rusqlite::Connection;

pub(crate) const STEP_2: &str = "CREATE TABLE aside (leaf BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;";

pub(crate) fn insert(db: &Connection, leaf: Hash) -> rusqlite::Result<()> {
    let mut insert =
        db.prepare_cached("INSERT INTO aside (leaf) VALUES (?1) ON CONFLICT (leaf) DO NOTHING")?;
    insert.execute([leaf.0])?;
    Ok(())
}

pub(crate) fn list(db: &Connection) -> rusqlite::Result<BTreeSet<Hash>> {
    let mut select = db.prepare_cached("SELECT leaf FROM aside WHERE leaf >= x''")?;
    let leaves = select.query_map([], |row| row.get("leaf").map(Hash))?;
    leaves.collect()
}
