//! The desk, with real files and with tables made by hand.
#![expect(clippy::unwrap_used, reason = "tests")]

mod backup;
mod campaign;
mod codes;
mod convergence;
mod files;
mod filter;
mod forks;
mod hand_made;
mod kits;
mod ledger;
mod listed;
mod merge;
mod pictures;
mod pull;
mod replayed;
mod review;
mod roll;
mod served;
mod telling;
mod translated;
mod update;
mod world;
