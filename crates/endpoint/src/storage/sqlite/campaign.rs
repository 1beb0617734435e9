//! The campaigns that this endpoint takes.

use proof::{CampaignId, VerifierKey};
use rusqlite::{Connection, OptionalExtension};

use crate::storage::{CampaignOutcome, NewCampaign};

pub(super) const STEP_1: &str = "CREATE TABLE campaign (
    id TEXT PRIMARY KEY,
    root TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT, WITHOUT ROWID;";

/// Counts the entries of its held logs.
pub(super) const STEP_2: &str = "ALTER TABLE campaign ADD COLUMN held_entries INTEGER NOT NULL DEFAULT 0;
UPDATE campaign SET held_entries =
    (SELECT coalesce(sum(size), 0) FROM log WHERE log.campaign = campaign.id AND held = 1);";

/// Adds a campaign, unless there are as many as `most`.
pub(super) fn insert(
    connection: &Connection,
    campaign: &NewCampaign,
    most: u64,
) -> rusqlite::Result<CampaignOutcome> {
    if find_root(connection, campaign.id)?.is_some() {
        return Ok(CampaignOutcome::Known);
    }
    if count(connection)? >= most {
        return Ok(CampaignOutcome::Full);
    }
    connection.execute(
        "INSERT INTO campaign (id, root, note) VALUES (?1, ?2, ?3)",
        (campaign.id.to_string(), campaign.root.to_string(), &campaign.note),
    )?;
    Ok(CampaignOutcome::Inserted)
}

/// The campaign's root key.
pub(super) fn find_root(connection: &Connection, id: CampaignId) -> rusqlite::Result<Option<VerifierKey>> {
    let mut select = connection.prepare_cached("SELECT root FROM campaign WHERE id = ?1")?;
    let root: Option<String> = select.query_row([id.to_string()], |row| row.get(0)).optional()?;
    Ok(root.and_then(|root| root.parse().ok()))
}

/// How many campaigns there are. For the moment when one more comes: it reads as many rows.
pub(super) fn count(connection: &Connection) -> rusqlite::Result<u64> {
    let count: i64 =
        connection.prepare_cached("SELECT count(*) FROM campaign")?.query_row([], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// How many entries its held logs have together.
pub(super) fn find_held_entries(connection: &Connection, id: CampaignId) -> rusqlite::Result<u64> {
    let mut select = connection.prepare_cached("SELECT held_entries FROM campaign WHERE id = ?1")?;
    let held: Option<i64> = select.query_row([id.to_string()], |row| row.get(0)).optional()?;
    Ok(held.unwrap_or_default().unsigned_abs())
}

/// Counts entries of a held log, or takes them off when it is let in.
pub(super) fn add_held_entries(
    connection: &Connection,
    id: CampaignId,
    entries: i64,
) -> rusqlite::Result<()> {
    let mut update =
        connection.prepare_cached("UPDATE campaign SET held_entries = held_entries + ?2 WHERE id = ?1")?;
    update.execute((id.to_string(), entries))?;
    Ok(())
}
