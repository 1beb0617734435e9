//! Taking a table or a batch in, inside a transaction: what the decision depends on is read, and what was decided is stored.

use bytes::Bytes;
use proof::{Checkpoint, Frontier, Origin, VerifierKey};
use rusqlite::Connection;
use wire::{LogState, ProblemCode, VerifiedBatch};

use crate::{
    admission::{Candidate, Papers, minute},
    append::{Decision, LogView, decide},
    problem::{Refusal, WorkError},
    storage::{campaign, checkpoint, document, entry, log},
};

/// What came of a batch that was not refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Appended {
    /// The log.
    pub(crate) log: i64,
    /// It waits for the organizer's word.
    pub(crate) held: bool,
    /// Entries of the batch that were not stored before.
    pub(crate) new: usize,
}

/// Makes a table's log, when it is new, and says where it stands. `now` in Unix seconds.
pub(crate) fn enrol(connection: &Connection, papers: &Papers, now: i64) -> Result<LogState, WorkError> {
    let log = Log::find(connection, papers)?;
    if log.is_revoked(connection)? {
        return Err(revoked().into());
    }
    let held = log.candidate(connection)?.is_some_and(|candidate| !candidate.is_admitted(now));
    let log = log.keep(connection, held, now)?;
    log::set_head(connection, log.id, &log.head, minute(now))?;
    Ok(if held { LogState::Held } else { LogState::Admitted })
}

/// Appends what is new of a verified batch to its log, or refuses it. `now` in Unix seconds.
pub(crate) fn append(
    connection: &Connection,
    batch: &VerifiedBatch<Bytes>,
    now: i64,
) -> Result<Appended, WorkError> {
    let papers = Papers { certificate: batch.certificate.clone(), admission: batch.admission.clone() };
    let log = Log::find(connection, &papers)?;
    let (held, known) = match decide(&log.view(connection, batch)?, batch, now) {
        Decision::Append { held, known } => (held, known),
        Decision::Revoked => return Err(revoked().into()),
        Decision::Rewind { stored_size } => return Err(Refusal::rewind(stored_size).into()),
        Decision::Quota => return Err(Refusal::quota().into()),
        Decision::Forked { at, shown } => {
            let proof = log.stored.map(|row| checkpoint::find_past(connection, row.id, shown)).transpose()?;
            return Err(Refusal::forked(at, proof.flatten().map(|row| row.note)).into());
        }
    };
    let log = log.keep(connection, held, now)?;
    let mut head = log.head;
    for (envelope, leaf) in batch.entries.iter().zip(&batch.leaves).skip(known) {
        entry::insert(connection, log.id, head.size(), leaf, envelope)?;
        head.push(*leaf);
    }
    let new = batch.entries.len() - known;
    if new > 0 && head != batch.after {
        return Err(Refusal::later(ProblemCode::Fault, "the stored log is damaged", 30).into());
    }
    if held {
        campaign::add_held_entries(connection, batch.origin().campaign, new as i64)?;
    }
    checkpoint::insert(connection, log.id, &batch.after, &batch.checkpoint_note)?;
    log::set_head(connection, log.id, &head, minute(now))?;
    Ok(Appended { log: log.id, held, new })
}

/// Keeps the organizer's word on a device's log, which may not have come yet; false when it is known.
pub(crate) fn confirm(
    connection: &Connection,
    origin: &Origin,
    device: &VerifierKey,
    note: &str,
) -> rusqlite::Result<bool> {
    if let Some(row) = log::find(connection, origin, device)? {
        admit(connection, origin.campaign, &row)?;
    }
    document::confirm(connection, origin, device, note)
}

/// What a receipt is given for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Stored {
    /// Entries of the log.
    pub(crate) size: u64,
    /// Of the batch that was sent.
    pub(crate) checkpoint: Checkpoint,
}

/// Reads back, after the commit, what a receipt for `sent` says: that its last entry is stored, and the checkpoint.
pub(crate) fn read_back(connection: &Connection, log: i64, sent: &Checkpoint) -> Result<Stored, WorkError> {
    let size = log::find_size(connection, log)?;
    let kept = checkpoint::find_at(connection, log, sent.size)?.and_then(|row| {
        let note = row.note.parse().ok()?;
        Checkpoint::parse(&note).ok()
    });
    let last = sent.size.checked_sub(1);
    let entry = last.map(|last| entry::is_there(connection, log, last)).transpose()?;
    match (size, kept) {
        (Some(size), Some(checkpoint))
            if size >= sent.size && checkpoint == *sent && entry != Some(false) =>
        {
            Ok(Stored { size, checkpoint })
        }
        _ => {
            tracing::error!(log = %sent.origin, size = sent.size, "what was committed is not there");
            Err(Refusal::later(ProblemCode::Fault, "what was stored cannot be read back", 30).into())
        }
    }
}

fn revoked() -> Refusal {
    Refusal::new(ProblemCode::Revoked, "the organizer has ended this table or its kit")
}

/// The log that a request names by its papers, made or not.
struct Log<'a> {
    sent: &'a Papers,
    stored: Option<log::Row>,
}

