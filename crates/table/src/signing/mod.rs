//! From a draft to an envelope that is durable.

mod marks;
mod sign;

pub use sign::{Saved, SignOutcome};
