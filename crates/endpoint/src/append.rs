//! Appending a batch: what overlaps is compared, what is new is stored (`docs/protocol.md` §8).

use proof::{Checkpoint, Frontier};
use rusqlite::Connection;
use wire::{ProblemCode, VerifiedBatch};

use crate::{
    admission::minute,
    problem::{Refusal, WorkError},
    storage::{checkpoint, entry, log},
};

/// What came of a batch that was not refused.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Appended {
    /// Something of it was new.
    New,
    /// All of it was there.
    Known,
}

/// Appends what is new of a verified batch to its log. Refuses a rewind and a fork. `now` in Unix seconds.
pub(crate) fn append(
    connection: &Connection,
    log: &log::Row,
    batch: &VerifiedBatch,
    now: i64,
) -> Result<Appended, WorkError> {
    let (stored, from) = (log.head.size(), batch.before.size());
    if from > stored {
        return Err(Refusal::rewind(stored).into());
    }
    compare_frontier(connection, log, &batch.before)?;
    let overlap = entry::leaves(connection, log.id, from, batch.after.size().min(stored))?;
    if let Some(at) = overlap.iter().zip(&batch.leaves).position(|(stored, sent)| stored != sent) {
        let at = from + at as u64;
        return Err(forked(connection, log, at, at));
    }
    let known = overlap.len();
    let mut head = log.head.clone();
    for (envelope, leaf) in batch.entries.iter().zip(&batch.leaves).skip(known) {
        entry::insert(connection, log.id, head.size(), leaf, envelope)?;
        head.push(*leaf);
    }
    checkpoint::insert(connection, log.id, &batch.after, &batch.checkpoint_note)?;
    log::set_head(connection, log.id, &head, minute(now))?;
    Ok(if head.size() > stored { Appended::New } else { Appended::Known })
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

/// What lies before the batch must be what is stored: else the log was forked before it.
fn compare_frontier(connection: &Connection, log: &log::Row, before: &Frontier) -> Result<(), WorkError> {
    let size = before.size();
    let stored = if size == log.head.size() {
        log.head.clone()
    } else {
        // From the last checkpoint on, the leaves are few.
        let known = checkpoint::find_before(connection, log.id, size)?.map(|row| row.frontier);
        let mut frontier = known.unwrap_or_default();
        let leaves = entry::leaves(connection, log.id, frontier.size(), size)?;
        leaves.into_iter().for_each(|leaf| frontier.push(leaf));
        frontier
    };
    if stored == *before {
        return Ok(());
    }
    // The largest complete subtrees come first: the first that differs begins at the sum of those before it.
    let same = stored.roots().iter().zip(before.roots()).take_while(|(stored, sent)| stored == sent).count();
    let at = (0..u64::BITS).rev().map(|bit| size & (1 << bit)).filter(|part| *part > 0).take(same).sum();
    // Somewhere in that subtree, which ends at `size` or before: the first checkpoints past `at` may be of both logs.
    Err(forked(connection, log, at, size - 1))
}

/// The word that the logs differ from an index on, with the stored checkpoint that proves it: the first past an index
/// up to which they surely differ.
fn forked(connection: &Connection, log: &log::Row, at: u64, shown: u64) -> WorkError {
    match checkpoint::find_past(connection, log.id, shown) {
        Ok(row) => Refusal::forked(at, row.map(|row| row.note)).into(),
        Err(error) => error.into(),
    }
}
