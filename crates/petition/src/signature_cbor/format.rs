//! The version of the bytes of a signature.

/// The only format so far.
pub(super) const FORMAT: u64 = 1;
