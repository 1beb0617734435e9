//! What organizers have said: revocations, confirmations, the newest tally and the newest update.

use proof::{CampaignId, Origin, VerifierKey};
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use crate::storage::{Numbered, NumberedOutcome};

pub(super) const STEP_1: &str = "CREATE TABLE revocation (
    campaign TEXT NOT NULL,
    subject TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (campaign, subject)
) STRICT, WITHOUT ROWID;
CREATE TABLE confirmation (
    origin TEXT PRIMARY KEY,
    note TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE tally (
    campaign TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,
    note TEXT NOT NULL
) STRICT, WITHOUT ROWID;";

/// A confirmation is of one device. Those that named none were of the log that was there.
pub(super) const STEP_2: &str = "CREATE TABLE confirmation_of_device (
    origin TEXT NOT NULL,
    device TEXT NOT NULL,
    note TEXT NOT NULL,
    PRIMARY KEY (origin, device)
) STRICT, WITHOUT ROWID;
INSERT INTO confirmation_of_device (origin, device, note)
    SELECT origin, log.device, confirmation.note FROM log JOIN confirmation
    ON origin = log.campaign || '/' || log.table_id || '/' || log.generation;
DROP TABLE confirmation;
ALTER TABLE confirmation_of_device RENAME TO confirmation;";

pub(super) const STEP_3: &str = "CREATE TABLE newest_update (
    campaign TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,
    note TEXT NOT NULL
) STRICT, WITHOUT ROWID;";

/// Revokes a kit or table; false when it is revoked already.
pub(super) fn insert_revocation(
    connection: &Connection,
    campaign: CampaignId,
    subject: Uuid,
    note: &str,
) -> rusqlite::Result<bool> {
    if is_revoked(connection, campaign, subject)? {
        return Ok(false);
    }
    connection.execute(
        "INSERT INTO revocation (campaign, subject, note) VALUES (?1, ?2, ?3)",
        (campaign.to_string(), subject.to_string(), note),
    )?;
    Ok(true)
}

/// Whether a kit or table is revoked.
pub(super) fn is_revoked(
    connection: &Connection,
    campaign: CampaignId,
    subject: Uuid,
) -> rusqlite::Result<bool> {
    let mut select =
        connection.prepare_cached("SELECT 1 FROM revocation WHERE campaign = ?1 AND subject = ?2")?;
    select.exists((campaign.to_string(), subject.to_string()))
}

/// Confirms the log of a device, which may not have come yet; false when it is confirmed already.
pub(super) fn insert_confirmation(
    connection: &Connection,
    origin: &Origin,
    device: &VerifierKey,
    note: &str,
) -> rusqlite::Result<bool> {
    if is_confirmed(connection, origin, device)? {
        return Ok(false);
    }
    connection.execute(
        "INSERT INTO confirmation (origin, device, note) VALUES (?1, ?2, ?3)",
        (origin.to_string(), device.to_string(), note),
    )?;
    Ok(true)
}

/// Whether the log of a device is confirmed.
pub(super) fn is_confirmed(
    connection: &Connection,
    origin: &Origin,
    device: &VerifierKey,
) -> rusqlite::Result<bool> {
    let mut select =
        connection.prepare_cached("SELECT 1 FROM confirmation WHERE origin = ?1 AND device = ?2")?;
    select.exists((origin.to_string(), device.to_string()))
}

/// The newest note of a kind and its number.
pub(super) fn find_numbered(
    connection: &Connection,
    campaign: CampaignId,
    kind: Numbered,
) -> rusqlite::Result<Option<(u64, String)>> {
    let mut select = connection.prepare_cached(match kind {
        Numbered::Tally => "SELECT seq, note FROM tally WHERE campaign = ?1",
        Numbered::Update => "SELECT seq, note FROM newest_update WHERE campaign = ?1",
    })?;
    let found = select.query_row([campaign.to_string()], |row| {
        let seq: i64 = row.get(0)?;
        Ok((seq.unsigned_abs(), row.get(1)?))
    });
    found.optional()
}

/// Keeps a note in the place of one of a lower number.
pub(super) fn set_numbered(
    connection: &Connection,
    campaign: CampaignId,
    kind: Numbered,
    seq: u64,
    note: &str,
) -> rusqlite::Result<NumberedOutcome> {
    match find_numbered(connection, campaign, kind)? {
        Some((_, known)) if known == note => return Ok(NumberedOutcome::Known),
        Some((stored, _)) if stored >= seq => return Ok(NumberedOutcome::Stale { stored }),
        _ => {}
    }
    let set = match kind {
        Numbered::Tally => "INSERT OR REPLACE INTO tally (campaign, seq, note) VALUES (?1, ?2, ?3)",
        Numbered::Update => "INSERT OR REPLACE INTO newest_update (campaign, seq, note) VALUES (?1, ?2, ?3)",
    };
    connection.execute(set, (campaign.to_string(), seq as i64, note))?;
    Ok(NumberedOutcome::Newest)
}
