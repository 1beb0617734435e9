//! The first pages: the keys, and what this computer is for.

pub(crate) mod campaign;
pub(crate) mod kit;
pub(crate) mod language;
pub(crate) mod places;
pub(crate) mod recovery;
pub(crate) mod state;
