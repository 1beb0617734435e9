//! From a draft to an envelope that is durable.

mod marks;
mod sign;

pub(crate) use marks::Marker;
pub use sign::{Saved, SignOutcome};
pub(crate) use sign::{Sealed, minute};
