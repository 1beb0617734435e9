//! Who is the same person, and what each signature stands for.
//!
//! Pure: texts and values in, decisions out. So far the exact rule of `docs/protocol.md` §9: the same folded
//! e-mail address with the same folded name, on one petition, is the same person.
//! Beside it stand the rules of the target: which of several signatures counts, what organizers decided, and whether a
//! petition will qualify by a sample of it.

mod clusters;
mod exact;
mod fold;
mod pair;
mod qualify;
mod rules;
mod settle;

pub use clusters::clusters;
pub use exact::{ExactKey, exact_key};
pub use fold::{fold_email, fold_name};
pub use pair::Pair;
pub use qualify::{
    California, Checked, Colorado, Estimate, Finding, Washington, california, california_sample_size,
    colorado, draw_sample, estimate_valid, washington, washington_sample_size,
};
pub use rules::{Decided, Decision, Rule, stand};
pub use settle::{Keep, Signed, Standing, Verdict, settle, settle_by};
