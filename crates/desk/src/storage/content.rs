//! What each signature of the ledger says: the very bytes that were sealed, and their digest.

use rusqlite::Connection;
use uuid::Uuid;

pub(super) const CREATE: &str = "CREATE TABLE content (
    signature BLOB PRIMARY KEY,
    digest BLOB NOT NULL,
    cbor BLOB NOT NULL
) STRICT;";

/// Adds the content of a signature, or replaces it by what its earlier place says.
pub(crate) fn set(db: &Connection, signature: Uuid, digest: &[u8; 32], cbor: &[u8]) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO content (signature, digest, cbor) VALUES (?1, ?2, ?3)")?
        .execute((signature, digest, cbor))?;
    Ok(())
}
