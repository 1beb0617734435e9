//! "Will it qualify?": what a checked sample says of all that was filed, by each target's own rule and by ours.
//!
//! One file a rule, with its source. Laws change: each is to be held against the official text before it is relied on.

mod areas;
mod california;
mod colorado;
mod draw;
mod estimate;
mod washington;

pub use areas::{AreaChecked, AreasEstimate, estimate_areas};
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
    /// The people behind the valid ones, each counted once.
    pub people: u64,
    /// Pairs of one person among the valid ones; three of one person are three pairs.
    pub pairs: u64,
}

impl Checked {
    /// Lines in the sample that do not count whoever else signed.
    #[must_use]
    pub fn invalid(&self) -> u64 {
        self.sampled.saturating_sub(self.valid)
    }

    /// Whether it can be: something was drawn, no more than there is, and whoever signed again is in a pair.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        let again = self.valid.checked_sub(self.people);
        (1..=self.filed).contains(&self.sampled)
            && self.valid <= self.sampled
            && again.is_some_and(|again| (again == 0) == (self.pairs == 0) && again <= self.pairs)
            && (self.valid == 0 || self.people > 0)
    }
}

#[cfg(test)]
impl Checked {
    /// A sample in which nobody signed three times.
    pub(crate) fn of(filed: u64, sampled: u64, valid: u64, pairs: u64) -> Self {
        Self { filed, sampled, valid, people: valid - pairs, pairs }
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
