//! From a draft to an envelope that is durable.

mod marks;
mod sign;

pub(crate) use marks::Marker;
pub(crate) use sign::{Ready, Sealed, minute};
pub use sign::{Saved, SignOutcome};
