//! What comes of a batch (`docs/protocol.md` §8.4): every row of the table there. No storage here: what is stored is handed in,
//! and what is to be stored comes out.

use proof::{Frontier, Hash};
use wire::VerifiedBatch;

use super::admission::{Candidate, is_held};

/// A held log has at most so many entries.
const HELD_BY_LOG: u64 = 4_096;
/// The held logs of a campaign together have at most so many.
const HELD_BY_CAMPAIGN: u64 = 65_536;

/// What is stored of a log and around it, as far as an answer depends on it.
#[derive(Debug)]
pub struct LogView {
    /// Its table, or the kit that it was made with, is revoked.
    pub is_revoked: bool,
    /// None once it is admitted: then it stays so.
    pub candidate: Option<Candidate>,
    /// Entries that are stored.
    pub size: u64,
    /// The stored frontier at the size where the batch begins; none when the batch begins past what is stored.
    pub before: Option<Frontier>,
    /// The stored leaves from there, up to the end of the batch.
    pub overlap: Vec<Hash>,
    /// Entries that the campaign's held logs have together.
    pub held_entries: u64,
}

/// What comes of a batch: a case for each row of the protocol's tables (§8.2, §8.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// 403 `revoked`.
    Revoked,
    /// 409 `rewind`.
    Rewind {
        /// Entries that are stored.
        stored_size: u64,
    },
    /// 422 `forked`.
    Forked {
        /// All before it is the same.
        at: u64,
        /// A checkpoint past this index shows it.
        shown: u64,
    },
    /// 429 `quota`.
    Quota,
    /// 201, to an admitted log: its entries after the first `known` are appended, and its checkpoint is kept.
    Append {
        /// So many of its entries are stored.
        known: usize,
    },
    /// 200, to an admitted log: all of its entries are stored, and its checkpoint is kept.
    Known,
    /// 202, to a held log: its entries after the first `known` are appended, if there are any, and its checkpoint is kept.
    Hold {
        /// So many of its entries are stored.
        known: usize,
    },
}

/// Decides on a batch, at a time in Unix seconds. The checks come in the order of the protocol.
pub fn decide<E>(view: &LogView, batch: &VerifiedBatch<E>, now: i64) -> Decision {
    if view.is_revoked {
        return Decision::Revoked;
    }
    let Some(before) = &view.before else {
        return Decision::Rewind { stored_size: view.size };
    };
    let from = batch.before.size();
    if let Some(at) = first_difference(before, &batch.before) {
        // Somewhere in that subtree, which ends at `from` or before: a checkpoint just past `at` may be of both logs.
        return Decision::Forked { at, shown: from - 1 };
    }
    let differs = view.overlap.iter().zip(&batch.leaves).position(|(stored, sent)| stored != sent);
    if let Some(at) = differs {
        let at = from + at as u64;
        return Decision::Forked { at, shown: at };
    }
    let known = view.overlap.len();
    let new = (batch.entries.len() - known) as u64;
    match (is_held(view.candidate.as_ref(), now), new) {
        (true, 1..) if !has_room(view, new) => Decision::Quota,
        (true, _) => Decision::Hold { known },
        (false, 0) => Decision::Known,
        (false, _) => Decision::Append { known },
    }
}

/// Whether so many entries more of a held log are within the quotas.
fn has_room(view: &LogView, new: u64) -> bool {
    view.size + new <= HELD_BY_LOG && view.held_entries.saturating_add(new) <= HELD_BY_CAMPAIGN
}

/// The first entry of the first complete subtree, largest first, whose root differs; none when none does. Both are of the same
/// size.
fn first_difference(stored: &Frontier, sent: &Frontier) -> Option<u64> {
    let same = stored.roots().iter().zip(sent.roots()).take_while(|(stored, sent)| stored == sent).count();
    if same == sent.roots().len() {
        return None;
    }
    // The digits of the size that are ones are the sizes of the subtrees.
    let sizes = (0..u64::BITS).rev().map(|bit| sent.size() & (1 << bit)).filter(|size| *size > 0);
    Some(sizes.take(same).sum())
}

#[cfg(test)]
mod tests;
