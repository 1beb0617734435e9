//! The ledger, and the count that explains itself.

mod count;
mod notes;
mod page;

pub use count::ExplainedCount;
pub use notes::TableNote;
pub use page::{LedgerPage, LedgerRow, Struck};
