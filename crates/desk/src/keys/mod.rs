//! The desk's keys, and the epochs that signatures are sealed to.

pub(crate) mod epochs;
mod own;

pub use own::Keys;
