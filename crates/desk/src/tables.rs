//! The tables, and what is proven of each.

use proof::VerifierKey;
use serde::Serialize;
use uuid::Uuid;
use wire::{Admission, Confirmation, KitCertificate, LogRow, LogState, Signed};

use crate::{
    Desk, DeskError,
    storage::{self, endpoint_log, entry, log::StoredLog, revocation, waiting},
};

/// The log of a table, seen from the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableRow {
    /// Which table.
    pub table: Uuid,
    /// Generation of its log, from 1.
    pub generation: u32,
    /// What the volunteer calls the table.
    pub label: String,
    /// Entries of its log by the newest checkpoint seen here.
    pub size: u64,
    /// Entries that the endpoint said it holds, when it was last asked.
    pub received: u64,
    /// Entries that are in the ledger.
    pub opened: u64,
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
    /// The endpoint waits for the organizer's word on it.
    Held,
}

impl Desk {
    /// Every log that was merged, waits here or is known to the endpoint, by table and generation.
    pub fn tables(&self) -> Result<Vec<TableRow>, DeskError> {
        let mut rows = Vec::new();
        for log in storage::log::list(&self.db)? {
            rows.push(self.table_row(log.table, log.generation, Some(&log))?);
        }
        let others = endpoint_log::list(&self.db)?.into_iter().map(|row| (row.table, row.generation));
        for (table, generation) in others.chain(waiting::list_unknown_logs(&self.db)?) {
            if !rows.iter().any(|row| (row.table, row.generation) == (table, generation)) {
                rows.push(self.table_row(table, generation, None)?);
            }
        }
        rows.sort_by_key(|row| (row.table, row.generation));
        Ok(rows)
    }

    fn table_row(
        &self,
        table: Uuid,
        generation: u32,
        log: Option<&StoredLog>,
    ) -> Result<TableRow, DeskError> {
        let endpoint = endpoint_log::find(&self.db, table, generation)?;
        let merged = log.map_or(0, |log| log.size);
        let set_aside = log.map_or(Ok(0), |log| entry::count_set_aside(&self.db, log.log))?;
        let gaps = self.gaps(table, generation, merged)?;
        let waiting = waiting::list_spans(&self.db, table, generation)?;
        let endpoint = own_first(endpoint, log.and_then(|log| self.device_of(log)));
        let received = endpoint.as_ref().map_or(0, |endpoint| endpoint.size);
        let proof = match &endpoint {
            _ if log.is_some_and(|log| log.forked_by.is_some()) => Proof::Forked,
            Some(endpoint) if endpoint.state == LogState::Held => Proof::Held,
            _ if !gaps.is_empty() => Proof::Gap,
            _ if received > merged => Proof::Behind,
            _ => Proof::Complete,
        };
        let label = log.map(|log| log.label.clone());
        Ok(TableRow {
            table,
            generation,
            label: label.or_else(|| Some(endpoint.as_ref()?.label.clone())).unwrap_or_default(),
            size: waiting.iter().map(|(_, to)| *to).fold(merged, u64::max),
            received,
            opened: merged - set_aside,
            proof,
            last_seen: endpoint.map(|endpoint| endpoint.last_seen),
            revoked: revocation::is_table_revoked(&self.db, table)?,
        })
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
        let merged = storage::log::find(&self.db, table, generation)?;
        let merged = merged.and_then(|log| self.device_of(&log)).filter(|device| !devices.contains(device));
        devices.extend(merged);
        devices.retain(|known| device.is_none_or(|device| device == known));
        let device = match devices.as_slice() {
            [] => return Err(DeskError::UnknownTable),
            [device] => device.clone(),
            _ => return Err(DeskError::WhichDevice),
        };
        let body = Confirmation { table, generation, device };
        let signed = Signed::sign(self.about.id, now, body, &[&self.root])?;
        storage::confirmation::put(&self.db, &signed.body, &signed.note())?;
        Ok(signed.note())
    }

    /// The device whose log is merged here, out of the stored admission, verified anew.
    fn device_of(&self, log: &StoredLog) -> Option<VerifierKey> {
        let key = self.kit_key(log).ok()?;
        Some(Signed::<Admission>::verify(&log.admission, &key).ok()?.body.device)
    }
}

/// Of what the endpoint said: the log of the device that is merged here; before one is, the one that waits for a word.
fn own_first(rows: Vec<LogRow>, device: Option<VerifierKey>) -> Option<LogRow> {
    let of_device = rows.iter().position(|row| device.as_ref() == Some(&row.device));
    let held = rows.iter().position(|row| row.state == LogState::Held);
    let at = of_device.or(held).unwrap_or_default();
    rows.into_iter().nth(at)
}
