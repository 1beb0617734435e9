//! The ledger, and the count that explains itself.

mod count;
mod notes;
mod page;
mod pictures;

pub use count::ExplainedCount;
pub use notes::TableNote;
pub use page::{LedgerPage, LedgerRow, Struck};
pub use pictures::{EnteredLine, SheetPicture};
