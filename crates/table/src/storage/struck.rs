//! The signatures that the organizer was told were no one's, by their leaves.

use proof::Hash;
use rusqlite::Connection;

pub(crate) const STEP_4: &str = "CREATE TABLE struck (leaf BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;";

pub(crate) fn insert(db: &Connection, leaf: Hash) -> rusqlite::Result<()> {
    db.execute("INSERT INTO struck (leaf) VALUES (?1)", [leaf.0])?;
    Ok(())
}

pub(crate) fn exists(db: &Connection, leaf: Hash) -> rusqlite::Result<bool> {
    let mut select = db.prepare_cached("SELECT count(*) AS struck FROM struck WHERE leaf = ?1")?;
    select.query_row([leaf.0], |row| Ok(row.get::<_, u64>("struck")? > 0))
}
