//! What organizers have said: revocations, confirmations and the newest tally.

use proof::{CampaignId, Origin};
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

pub(crate) const STEP_1: &str = "CREATE TABLE revocation (
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

/// Revokes a kit or table; false when it is revoked already.
pub(crate) fn revoke(
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

pub(crate) fn is_revoked(
    connection: &Connection,
    campaign: CampaignId,
    subject: Uuid,
) -> rusqlite::Result<bool> {
    let mut select =
        connection.prepare_cached("SELECT 1 FROM revocation WHERE campaign = ?1 AND subject = ?2")?;
    select.exists((campaign.to_string(), subject.to_string()))
}

/// Confirms a log, which may not have come yet; false when it is confirmed already.
pub(crate) fn confirm(connection: &Connection, origin: &Origin, note: &str) -> rusqlite::Result<bool> {
    if is_confirmed(connection, origin)? {
        return Ok(false);
    }
    connection
        .execute("INSERT INTO confirmation (origin, note) VALUES (?1, ?2)", (origin.to_string(), note))?;
    Ok(true)
}

pub(crate) fn is_confirmed(connection: &Connection, origin: &Origin) -> rusqlite::Result<bool> {
    let mut select = connection.prepare_cached("SELECT 1 FROM confirmation WHERE origin = ?1")?;
    select.exists([origin.to_string()])
}

/// The newest tally and its number.
pub(crate) fn find_tally(
    connection: &Connection,
    campaign: CampaignId,
) -> rusqlite::Result<Option<(u64, String)>> {
    let mut select = connection.prepare_cached("SELECT seq, note FROM tally WHERE campaign = ?1")?;
    let found = select.query_row([campaign.to_string()], |row| {
        let seq: i64 = row.get(0)?;
        Ok((seq.unsigned_abs(), row.get(1)?))
    });
    found.optional()
}

pub(crate) fn set_tally(
    connection: &Connection,
    campaign: CampaignId,
    seq: u64,
    note: &str,
) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT OR REPLACE INTO tally (campaign, seq, note) VALUES (?1, ?2, ?3)",
        (campaign.to_string(), seq as i64, note),
    )?;
    Ok(())
}
