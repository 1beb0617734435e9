//! A batch of a stored log for whoever pulls it (`docs/protocol.md` §8.6).

use proof::{Origin, VerifierKey};
use rusqlite::Connection;
use wire::BatchWriter;

use super::{checkpoint, entry, log, work::WorkError};
use crate::storage::{PULLED_ENTRIES, PullOutcome};

/// Bytes of the envelopes that are most.
const ROOM: usize = 1657 + 4;

/// The bytes of a batch of a device's log, from the checkpoint at or before a size on.
pub(super) fn find_batch(
    connection: &Connection,
    origin: &Origin,
    device: &VerifierKey,
    from: u64,
) -> Result<PullOutcome, WorkError> {
    let Some(log) = log::find(connection, origin, device)? else {
        return Ok(PullOutcome::Unknown);
    };
    if log.held {
        return Ok(PullOutcome::Held);
    }
    if from >= log.head.size() {
        return Ok(PullOutcome::End);
    }
    let before =
        checkpoint::find_before(connection, log.id, from)?.map(|row| row.frontier).unwrap_or_default();
    let most = before.size() + PULLED_ENTRIES;
    let Some(end) = checkpoint::find_after(connection, log.id, from, most)? else {
        return Ok(PullOutcome::End);
    };
    let papers = log::get_papers(connection, log.id)?;
    let room = (end.frontier.size() - before.size()) as usize * ROOM;
    let mut writer = BatchWriter::new(&papers.certificate, &papers.admission, &before, room);
    let (from, to) = (before.size(), end.frontier.size());
    entry::each_envelope(connection, log.id, from, to, |envelope| writer.push(envelope))?;
    Ok(PullOutcome::Batch(writer.end(&end.note)))
}
