//! What is sealed for the tables of kits that have a code, until they have it. The codes themselves are derived, and kept nowhere.

use rusqlite::Connection;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

pub(super) const CREATE: &str = "CREATE TABLE kit_code (
    kit BLOB PRIMARY KEY,
    note TEXT,
    sealed BLOB,
    deposited INTEGER NOT NULL DEFAULT 0,
    claimed_at INTEGER
) STRICT;";

/// How far the code of a kit is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct KitCodeRow {
    /// Until when it is good, Unix seconds.
    pub until: i64,
    /// The endpoint has what it fetches.
    pub deposited: bool,
    /// When it was used, Unix seconds; none before.
    pub claimed_at: Option<i64>,
}

/// What is sealed, and the note that it is deposited with.
pub(crate) struct Sealed {
    pub(crate) kit: Uuid,
    pub(crate) note: String,
    pub(crate) sealed: Vec<u8>,
}

/// Keeps what is sealed for the table of a kit.
pub(crate) fn insert(db: &Connection, Sealed { kit, note, sealed }: &Sealed) -> rusqlite::Result<()> {
    db.execute("INSERT INTO kit_code (kit, note, sealed) VALUES (?1, ?2, ?3)", (kit, note, sealed))?;
    Ok(())
}

/// The kits whose codes nobody has used yet, as far as is known here, and that are neither revoked nor over.
pub(crate) fn list_open(db: &Connection, now: i64) -> rusqlite::Result<Vec<Uuid>> {
    db.prepare_cached(
        "SELECT kit.kit FROM kit LEFT JOIN kit_code ON kit_code.kit = kit.kit
         WHERE code_until > ?1 AND claimed_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM revocation WHERE revocation.kit = kit.kit)",
    )?
    .query_map([now], |row| row.get(0))?
    .collect()
}

/// What is sealed for a kit and is not at the endpoint.
pub(crate) fn find_undeposited(db: &Connection, kit: Uuid) -> rusqlite::Result<Option<Sealed>> {
    db.prepare_cached(
        "SELECT kit, note, sealed FROM kit_code WHERE kit = ?1 AND sealed IS NOT NULL AND deposited = 0",
    )?
    .query_map([kit], |row| {
        Ok(Sealed { kit: row.get("kit")?, note: row.get("note")?, sealed: row.get("sealed")? })
    })?
    .next()
    .transpose()
}

/// Keeps whether the endpoint has what is sealed.
pub(crate) fn set_deposited(db: &Connection, kit: Uuid, deposited: bool) -> rusqlite::Result<()> {
    db.execute(
        "INSERT INTO kit_code (kit, deposited) VALUES (?1, ?2) ON CONFLICT (kit) DO UPDATE SET deposited = ?2",
        (kit, deposited),
    )?;
    Ok(())
}

/// Keeps that the code was used: what was sealed for it is needed no more.
pub(crate) fn set_claimed(db: &Connection, kit: Uuid, at: i64) -> rusqlite::Result<()> {
    db.execute(
        "INSERT INTO kit_code (kit, claimed_at, deposited) VALUES (?1, ?2, 1)
         ON CONFLICT (kit) DO UPDATE SET claimed_at = ?2, deposited = 1, note = NULL, sealed = NULL",
        (kit, at),
    )?;
    Ok(())
}

/// Erases what is sealed for a kit that is revoked, and for all that are over.
pub(crate) fn erase(db: &Connection, revoked: Option<Uuid>, now: i64) -> rusqlite::Result<()> {
    db.execute(
        "UPDATE kit_code SET note = NULL, sealed = NULL WHERE sealed IS NOT NULL
            AND (kit = ?1 OR kit IN (SELECT kit FROM kit WHERE code_until <= ?2))",
        (revoked, now),
    )?;
    Ok(())
}
