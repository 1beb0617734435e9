//! Merging batches: any order, any number of times, the same ledger (`docs/protocol.md` §9).

use proof::{Frontier, Hash, Origin};
use sha2::{Digest, Sha256};
use wire::{Batch, VerifiedBatch};

use crate::{
    Desk, DeskError,
    opening::{Opening, Opens},
    recording::{self, Recorded},
    storage::{self, log::StoredLog},
};

/// What came of a batch. All of it is expected to happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merged {
    /// In the ledger, with every batch that had waited for it.
    Taken {
        /// Which log it is of.
        origin: Origin,
        /// Entries that were new.
        new_entries: u64,
        /// Entries that were here already.
        known_entries: u64,
        /// Signatures that were new.
        new_signatures: u64,
        /// New entries that hold no signature for the ledger: they do not open, for one. They are kept.
        set_aside: u64,
    },
    /// Kept until what is before it comes.
    Waiting {
        /// Which log it is of.
        origin: Origin,
        /// The first entry that is missing.
        from: u64,
        /// The entry that the batch starts at.
        to: u64,
    },
    /// Not taken; nothing else is lost.
    Refused {
        /// Stable code.
        code: &'static str,
        /// What is wrong with it, without personal data.
        detail: String,
    },
}

impl Merged {
    fn refused(code: &'static str, detail: impl ToString) -> Self {
        Self::Refused { code, detail: detail.to_string() }
    }

    /// Adds what came of a batch that had waited for this one.
    fn add(&mut self, waited: &Self) {
        if let (
            Self::Taken { new_entries, known_entries, new_signatures, set_aside, .. },
            Self::Taken {
                new_entries: more_entries,
                known_entries: more_known,
                new_signatures: more_signatures,
                set_aside: more_set_aside,
                ..
            },
        ) = (self, waited)
        {
            *new_entries += more_entries;
            *known_entries += more_known;
            *new_signatures += more_signatures;
            *set_aside += more_set_aside;
        }
    }
}

impl Desk {
    /// Merges the bytes of a batch. `name` is its file's name or its log's origin, and is only said in the program's
    /// log. The batch is verified whole before anything of it is written, and written in one transaction.
    pub fn merge(&mut self, name: &str, batch: &[u8], now: i64) -> Result<Merged, DeskError> {
        let mut merged = self.merge_one(batch, now)?;
        if let Merged::Refused { code, .. } = &merged {
            tracing::warn!(batch = name, code, "a batch is refused");
        }
        while let Merged::Taken { .. } = merged
            && let Some((digest, waiting)) = storage::waiting::find_ready(&self.db)?
        {
            let waited = self.merge_one(&waiting, now)?;
            match &waited {
                // The evidence of a fork stays.
                Merged::Refused { .. } => storage::waiting::set_forked(&self.db, &digest)?,
                _ => storage::waiting::delete(&self.db, &digest)?,
            }
            merged.add(&waited);
        }
        Ok(merged)
    }

    fn merge_one(&mut self, bytes: &[u8], now: i64) -> Result<Merged, DeskError> {
        let batch = match Batch::decode(bytes).and_then(|batch| batch.verify(self.root.verifier())) {
            Ok(batch) => batch,
            Err(error) => return Ok(Merged::refused(error.code(), error)),
        };
        if i64::try_from(batch.after.size()).is_err() {
            return Ok(Merged::refused("batch/shape", "the batch's log is longer than any log can be"));
        }
        let origin = batch.origin();
        let log = storage::log::find(&self.db, origin.table, origin.generation)?;
        let size = log.as_ref().map_or(0, |log| log.size);
        if batch.before.size() > size {
            let digest = Sha256::digest(bytes).into();
            let (from, to) = (batch.before.size(), batch.after.size());
            storage::waiting::put(&self.db, &digest, &origin, from, to, bytes)?;
            return Ok(Merged::Waiting { origin, from: size, to: from });
        }
        if let Some(log) = &log
            && let Some(at) = self.fork_at(log, &batch)?
        {
            storage::log::set_forked(&self.db, log.log, &batch.checkpoint_note)?;
            return Ok(Merged::refused(
                "desk/forked",
                format!(
                    "this table's log differs at entry {at} from the one that is here: a restored or cloned computer"
                ),
            ));
        }
        self.take(&batch, size, now)
    }

    /// The first index from which on a batch is of another log than what is here, as far as can be told.
    fn fork_at(&self, log: &StoredLog, batch: &VerifiedBatch) -> Result<Option<u64>, DeskError> {
        let (from, to) = (batch.before.size(), batch.after.size().min(log.size));
        if log.device != batch.admission.body.device {
            return Ok(Some(from));
        }
        let before = if from == log.size {
            log.frontier().ok_or(DeskError::Damaged("frontier"))?
        } else {
            Frontier::of_leaves(storage::entry::list_leaves(&self.db, log.log, 0, from)?)
        };
        if before != batch.before {
            return Ok(Some(from.saturating_sub(1)));
        }
        let known: Vec<Hash> = storage::entry::list_leaves(&self.db, log.log, from, to)?;
        let differs = known.iter().zip(&batch.leaves).position(|(known, sent)| known != sent);
        Ok(differs.map(|at| from + at as u64))
    }

    /// Opens what is new of a batch that continues the log, and writes all of it.
    fn take(&mut self, batch: &VerifiedBatch, size: u64, now: i64) -> Result<Merged, DeskError> {
        let known =
            usize::try_from(size - batch.before.size()).unwrap_or(usize::MAX).min(batch.entries.len());
        let (_, envelopes) = batch.entries.split_at(known);
        self.load_openers(envelopes.iter().filter_map(|envelope| sealing::epoch_of(envelope).ok()))?;
        let opens = Opens {
            openers: &self.openers,
            petitions: &self.petitions,
            campaign: self.about.id,
            table: batch.origin().table,
        };
        let opened: Vec<Opening> = opens.open_all(envelopes);
        let tx = storage::write(&mut self.db)?;
        let Recorded { new_signatures, set_aside } = recording::record(&tx, batch, known, opened)?;
        storage::campaign::set_merged_at(&tx, now)?;
        tx.commit()?;
        Ok(Merged::Taken {
            origin: batch.origin(),
            new_entries: envelopes.len() as u64,
            known_entries: known as u64,
            new_signatures,
            set_aside,
        })
    }
}
