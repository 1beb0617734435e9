//! Washington: random sampling by WAC 434-379-010, under RCW 29A.72.230: it may accept by the sample, and never rejects by it.

use crate::qualify::{Checked, Finding};

/// Each figure of the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Washington {
    /// The upper limit of invalid signatures among all.
    pub invalid_at_most: f64,
    /// Pairs that there may be among all.
    pub pairs_allowed: f64,
    /// Of these, those that the sample would show.
    pub pairs_expected: f64,
    /// With more pairs than this in the sample, all are checked.
    pub pairs_at_most: f64,
    /// What follows.
    pub finding: Finding,
}

/// How many are drawn at least of so many filed: 3 per cent.
#[must_use]
pub fn washington_sample_size(filed: u64) -> u64 {
    filed.saturating_mul(3).div_ceil(100)
}

/// The rule; none where the sample cannot be. Of a pair both are valid here, and the second is in `pairs`.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "no petition has so many")]
pub fn washington(checked: &Checked, required: u64) -> Option<Washington> {
    if !checked.is_possible() {
        return None;
    }
    let share = checked.sampled as f64 / checked.filed as f64;
    let invalid = checked.invalid() as f64;
    let invalid_at_most = (invalid + 1.5 * invalid.sqrt()) / share;
    let pairs_allowed = checked.filed as f64 - (required as f64 + invalid_at_most);
    let pairs_expected = share * share * pairs_allowed.max(0.0);
    let pairs_at_most = pairs_expected - 1.65 * pairs_expected.sqrt();
    let is_accepted = pairs_allowed > 0.0 && checked.pairs as f64 <= pairs_at_most;
    let finding = if is_accepted { Finding::Qualifies } else { Finding::CheckAll };
    Some(Washington { invalid_at_most, pairs_allowed, pairs_expected, pairs_at_most, finding })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    /// Initiative 1351 of 2014, as the state published it: 737 not registered, 7 pending, 153 of another hand, 9 pairs.
    const CHECKED: Checked =
        Checked { filed: 348_072, sampled: 10_512, valid: 10_512 - 897, people: 10_512 - 897 - 9, pairs: 9 };

    #[test]
    fn a_published_check_comes_out_as_published() {
        let found = washington(&CHECKED, 246_372).unwrap();
        assert_eq!(found.invalid_at_most.round(), 31_189.0);
        assert_eq!(found.pairs_allowed.round(), 70_511.0);
        assert_eq!((found.pairs_expected * 100.0).round(), 6_431.0);
        assert_eq!((found.pairs_at_most * 100.0).round(), 5_108.0);
        assert_eq!(found.finding, Finding::Qualifies);
        assert!(CHECKED.sampled >= washington_sample_size(CHECKED.filed));
    }

    #[test]
    fn with_more_pairs_or_too_few_signatures_all_are_checked_and_none_is_rejected() {
        let more = |pairs| washington(&Checked::of(348_072, 10_512, 9_615, pairs), 246_372).unwrap().finding;
        assert_eq!((more(51), more(52)), (Finding::Qualifies, Finding::CheckAll));
        assert_eq!(washington(&CHECKED, 348_072).unwrap().finding, Finding::CheckAll);
    }
}
