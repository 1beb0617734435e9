//! The number that explains itself.

use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    desk::Desk,
    error::DeskError,
    storage::{self, counts::StandingCounts},
    view::View,
};

/// Collected − duplicates − void − withdrawn − in review = deliverable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct ExplainedCount {
    /// Distinct signatures.
    pub collected: u64,
    /// Of those, duplicates of another.
    pub duplicates: u64,
    /// Of those, void.
    pub void: u64,
    /// Of those, withdrawn or erased.
    pub withdrawn: u64,
    /// Of those, to be looked at before they count.
    pub in_review: u64,
    /// What can be handed over.
    pub deliverable: u64,
    /// Entries that repeat a signature which is in an earlier place too. Not among the collected.
    pub resent: u64,
    /// Entries that hold no signature for the ledger. Not among the collected.
    pub set_aside: u64,
}

impl Desk {
    /// The count of a petition, or of all. An entry that does not open belongs to no petition, so it is only in
    /// the count of all.
    pub fn count(&self, petition: Option<Uuid>) -> Result<ExplainedCount, DeskError> {
        self.view().count(petition)
    }
}

impl View<'_> {
    /// [`Desk::count`].
    pub(crate) fn count(self, petition: Option<Uuid>) -> Result<ExplainedCount, DeskError> {
        let (resent, set_aside) = storage::counts::count_beside(self.db, petition)?;
        let standings = storage::counts::count_standings(self.db, petition)?;
        let StandingCounts { counted, duplicate, void, withdrawn, erased, in_review } = standings;
        Ok(ExplainedCount {
            collected: counted + duplicate + void + withdrawn + erased + in_review,
            duplicates: duplicate,
            void,
            withdrawn: withdrawn + erased,
            in_review,
            deliverable: counted,
            resent,
            set_aside,
        })
    }
}
