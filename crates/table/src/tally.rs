//! Everyone's count: the tally that the desk signed, and the goals by it.

use std::collections::BTreeSet;

use petition::{Goal, display_count, recommend};
use uuid::Uuid;
use wire::Signed;

use crate::{
    counts::Counts,
    error::TableError,
    storage::{again, entry::Span, stride, tally},
    table::Table,
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
        self.goal_beside(petition, &self.counts()?)
    }

    fn goal_beside(&self, petition: Uuid, counts: &Counts) -> Result<Goal, TableError> {
        let found = self.petition(petition).ok_or(TableError::NoPetition)?;
        let rows = self.tally.iter().flat_map(|tally| &tally.body.petitions);
        let counted = rows.filter(|row| row.petition == petition).map(|row| row.count).sum();
        let own = counts.petition(petition).table;
        Ok(found.goal(display_count(counted, self.covered_by_tally(petition)?, own)))
    }

    /// How many of this table's own signatures of a petition the newest tally had seen: each once, in whatever
    /// generation it saw it.
    fn covered_by_tally(&self, petition: Uuid) -> Result<u64, TableError> {
        let logs = self.tally.iter().flat_map(|tally| &tally.body.logs).filter(|log| log.table == self.id);
        // Another computer may have gone on with a log of this name: what is past the own head is not this table's.
        let seen = logs.filter_map(|log| {
            let own = self.find_log(log.generation)?.head.size();
            Some(Span { generation: log.generation, from: 0, to: log.size.min(own) })
        });
        let spans = again::first_places(&self.runs, seen);
        spans.into_iter().map(|span| Ok(stride::count(&self.storage.connection, span, petition)?)).sum()
    }

    /// The petitions that can be signed and are not in `signed`, recommended first.
    pub fn recommended(&self, signed: &[Uuid]) -> Result<Vec<Uuid>, TableError> {
        let signed: BTreeSet<Uuid> = signed.iter().copied().collect();
        let counts = self.counts()?;
        let open = self.petitions().iter().filter(|petition| !self.is_ended(petition.id()));
        let counted = open.map(|petition| Ok((petition, self.goal_beside(petition.id(), &counts)?.count)));
        let counted = counted.collect::<Result<Vec<_>, TableError>>()?;
        Ok(recommend(counted, &signed).into_iter().map(petition::Petition::id).collect())
    }
}
