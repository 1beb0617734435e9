//! Kits: made here, or known from the certificates in batches. Their secrets are in the kit files only.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;
use wire::{KitCertificate, Signed};

use super::kit_code::KitCodeRow;

pub(super) const CREATE: &str = "CREATE TABLE kit (
    kit BLOB PRIMARY KEY,
    label TEXT NOT NULL,
    max_tables INTEGER NOT NULL,
    until INTEGER NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;";

/// The certificate, so that its date can be moved, and whether it was; and how many petition notes the kit had.
pub(super) const STEP_14: &str = "ALTER TABLE kit ADD COLUMN certificate TEXT;
ALTER TABLE kit ADD COLUMN moved INTEGER NOT NULL DEFAULT 0;
ALTER TABLE kit ADD COLUMN notes INTEGER;
UPDATE kit SET certificate = (SELECT certificate FROM log WHERE log.kit = kit.kit LIMIT 1);";

/// Until when its code is good, where it has one.
pub(super) const STEP_15: &str = "ALTER TABLE kit ADD COLUMN code_until INTEGER;";

/// What is kept of a kit.
#[derive(Serialize, Deserialize)]
pub(crate) struct KitAbout {
    pub(crate) kit: Uuid,
    pub(crate) label: String,
    pub(crate) max_tables: u32,
    /// Unix seconds.
    pub(crate) until: i64,
    /// Unix seconds.
    pub(crate) made_at: i64,
    /// The note. Of a kit made by an earlier version, with which no table came yet, there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) certificate: Option<String>,
    /// Its date was moved since it was made.
    #[serde(default)]
    pub(crate) moved: bool,
    /// How many petition notes there were when it was made, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) notes: Option<u64>,
    /// Where it has a code: until when that is good, Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) code_until: Option<i64>,
}

impl From<&Signed<KitCertificate>> for KitAbout {
    fn from(certificate: &Signed<KitCertificate>) -> Self {
        let KitCertificate { kit, label, max_tables, until, .. } = &certificate.body;
        let (kit, label, max_tables, until) = (*kit, label.clone(), *max_tables, *until);
        let note = Some(certificate.note());
        Self {
            kit,
            label,
            max_tables,
            until,
            made_at: certificate.at,
            certificate: note,
            moved: false,
            notes: None,
            code_until: None,
        }
    }
}

/// A kit made at this desk, or known from a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct KitRow {
    /// Which.
    pub kit: Uuid,
    /// The organizer's name for it.
    pub label: String,
    /// How many tables it admits.
    pub max_tables: u32,
    /// How many tables came with it so far.
    pub tables: u32,
    /// Unix seconds.
    pub until: i64,
    /// Ended by the organizer.
    pub revoked: bool,
    /// Its code, where it has one.
    pub code: Option<KitCodeRow>,
}

/// Keeps a kit; one that is known stays as it is, but for a certificate that was not known of it.
pub(crate) fn insert(db: &Connection, about: &KitAbout) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO kit (kit, label, max_tables, until, made_at, certificate, moved, notes, code_until)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (kit) DO UPDATE SET certificate = excluded.certificate WHERE kit.certificate IS NULL",
    )?
    .execute((
        about.kit,
        &about.label,
        about.max_tables,
        about.until,
        about.made_at,
        &about.certificate,
        about.moved,
        about.notes,
        about.code_until,
    ))?;
    Ok(())
}

/// Moves a kit's date, by a new certificate.
pub(crate) fn set_moved(db: &Connection, kit: Uuid, until: i64, certificate: &str) -> rusqlite::Result<()> {
    db.execute(
        "UPDATE kit SET until = ?2, certificate = ?3, moved = 1 WHERE kit = ?1",
        (kit, until, certificate),
    )?;
    Ok(())
}

/// What is kept of every kit, in the order in which they became known.
pub(crate) fn list_about(db: &Connection) -> rusqlite::Result<Vec<KitAbout>> {
    db.prepare_cached(
        "SELECT kit, label, max_tables, until, made_at, certificate, moved, notes, code_until
         FROM kit ORDER BY rowid",
    )?
    .query_map([], |row| {
        Ok(KitAbout {
            kit: row.get("kit")?,
            label: row.get("label")?,
            max_tables: row.get("max_tables")?,
            until: row.get("until")?,
            made_at: row.get("made_at")?,
            certificate: row.get("certificate")?,
            moved: row.get("moved")?,
            notes: row.get("notes")?,
            code_until: row.get("code_until")?,
        })
    })?
    .collect()
}

pub(crate) fn is_known(db: &Connection, kit: Uuid) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM kit WHERE kit = ?1")?.exists([kit])
}

/// Kits, newest first, with the number of tables that came with each.
pub(crate) fn list(db: &Connection) -> rusqlite::Result<Vec<KitRow>> {
    db.prepare_cached(
        "SELECT kit.kit, label, max_tables, until, code_until, coalesce(deposited, 0) AS deposited, claimed_at,
            (SELECT count(DISTINCT table_id) FROM log WHERE log.kit = kit.kit) AS tables,
            EXISTS (SELECT 1 FROM revocation WHERE revocation.kit = kit.kit) AS revoked
         FROM kit LEFT JOIN kit_code ON kit_code.kit = kit.kit ORDER BY made_at DESC, kit.kit",
    )?
    .query_map([], |row| {
        let code_until: Option<i64> = row.get("code_until")?;
        let (deposited, claimed_at) = (row.get("deposited")?, row.get("claimed_at")?);
        Ok(KitRow {
            kit: row.get("kit")?,
            label: row.get("label")?,
            max_tables: row.get("max_tables")?,
            tables: row.get("tables")?,
            until: row.get("until")?,
            revoked: row.get("revoked")?,
            code: code_until.map(|until| KitCodeRow { until, deposited, claimed_at }),
        })
    })?
    .collect()
}
