//! The organizer's pages.

pub(crate) mod backup;
mod backup_view;
pub(crate) mod codes;
pub(crate) mod exchange;
pub(crate) mod home;
pub(crate) mod kits;
pub(crate) mod ledger;
pub(crate) mod merge;
pub(crate) mod petitions;
pub(crate) mod pictures;
pub(crate) mod review;
pub(crate) mod roll;
pub(crate) mod tables;
pub(crate) mod verdicts;