impl<'a> Log<'a> {
    fn find(connection: &Connection, sent: &'a Papers) -> rusqlite::Result<Self> {
        let stored = log::find(connection, &sent.origin(), &sent.admission.body.device)?;
        Ok(Self { sent, stored })
    }

    fn is_revoked(&self, connection: &Connection) -> rusqlite::Result<bool> {
        let Origin { campaign, table, .. } = self.sent.origin();
        let kit = self.stored.as_ref().map_or(self.sent.certificate.body.kit, |row| row.kit);
        Ok(document::is_revoked(connection, campaign, kit)?
            || document::is_revoked(connection, campaign, table)?)
    }

    /// What its admission depends on; none once it is admitted.
    fn candidate(&self, connection: &Connection) -> Result<Option<Candidate>, WorkError> {
        let papers = match &self.stored {
            Some(row) if !row.held => return Ok(None),
            Some(row) => self.papers_of(connection, row.id)?,
            None => self.sent.clone(),
        };
        let (origin, device) = (papers.origin(), &papers.admission.body.device);
        let before = Origin { generation: origin.generation - 1, ..origin };
        Ok(Some(Candidate {
            is_confirmed: document::is_confirmed(connection, &origin, device)?,
            other_tables: log::count_other_tables(connection, &origin, papers.certificate.body.kit)?,
            has_rival: log::has_rival(connection, &origin, device)?,
            devices_before: log::list_admitted(connection, &before)?,
            papers,
        }))
    }

    /// The papers that it was made with, whatever the request came with.
    fn papers_of(&self, connection: &Connection, log: i64) -> Result<Papers, WorkError> {
        let log::Papers { certificate, admission } = log::get_papers(connection, log)?;
        if certificate == self.sent.certificate.note() && admission == self.sent.admission.note() {
            return Ok(self.sent.clone());
        }
        let campaign = self.sent.origin().campaign;
        let root = campaign::find_root(connection, campaign)?.ok_or_else(Refusal::unknown_campaign)?;
        Ok(Papers::verify(&wire::Enrolment { certificate, admission }, campaign, &root)?)
    }

    fn view(&self, connection: &Connection, batch: &VerifiedBatch<Bytes>) -> Result<LogView, WorkError> {
        let from = batch.before.size();
        let size = self.stored.as_ref().map_or(0, |row| row.head.size());
        let (before, overlap) = match &self.stored {
            Some(row) if from <= size => (
                Some(frontier_at(connection, row, from)?),
                entry::leaves(connection, row.id, from, batch.after.size().min(size))?,
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
    fn keep(self, connection: &Connection, held: bool, now: i64) -> rusqlite::Result<log::Row> {
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
            let id = log::insert(connection, &origin, &admission.body.device, &new)?;
            return Ok(log::Row { id, kit, held, head: Frontier::default() });
        };
        if !held {
            admit(connection, origin.campaign, &row)?;
        }
        Ok(log::Row { held, ..row })
    }
}

fn admit(connection: &Connection, campaign: proof::CampaignId, row: &log::Row) -> rusqlite::Result<()> {
    if row.held {
        log::admit(connection, row.id)?;
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
    let leaves = entry::leaves(connection, log.id, frontier.size(), size)?;
    leaves.into_iter().for_each(|leaf| frontier.push(leaf));
    Ok(frontier)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use proof::{Seed, SigningKey, leaf_hash};
    use uuid::Uuid;

    use super::*;
    use crate::storage;

    #[test]
    fn no_receipt_is_given_for_what_cannot_be_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let connection = storage::open(folder.path()).unwrap().connection;
        let root = SigningKey::root(&Seed::from_bytes([1; 32]));
        let id = proof::CampaignId::of_root(root.verifier().public_key());
        let origin = Origin { campaign: id, table: Uuid::from_u128(1), generation: 1 };
        let device = origin.device_key(&Seed::from_bytes([9; 32]));
        campaign::insert(&connection, id, root.verifier(), "a note").unwrap();
        let kit = Uuid::from_u128(0xA);
        let new = log::New { kit, held: false, label: "", certificate: "", admission: "", last_seen: 60 };
        let log = log::insert(&connection, &origin, device.verifier(), &new).unwrap();
        let head = Frontier::of_leaves([leaf_hash(b"one"), leaf_hash(b"two")]);
        let sent = Checkpoint::at(origin, &head);
        // Each is there but one: nothing is cosigned until all are.
        let is_fault = || match read_back(&connection, log, &sent) {
            Err(WorkError::Refused(refusal)) => refusal.code() == ProblemCode::Fault,
            _ => false,
        };
        assert!(is_fault());
        log::set_head(&connection, log, &head, 60).unwrap();
        assert!(is_fault());
        entry::insert(&connection, log, 1, &leaf_hash(b"two"), b"two").unwrap();
        assert!(is_fault());
        let note = sent.signed(&device).unwrap().to_string();
        checkpoint::insert(&connection, log, &head, &note).unwrap();
        assert_eq!(read_back(&connection, log, &sent).unwrap(), Stored { size: 2, checkpoint: sent.clone() });
        let other = Checkpoint { root: leaf_hash(b"other"), ..sent.clone() };
        assert!(read_back(&connection, log, &other).is_err());
        assert!(read_back(&connection, log + 1, &sent).is_err());
    }
}
