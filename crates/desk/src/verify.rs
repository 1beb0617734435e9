//! Verifying every stored log anew, from the envelopes themselves.

use proof::{Checkpoint, Frontier, Hash, Origin};
use wire::{Admission, Signed};

use crate::{
    Desk, DeskError,
    storage::{counts, entry, envelope, log, log::StoredLog},
};

/// What a log is found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogVerification {
    /// Which log.
    pub origin: Origin,
    /// What the volunteer calls the table.
    pub label: String,
    /// Entries that are here.
    pub size: u64,
    /// Merkle tree hash, computed from the stored envelopes.
    pub root: Hash,
    /// Certificate, admission and checkpoint verify, and the checkpoint is of this size and root.
    pub checkpoint_ok: bool,
    /// Every entry up to the size has its envelope, and each is the one whose leaf was kept.
    pub entries_ok: bool,
    /// Entries that are in the ledger.
    pub opened: u64,
    /// Entries that hold no signature for the ledger.
    pub set_aside: u64,
    /// Runs of entries that are missing before batches that wait: first missing, first here again.
    pub gaps: Vec<(u64, u64)>,
    /// Another log was seen under this name.
    pub forked: bool,
}

impl LogVerification {
    /// Whether everything up to the newest checkpoint seen is here, proven, and of one log.
    pub fn is_whole(&self) -> bool {
        self.checkpoint_ok && self.entries_ok && self.gaps.is_empty() && !self.forked
    }
}

impl Desk {
    /// Verifies every stored log anew, by table and generation: leaves and roots are computed from the envelopes,
    /// and every note is verified under the campaign's root key.
    pub fn verify(&self) -> Result<Vec<LogVerification>, DeskError> {
        log::list(&self.db)?.into_iter().map(|log| self.verify_log(log)).collect()
    }

    fn verify_log(&self, log: StoredLog) -> Result<LogVerification, DeskError> {
        let kept = entry::list_leaves(&self.db, log.log, 0, log.size)?;
        let mut found = Frontier::default();
        let mut same = true;
        envelope::for_each_leaf(&self.db, log.log, |index, leaf| {
            same &= index == found.size() && kept.get(found.size() as usize) == Some(&leaf);
            found.push(leaf);
        })?;
        let origin = Origin { campaign: self.about.id, table: log.table, generation: log.generation };
        let set_aside = counts::count_set_aside(&self.db, log.log)?;
        Ok(LogVerification {
            origin,
            size: log.size,
            root: found.root(),
            checkpoint_ok: self
                .verify_checkpoint(&log)
                .is_some_and(|newest| newest == Checkpoint::at(origin, &found)),
            entries_ok: same && found.size() == log.size && kept.len() as u64 == log.size,
            opened: log.size - set_aside,
            set_aside,
            gaps: self.gaps(log.table, log.generation, log.size)?,
            forked: log.forked_by.is_some(),
            label: log.label,
        })
    }

    /// The stored checkpoint, if certificate, admission and checkpoint verify.
    fn verify_checkpoint(&self, log: &StoredLog) -> Option<Checkpoint> {
        let kit = self.kit_key(log).ok()?;
        let admission = Signed::<Admission>::verify(&log.admission, &kit).ok()?;
        Checkpoint::verify(&log.checkpoint.parse().ok()?, &admission.body.device).ok()
    }
}
