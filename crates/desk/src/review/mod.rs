//! Who is one person: signatures compared with each other, and what organizers decide of them.

mod comparing;
mod decisions;
mod exchange;
mod kept;
mod many;
mod pile;
mod rule;
mod signers;

pub use decisions::{DecisionRow, NewDecisions};
pub use many::ChosenBy;
pub use pile::{LikelyPair, PileCount, WhyRow};
pub use rule::{DecisionTrial, RuleRow};

pub(crate) use kept::keep_decision;
pub(crate) use many::cover;
pub(crate) use signers::{Compared, LEAST};
