//! Who is the same person, and why.
//!
//! Pure: texts and values in, decisions out. So far the exact rule of `docs/protocol.md` §9: the same folded
//! e-mail address with the same folded name, on one petition, is the same person.

mod exact;
mod folding;

pub use exact::{ExactKey, Record, exact_duplicates, exact_key};
pub use folding::{fold_email, fold_name};
