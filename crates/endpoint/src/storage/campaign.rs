//! The campaigns that this endpoint takes.

use proof::{CampaignId, VerifierKey};
use rusqlite::{Connection, OptionalExtension};

pub(crate) const STEP_1: &str = "CREATE TABLE campaign (
    id TEXT PRIMARY KEY,
    root TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT, WITHOUT ROWID;";

/// Adds a campaign; false when it is known.
pub(crate) fn insert(
    connection: &Connection,
    id: CampaignId,
    root: &VerifierKey,
    note: &str,
) -> rusqlite::Result<bool> {
    if find_root(connection, id)?.is_some() {
        return Ok(false);
    }
    connection.execute(
        "INSERT INTO campaign (id, root, note) VALUES (?1, ?2, ?3)",
        (id.to_string(), root.to_string(), note),
    )?;
    Ok(true)
}

/// The campaign's root key.
pub(crate) fn find_root(connection: &Connection, id: CampaignId) -> rusqlite::Result<Option<VerifierKey>> {
    let mut select = connection.prepare_cached("SELECT root FROM campaign WHERE id = ?1")?;
    let root: Option<String> = select.query_row([id.to_string()], |row| row.get(0)).optional()?;
    Ok(root.and_then(|root| root.parse().ok()))
}

/// How many campaigns there are. For the moment when one more comes: it reads as many rows.
pub(crate) fn count(connection: &Connection) -> rusqlite::Result<u64> {
    let count: i64 =
        connection.prepare_cached("SELECT count(*) FROM campaign")?.query_row([], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}
