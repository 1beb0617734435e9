//! Petition notes, every version of each, and which petitions have ended.

use std::collections::BTreeSet;

use rusqlite::Connection;
use uuid::Uuid;

pub(super) const CREATE: &str = "CREATE TABLE petition (
    petition BLOB NOT NULL,
    version INTEGER NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (petition, version)
) STRICT;";

/// The backup holds them too.
pub(super) const STEP_14: &str = "CREATE TABLE ended (
    petition BLOB PRIMARY KEY
) STRICT;
CREATE TRIGGER ended_inserted AFTER INSERT ON ended BEGIN UPDATE backup SET changes = changes + 1; END;
CREATE TRIGGER ended_updated AFTER UPDATE ON ended BEGIN UPDATE backup SET changes = changes + 1; END;
CREATE TRIGGER ended_deleted AFTER DELETE ON ended BEGIN UPDATE backup SET changes = changes + 1; END;";

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

/// The notes of the petitions that have not ended, in the order in which they were added.
pub(crate) fn list_open_notes(db: &Connection) -> rusqlite::Result<Vec<String>> {
    db.prepare_cached(
        "SELECT note FROM petition WHERE petition NOT IN (SELECT petition FROM ended) ORDER BY rowid",
    )?
    .query_map([], |row| row.get("note"))?
    .collect()
}

/// Ends a petition, or opens it again.
pub(crate) fn set_ended(db: &Connection, petition: Uuid, has_ended: bool) -> rusqlite::Result<()> {
    let statement = match has_ended {
        true => "INSERT INTO ended (petition) VALUES (?1) ON CONFLICT (petition) DO NOTHING",
        false => "DELETE FROM ended WHERE petition = ?1",
    };
    db.execute(statement, [petition])?;
    Ok(())
}

/// The petitions that have ended.
pub(crate) fn list_ended(db: &Connection) -> rusqlite::Result<BTreeSet<Uuid>> {
    db.prepare_cached("SELECT petition FROM ended")?.query_map([], |row| row.get("petition"))?.collect()
}

/// Petition and version of every note, in the order in which they were added.
pub(crate) fn list_versions(db: &Connection) -> rusqlite::Result<Vec<(Uuid, u32)>> {
    db.prepare_cached("SELECT petition, version FROM petition ORDER BY rowid")?
        .query_map([], |row| Ok((row.get("petition")?, row.get("version")?)))?
        .collect()
}
