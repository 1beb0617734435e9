//! From a draft to an envelope that is durable.

mod marks;
mod sign;

pub(crate) use marks::{Marker, id_of};
pub(crate) use sign::Sealed;
pub use sign::{Saved, SignOutcome};
