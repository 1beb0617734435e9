//! Ours: how many people stand behind what was filed, with its interval, and how likely these are enough.
//!
//! Without bias while nobody signs three times: L. A. Goodman, "On the estimation of the number of classes in a population",
//! 1949. The valid share is an interval of Wilson's with the correction for a finite population; few pairs have the exact
//! limits of Poisson's law, many its normal approximation.

use statrs::distribution::{ContinuousCDF, Gamma, Normal};

use crate::qualify::Checked;

/// How many valid signatures there are, a person counted once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The likeliest number.
    pub valid: f64,
    /// With the confidence asked for, not below this.
    pub low: f64,
    /// Nor above this.
    pub high: f64,
    /// How likely there are as many as are required.
    pub enough: f64,
}

/// How many valid signatures there are of all that were filed. `confidence` is 0.95 for "nineteen times of twenty".
/// None where the sample or the confidence cannot be.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "no petition has so many")]
pub fn estimate_valid(checked: &Checked, required: u64, confidence: f64) -> Option<Estimate> {
    if !(checked.is_possible() && confidence > 0.0 && confidence < 1.0) {
        return None;
    }
    let [filed, sampled, valid, pairs] =
        [checked.filed, checked.sampled, checked.valid, checked.pairs].map(|count| count as f64);
    let normal = Normal::standard();
    let z = normal.inverse_cdf(0.5 + confidence / 2.0);
    let share = valid / sampled;
    let each_pair = if sampled > 1.0 { filed * (filed - 1.0) / (sampled * (sampled - 1.0)) } else { 0.0 };
    let likeliest = filed * share - each_pair * pairs;
    let unseen = 1.0 - sampled / filed;
    let (share_low, share_high) = wilson(share, sampled, unseen, z);
    let (pairs_low, pairs_high) = poisson(pairs, unseen * (1.0 + sampled / filed), z, confidence)?;
    let below = (filed * (share - share_low)).hypot(each_pair * (pairs_high - pairs));
    let above = (filed * (share_high - share)).hypot(each_pair * (pairs - pairs_low));
    let away = likeliest - required as f64;
    // The side of the interval on which the requirement lies says how sure it is.
    let spread = if away >= 0.0 { below } else { above } / z;
    let enough = if spread > 0.0 { normal.cdf(away / spread) } else { f64::from(u8::from(away >= 0.0)) };
    Some(Estimate {
        valid: likeliest.max(0.0),
        low: (likeliest - below).max(0.0),
        high: (likeliest + above).min(filed),
        enough,
    })
}

/// Wilson's interval of a share; `unseen` is the part of the whole that was not drawn.
fn wilson(share: f64, drawn: f64, unseen: f64, z: f64) -> (f64, f64) {
    if unseen <= 0.0 {
        return (share, share);
    }
    let drawn = drawn / unseen;
    let square = z * z / drawn;
    let middle = (share + square / 2.0) / (1.0 + square);
    let half = z * (share * (1.0 - share) / drawn + square / (4.0 * drawn)).sqrt() / (1.0 + square);
    ((middle - half).min(share), (middle + half).max(share))
}

/// How many pairs there could as well have been in the sample.
fn poisson(pairs: f64, unseen: f64, z: f64, confidence: f64) -> Option<(f64, f64)> {
    if unseen <= 0.0 {
        return Some((pairs, pairs));
    }
    if pairs >= 10.0 {
        let half = z * (pairs * unseen).sqrt();
        return Some((pairs - half, pairs + half));
    }
    let tail = (1.0 - confidence) / 2.0;
    let low = if pairs == 0.0 { 0.0 } else { Gamma::new(pairs, 1.0).ok()?.inverse_cdf(tail) };
    let high = Gamma::new(pairs + 1.0, 1.0).ok()?.inverse_cdf(1.0 - tail);
    // What was not drawn is unsure alone.
    Some((pairs - (pairs - low) * unseen.sqrt(), pairs + (high - pairs) * unseen.sqrt()))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[track_caller]
    fn check(filed: u64, sampled: u64, accepted: u64, pairs: u64, wanted: f64) {
        let checked = Checked::of(filed, sampled, accepted + pairs, pairs);
        let found = estimate_valid(&checked, 120_577, 0.95).unwrap();
        assert_eq!(found.valid.round(), wanted);
        assert!(found.low < wanted && wanted < found.high);
    }

    #[test]
    fn a_referendum_that_was_checked_to_the_end_was_foretold() {
        // Washington's Referendum 71 of 2009, by three of the tallies published on the way; it ended with 122,007.
        check(137_689, 48_289, 43_147, 242, 121_750.0);
        check(137_689, 65_531, 58_306, 470, 121_421.0);
        check(137_689, 125_631, 110_797, 1_730, 121_249.0);
    }

    #[test]
    fn the_limits_of_few_pairs_are_the_exact_ones() {
        let (low, high) = poisson(3.0, 1.0, 1.96, 0.95).unwrap();
        assert!((low - 0.6187).abs() < 1e-3 && (high - 8.7673).abs() < 1e-3, "{low} {high}");
    }

    #[test]
    fn what_was_checked_to_the_last_line_is_sure() {
        let found = estimate_valid(&Checked::of(100, 100, 90, 2), 88, 0.95).unwrap();
        assert_eq!((found.valid, found.low, found.high, found.enough), (88.0, 88.0, 88.0, 1.0));
    }

    /// Whether the truth is within the interval, for one sample drawn from `filed` of which a part is invalid and some are pairs.
    fn covers(filed: u64, sampled: u64, pairs: u64, seed: u64) -> bool {
        let invalid = filed * 15 / 100;
        let truth = filed - invalid - pairs;
        let mut state = seed;
        let mut draw = |end: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((u128::from(state) * u128::from(end)) >> 64) as u64
        };
        // Lines 0..2·pairs are the pairs, those at the end are invalid.
        let mut drawn = vec![false; filed as usize];
        let mut left = sampled;
        while left > 0 {
            let line = &mut drawn[draw(filed) as usize];
            left -= u64::from(!*line);
            *line = true;
        }
        let valid = drawn[..(filed - invalid) as usize].iter().filter(|is_drawn| **is_drawn).count();
        let seen = drawn[..2 * pairs as usize].chunks_exact(2).filter(|pair| pair[0] && pair[1]).count();
        let checked = Checked::of(filed, sampled, valid as u64, seen as u64);
        let found = estimate_valid(&checked, truth, 0.95).unwrap();
        (found.low..=found.high).contains(&(truth as f64))
    }

    #[test]
    fn of_a_thousand_samples_the_truth_is_within_at_least_930_intervals() {
        for (filed, sampled, pairs) in [(8_000, 500, 240), (60_000, 3_000, 600), (20_000, 2_000, 600)] {
            let covered = (0..1_000).filter(|seed| covers(filed, sampled, pairs, seed * 7919 + 1)).count();
            assert!(covered >= 930, "{filed} {sampled}: {covered}");
        }
    }
}
