//! Who is the same person, and what each signature stands for.
//!
//! Pure: texts and values in, decisions out. So far the exact rule of `docs/protocol.md` §9: the same folded
//! e-mail address with the same folded name, on one petition, is the same person.

mod exact;
mod fold;
mod settle;

pub use exact::{ExactKey, exact_key};
pub use fold::{fold_email, fold_name};
pub use settle::{Signed, Standing, Verdict, settle};
