//! Merging batches: any order, any number of times, the same ledger (`docs/protocol.md` §9).

use proof::{Frontier, Origin};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use wire::{Batch, VerifiedBatch};

use super::{
    opening::{Opening, Opens},
    recording::{self, Recorded},
};
use crate::{
    desk::Desk,
    error::DeskError,
    storage::{
        self,
        log::{Branch, LogName},
        waiting::Waiting,
    },
    tables::branches::{self, Place},
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
    pub(super) fn refused(code: &'static str, detail: impl ToString) -> Self {
        Self::Refused { code, detail: detail.to_string() }
    }

    /// A batch that waited and that another brought along: all of it is here.
    pub(super) fn brought_along(&mut self, known_entries: u64) {
        if let Self::Waiting { origin, .. } = *self {
            *self = Self::Taken { origin, new_entries: 0, known_entries, new_signatures: 0, set_aside: 0 };
        }
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

/// What came of a batch, and what it changed.
pub(crate) struct Outcome {
    pub(crate) merged: Merged,
    /// Entries of its log up to its end, when it was taken.
    pub(crate) to: u64,
    /// The log that grew by new entries, with the index of the first and the end.
    grown: Option<(LogName, u64, u64)>,
    /// By what it is kept, and how many entries it has, when it waits.
    pub(super) waits: Option<([u8; 32], u64)>,
}

impl From<Merged> for Outcome {
    fn from(merged: Merged) -> Self {
        Self { merged, to: 0, grown: None, waits: None }
    }
}

impl Desk {
    /// Merges the bytes of a batch. `name` is its file's name or its log's origin, and is only said in the program's
    /// log. The batch is verified whole before anything of it is written, and written in one transaction. Every branch of
    /// a forked log is kept and opened.
    pub fn merge(&mut self, name: &str, batch: &[u8], now: i64) -> Result<Merged, DeskError> {
        let merged = self.merge_batch(name, batch, now)?.merged;
        self.compare_new()?;
        Ok(merged)
    }

    pub(crate) fn merge_batch(&mut self, name: &str, batch: &[u8], now: i64) -> Result<Outcome, DeskError> {
        self.catch_up(now)?;
        let mut outcome = self.merge_one(batch, now)?;
        if let Merged::Refused { code, .. } = &outcome.merged {
            tracing::warn!(batch = name, code, "a batch is refused");
        }
        let mut grown: Vec<_> = outcome.grown.take().into_iter().collect();
        while let Some((name, from, to)) = grown.pop() {
            for waiting in storage::waiting::list_between(&self.db, &name, from, to)? {
                if let Some(waited) = self.merge_waiting(&waiting, now)? {
                    outcome.merged.add(&waited.merged);
                    grown.extend(waited.grown);
                }
            }
        }
        // A kit may have become known.
        self.keep_backup(now);
        Ok(outcome)
    }

    /// Merges what waits and need not any more: the program may have ended between a batch and those that had waited for
    /// it, and an earlier version kept what it took for the evidence of a fork.
    pub(crate) fn catch_up(&mut self, now: i64) -> Result<(), DeskError> {
        self.reopen_if_more_is_known()?;
        if self.caught_up {
            return Ok(());
        }
        for name in storage::waiting::list_logs(&self.db)? {
            let mut grown = vec![(name, 0, Frontier::MAX_SIZE)];
            while let Some((name, from, to)) = grown.pop() {
                for waiting in storage::waiting::list_between(&self.db, &name, from, to)? {
                    grown.extend(self.merge_waiting(&waiting, now)?.and_then(|waited| waited.grown));
                }
            }
        }
        self.compare_new()?;
        self.caught_up = true;
        Ok(())
    }

    /// Merges a batch that waits, if what is before it is here by now.
    fn merge_waiting(&mut self, waiting: &Waiting, now: i64) -> Result<Option<Outcome>, DeskError> {
        let branches = storage::log::find(&self.db, &waiting.name)?;
        if branches::find_point(&self.db, &branches, &waiting.before)?.is_none() {
            return Ok(None);
        }
        let Some(batch) = storage::waiting::find(&self.db, &waiting.digest)? else { return Ok(None) };
        let outcome = self.merge_one(&batch, now)?;
        storage::waiting::delete(&self.db, &waiting.digest)?;
        Ok(Some(outcome))
    }

    fn merge_one(&mut self, bytes: &[u8], now: i64) -> Result<Outcome, DeskError> {
        let batch = match Batch::decode(bytes).and_then(|batch| batch.verify(self.root.verifier())) {
            Ok(batch) => batch,
            Err(error) => return Ok(Merged::refused(error.code(), error).into()),
        };
        let name = recording::log_name(&batch);
        let branches = storage::log::find(&self.db, &name)?;
        match branches::find_place(&self.db, &branches, &batch.before, &batch.leaves)? {
            Some(place) => self.take(&batch, name, place, now),
            None => self.wait(&batch, name, &branches, bytes),
        }
    }

    /// Keeps a batch until what is before it comes.
    fn wait(
        &self,
        batch: &VerifiedBatch,
        name: LogName,
        branches: &[Branch],
        bytes: &[u8],
    ) -> Result<Outcome, DeskError> {
        let (from, to) = (branches::missing_from(&self.db, branches, &batch.before)?, batch.before.size());
        let waiting = Waiting {
            digest: Sha256::digest(bytes).into(),
            name,
            label: batch.admission.body.label.clone(),
            before: batch.before.clone(),
            to: batch.after.size(),
        };
        storage::waiting::insert(&self.db, &waiting, bytes)?;
        let merged = Merged::Waiting { origin: batch.origin(), from, to };
        let waits = Some((waiting.digest, batch.entries.len() as u64));
        Ok(Outcome { waits, ..merged.into() })
    }

    /// Opens what is new of a batch, and writes all of it.
    fn take(
        &mut self,
        batch: &VerifiedBatch,
        name: LogName,
        place: Place,
        now: i64,
    ) -> Result<Outcome, DeskError> {
        let envelopes = batch.entries.get(place.known..).unwrap_or_default();
        let opened = self.open_all(name.table, envelopes)?;
        let tx = storage::write(&mut self.db)?;
        let Recorded { new_signatures, set_aside } = recording::record(&tx, batch, place, opened)?;
        storage::campaign::set_merged_at(&tx, now)?;
        tx.commit()?;
        let from = batch.before.size() + place.known as u64;
        let merged = Merged::Taken {
            origin: batch.origin(),
            new_entries: envelopes.len() as u64,
            known_entries: place.known as u64,
            new_signatures,
            set_aside,
        };
        let to = batch.after.size();
        let grown = (!envelopes.is_empty()).then_some((name, from, to));
        Ok(Outcome { merged, to, grown, waits: None })
    }

    /// Opens envelopes of a table with every epoch and petition that is known.
    pub(crate) fn open_all(&mut self, table: Uuid, envelopes: &[Vec<u8>]) -> Result<Vec<Opening>, DeskError> {
        self.load_openers(envelopes.iter().filter_map(|envelope| sealing::epoch_of(envelope).ok()))?;
        let opens =
            Opens { openers: &self.openers, petitions: &self.petitions, campaign: self.about.id, table };
        Ok(opens.open_all(envelopes))
    }
}
