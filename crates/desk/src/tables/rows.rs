//! The tables, and what is proven of each.

use std::collections::BTreeMap;

use data_encoding::{BASE64, HEXLOWER};
use proof::VerifierKey;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;
use wire::{Confirmation, LogRow, LogState, Signed};

use super::logs::KnownLog;
use crate::{
    desk::Desk,
    error::DeskError,
    storage::{self, confirmation, counts, endpoint_log, entry, revocation},
    view::View,
};

/// The log of a table, seen from the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TableRow {
    /// Which table.
    pub table: Uuid,
    /// Generation of its log, from 1.
    pub generation: u32,
    /// The device that signs it.
    #[ts(type = "string")]
    pub device: VerifierKey,
    /// What the volunteer calls the table.
    pub label: String,
    /// Entries of its log that are here or known to be missing, each once: of all its branches together.
    pub size: u64,
    /// Hex: the Merkle tree hash (RFC 9162, 2.1.1) in its newest checkpoint that is here; none where it is forked, or nothing of it is here.
    pub root: Option<String>,
    /// Entries that the endpoint said it holds, when it was last asked.
    pub received: u64,
    /// Entries that are in the ledger.
    pub opened: u64,
    /// Entries that are here and hold no signature for the ledger: they do not open, for one.
    pub set_aside: u64,
    /// Entries that are here, in batches that wait for what is before them.
    pub waiting: u64,
    /// Entries that are missing before those.
    pub missing: u64,
    /// Entries that the endpoint holds and that were not pulled yet.
    pub behind: u64,
    /// Its branches, where its device has signed two logs that differ; none where it has signed one.
    pub branches: Vec<BranchRow>,
    /// What the endpoint said of it, when it was last asked; none where it does not hold it.
    #[ts(type = "'admitted' | 'held' | 'revoked' | null")]
    pub state: Option<LogState>,
    /// What is proven of it.
    pub proof: Proof,
    /// The last sign of life at the endpoint, Unix seconds, a whole minute.
    pub last_seen: Option<i64>,
    /// Ended by the organizer.
    pub revoked: bool,
}

/// A branch of a log: what one of the computers signed that were one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct BranchRow {
    /// Which, by what is in it: the first eight digits of the leaf of its first entry of its own.
    pub branch: String,
    /// The index of its first entry that is in no other branch.
    pub since: u64,
    /// When that entry was signed, by the table's clock, Unix seconds; none when it holds no signature.
    pub since_time: Option<i64>,
    /// Entries from the log's first on, those that it shares among them.
    pub size: u64,
    /// Entries that are in no other branch.
    pub own: u64,
    /// Of those, the ones that hold no signature for the ledger.
    pub set_aside: u64,
}

/// What is proven of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// Every entry up to the newest checkpoint seen is here and proven.
    Complete,
    /// Something between is missing.
    Gap,
    /// The endpoint holds more than was merged.
    Behind,
    /// Two different logs under one name: a restored or cloned computer. Both are kept and opened.
    Forked,
    /// The endpoint waits for the organizer's word on it. Nothing of it is pulled, opened or counted until then.
    Held,
}

impl Desk {
    /// Every log that was merged, waits here or is known to the endpoint, by table and generation; of several devices
    /// that claim one table and generation, those of which something is here come first.
    pub fn tables(&self) -> Result<Vec<TableRow>, DeskError> {
        self.view().tables()
    }

    /// Lets a held log in: keeps the confirmation note, for [`Desk::tell`], and gives it. `device` says which, where several claim the
    /// same table and generation.
    ///
    /// Errors: [`DeskError::UnknownTable`], [`DeskError::WhichDevice`].
    pub fn confirm_table(
        &mut self,
        table: Uuid,
        generation: u32,
        device: Option<&VerifierKey>,
        now: i64,
    ) -> Result<String, DeskError> {
        let mut devices: Vec<VerifierKey> =
            endpoint_log::find(&self.db, table, generation)?.into_iter().map(|row| row.device).collect();
        let merged = storage::log::list_devices(&self.db, table, generation)?;
        devices.extend(merged.into_iter().filter(|device| !devices.contains(device)).collect::<Vec<_>>());
        devices.retain(|known| device.is_none_or(|device| device == known));
        let device = match devices.as_slice() {
            [] => return Err(DeskError::UnknownTable),
            [device] => device.clone(),
            _ => return Err(DeskError::WhichDevice),
        };
        let body = Confirmation { table, generation, device };
        let signed = Signed::sign(self.about.id, now, body, &[&self.root])?;
        storage::confirmation::set(&self.db, &signed.body, &signed.note())?;
        self.keep_backup(now);
        Ok(signed.note())
    }
}

