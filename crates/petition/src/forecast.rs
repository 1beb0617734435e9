//! When a goal will be reached, if the days to come are as those before.

use serde::Serialize;
use ts_rs::TS;

/// Days that a forecast looks back on, at most and at least.
const MOST: usize = 28;
const LEAST: usize = 3;

/// Of a normal distribution, what eight in ten are within (NIST/SEMATECH e-Handbook, 1.3.6.7.1).
const EIGHT_IN_TEN: f64 = 1.2816;

/// In how many days a goal will be reached: eight in ten times from `earliest` to `latest`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
pub struct Forecast {
    /// Signatures a day, on average of the days that it looks back on.
    pub a_day: f64,
    /// How many days it looks back on.
    pub looked_back: u32,
    /// In so many days.
    pub expected: u32,
    /// Not before.
    pub earliest: u32,
    /// Not after; none where the days were so unlike each other that it may never be.
    pub latest: Option<u32>,
}

/// In how many days so many more signatures will have come, by those of each whole day before now, the first one first. None where too
/// few days are known, or on none of them anybody signed.
///
/// The sum of n days to come is taken for normal, about n means, with the variance of n days and that of the mean itself: so few days
/// say little. The bounds are where the goal lies at the edge of eight in ten of it.
#[must_use]
pub fn forecast(days: &[u64], missing: u64) -> Option<Forecast> {
    let days = days.get(days.len().saturating_sub(MOST)..)?;
    if days.len() < LEAST || missing == 0 {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "no petition has 2^52 signatures")]
    let (count, sum, missing) = (days.len() as f64, days.iter().sum::<u64>() as f64, missing as f64);
    if sum <= 0.0 {
        return None;
    }
    let mean = sum / count;
    #[expect(clippy::cast_precision_loss, reason = "no day has 2^52 signatures")]
    let spread: f64 = days.iter().map(|day| (*day as f64 - mean).powi(2)).sum();
    // Signatures that come one by one vary as much as they are many, even where the days were alike.
    let variance = (spread / (count - 1.0)).max(mean);
    let edge = EIGHT_IN_TEN * EIGHT_IN_TEN;
    // (n·mean − missing)² = edge·(n·variance + n²·variance / count), solved for n.
    let square = mean * mean - edge * variance / count;
    let linear = 2.0 * mean * missing + edge * variance;
    let root = (linear * linear - 4.0 * square * missing * missing).max(0.0).sqrt();
    let earliest = 2.0 * missing * missing / (linear + root);
    let latest = (square > 0.0).then(|| (linear + root) / (2.0 * square));
    Some(Forecast {
        a_day: mean,
        looked_back: u32::try_from(days.len()).ok()?,
        expected: whole_days(missing / mean),
        earliest: whole_days(earliest),
        latest: latest.map(whole_days),
    })
}

/// A part of a day is a day.
fn whole_days(days: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is held within its bounds"
    )]
    let days = days.ceil().clamp(1.0, f64::from(u32::MAX)) as u32;
    days
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_that_were_alike_say_it_nearly_to_the_day() {
        let forecast = forecast(&[100; 14], 1_000).unwrap();
        assert_eq!((forecast.expected, forecast.looked_back), (10, 14));
        assert!((9..=10).contains(&forecast.earliest) && (10..=11).contains(&forecast.latest.unwrap()));
    }

    #[test]
    fn what_is_not_known_is_not_foretold() {
        assert_eq!(forecast(&[], 10), None);
        assert_eq!(forecast(&[5, 5], 10), None);
        assert_eq!(forecast(&[0, 0, 0, 0], 10), None);
        assert_eq!(forecast(&[5, 5, 5], 0), None);
        // One day of all: it may not come again.
        assert_eq!(forecast(&[0, 0, 300, 0], 10_000).unwrap().latest, None);
    }

    #[test]
    fn eight_in_ten_are_within_it() {
        let mut state = 20_261_128_u64;
        // A day at a street table: between 20 and 180, by Knuth's MMIX generator.
        let mut day = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            20 + (state >> 33) % 161
        };
        let (mut within, tries) = (0, 2_000);
        for _ in 0..tries {
            let before: Vec<u64> = (0..14).map(|_| day()).collect();
            let (mut missing, mut days) = (1_500_u64, 0);
            let forecast = forecast(&before, missing).unwrap();
            while missing > 0 {
                missing = missing.saturating_sub(day());
                days += 1;
            }
            within +=
                u32::from(forecast.earliest <= days && forecast.latest.is_none_or(|latest| days <= latest));
        }
        let share = f64::from(within) / f64::from(tries);
        assert!((0.75..0.92).contains(&share), "{share}");
    }

    proptest! {
        #[test]
        fn the_expected_day_is_within_its_bounds(
            days in proptest::collection::vec(0..5_000_u64, 0..60),
            missing in 0..10_000_000_u64,
        ) {
            if let Some(forecast) = forecast(&days, missing) {
                prop_assert!(forecast.earliest <= forecast.expected);
                prop_assert!(forecast.latest.is_none_or(|latest| forecast.expected <= latest));
            }
        }
    }
}
