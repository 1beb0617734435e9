//! Who is one person: signatures compared with each other, and what organizers decide of them.

mod comparing;
mod decisions;
mod pile;
mod rule;
mod signers;

pub use decisions::{DecisionRow, NewDecisions};
pub use pile::{LikelyPair, PileCount, WhyRow};
pub use rule::{RuleRow, RuleTrial};

pub(crate) use decisions::keep_decision;
pub(crate) use signers::Compared;
