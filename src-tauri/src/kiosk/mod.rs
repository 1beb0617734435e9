//! The signer's pages, and the way back to the volunteer.

pub(crate) mod aloud;
pub(crate) mod between;
pub(crate) mod home;
pub(crate) mod petition;
pub(crate) mod pin;
pub(crate) mod sign;
pub(crate) mod stuck;
pub(crate) mod visit;
