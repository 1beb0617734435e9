//! Petition notes, every version of each.

use rusqlite::Connection;
use uuid::Uuid;

pub(super) const CREATE: &str = "CREATE TABLE petition (
    petition BLOB NOT NULL,
    version INTEGER NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (petition, version)
) STRICT;";

pub(crate) fn insert(db: &Connection, petition: Uuid, version: u32, note: &str) -> rusqlite::Result<()> {
    db.execute(
        "INSERT INTO petition (petition, version, note) VALUES (?1, ?2, ?3)",
        (petition, version, note),
    )?;
    Ok(())
}

/// How many notes there are. They only grow.
pub(crate) fn count(db: &Connection) -> rusqlite::Result<u64> {
    db.prepare_cached("SELECT count(*) AS notes FROM petition")?.query_row([], |row| row.get("notes"))
}

/// The notes, in the order in which they were added.
pub(crate) fn list_notes(db: &Connection) -> rusqlite::Result<Vec<String>> {
    db.prepare_cached("SELECT note FROM petition ORDER BY rowid")?
        .query_map([], |row| row.get("note"))?
        .collect()
}
