//! The roll that signatures are checked against, and what came of it. The roll itself is a file of its own: its key is here.

use lockbox::DatabaseKey;
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

pub(super) const CREATE: &str = "CREATE TABLE roll (
    roll BLOB PRIMARY KEY,
    key BLOB NOT NULL,
    name TEXT NOT NULL,
    as_of TEXT NOT NULL,
    delete_by INTEGER NOT NULL,
    loaded_at INTEGER NOT NULL,
    hash BLOB NOT NULL,
    entries INTEGER NOT NULL
) STRICT;
CREATE TABLE looked_up (
    signature BLOB PRIMARY KEY,
    petition BLOB NOT NULL,
    hash BLOB NOT NULL,
    found TEXT NOT NULL CHECK (found IN ('found', 'unsure', 'not_found')),
    differences TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX looked_up_found ON looked_up (petition, found, signature);";

/// What comes of looking a signature up is a change of it, for whoever keeps it in memory.
pub(super) const STEP_19: &str = "CREATE TRIGGER looked_up_noted AFTER INSERT ON looked_up BEGIN
    INSERT INTO changed (came) SELECT rowid FROM signature WHERE signature = new.signature;
END;";

/// The area of the entry that is the signer's, or likeliest to be; empty where there is none.
pub(super) const STEP_20: &str = "ALTER TABLE looked_up ADD COLUMN roll_area TEXT NOT NULL DEFAULT ''";

/// A roll, as it is kept.
pub(crate) struct RollKept {
    pub(crate) roll: Uuid,
    pub(crate) key: DatabaseKey,
    pub(crate) name: String,
    pub(crate) as_of: String,
    pub(crate) delete_by: i64,
    pub(crate) loaded_at: i64,
    /// SHA-256 of the file that it was read from.
    pub(crate) hash: [u8; 32],
    pub(crate) entries: u64,
}

/// Keeps a roll in the place of the one before.
pub(crate) fn set(db: &Connection, kept: &RollKept) -> rusqlite::Result<()> {
    delete(db)?;
    db.execute(
        "INSERT INTO roll (roll, key, name, as_of, delete_by, loaded_at, hash, entries)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (
            kept.roll,
            kept.key.expose(),
            &kept.name,
            &kept.as_of,
            kept.delete_by,
            kept.loaded_at,
            kept.hash,
            kept.entries,
        ),
    )?;
    Ok(())
}

/// The roll that is here.
pub(crate) fn find(db: &Connection) -> rusqlite::Result<Option<RollKept>> {
    db.prepare_cached("SELECT roll, key, name, as_of, delete_by, loaded_at, hash, entries FROM roll")?
        .query_row([], |row| {
            Ok(RollKept {
                roll: row.get("roll")?,
                key: DatabaseKey::from_bytes(row.get("key")?),
                name: row.get("name")?,
                as_of: row.get("as_of")?,
                delete_by: row.get("delete_by")?,
                loaded_at: row.get("loaded_at")?,
                hash: row.get("hash")?,
                entries: row.get("entries")?,
            })
        })
        .optional()
}

/// Forgets the roll's key: nobody opens its file again. What came of it stays.
pub(crate) fn delete(db: &Connection) -> rusqlite::Result<()> {
    db.execute("DELETE FROM roll", [])?;
    Ok(())
}

/// What came of looking a signature up.
pub(crate) struct LookedUpRow<'a> {
    pub(crate) signature: Uuid,
    pub(crate) petition: Uuid,
    /// Of the roll.
    pub(crate) hash: [u8; 32],
    pub(crate) found: &'static str,
    /// Codes with spaces between them.
    pub(crate) differences: &'a str,
    /// Of the entry; empty where there is none.
    pub(crate) area: &'a str,
}

pub(crate) fn set_looked_up(db: &Connection, row: &LookedUpRow<'_>) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO looked_up (signature, petition, hash, found, differences, roll_area)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((row.signature, row.petition, row.hash, row.found, row.differences, row.area))?;
    Ok(())
}

/// Signatures of a petition that were not looked up in this roll, nor found in an earlier one, in the order of their ids: so many after
/// one of them.
pub(crate) fn list_open(
    db: &Connection,
    petition: Uuid,
    hash: [u8; 32],
    after: Uuid,
    limit: usize,
) -> rusqlite::Result<Vec<Uuid>> {
    db.prepare_cached(
        "SELECT signature FROM signature WHERE signature > ?3 AND petition = ?1 AND NOT EXISTS (
            SELECT 1 FROM looked_up WHERE looked_up.signature = signature.signature
                AND (found = 'found' OR hash = ?2))
         ORDER BY signature LIMIT ?4",
    )?
    .query_map((petition, hash, after, limit), |row| row.get("signature"))?
    .collect()
}

/// What came of looking a signature up, and the area of its entry; none where it was not.
pub(crate) fn find_area(db: &Connection, signature: Uuid) -> rusqlite::Result<Option<(String, String)>> {
    db.prepare_cached("SELECT found, roll_area FROM looked_up WHERE signature = ?1")?
        .query_row([signature], |row| Ok((row.get("found")?, row.get("roll_area")?)))
        .optional()
}

/// What came of looking a signature up, with its differences; none where it was not.
pub(crate) fn find_looked_up(db: &Connection, signature: Uuid) -> rusqlite::Result<Option<(String, String)>> {
    db.prepare_cached("SELECT found, differences FROM looked_up WHERE signature = ?1")?
        .query_row([signature], |row| Ok((row.get("found")?, row.get("differences")?)))
        .optional()
}

/// How many signatures of a petition were found, are unsure, and were not found.
pub(crate) fn count_looked_up(db: &Connection, petition: Uuid) -> rusqlite::Result<(u64, u64, u64)> {
    let count = |found: &str| {
        db.prepare_cached("SELECT count(*) AS signatures FROM looked_up WHERE petition = ?1 AND found = ?2")?
            .query_row((petition, found), |row| row.get("signatures"))
    };
    Ok((count("found")?, count("unsure")?, count("not_found")?))
}

/// What came of looking up the signatures of a petition: each with its differences, by a result.
pub(crate) fn list_looked_up(
    db: &Connection,
    petition: Uuid,
    found: &str,
) -> rusqlite::Result<Vec<(Uuid, String)>> {
    db.prepare_cached(
        "SELECT signature, differences FROM looked_up WHERE petition = ?1 AND found = ?2 ORDER BY signature",
    )?
    .query_map((petition, found), |row| Ok((row.get("signature")?, row.get("differences")?)))?
    .collect()
}
