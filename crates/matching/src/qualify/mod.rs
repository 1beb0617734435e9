//! "Will it qualify?": what a checked sample says of all that was filed, by each target's own rule and by ours.
//!
//! One file a rule, with its source. Laws change: each is to be held against the official text before it is relied on.

mod california;
mod colorado;
mod draw;
mod estimate;
mod washington;

pub use california::{California, california, california_sample_size};
pub use colorado::{Colorado, colorado};
pub use draw::draw_sample;
pub use estimate::{Estimate, estimate_valid};
pub use washington::{Washington, washington, washington_sample_size};

/// A sample of what was filed, checked line by line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Signatures filed.
    pub filed: u64,
    /// Of these, those that were drawn and checked.
    pub sampled: u64,
    /// Of these, those of people who may sign, both of a pair counted.
    pub valid: u64,
    /// Pairs of one person among the valid ones; three of one person are three pairs.
    pub pairs: u64,
}

impl Checked {
    /// Lines in the sample that do not count whoever else signed.
    #[must_use]
    pub fn invalid(&self) -> u64 {
        self.sampled.saturating_sub(self.valid)
    }

    /// Whether it can be: something was drawn, and no more than there is.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        (1..=self.filed).contains(&self.sampled) && self.valid <= self.sampled
    }
}

/// What a rule says of a petition by its sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It has enough.
    Qualifies,
    /// The sample does not say: every signature is checked.
    CheckAll,
    /// It has not enough.
    Fails,
}
