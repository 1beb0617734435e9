//! From a draft to an envelope that is durable.

mod marks;
mod ready;
mod sign;

pub(crate) use marks::Marker;
pub(crate) use ready::Ready;
pub use sign::{Saved, SignOutcome};
pub(crate) use sign::{Sealed, minute};
