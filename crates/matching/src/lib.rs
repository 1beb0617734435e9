//! Who is the same person, what each signature stands for, and whether a petition will qualify.
//!
//! Pure: texts and values in, decisions out. [`People`] finds who is likely one person, each pair with a probability and its
//! reasons: Fellegi and Sunter, "A theory for record linkage", 1969, with how common a name is, and weights estimated from the
//! signatures themselves. [`stand`] makes of that, of the target's [`Rule`] and of what organizers decided what each signature stands
//! for.

mod blocking;
mod clusters;
mod compare;
mod estimate;
mod fields;
mod fold;
mod forms;
mod pair;
mod people;
mod qualify;
mod reasons;
mod roll;
mod rows;
mod rules;
mod settle;
mod signer;
mod texts;
mod weights;

pub use clusters::clusters;
pub use fold::fold_name;
pub use forms::{
    address::{city_form, postal_code_form},
    email::mailbox,
    phone::phone_digits,
};
pub use pair::Pair;
pub use people::{Candidates, Judged, Part, People};
pub use qualify::{
    AreaChecked, AreasEstimate, California, Checked, Colorado, Estimate, Finding, Washington, california,
    california_sample_size, colorado, draw_sample, estimate_areas, estimate_valid, washington,
    washington_sample_size,
};
pub use reasons::Reason;
pub use roll::{Difference, LookUp, LookedUp, Tolerance, look_up, roll_keys, search_keys};
pub use rules::{Decided, Decision, Rule, stand};
pub use settle::{Keep, Signed, Standing, Verdict};
pub use signer::Signer;
pub use weights::Weights;
