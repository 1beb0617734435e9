//! Which campaign this desk is of: one row.

use lockbox::column;
use rusqlite::{Connection, Row};
use wire::EndpointAddress;

use super::pulled;

pub(super) const CREATE: &str = "CREATE TABLE campaign (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    name TEXT NOT NULL,
    note TEXT NOT NULL,
    endpoint_url TEXT,
    endpoint_key TEXT,
    tally_seq INTEGER NOT NULL DEFAULT 0,
    merged_at INTEGER
) STRICT;";

/// The note of the newest tally, for an endpoint that forgot it.
pub(super) const STEP_3: &str = "ALTER TABLE campaign ADD COLUMN tally TEXT;";

/// How many notes its endpoint was told, the campaign's own among them.
pub(super) const STEP_6: &str = "ALTER TABLE campaign ADD COLUMN told INTEGER NOT NULL DEFAULT 0;";

/// How many petition notes and epochs were known when all that is set aside was last opened with them.
pub(super) const STEP_9: &str = "ALTER TABLE campaign ADD COLUMN opened_with INTEGER NOT NULL DEFAULT 0;";

/// The newest update, with its number.
pub(super) const STEP_14: &str = "ALTER TABLE campaign ADD COLUMN update_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE campaign ADD COLUMN newest_update TEXT;";

pub(crate) struct CampaignRow {
    pub(crate) name: String,
    pub(crate) note: String,
    pub(crate) endpoint: Option<EndpointAddress>,
    /// Number of the newest tally; 0 before the first.
    pub(crate) tally_seq: u64,
    /// Its note, if it was kept.
    pub(crate) tally: Option<String>,
    /// Number of the newest update; 0 before the first.
    pub(crate) update_seq: u64,
    /// Its note.
    pub(crate) update: Option<String>,
    /// How many notes its endpoint was told.
    pub(crate) told: u64,
    pub(crate) merged_at: Option<i64>,
    /// With how many petition notes and epochs all that is set aside was last opened.
    pub(crate) opened_with: u64,
}

pub(crate) fn insert(db: &Connection, name: &str, note: &str) -> rusqlite::Result<()> {
    db.execute("INSERT INTO campaign (one, name, note) VALUES (1, ?1, ?2)", (name, note))?;
    Ok(())
}

pub(crate) fn get(db: &Connection) -> rusqlite::Result<CampaignRow> {
    db.prepare_cached(
        "SELECT name, note, endpoint_url, endpoint_key, tally_seq, tally, update_seq, newest_update, told, merged_at,
             opened_with
         FROM campaign",
    )?
    .query_row([], of_row)
}

pub(crate) fn set_endpoint(db: &Connection, endpoint: Option<&EndpointAddress>) -> rusqlite::Result<()> {
    let url = endpoint.map(|endpoint| endpoint.url.as_str());
    let key = endpoint.map(|endpoint| endpoint.key.to_string());
    db.execute("UPDATE campaign SET endpoint_url = ?1, endpoint_key = ?2, told = 0", (url, key))?;
    pulled::delete_all(db)
}

pub(crate) fn set_told(db: &Connection, notes: u64) -> rusqlite::Result<()> {
    db.execute("UPDATE campaign SET told = ?1", [notes])?;
    Ok(())
}

/// How many petition notes and epochs are known. Both only grow.
pub(crate) fn count_openers(db: &Connection) -> rusqlite::Result<u64> {
    db.prepare_cached("SELECT (SELECT count(*) FROM petition) + (SELECT count(*) FROM epoch) AS openers")?
        .query_row([], |row| row.get("openers"))
}

pub(crate) fn set_opened_with(db: &Connection, openers: u64) -> rusqlite::Result<()> {
    db.execute("UPDATE campaign SET opened_with = ?1", [openers])?;
    Ok(())
}

pub(crate) fn set_merged_at(db: &Connection, now: i64) -> rusqlite::Result<()> {
    db.execute("UPDATE campaign SET merged_at = ?1", [now])?;
    Ok(())
}

pub(crate) fn set_tally(db: &Connection, seq: u64, note: &str) -> rusqlite::Result<()> {
    db.execute("UPDATE campaign SET tally_seq = ?1, tally = ?2", (seq, note))?;
    Ok(())
}

/// Keeps the newest update; the endpoint is to be told.
pub(crate) fn set_update(db: &Connection, seq: u64, note: &str) -> rusqlite::Result<()> {
    db.execute("UPDATE campaign SET update_seq = ?1, newest_update = ?2, told = 0", (seq, note))?;
    Ok(())
}

fn of_row(row: &Row<'_>) -> rusqlite::Result<CampaignRow> {
    let url: Option<String> = row.get("endpoint_url")?;
    let endpoint = match url {
        Some(url) => Some(EndpointAddress { url, key: column::parsed(row, "endpoint_key")? }),
        None => None,
    };
    Ok(CampaignRow {
        name: row.get("name")?,
        note: row.get("note")?,
        endpoint,
        tally_seq: row.get("tally_seq")?,
        tally: row.get("tally")?,
        update_seq: row.get("update_seq")?,
        update: row.get("newest_update")?,
        told: row.get("told")?,
        merged_at: row.get("merged_at")?,
        opened_with: row.get("opened_with")?,
    })
}
