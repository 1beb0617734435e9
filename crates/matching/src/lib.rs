//! Who is the same person, and what each signature stands for.
//!
//! Pure: texts and values in, decisions out. The desk decides by the exact rule of `docs/protocol.md` §9: the same folded
//! e-mail address with the same folded name, on one petition, is the same person. [`People`] finds those whom that rule
//! misses, each pair with a probability and its reasons.

mod blocking;
mod clusters;
mod compare;
mod estimate;
mod exact;
mod fold;
mod forms;
mod pair;
mod people;
mod qualify;
mod reasons;
mod rows;
mod rules;
mod settle;
mod signer;
mod texts;
mod weights;

pub use clusters::clusters;
pub use exact::{ExactKey, exact_key};
pub use fold::{fold_email, fold_name};
pub use forms::{
    address::{city_form, postal_code_form},
    email::mailbox,
    phone::phone_digits,
};
pub use pair::Pair;
pub use people::{Judged, People};
pub use qualify::{
    California, Checked, Colorado, Estimate, Finding, Washington, california, california_sample_size,
    colorado, draw_sample, estimate_valid, washington, washington_sample_size,
};
pub use reasons::Reason;
pub use rows::table_number;
pub use rules::{Decided, Decision, Rule, stand};
pub use settle::{Keep, Signed, Standing, Verdict, settle, settle_by};
pub use signer::Signer;
pub use weights::Weights;
