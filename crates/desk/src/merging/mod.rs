//! From a batch to the ledger: finding its place, opening its envelopes, writing what was in them.

mod files;
mod merge;
pub(crate) mod opening;
pub(crate) mod recording;
pub(crate) mod reopening;
#[cfg(test)]
mod tests;

pub use files::FilesMerged;
pub use merge::Merged;
