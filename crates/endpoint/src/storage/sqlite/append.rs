//! Taking a table or a batch in, inside a transaction: what was decided is stored.

use bytes::Bytes;
use proof::{Checkpoint, Origin, VerifierKey};
use rusqlite::Connection;
use wire::{LogState, VerifiedBatch};

use super::{
    campaign, checkpoint, document, entry, log,
    requested::{Requested, admit},
    work::WorkError,
};
use crate::{
    log::{
        admission::{Papers, minute, state},
        append::{Decision, decide},
    },
    storage::{BatchOutcome, Stored},
};

/// What came of a batch inside its transaction.
pub(super) enum Done {
    /// It changed nothing.
    Refused(BatchOutcome),
    /// It is kept, if the transaction is.
    Kept {
        /// The log.
        log: i64,
        /// Entries that were not stored before.
        new: usize,
        /// What comes of it once it was read back.
        outcome: fn(Stored) -> BatchOutcome,
    },
}

/// Makes a table's log, when it is new, and says where it stands. `now` in Unix seconds.
pub(super) fn enrol(connection: &Connection, papers: &Papers, now: i64) -> Result<LogState, WorkError> {
    let log = Requested::find(connection, papers)?;
    let state = state(log.is_revoked(connection)?, log.candidate(connection)?.as_ref(), now);
    if state != LogState::Revoked {
        let log = log.set(connection, state == LogState::Held, now)?;
        log::set_head(connection, log.id, &log.head, minute(now))?;
    }
    Ok(state)
}

/// Does what is decided on a verified batch. `now` in Unix seconds.
pub(super) fn append(
    connection: &Connection,
    batch: &VerifiedBatch<Bytes>,
    now: i64,
) -> Result<Done, WorkError> {
    let papers = Papers { certificate: batch.certificate.clone(), admission: batch.admission.clone() };
    let log = Requested::find(connection, &papers)?;
    let decision = decide(&log.view(connection, batch)?, batch, now);
    let (known, outcome): (usize, fn(Stored) -> BatchOutcome) = match decision {
        Decision::Append { known } => (known, BatchOutcome::Appended),
        Decision::Known => (batch.entries.len(), BatchOutcome::Known),
        Decision::Hold { known } => (known, BatchOutcome::Held),
        Decision::Revoked => return Ok(Done::Refused(BatchOutcome::Revoked)),
        Decision::Rewind { stored_size } => return Ok(Done::Refused(BatchOutcome::Rewind { stored_size })),
        Decision::Quota => return Ok(Done::Refused(BatchOutcome::Quota)),
        Decision::Forked { at, shown } => {
            let shows = log.stored.map(|row| checkpoint::find_past(connection, row.id, shown)).transpose()?;
            let checkpoint = shows.flatten().map(|row| row.note);
            return Ok(Done::Refused(BatchOutcome::Forked { at, checkpoint }));
        }
    };
    let held = matches!(decision, Decision::Hold { .. });
    let log = log.set(connection, held, now)?;
    let mut head = log.head;
    for (envelope, leaf) in batch.entries.iter().zip(&batch.leaves).skip(known) {
        entry::insert(connection, log.id, head.size(), leaf, envelope)?;
        head.push(*leaf);
    }
    let new = batch.entries.len() - known;
    if new > 0 && head != batch.after {
        tracing::error!(log = %batch.origin(), size = head.size(), "the stored log is damaged");
        return Err(WorkError::Damaged);
    }
    if held {
        campaign::add_held_entries(connection, batch.origin().campaign, new as i64)?;
    }
    checkpoint::insert(connection, log.id, &batch.after, &batch.checkpoint_note)?;
    // Always, so that an answer follows a commit that wrote.
    log::set_head(connection, log.id, &head, minute(now))?;
    Ok(Done::Kept { log: log.id, new, outcome })
}

/// Keeps the organizer's word on a device's log, which may not have come yet; false when it is known.
pub(super) fn confirm(
    connection: &Connection,
    origin: &Origin,
    device: &VerifierKey,
    note: &str,
) -> Result<bool, WorkError> {
    if let Some(row) = log::find(connection, origin, device)? {
        admit(connection, origin.campaign, &row)?;
    }
    Ok(document::insert_confirmation(connection, origin, device, note)?)
}

/// Reads back, after the commit, what a receipt for `sent` says: that its last entry is stored, and the checkpoint.
pub(super) fn read_back(
    connection: &Connection,
    done: Done,
    sent: &Checkpoint,
) -> Result<BatchOutcome, WorkError> {
    match done {
        Done::Refused(outcome) => Ok(outcome),
        Done::Kept { log, new, outcome } => {
            let (size, checkpoint) = get_stored(connection, log, sent)?;
            Ok(outcome(Stored { new, size, checkpoint }))
        }
    }
}

/// A log's size, and its stored checkpoint that is the same as `sent`.
fn get_stored(connection: &Connection, log: i64, sent: &Checkpoint) -> Result<(u64, Checkpoint), WorkError> {
    let size = log::find_size(connection, log)?;
    let kept = checkpoint::find_at(connection, log, sent.size)?.and_then(|row| {
        let note = row.note.parse().ok()?;
        Checkpoint::parse(&note).ok()
    });
    let last = sent.size.checked_sub(1);
    let entry = last.map(|last| entry::exists(connection, log, last)).transpose()?;
    match (size, kept) {
        (Some(size), Some(checkpoint))
            if size >= sent.size && checkpoint == *sent && entry != Some(false) =>
        {
            Ok((size, checkpoint))
        }
        _ => {
            tracing::error!(log = %sent.origin, size = sent.size, "what was committed is not there");
            Err(WorkError::Damaged)
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use proof::{Frontier, Seed, leaf_hash};
    use uuid::Uuid;

    use super::{super::database, *};
    use crate::storage::NewCampaign;

    #[test]
    fn no_receipt_is_given_for_what_cannot_be_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let connection = database::open(folder.path()).unwrap().connection;
        let made = fixtures::Campaign::new(1);
        let (id, root, origin) = (made.id, &made.root, made.origin(1, 1));
        let device = origin.device_key(&Seed::from_bytes([9; 32]));
        let new = NewCampaign { id, root: root.verifier().clone(), note: "a note".into() };
        campaign::insert(&connection, &new, u64::MAX).unwrap();
        let kit = Uuid::from_u128(0xA);
        let new = log::New { kit, held: false, label: "", certificate: "", admission: "", last_seen: 60 };
        let log = log::insert(&connection, &origin, device.verifier(), &new).unwrap();
        let head = Frontier::of_leaves([leaf_hash(b"one"), leaf_hash(b"two")]);
        let sent = Checkpoint::at(origin, &head);
        // Each is there but one: nothing is cosigned until all are.
        let is_fault = || matches!(get_stored(&connection, log, &sent), Err(WorkError::Damaged));
        assert!(is_fault());
        log::set_head(&connection, log, &head, 60).unwrap();
        assert!(is_fault());
        entry::insert(&connection, log, 1, &leaf_hash(b"two"), b"two").unwrap();
        assert!(is_fault());
        let note = sent.signed(&device).unwrap().to_string();
        checkpoint::insert(&connection, log, &head, &note).unwrap();
        assert_eq!(get_stored(&connection, log, &sent).unwrap(), (2, sent.clone()));
        let other = Checkpoint { root: leaf_hash(b"other"), ..sent.clone() };
        assert!(get_stored(&connection, log, &other).is_err());
        assert!(get_stored(&connection, log + 1, &sent).is_err());
    }
}
