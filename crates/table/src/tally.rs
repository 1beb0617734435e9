use std::collections::BTreeSet;

use petition::{Goal, display_count, recommend};
use uuid::Uuid;
use wire::Signed;

use crate::{
    Table, TableError,
    storage::{entry, tally},
};

impl Table {
    /// Takes a tally note; says whether it was newer than the one known. Errors when it is not this campaign's.
    pub fn accept_tally(&mut self, note: &str) -> Result<bool, TableError> {
        let tally = Signed::<wire::Tally>::verify_root(note, self.about.campaign, self.root_key())?;
        if self.tally.as_ref().is_some_and(|known| known.body.seq >= tally.body.seq) {
            return Ok(false);
        }
        tally::set(&self.storage.connection, note)?;
        self.tally = Some(tally);
        Ok(true)
    }

    pub(crate) fn everyone(&self) -> Option<(u64, i64)> {
        let tally = self.tally.as_ref()?;
        let own = |petition: Uuid| self.petition(petition).is_some();
        let count = tally.body.petitions.iter().filter(|row| own(row.petition)).map(|row| row.count).sum();
        Some((count, tally.at))
    }

    /// The goal of a petition at the count on display: the tally, and what this table saved since.
    pub fn goal(&self, petition: Uuid) -> Result<Goal, TableError> {
        let found = self.petition(petition).ok_or(TableError::NoPetition)?;
        let rows = self.tally.iter().flat_map(|tally| &tally.body.petitions);
        let counted = rows.filter(|row| row.petition == petition).map(|row| row.count).sum();
        let own = self.counts()?.petition(petition).table;
        Ok(found.goal(display_count(counted, self.covered_by_tally(petition)?, own)))
    }

    /// How many of this table's own signatures of a petition the newest tally had seen.
    fn covered_by_tally(&self, petition: Uuid) -> Result<u64, TableError> {
        let logs = self.tally.iter().flat_map(|tally| &tally.body.logs).filter(|log| log.table == self.id);
        logs.map(|log| entry::count(&self.storage.connection, log.generation, log.size, petition)).sum()
    }

    /// The petitions that are not in `signed`, recommended first.
    pub fn recommended(&self, signed: &[Uuid]) -> Result<Vec<Uuid>, TableError> {
        let signed: BTreeSet<Uuid> = signed.iter().copied().collect();
        let counted = self.petitions.iter().map(|petition| Ok((petition, self.goal(petition.id())?.count)));
        let counted = counted.collect::<Result<Vec<_>, TableError>>()?;
        Ok(recommend(counted, &signed).into_iter().map(petition::Petition::id).collect())
    }
}
