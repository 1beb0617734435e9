//! What leaves the desk as a file: the ledger as CSV, and a kit.

mod export;
mod files;
mod spreadsheet;

pub use files::{NewKit, write_private};
pub use spreadsheet::unguarded;
