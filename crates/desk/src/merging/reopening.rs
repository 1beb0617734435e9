//! Opening again what was set aside for want of a petition or a key.

use std::collections::BTreeSet;

use super::recording;
use crate::{
    desk::Desk,
    error::DeskError,
    standing::settle,
    storage::{
        self,
        entry::{Outcome, Unopened},
    },
};

/// Entries that are opened at a time.
const STEP: usize = 256;

impl Desk {
    /// Opens again what is set aside because its petition or its epoch was not known, and gives how many entries hold
    /// a signature now. To be called when a petition, an epoch or a key was added; what it left undone, the next merge
    /// does.
    pub fn reopen_set_aside(&mut self) -> Result<u64, DeskError> {
        let known = storage::campaign::count_openers(&self.db)?;
        let (mut last, mut reopened) = ((0, 0), 0);
        loop {
            let found = storage::entry::list_unopened(&self.db, last, STEP)?;
            let Some(end) = found.last() else { break };
            last = (end.place.log, end.place.index);
            for of_log in found.chunk_by(|one, other| one.place.log == other.place.log) {
                reopened += self.reopen(of_log)?;
            }
        }
        storage::campaign::set_opened_with(&self.db, known)?;
        self.compare_new()?;
        Ok(reopened)
    }

    /// Does what [`Desk::reopen_set_aside`] does, if a petition or an epoch was added since it was last done.
    pub(crate) fn reopen_if_more_is_known(&mut self) -> Result<(), DeskError> {
        let opened_with = storage::campaign::get(&self.db)?.opened_with;
        if opened_with != storage::campaign::count_openers(&self.db)? {
            self.reopen_set_aside()?;
        }
        Ok(())
    }

    fn reopen(&mut self, entries: &[Unopened]) -> Result<u64, DeskError> {
        let Some(first) = entries.first() else { return Ok(0) };
        let envelopes: Vec<_> = entries.iter().map(|entry| entry.envelope.clone()).collect();
        let opened = self.open_all(first.place.table, &envelopes)?;
        let tx = storage::write(&mut self.db)?;
        let (mut touched, mut reopened) = (BTreeSet::new(), 0);
        for (entry, opened) in entries.iter().zip(opened) {
            let new = recording::place_entry(&tx, &entry.place, opened, &mut touched)?.entry;
            reopened += u64::from(!matches!(new.outcome, Outcome::SetAside(_)));
            storage::entry::set_outcome(&tx, &new)?;
        }
        settle(&tx, touched)?;
        tx.commit()?;
        Ok(reopened)
    }
}
