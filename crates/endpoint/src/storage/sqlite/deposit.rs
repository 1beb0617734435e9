//! Sealed kits that wait for their tables, and who claimed them (`docs/protocol.md` §8.9).

use proof::CampaignId;
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;
use wire::{ClaimId, DepositId, DepositRow};

use super::{document, work::WorkError};
use crate::{
    log::{
        admission::minute,
        deposits::{Decision, FORGOTTEN, Stored, decide, has_room},
    },
    storage::{ClaimOutcome, DepositOutcome, NewDeposit},
};

pub(super) const STEP_4: &str = "CREATE TABLE deposit (
    campaign TEXT NOT NULL,
    deposit TEXT NOT NULL,
    kit TEXT NOT NULL,
    until INTEGER NOT NULL,
    note TEXT NOT NULL,
    sealed BLOB,
    claim TEXT,
    claimed INTEGER,
    PRIMARY KEY (campaign, deposit)
) STRICT, WITHOUT ROWID;";

/// Keeps a sealed kit, where there is room for it.
pub(super) fn insert(
    connection: &Connection,
    campaign: CampaignId,
    new: &NewDeposit,
    now: i64,
) -> rusqlite::Result<DepositOutcome> {
    let (of, deposit) = (campaign.to_string(), new.deposit.to_string());
    if connection
        .prepare_cached("SELECT 1 FROM deposit WHERE campaign = ?1 AND deposit = ?2")?
        .exists((&of, &deposit))?
    {
        return Ok(DepositOutcome::Known);
    }
    if document::is_revoked(connection, campaign, new.kit)? {
        return Ok(DepositOutcome::Revoked);
    }
    sweep(connection, &of, now)?;
    let (count, bytes): (i64, i64) = connection
        .prepare_cached("SELECT count(*), coalesce(sum(length(sealed)), 0) FROM deposit WHERE campaign = ?1")?
        .query_row([&of], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if !has_room(count.unsigned_abs(), bytes.unsigned_abs(), new.sealed.len() as u64) {
        return Ok(DepositOutcome::Full);
    }
    connection
        .prepare_cached(
            "INSERT INTO deposit (campaign, deposit, kit, until, note, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute((of, deposit, new.kit.to_string(), new.until, &new.note, &new.sealed[..]))?;
    Ok(DepositOutcome::Inserted)
}

/// Erases the bytes of what is over, and forgets what has been over for long.
fn sweep(connection: &Connection, campaign: &str, now: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM deposit WHERE campaign = ?1 AND until <= ?2")?
        .execute((campaign, now - FORGOTTEN))?;
    connection
        .prepare_cached("UPDATE deposit SET sealed = NULL WHERE campaign = ?1 AND until <= ?2")?
        .execute((campaign, now))?;
    Ok(())
}

/// Erases the bytes of the deposits of a kit that is revoked.
pub(super) fn erase(connection: &Connection, campaign: CampaignId, kit: Uuid) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE deposit SET sealed = NULL WHERE campaign = ?1 AND kit = ?2")?
        .execute((campaign.to_string(), kit.to_string()))?;
    Ok(())
}

struct Row {
    kit: Uuid,
    until: i64,
    sealed: Option<Vec<u8>>,
    claim: Option<ClaimId>,
}

fn find(connection: &Connection, campaign: &str, deposit: &str) -> Result<Option<Row>, WorkError> {
    let mut select = connection.prepare_cached(
        "SELECT kit, until, sealed, claim FROM deposit WHERE campaign = ?1 AND deposit = ?2",
    )?;
    let row = select
        .query_row((campaign, deposit), |row| {
            let kit: String = row.get(0)?;
            Ok((kit, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    row.map(|(kit, until, sealed, claim)| {
        let claim: Option<String> = claim;
        let claim = claim.map(|claim| claim.parse()).transpose().map_err(|_| WorkError::Damaged)?;
        Ok(Row { kit: kit.parse().map_err(|_| WorkError::Damaged)?, until, sealed, claim })
    })
    .transpose()
}

/// Gives a deposit to whoever claims it first.
pub(super) fn claim(
    connection: &Connection,
    campaign: CampaignId,
    deposit: DepositId,
    claim: ClaimId,
    now: i64,
) -> Result<ClaimOutcome, WorkError> {
    let (of, deposit) = (campaign.to_string(), deposit.to_string());
    let Some(Row { kit, until, sealed, claim: known }) = find(connection, &of, &deposit)? else {
        return Ok(ClaimOutcome::Unknown);
    };
    let is_revoked = document::is_revoked(connection, campaign, kit)?;
    let decision = decide(&Stored { is_revoked, claim: known, until }, claim, now);
    match decision {
        Decision::Revoked => return Ok(ClaimOutcome::Revoked),
        Decision::Claimed => return Ok(ClaimOutcome::Claimed),
        Decision::Expired => {
            sweep(connection, &of, now)?;
            return Ok(ClaimOutcome::Expired);
        }
        Decision::Again => {}
        Decision::First => {
            connection
                .prepare_cached(
                    "UPDATE deposit SET claim = ?3, claimed = ?4 WHERE campaign = ?1 AND deposit = ?2",
                )?
                .execute((of, deposit, claim.to_string(), minute(now)))?;
        }
    }
    // The bytes of what is over or revoked are erased, and no others.
    let sealed = sealed.ok_or(WorkError::Damaged)?;
    Ok(ClaimOutcome::Taken { first: decision == Decision::First, sealed })
}

/// The deposits of a campaign, by their ids.
pub(super) fn list(connection: &Connection, campaign: CampaignId) -> Result<Vec<DepositRow>, WorkError> {
    let mut select = connection.prepare_cached(
        "SELECT deposit, kit, until, claimed FROM deposit WHERE campaign = ?1 ORDER BY deposit",
    )?;
    let rows = select.query_map([campaign.to_string()], |row| {
        let (deposit, kit): (String, String) = (row.get(0)?, row.get(1)?);
        Ok((deposit, kit, row.get(2)?, row.get(3)?))
    })?;
    rows.map(|row| {
        let (deposit, kit, until, claimed) = row?;
        let deposit = deposit.parse().map_err(|_| WorkError::Damaged)?;
        let kit = kit.parse().map_err(|_| WorkError::Damaged)?;
        Ok(DepositRow { deposit, kit, until, claimed })
    })
    .collect()
}
