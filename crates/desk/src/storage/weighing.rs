//! How far signatures are compared with each other, and by which weights.

use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

/// `compared` has one row: the last signature, in the order in which they came, that was compared.
pub(super) const CREATE: &str = "CREATE TABLE weighing (
    petition BLOB PRIMARY KEY,
    weights BLOB NOT NULL,
    signatures INTEGER NOT NULL,
    since INTEGER NOT NULL
) STRICT;
CREATE TABLE compared (id INTEGER PRIMARY KEY CHECK (id = 1), up_to INTEGER NOT NULL) STRICT;
INSERT INTO compared VALUES (1, 0);";

/// When all signatures of a petition were last compared with each other.
pub(crate) struct Weighing {
    /// What it was done by, [`matching::Weights::to_bytes`].
    pub(crate) weights: Vec<u8>,
    /// How many there were.
    pub(crate) signatures: u64,
    /// How many were compared with all since.
    pub(crate) since: u64,
}

pub(crate) fn find(db: &Connection, petition: Uuid) -> rusqlite::Result<Option<Weighing>> {
    db.prepare_cached("SELECT weights, signatures, since FROM weighing WHERE petition = ?1")?
        .query_row([petition], |row| {
            Ok(Weighing {
                weights: row.get("weights")?,
                signatures: row.get("signatures")?,
                since: row.get("since")?,
            })
        })
        .optional()
}

pub(crate) fn set(db: &Connection, petition: Uuid, weighing: &Weighing) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO weighing (petition, weights, signatures, since) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute((petition, &weighing.weights, weighing.signatures, weighing.since))?;
    Ok(())
}

/// A signature says something else than when it was compared: all of its petition are to be compared again.
pub(crate) fn delete(db: &Connection, petition: Uuid) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM weighing WHERE petition = ?1")?.execute([petition])?;
    Ok(())
}

/// Petitions that have pairs, and of which all are to be compared again.
pub(crate) fn list_stale(db: &Connection) -> rusqlite::Result<Vec<Uuid>> {
    db.prepare_cached(
        "SELECT petition FROM standing_count WHERE petition NOT IN (SELECT petition FROM weighing)
         GROUP BY petition HAVING sum(signatures) > 0 ORDER BY petition",
    )?
    .query_map([], |row| row.get("petition"))?
    .collect()
}

/// Up to which signature, in the order in which they came, all are compared.
pub(crate) fn up_to(db: &Connection) -> rusqlite::Result<i64> {
    db.prepare_cached("SELECT up_to FROM compared")?.query_row([], |row| row.get("up_to"))
}

pub(crate) fn set_up_to(db: &Connection, up_to: i64) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE compared SET up_to = ?1")?.execute([up_to])?;
    Ok(())
}
