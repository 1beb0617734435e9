//! Quotas by area: whether enough areas have as many valid signatures as each requires.
//!
//! The areas of one sample depend on each other, so the chance that several have enough is not the product of theirs: it is counted in simulated
//! petitions, each with shares drawn from what the sample leaves open (Dirichlet's distribution, with W. Perks's prior of 1947) and what was
//! not drawn filled by them. The same sample gives the same figures to anybody.

use crate::qualify::{
    Checked,
    estimate::{Estimate, estimate_valid},
};

/// So many petitions are simulated.
const SIMULATED: usize = 4_000;

/// What was found of an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AreaChecked {
    /// How many valid signatures it requires.
    pub required: u64,
    /// The people behind the valid ones of the sample, each counted once.
    pub people: u64,
}

/// What a sample says of all areas.
#[derive(Clone, Debug, PartialEq)]
pub struct AreasEstimate {
    /// Of each, as they were given.
    pub areas: Vec<Estimate>,
    /// How many have enough by their likeliest number.
    pub reached: u64,
    /// How likely as many areas as are required have enough.
    pub enough: f64,
}

/// How many valid signatures each area has, and how likely at least `least` of them have as many as each requires. `confidence` is 0.95 for
/// "nineteen times of twenty". None where the sample or the confidence cannot be, or more people are of areas than there are.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "no petition has so many")]
pub fn estimate_areas(
    checked: &Checked,
    areas: &[AreaChecked],
    least: u64,
    confidence: f64,
) -> Option<AreasEstimate> {
    let whole = estimate_valid(checked, 0, confidence)?;
    let of_areas: u64 = areas.iter().map(|area| area.people).sum();
    let elsewhere = checked.people.checked_sub(of_areas)?;
    let unseen = checked.filed.saturating_sub(checked.sampled) as f64;
    let scale = checked.filed as f64 / checked.sampled as f64;
    // Of those that were not drawn more are of people who signed twice than a sample shows.
    let once = match checked.people as f64 * scale {
        people if people > 0.0 && unseen > 0.0 => (whole.valid / people).clamp(0.0, 1.0),
        _ => 1.0,
    };
    let prior = 1.0 / (areas.len() as f64 + 2.0);
    // The last two: valid ones of no such area, and lines that are not valid.
    let seen: Vec<f64> = areas
        .iter()
        .map(|area| area.people)
        .chain([elsewhere, checked.sampled - checked.people])
        .map(|count| count as f64)
        .collect();
    let mut random = Random(checked.filed ^ checked.sampled.rotate_left(32));
    let mut simulated = vec![Vec::with_capacity(SIMULATED); areas.len()];
    let mut enough = 0;
    for _ in 0..SIMULATED {
        let weights: Vec<f64> = seen.iter().map(|count| random.gamma(count + prior)).collect();
        let sum: f64 = weights.iter().sum();
        let mut reached = 0;
        for (((area, weight), seen), simulated) in areas.iter().zip(&weights).zip(&seen).zip(&mut simulated) {
            let share = weight / sum;
            let more = unseen * share + random.normal() * (unseen * share * (1.0 - share)).sqrt();
            let valid = ((seen + more.clamp(0.0, unseen)) * once).round();
            reached += u64::from(valid >= area.required as f64);
            simulated.push(valid);
        }
        enough += usize::from(reached >= least);
    }
    let estimates: Vec<Estimate> = areas
        .iter()
        .zip(simulated)
        .map(|(area, mut simulated)| {
            simulated.sort_unstable_by(f64::total_cmp);
            let at = |part: f64| {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "within the list"
                )]
                let place = (part * (SIMULATED - 1) as f64).round() as usize;
                simulated.get(place).copied().unwrap_or_default()
            };
            let few = simulated.partition_point(|valid| *valid < area.required as f64);
            Estimate {
                valid: area.people as f64 * scale * once,
                low: at((1.0 - confidence) / 2.0),
                high: at(f64::midpoint(1.0, confidence)),
                enough: (SIMULATED - few) as f64 / SIMULATED as f64,
            }
        })
        .collect();
    let has_enough =
        |(area, estimate): &(&AreaChecked, &Estimate)| estimate.valid.round() >= area.required as f64;
    let reached = areas.iter().zip(&estimates).filter(has_enough).count() as u64;
    Some(AreasEstimate { areas: estimates, reached, enough: enough as f64 / SIMULATED as f64 })
}

