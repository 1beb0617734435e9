//! Kits: made here, or known from the certificates in batches. Their secrets are in the kit files only.

use rusqlite::Connection;
use uuid::Uuid;
use wire::{KitCertificate, Signed};

use super::uuid;
use crate::kits::KitRow;

pub(super) const CREATE: &str = "CREATE TABLE kit (
    kit BLOB PRIMARY KEY,
    label TEXT NOT NULL,
    max_tables INTEGER NOT NULL,
    until INTEGER NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;";

/// Keeps a kit by its certificate; one that is known stays as it is.
pub(crate) fn put(db: &Connection, certificate: &Signed<KitCertificate>) -> rusqlite::Result<()> {
    let KitCertificate { kit, label, max_tables, until, .. } = &certificate.body;
    db.prepare_cached("INSERT INTO kit VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (kit) DO NOTHING")?
        .execute((kit.as_bytes(), label, max_tables, until, certificate.at))?;
    Ok(())
}

pub(crate) fn is_known(db: &Connection, kit: Uuid) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM kit WHERE kit = ?1")?.exists([kit.as_bytes()])
}

/// Kits, newest first, with the number of tables that came with each.
pub(crate) fn list(db: &Connection) -> rusqlite::Result<Vec<KitRow>> {
    db.prepare_cached(
        "SELECT *,
            (SELECT count(DISTINCT table_id) FROM log WHERE log.kit = kit.kit) AS tables,
            EXISTS (SELECT 1 FROM revocation WHERE revocation.kit = kit.kit) AS revoked
         FROM kit ORDER BY made_at DESC, kit",
    )?
    .query_map([], |row| {
        Ok(KitRow {
            kit: uuid(row, "kit")?,
            label: row.get("label")?,
            max_tables: row.get("max_tables")?,
            tables: row.get("tables")?,
            until: row.get("until")?,
            revoked: row.get("revoked")?,
        })
    })?
    .collect()
}
