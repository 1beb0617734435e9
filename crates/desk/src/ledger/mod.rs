//! The ledger, and the count that explains itself.

mod count;
mod page;

pub use count::ExplainedCount;
pub use page::{LedgerPage, LedgerRow};
