//! The ledger, and the count that explains itself.

mod breakdown;
mod columns;
mod count;
mod filter;
mod forecast;
mod index;
mod notes;
mod page;
mod patterns;
mod pictures;
mod story;

pub use breakdown::{Breakdown, CountPart, CountParts, StandingCount};
pub use count::ExplainedCount;
pub use filter::{LedgerFilter, RollStanding, StandingName};
pub use forecast::GoalForecast;
pub use notes::TableNote;
pub use page::{LedgerPage, LedgerRow, Struck};
pub use patterns::{Pattern, PatternKind};
pub use pictures::{EnteredLine, SheetPicture};
pub use story::{Story, StoryEntry, StoryPair, StoryProof, StoryRoll};

pub(crate) use index::Index;
