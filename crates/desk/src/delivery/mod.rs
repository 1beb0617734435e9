//! What leaves the desk as a file: the ledger as CSV, and a kit.

mod export;
mod files;

pub use files::{NewKit, write_private};
