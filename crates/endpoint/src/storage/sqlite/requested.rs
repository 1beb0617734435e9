//! The log that a request names by its papers, made or not: what a decision about it depends on, read in a transaction.

use bytes::Bytes;
use proof::{Frontier, Origin};
use rusqlite::Connection;
use wire::{Enrolment, VerifiedBatch};

use super::{campaign, checkpoint, document, entry, log, work::WorkError};
use crate::log::{
    admission::{Candidate, Papers, minute},
    append::LogView,
};

/// The log that a request names by its papers, made or not.
pub(super) struct Requested<'a> {
    sent: &'a Papers,
    /// None before it is made.
    pub(super) stored: Option<log::Row>,
}

impl<'a> Requested<'a> {
    pub(super) fn find(connection: &Connection, sent: &'a Papers) -> rusqlite::Result<Self> {
        let stored = log::find(connection, &sent.origin(), sent.device())?;
        Ok(Self { sent, stored })
    }

    pub(super) fn is_revoked(&self, connection: &Connection) -> rusqlite::Result<bool> {
        let Origin { campaign, table, .. } = self.sent.origin();
        let kit = self.stored.as_ref().map_or(self.sent.certificate.body.kit, |row| row.kit);
        Ok(document::is_revoked(connection, campaign, kit)?
            || document::is_revoked(connection, campaign, table)?)
    }

    /// What its admission depends on; none once it is admitted.
    pub(super) fn candidate(&self, connection: &Connection) -> Result<Option<Candidate>, WorkError> {
        let papers = match &self.stored {
            Some(row) if !row.held => return Ok(None),
            Some(row) => self.get_papers(connection, row.id)?,
            None => self.sent.clone(),
        };
        let origin = papers.origin();
        let before = Origin { generation: origin.generation - 1, ..origin };
        Ok(Some(Candidate {
            is_confirmed: document::is_confirmed(connection, &origin, papers.device())?,
            other_tables: log::count_other_tables(connection, &origin, papers.certificate.body.kit)?,
            has_rival: log::has_rival(connection, &origin, papers.device())?,
            devices_before: log::list_admitted(connection, &before)?,
            papers,
        }))
    }

    /// The papers that it was made with, whatever the request came with.
    fn get_papers(&self, connection: &Connection, log: i64) -> Result<Papers, WorkError> {
        let log::Papers { certificate, admission } = log::get_papers(connection, log)?;
        if certificate == self.sent.certificate.note() && admission == self.sent.admission.note() {
            return Ok(self.sent.clone());
        }
        let campaign = self.sent.origin().campaign;
        let root = campaign::find_root(connection, campaign)?.ok_or(WorkError::Damaged)?;
        // They were verified before they were stored.
        Papers::verify(&Enrolment { certificate, admission }, campaign, &root).map_err(|_| WorkError::Damaged)
    }

    /// All that a decision on a batch of it depends on.
    pub(super) fn view(
        &self,
        connection: &Connection,
        batch: &VerifiedBatch<Bytes>,
    ) -> Result<LogView, WorkError> {
        let from = batch.before.size();
        let size = self.stored.as_ref().map_or(0, |row| row.head.size());
        let (before, overlap) = match &self.stored {
            Some(row) if from <= size => (
                Some(frontier_at(connection, row, from)?),
                entry::list_leaves(connection, row.id, from, batch.after.size().min(size))?,
            ),
            None if from == 0 => (Some(Frontier::default()), Vec::new()),
            _ => (None, Vec::new()),
        };
        let candidate = self.candidate(connection)?;
        let held_entries = match candidate {
            Some(_) => campaign::find_held_entries(connection, batch.origin().campaign)?,
            None => 0,
        };
        let is_revoked = self.is_revoked(connection)?;
        Ok(LogView { is_revoked, candidate, size, before, overlap, held_entries })
    }

    /// Makes it when it is new, and lets it in when it is held no more.
    pub(super) fn set(self, connection: &Connection, held: bool, now: i64) -> rusqlite::Result<log::Row> {
        let (origin, Papers { certificate, admission }) = (self.sent.origin(), self.sent);
        let Some(row) = self.stored else {
            let kit = certificate.body.kit;
            let new = log::New {
                kit,
                held,
                label: &admission.body.label,
                certificate: &certificate.note(),
                admission: &admission.note(),
                last_seen: minute(now),
            };
            let id = log::insert(connection, &origin, self.sent.device(), &new)?;
            return Ok(log::Row { id, kit, held, head: Frontier::default() });
        };
        if !held {
            admit(connection, origin.campaign, &row)?;
        }
        Ok(log::Row { held, ..row })
    }
}

/// Lets a log in, if it is held.
pub(super) fn admit(
    connection: &Connection,
    campaign: proof::CampaignId,
    row: &log::Row,
) -> rusqlite::Result<()> {
    if row.held {
        log::set_admitted(connection, row.id)?;
        campaign::add_held_entries(connection, campaign, -(row.head.size() as i64))?;
    }
    Ok(())
}

/// The stored frontier at a size that is stored.
fn frontier_at(connection: &Connection, log: &log::Row, size: u64) -> rusqlite::Result<Frontier> {
    if size == log.head.size() {
        return Ok(log.head.clone());
    }
    // From the last checkpoint on, the leaves are few.
    let known = checkpoint::find_before(connection, log.id, size)?.map(|row| row.frontier);
    let mut frontier = known.unwrap_or_default();
    let leaves = entry::list_leaves(connection, log.id, frontier.size(), size)?;
    leaves.into_iter().for_each(|leaf| frontier.push(leaf));
    Ok(frontier)
}
