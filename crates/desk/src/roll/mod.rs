//! The roll: a list of those whose signatures count, as the target keeps it. It is at this desk alone, in an encrypted file under a key of
//! its own, until a day on which it is deleted; no kit, batch, backup or endpoint has any of it.

mod estimate;
mod layout;
mod loading;
mod looking;
mod preview;
mod qualify;
mod quotas;
mod reading;
mod row;
mod store;

use crate::{desk::Desk, error::DeskError, storage::roll};
use row::row_of;

pub use estimate::ValidEstimate;
pub use layout::{ROLL_LAYOUTS, RollColumns, RollLayout};
pub use loading::{RollBegun, RollFilled, RollProgress};
pub use looking::{NotOnRoll, RollCount};
pub use preview::{RollEntry, RollPreview, preview_roll};
pub use qualify::{Qualification, RuleFinding, Sample};
pub use quotas::{QualifiedArea, QualifiedAreas, Quotas};
pub use row::{NewRoll, RollLoaded, RollRow};

impl Desk {
    /// The roll that is here. One whose day has come is deleted. `now` is in Unix seconds.
    pub fn roll(&mut self, now: i64) -> Result<Option<RollRow>, DeskError> {
        let kept = roll::find(&self.db)?;
        if kept.as_ref().is_some_and(|kept| kept.delete_by <= now) {
            self.delete_roll()?;
            return Ok(None);
        }
        Ok(kept.as_ref().map(row_of))
    }

    /// Deletes the roll: its key, then its file. What came of looking signatures up stays.
    pub fn delete_roll(&mut self) -> Result<(), DeskError> {
        roll::delete(&self.db)?;
        self.tidy_rolls()
    }
}
