//! The tables, and what is proven of each.

use std::collections::BTreeMap;

use proof::VerifierKey;
use serde::Serialize;
use uuid::Uuid;
use wire::{Confirmation, KitCertificate, LogRow, LogState, Signed};

use crate::{
    Desk, DeskError,
    storage::{self, confirmation, counts, endpoint_log, log::StoredLog, revocation, waiting},
};

/// The log of a table, seen from the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableRow {
    /// Which table.
    pub table: Uuid,
    /// Generation of its log, from 1.
    pub generation: u32,
    /// The device that signs it; none while all that is known of the log is a batch that waits.
    pub device: Option<VerifierKey>,
    /// What the volunteer calls the table.
    pub label: String,
    /// Entries of its log by the newest checkpoint seen here.
    pub size: u64,
    /// Entries that the endpoint said it holds, when it was last asked.
    pub received: u64,
    /// Entries that are in the ledger.
    pub opened: u64,
    /// What the endpoint said of it, when it was last asked; none where it does not hold it.
    pub state: Option<LogState>,
    /// What is proven of it.
    pub proof: Proof,
    /// The last sign of life at the endpoint, Unix seconds, a whole minute.
    pub last_seen: Option<i64>,
    /// Ended by the organizer.
    pub revoked: bool,
}

/// What is proven of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// Every entry up to the newest checkpoint seen is here and proven.
    Complete,
    /// Something between is missing.
    Gap,
    /// The endpoint holds more than was merged.
    Behind,
    /// Two different logs under one name: a restored or cloned computer.
    Forked,
    /// The endpoint waits for the organizer's word on it. Nothing of it is pulled, opened or counted until then.
    Held,
}

impl Desk {
    /// Every log that was merged, waits here or is known to the endpoint, by table and generation; of several devices
    /// that claim one table and generation, the one whose log is merged here comes first.
    pub fn tables(&self) -> Result<Vec<TableRow>, DeskError> {
        let mut at_endpoint: BTreeMap<(Uuid, u32, String), LogRow> = endpoint_log::list(&self.db)?
            .into_iter()
            .map(|row| ((row.table, row.generation, row.device.to_string()), row))
            .collect();
        let mut rows = Vec::new();
        let mut merged = Vec::new();
        for log in storage::log::list(&self.db)? {
            let endpoint = at_endpoint.remove(&(log.table, log.generation, log.device.to_string()));
            merged.push((log.table, log.generation));
            rows.push(self.table_row(log.table, log.generation, Some(&log), endpoint)?);
        }
        for (_, row) in at_endpoint {
            let mut shown = self.table_row(row.table, row.generation, None, Some(row))?;
            if merged.binary_search(&(shown.table, shown.generation)).is_ok() {
                // What waits under this name is of the log that is merged.
                shown.size = 0;
                shown.proof = if shown.proof == Proof::Held { Proof::Held } else { Proof::Forked };
            }
            rows.push(shown);
        }
        rows.sort_by_key(|row| (row.table, row.generation));
        for (table, generation) in waiting::list_unknown_logs(&self.db)? {
            let at = rows.partition_point(|row| (row.table, row.generation) < (table, generation));
            if rows.get(at).is_none_or(|row| (row.table, row.generation) != (table, generation)) {
                rows.insert(at, self.table_row(table, generation, None, None)?);
            }
        }
        Ok(rows)
    }

    fn table_row(
        &self,
        table: Uuid,
        generation: u32,
        log: Option<&StoredLog>,
        endpoint: Option<LogRow>,
    ) -> Result<TableRow, DeskError> {
        let merged = log.map_or(0, |log| log.size);
        let set_aside = log.map_or(Ok(0), |log| counts::count_set_aside(&self.db, log.log))?;
        let gaps = self.gaps(table, generation, merged)?;
        let waiting = waiting::list_spans(&self.db, table, generation)?;
        let received = endpoint.as_ref().map_or(0, |endpoint| endpoint.size);
        let proof = match &endpoint {
            _ if log.is_some_and(|log| log.forked_by.is_some()) => Proof::Forked,
            Some(endpoint) if self.waits_for_a_word(endpoint)? => Proof::Held,
            _ if !gaps.is_empty() => Proof::Gap,
            _ if received > merged => Proof::Behind,
            _ => Proof::Complete,
        };
        let (device, label) = match (log, &endpoint) {
            (Some(log), _) => (Some(log.device.clone()), log.label.clone()),
            (None, Some(endpoint)) => (Some(endpoint.device.clone()), endpoint.label.clone()),
            (None, None) => (None, String::new()),
        };
        let state = endpoint.as_ref().map(|endpoint| endpoint.state);
        Ok(TableRow {
            table,
            generation,
            device,
            label,
            size: waiting.iter().map(|(_, to)| *to).fold(merged, u64::max),
            received,
            opened: merged - set_aside,
            state,
            proof,
            last_seen: endpoint.map(|endpoint| endpoint.last_seen),
            revoked: state == Some(LogState::Revoked) || revocation::is_table_revoked(&self.db, table)?,
        })
    }

    /// Whether the endpoint holds a log back and nothing was said of it yet: a word that was given reaches the endpoint
    /// with the next pull.
    fn waits_for_a_word(&self, log: &LogRow) -> Result<bool, DeskError> {
        let confirmed = confirmation::is_confirmed(&self.db, log.table, log.generation, &log.device)?;
        Ok(log.state == LogState::Held && !confirmed)
    }

    /// The runs of entries that are missing before batches that wait: from the first missing up to the next here.
    pub(crate) fn gaps(
        &self,
        table: Uuid,
        generation: u32,
        merged: u64,
    ) -> Result<Vec<(u64, u64)>, DeskError> {
        let mut gaps = Vec::new();
        let mut reached = merged;
        for (from, to) in waiting::list_spans(&self.db, table, generation)? {
            if from > reached {
                gaps.push((reached, from));
            }
            reached = reached.max(to);
        }
        Ok(gaps)
    }

    /// The key of the kit by which a log's table was admitted, out of the stored certificate, verified anew.
    pub(crate) fn kit_key(&self, log: &StoredLog) -> Result<VerifierKey, DeskError> {
        let certificate =
            Signed::<KitCertificate>::verify_root(&log.certificate, self.about.id, self.root.verifier())?;
        Ok(certificate.body.key)
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
        let merged = storage::log::find(&self.db, table, generation)?.map(|log| log.device);
        devices.extend(merged.filter(|device| !devices.contains(device)));
        devices.retain(|known| device.is_none_or(|device| device == known));
        let device = match devices.as_slice() {
            [] => return Err(DeskError::UnknownTable),
            [device] => device.clone(),
            _ => return Err(DeskError::WhichDevice),
        };
        let body = Confirmation { table, generation, device };
        let signed = Signed::sign(self.about.id, now, body, &[&self.root])?;
        storage::confirmation::put(&self.db, &signed.body, &signed.note())?;
        self.keep_backup(now);
        Ok(signed.note())
    }
}