/// Numbers that look as if they were drawn: SplitMix64 (G. L. Steele and others, 2014).
struct Random(u64);

impl Random {
    /// Between 0 and 1, neither of them.
    #[expect(clippy::cast_precision_loss, reason = "53 bits are kept whole")]
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64 + f64::EPSILON / 4.0
    }

    /// Of the normal distribution (Box and Muller, 1958).
    fn normal(&mut self) -> f64 {
        (-2.0 * self.uniform().ln()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// Of the gamma distribution with this shape (Marsaglia and Tsang, 2000).
    fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            return self.gamma(shape + 1.0) * self.uniform().powf(1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && self.uniform().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn area(required: u64, people: u64) -> AreaChecked {
        AreaChecked { required, people }
    }

    #[test]
    fn what_was_checked_to_the_last_line_is_sure() {
        let checked = Checked::of(1_000, 1_000, 900, 20);
        let areas = [area(300, 300), area(401, 400), area(0, 0), area(180, 180)];
        let found = estimate_areas(&checked, &areas, 3, 0.95).unwrap();
        assert_eq!((found.reached, found.enough), (3, 1.0));
        let sure = |valid, enough| Estimate { valid, low: valid, high: valid, enough };
        assert_eq!(found.areas, [sure(300.0, 1.0), sure(400.0, 0.0), sure(0.0, 1.0), sure(180.0, 1.0)]);
        assert_eq!(estimate_areas(&checked, &areas, 4, 0.95).unwrap().enough, 0.0);
    }

    #[test]
    fn areas_on_the_edge_are_a_toss_and_all_of_them_are_less_likely_than_each() {
        let checked = Checked::of(20_000, 2_000, 1_600, 0);
        let found = estimate_areas(&checked, &[area(4_000, 400); 4], 4, 0.95).unwrap();
        assert!(found.areas.iter().all(|area| (0.4..0.6).contains(&area.enough)), "{found:?}");
        // Where one area has more, another has less: below a half to the fourth.
        assert!(found.enough < 0.0625, "{found:?}");
        let one = estimate_areas(&checked, &[area(4_000, 400); 4], 1, 0.95).unwrap();
        assert!(one.enough > 0.9, "{one:?}");
        let none = estimate_areas(&checked, &[], 0, 0.95).unwrap();
        assert_eq!((none.reached, none.enough), (0, 1.0));
    }

    #[test]
    fn a_sample_with_more_people_of_areas_than_there_are_says_nothing() {
        let checked = Checked::of(20_000, 2_000, 1_600, 0);
        assert_eq!(estimate_areas(&checked, &[area(1, 900), area(1, 900)], 1, 0.95), None);
    }

    #[test]
    fn of_300_samples_the_truth_of_an_area_is_within_at_least_275_intervals() {
        // One line in twenty, one in three, one in two hundred.
        for share in [20, 3, 200] {
            let (filed, sampled) = (20_000_u64, 1_000_u64);
            let truth = filed / share;
            let mut random = Random(share);
            let mut covered = 0;
            for _ in 0..300 {
                let (mut left, mut of_area, mut seen) = (filed, truth, 0);
                for _ in 0..sampled {
                    let is_of_area = random.uniform() < of_area as f64 / left as f64;
                    left -= 1;
                    of_area -= u64::from(is_of_area);
                    seen += u64::from(is_of_area);
                }
                let checked = Checked::of(filed, sampled, sampled * 9 / 10, 0);
                let found = estimate_areas(&checked, &[area(truth, seen)], 1, 0.95).unwrap();
                covered += u64::from((found.areas[0].low..=found.areas[0].high).contains(&(truth as f64)));
            }
            assert!(covered >= 275, "{share}: {covered}");
        }
    }
}