impl View<'_> {
    /// [`Desk::tables`].
    pub(crate) fn tables(self) -> Result<Vec<TableRow>, DeskError> {
        let mut at_endpoint: BTreeMap<(Uuid, u32, String), LogRow> = endpoint_log::list(self.db)?
            .into_iter()
            .map(|row| ((row.table, row.generation, row.device.to_string()), row))
            .collect();
        let mut rows = Vec::new();
        for log in self.logs()? {
            let key = (log.name.table, log.name.generation, log.name.device.to_string());
            rows.push(self.table_row(&log, at_endpoint.remove(&key))?);
        }
        for (_, row) in at_endpoint {
            rows.push(self.unmerged_row(row)?);
        }
        rows.sort_by_key(|row| (row.table, row.generation));
        Ok(rows)
    }

    /// The row of a log of which something is here.
    fn table_row(self, log: &KnownLog, endpoint: Option<LogRow>) -> Result<TableRow, DeskError> {
        let merged = log.merged();
        let set_aside = log
            .branches
            .iter()
            .map(|branch| counts::count_set_aside(self.db, branch.log))
            .sum::<Result<u64, _>>()?;
        let missing = log.gaps().iter().map(|(from, to)| to - from).sum();
        let received = endpoint.as_ref().map_or(0, |endpoint| endpoint.size);
        let behind = received.saturating_sub(log.longest());
        let proof = match &endpoint {
            _ if self.is_forked(log)? => Proof::Forked,
            Some(endpoint) if self.waits_for_a_word(endpoint)? => Proof::Held,
            _ if missing > 0 => Proof::Gap,
            _ if behind > 0 => Proof::Behind,
            _ => Proof::Complete,
        };
        let state = endpoint.as_ref().map(|endpoint| endpoint.state);
        Ok(TableRow {
            table: log.name.table,
            generation: log.name.generation,
            device: log.name.device.clone(),
            label: log.label.clone(),
            size: merged + missing + log.waiting(),
            root: root_of(log),
            received,
            opened: merged.saturating_sub(set_aside),
            set_aside,
            waiting: log.waiting(),
            missing,
            behind,
            branches: self.branch_rows(log)?,
            state,
            proof,
            last_seen: endpoint.map(|endpoint| endpoint.last_seen),
            revoked: self.is_revoked(log.name.table, state)?,
        })
    }

    /// The row of a log of which nothing is here.
    fn unmerged_row(self, log: LogRow) -> Result<TableRow, DeskError> {
        let others = storage::log::list_devices(self.db, log.table, log.generation)?;
        let proof = match log.state {
            _ if self.waits_for_a_word(&log)? => Proof::Held,
            _ if !others.is_empty() => Proof::Forked,
            _ if log.size > 0 => Proof::Behind,
            _ => Proof::Complete,
        };
        Ok(TableRow {
            table: log.table,
            generation: log.generation,
            device: log.device,
            label: log.label,
            size: 0,
            root: None,
            received: log.size,
            opened: 0,
            set_aside: 0,
            waiting: 0,
            missing: 0,
            behind: log.size,
            branches: Vec::new(),
            state: Some(log.state),
            proof,
            last_seen: Some(log.last_seen),
            revoked: self.is_revoked(log.table, Some(log.state))?,
        })
    }

    fn branch_rows(self, log: &KnownLog) -> Result<Vec<BranchRow>, DeskError> {
        let mut rows = Vec::new();
        for named in log.branches_in_order(self.db)? {
            let (Some(since), Some(code)) = (named.since, named.code) else { continue };
            let branch = named.branch;
            rows.push(BranchRow {
                branch: code,
                since,
                since_time: storage::signature::find_time(self.db, branch.log, since)?,
                size: branch.size,
                own: branch.size.saturating_sub(since),
                set_aside: entry::count_set_aside_between(self.db, branch.log, since, branch.size)?,
            });
        }
        Ok(rows)
    }

    fn is_revoked(self, table: Uuid, state: Option<LogState>) -> Result<bool, DeskError> {
        Ok(state == Some(LogState::Revoked) || revocation::is_table_revoked(self.db, table)?)
    }

    /// Whether the endpoint holds a log back and nothing was said of it yet: a word that was given reaches the endpoint
    /// with the next pull.
    fn waits_for_a_word(self, log: &LogRow) -> Result<bool, DeskError> {
        let confirmed = confirmation::is_confirmed(self.db, log.table, log.generation, &log.device)?;
        Ok(log.state == LogState::Held && !confirmed)
    }
}

/// The root in the one checkpoint of a log, which was verified as it was merged (C2SP tlog-checkpoint: the third line).
fn root_of(log: &KnownLog) -> Option<String> {
    let [branch] = &log.branches[..] else { return None };
    let root = BASE64.decode(branch.checkpoint.lines().nth(2)?.as_bytes()).ok()?;
    Some(HEXLOWER.encode(&root))
}
