//! The campaign's petitions: those that are known, and adding one.

mod adding;
mod changing;
mod document;
pub(crate) mod known;

pub use known::PetitionRow;
