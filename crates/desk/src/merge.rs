//! Merging batches: any order, any number of times, the same ledger (`docs/protocol.md` §9).

use proof::{Hash, Origin};
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
        if !self.caught_up {
            // The program may have ended after a batch came and before the one that waited for it was merged.
            for (table, generation) in storage::waiting::list_ready_logs(&self.db)? {
                let origin = Origin { campaign: self.about.id, table, generation };
                while self.merge_ready(&origin, now)?.is_some() {}
            }
            self.caught_up = true;
        }
        let mut merged = self.merge_one(batch, now)?;
        if let Merged::Refused { code, .. } = &merged {
            tracing::warn!(batch = name, code, "a batch is refused");
        }
        if let Merged::Taken { origin, .. } = merged {
            while let Some(waited) = self.merge_ready(&origin, now)? {
                merged.add(&waited);
            }
        }
        // A kit may have become known.
        self.keep_backup(now);
        Ok(merged)
    }

    /// Merges a batch of a log that waited and whose turn has come; none when there is none.
    fn merge_ready(&mut self, origin: &Origin, now: i64) -> Result<Option<Merged>, DeskError> {
        let Some((digest, waiting)) = storage::waiting::find_ready(&self.db, origin)? else {
            return Ok(None);
        };
        let waited = self.merge_one(&waiting, now)?;
        match &waited {
            // The evidence of a fork stays.
            Merged::Refused { .. } => storage::waiting::set_forked(&self.db, &digest)?,
            _ => storage::waiting::delete(&self.db, &digest)?,
        }
        Ok(Some(waited))
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
            storage::frontier::at(&self.db, log.log, from)?
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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use proof::{Checkpoint, Frontier, KeyKind, Seed, SigningKey};
    use rand::{SeedableRng, rngs::StdRng};
    use uuid::Uuid;
    use wire::{Admission, Kit, KitCertificate, Signed};

    use super::*;
    use crate::{Keys, backup::tests::found, storage::entry::LEAVES_ASKED, storage::frontier::STRIDE};

    const NOW: i64 = 1_800_000_000;

    /// A batch as it comes out of its verification, of entries that nobody sealed.
    fn batch(desk: &Desk, leaves: &[Hash], from: usize, to: usize) -> VerifiedBatch {
        let campaign = desk.about.id;
        let origin = Origin { campaign, table: Uuid::from_u128(7), generation: 1 };
        let kit = Uuid::from_u128(8);
        let kit_key =
            SigningKey::new(Kit::key_name(campaign, kit), KeyKind::Signer, &Seed::from_bytes([2; 32]));
        let certificate = KitCertificate {
            kit,
            label: "Kit".to_owned(),
            key: kit_key.verifier().clone(),
            max_tables: 1,
            until: NOW,
            endpoint: None,
        };
        let admission = Admission {
            kit,
            table: origin.table,
            generation: 1,
            device: origin.device_key(&Seed::from_bytes([3; 32])).verifier().clone(),
            label: "Table".to_owned(),
        };
        let after = Frontier::of_leaves(leaves[..to].iter().copied());
        VerifiedBatch {
            certificate: Signed::sign(campaign, NOW, certificate, &[&desk.root]).unwrap(),
            admission: Signed::sign(campaign, NOW, admission, &[&kit_key]).unwrap(),
            before: Frontier::of_leaves(leaves[..from].iter().copied()),
            entries: vec![Vec::new(); to - from],
            leaves: leaves[from..to].to_vec(),
            checkpoint: Checkpoint::at(origin, &after),
            checkpoint_note: String::new(),
            after,
        }
    }

    #[test]
    fn merging_a_log_again_reads_no_more_than_a_stride_and_the_overlap_for_each_batch() {
        const SIZE: usize = 3 * STRIDE as usize + 200;
        const STEP: usize = 64;
        let mut rng = StdRng::seed_from_u64(1);
        let folder = tempfile::tempdir().unwrap();
        let mut desk = found(folder.path(), Keys::generate(&mut rng));
        let leaves: Vec<Hash> =
            (0..SIZE as u64).map(|index| proof::leaf_hash(&index.to_be_bytes())).collect();
        // Of different lengths, and some overlap: strides are passed in the middle of a batch too.
        for (from, to) in [(0, 700), (500, 1024), (1024, 2500), (2048, SIZE)] {
            let log = storage::log::list(&desk.db).unwrap().pop();
            let known = log.map_or(0, |log| log.size as usize) - from;
            let batch = batch(&desk, &leaves, from, to);
            let opened = (from + known..to)
                .map(|_| Opening::SetAside { petition: None, reason: "envelope/broken" })
                .collect();
            let tx = storage::write(&mut desk.db).unwrap();
            recording::record(&tx, &batch, known, opened).unwrap();
            tx.commit().unwrap();
        }
        let log = storage::log::list(&desk.db).unwrap().pop().unwrap();
        assert_eq!(log.size, SIZE as u64);
        for from in (0..SIZE).step_by(STEP) {
            let to = (from + STEP).min(SIZE);
            LEAVES_ASKED.set(0);
            let again = batch(&desk, &leaves, from, to);
            assert_eq!(desk.fork_at(&log, &again).unwrap(), None, "from {from}");
            let read = LEAVES_ASKED.get();
            assert!(read < STRIDE + STEP as u64, "{read} leaves were read for entries {from} to {to}");
        }
        let mut other = leaves;
        other[2_900] = Hash([0; 32]);
        assert_eq!(desk.fork_at(&log, &batch(&desk, &other, 2_880, 3_000)).unwrap(), Some(2_900));
        assert_eq!(desk.fork_at(&log, &batch(&desk, &other, 2_944, 3_000)).unwrap(), Some(2_943));
    }

    #[test]
    fn a_batch_whose_turn_came_as_the_program_ended_is_merged_after_the_next_start() {
        let mut rng = StdRng::seed_from_u64(2);
        let (folder, keys) = (tempfile::tempdir().unwrap(), Keys::generate(&mut rng));
        let mut desk = found(folder.path(), keys.clone());
        let verified = batch(&desk, &[], 0, 0);
        let origin = verified.origin();
        let signed = verified.checkpoint.signed(&origin.device_key(&Seed::from_bytes([3; 32]))).unwrap();
        let sent = Batch {
            certificate: verified.certificate.note(),
            admission: verified.admission.note(),
            before: Frontier::default(),
            entries: Vec::new(),
            checkpoint: signed.to_string(),
        }
        .encode();
        assert!(matches!(desk.merge("one", &sent, NOW).unwrap(), Merged::Taken { .. }));
        storage::waiting::put(&desk.db, &[1; 32], &origin, 0, 0, &sent).unwrap();
        drop(desk);
        let mut desk = Desk::open(folder.path(), keys).unwrap();
        assert!(matches!(desk.merge("broken", b"no batch", NOW).unwrap(), Merged::Refused { .. }));
        assert!(storage::waiting::list_ready_logs(&desk.db).unwrap().is_empty());
    }
}
