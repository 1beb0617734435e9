//! The signed tally: the counts as the desk sees them, for endpoint and tables.

use std::collections::BTreeMap;

use data_encoding::BASE64;
use wire::{LogSize, PetitionCount, Signed, Tally};

use crate::{desk::Desk, error::DeskError, storage};

/// A tally of more logs names no roots: it would be longer than a note may be.
const MOST_ROOTS: usize = 6_000;

impl Desk {
    /// Signs the tally of now: what is deliverable of each petition, and how far each log was gone through, by which tables
    /// may make room. Its number is one more than that of the tally before.
    pub fn tally(&mut self, now: i64) -> Result<String, DeskError> {
        self.compare_whole()?;
        let mut petitions = self
            .petitions()?
            .iter()
            .map(|row| {
                let petition = row.petition.id();
                Ok(PetitionCount { petition, count: self.count(Some(petition))?.deliverable })
            })
            .collect::<Result<Vec<_>, DeskError>>()?;
        petitions.sort_by_key(|count| count.petition);
        // The whole log, with what is set aside: a table takes this for how many of its own are in the count. Of a log
        // with several branches it is the longest, so that no table shows more than there are.
        let mut longest = BTreeMap::new();
        for branch in storage::log::list(&self.db)? {
            let known = longest
                .entry((branch.name.table, branch.name.generation))
                .or_insert((branch.size, branch.log));
            if branch.size > known.0 {
                *known = (branch.size, branch.log);
            }
        }
        let with_roots = longest.len() <= MOST_ROOTS;
        let logs = longest.into_iter().map(|((table, generation), (size, log))| {
            let root = with_roots.then(|| storage::log::root(&self.db, log)).transpose()?;
            Ok(LogSize { table, generation, size, root: root.map(|root| BASE64.encode(&root.0)) })
        });
        let logs = logs.collect::<Result<Vec<_>, DeskError>>()?;
        let seq = storage::campaign::get(&self.db)?.tally_seq + 1;
        let note = Signed::sign(self.about.id, now, Tally { seq, petitions, logs }, &[&self.root])?.note();
        storage::campaign::set_tally(&self.db, seq, &note)?;
        Ok(note)
    }

    /// The newest tally that is known here, with its number.
    pub(crate) fn newest_tally(&self) -> Result<Option<(u64, String)>, DeskError> {
        let row = storage::campaign::get(&self.db)?;
        Ok(row.tally.map(|note| (row.tally_seq, note)))
    }

    /// Takes a tally that this campaign published before, where it is newer than what is known here, so that the next
    /// one is above it. Gives its number; of another's note it takes nothing and gives 0.
    pub(crate) fn learn_tally(&mut self, note: &str) -> Result<u64, DeskError> {
        let Ok(published) = Signed::<Tally>::verify_root(note, self.about.id, self.root.verifier()) else {
            return Ok(0);
        };
        let seq = published.body.seq;
        if seq > storage::campaign::get(&self.db)?.tally_seq {
            storage::campaign::set_tally(&self.db, seq, note)?;
        }
        Ok(seq)
    }
}
