//! How many were saved, by petition and shift: kept as it grows, so that no count reads the log.

use rusqlite::{Connection, Transaction};
use uuid::Uuid;

use crate::error::TableError;

pub(crate) const STEP_1: &str = "CREATE TABLE saved (
    petition BLOB NOT NULL,
    shift INTEGER NOT NULL,
    saved INTEGER NOT NULL,
    PRIMARY KEY (petition, shift)
) STRICT, WITHOUT ROWID;";

pub(crate) fn add_one(transaction: &Transaction<'_>, petition: Uuid, shift: i64) -> Result<(), TableError> {
    let mut add = transaction.prepare_cached(
        "INSERT INTO saved (petition, shift, saved) VALUES (?1, ?2, 1)
         ON CONFLICT (petition, shift) DO UPDATE SET saved = saved + 1",
    )?;
    add.execute((petition.as_bytes(), shift))?;
    Ok(())
}

/// Of a petition: each shift and how many.
pub(crate) fn list(connection: &Connection, petition: Uuid) -> Result<Vec<(i64, u64)>, TableError> {
    let mut select = connection.prepare_cached("SELECT shift, saved FROM saved WHERE petition = ?1")?;
    let rows = select.query_map([petition.as_bytes()], |row| {
        let saved: i64 = row.get(1)?;
        Ok((row.get(0)?, saved.unsigned_abs()))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
