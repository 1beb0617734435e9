//! Notes of tables to the organizer: the very bytes that were sealed, and which signatures they are about.

use proof::Hash;
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A note is what it says: the same one that was appended again is there once, whichever came first.
pub(super) const STEP_13: &str = "CREATE TABLE note (
    digest BLOB NOT NULL,
    table_id BLOB NOT NULL,
    written_at INTEGER NOT NULL,
    cbor BLOB NOT NULL,
    PRIMARY KEY (table_id, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX note_by_time ON note (written_at, table_id, digest);
CREATE TABLE strike (
    leaf BLOB NOT NULL,
    table_id BLOB NOT NULL,
    digest BLOB NOT NULL,
    PRIMARY KEY (leaf, table_id, digest)
) STRICT, WITHOUT ROWID;";

/// A note, and which table wrote it.
pub(crate) struct Row {
    pub(crate) table: Uuid,
    pub(crate) cbor: Vec<u8>,
}

/// Adds a note; where it strikes a signature, by its leaf.
pub(crate) fn insert(
    db: &Connection,
    (table, written_at): (Uuid, u64),
    cbor: &[u8],
    struck: Option<Hash>,
) -> rusqlite::Result<()> {
    let digest: [u8; 32] = Sha256::digest(cbor).into();
    db.prepare_cached(
        "INSERT INTO note (digest, table_id, written_at, cbor) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (table_id, digest) DO NOTHING",
    )?
    .execute((digest, table, written_at, cbor))?;
    if let Some(leaf) = struck {
        db.prepare_cached(
            "INSERT INTO strike (leaf, table_id, digest) VALUES (?1, ?2, ?3)
             ON CONFLICT (leaf, table_id, digest) DO NOTHING",
        )?
        .execute((leaf.0, table, digest))?;
    }
    Ok(())
}

/// All of them, oldest first.
pub(crate) fn list(db: &Connection) -> rusqlite::Result<Vec<Row>> {
    db.prepare_cached(
        "SELECT table_id, cbor FROM note WHERE written_at >= 0 ORDER BY written_at, table_id, digest",
    )?
    .query_map([], |row| Ok(Row { table: row.get("table_id")?, cbor: row.get("cbor")? }))?
    .collect()
}

/// The notes of its own table that strike a signature, oldest first.
pub(crate) fn list_striking(db: &Connection, signature: Uuid) -> rusqlite::Result<Vec<Vec<u8>>> {
    db.prepare_cached(
        "SELECT note.cbor FROM signature JOIN entry USING (log, idx) JOIN log USING (log)
            JOIN strike USING (leaf, table_id)
            JOIN note ON note.table_id = strike.table_id AND note.digest = strike.digest
         WHERE signature.signature = ?1 ORDER BY written_at, note.digest",
    )?
    .query_map([signature], |row| row.get("cbor"))?
    .collect()
}
