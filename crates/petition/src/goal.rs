//! The goal ladder, the note on the milestone ahead, and the count on display.

use serde::Serialize;
use ts_rs::TS;

use crate::text::Petition;

/// The goals after a petition's own. Beyond the last, every million is one.
const LADDER: [u64; 20] = [
    100, 200, 500, 1_000, 1_500, 2_500, 5_000, 7_500, 10_000, 15_000, 25_000, 35_000, 50_000, 75_000,
    100_000, 150_000, 200_000, 300_000, 500_000, MILLION,
];

/// The step beyond the ladder.
const MILLION: u64 = 1_000_000;

/// "12 have signed. Let's get to 100!"
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Goal {
    /// How many have signed.
    pub count: u64,
    /// The goal being worked on: always more than the count.
    pub goal: u64,
    /// From 0 to 1, of the way to the goal.
    pub progress: f64,
    /// The nearest milestone ahead, where one lies on the way to the goal.
    pub milestone: Option<u64>,
    /// What it brings, in the words of the original.
    pub milestone_note: Option<String>,
}

impl Petition {
    /// The goal being worked on at a count: the petition's own first; when that is reached, or where there is
    /// none, the next step of the ladder.
    #[must_use]
    pub fn goal(&self, count: u64) -> Goal {
        let goal = self.own_goal().filter(|own| *own > count).unwrap_or_else(|| next_step(count));
        let ahead = self.milestones().iter().find(|(at, _)| **at > count).filter(|(at, _)| **at <= goal);
        Goal {
            count,
            goal,
            progress: fraction(count, goal),
            milestone: ahead.map(|(at, _)| *at),
            milestone_note: ahead.map(|(_, note)| note.clone()),
        }
    }

    /// Whether a count is at or past any of the petition's milestones.
    #[must_use]
    pub fn is_past_a_milestone(&self, count: u64) -> bool {
        self.milestones().keys().any(|at| *at <= count)
    }
}

/// The next step of the ladder above a count.
fn next_step(count: u64) -> u64 {
    match LADDER.into_iter().find(|step| *step > count) {
        Some(step) => step,
        None => (count / MILLION).saturating_add(1).saturating_mul(MILLION),
    }
}

/// How far `count` is on its way to `goal`, 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "a progress bar needs no more than 52 bits")]
fn fraction(count: u64, goal: u64) -> f64 {
    (count as f64 / goal as f64).clamp(0.0, 1.0)
}

/// The count on display at a table: the campaign's last tally, and what this table has saved since.
///
/// `tally_covers_own` of the table's `own` entries are in the tally already. Never less than the tally.
#[must_use]
pub fn display_count(tally: u64, tally_covers_own: u64, own: u64) -> u64 {
    tally.saturating_add(own.saturating_sub(tally_covers_own))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn petition(settings: &str) -> Petition {
        let source = format!("---\ntitle: T\nstarted_by: S\naddressed_to: A\n{settings}---\n\nText.\n");
        Petition::parse(Uuid::nil(), 1, &source).unwrap()
    }

    #[track_caller]
    fn check(petition: &Petition, count: u64, goal: u64, note: Option<&str>) {
        let found = petition.goal(count);
        assert_eq!((found.count, found.goal, found.milestone_note.as_deref()), (count, goal, note));
    }

    #[test]
    fn the_sample_climbs_the_ladder() {
        let sample = Petition::parse(Uuid::nil(), 1, crate::SAMPLE).unwrap();
        let note = "At 100 signatures, this petition is more likely to be featured in recommendations!";
        check(&sample, 0, 100, Some(note));
        check(&sample, 99, 100, Some(note));
        check(&sample, 100, 200, None);
        check(&sample, 199, 200, None);
        check(&sample, 200, 500, None);
        check(&sample, 999_999, 1_000_000, None);
        check(&sample, 1_000_000, 2_000_000, None);
        check(&sample, 2_345_678, 3_000_000, None);
    }

    #[test]
    fn a_petitions_own_goal_comes_first() {
        let petition = petition("goal: 750\nmilestones:\n  50: a\n  600: b\n  1000: c\n  5000: d\n");
        check(&petition, 0, 750, Some("a"));
        check(&petition, 50, 750, Some("b"));
        check(&petition, 600, 750, None);
        check(&petition, 750, 1_000, Some("c"));
        check(&petition, 1_000, 1_500, None);
        check(&petition, 4_999, 5_000, Some("d"));
    }

    #[test]
    fn progress_is_a_fraction_of_the_goal() {
        let petition = petition("");
        assert_eq!(petition.goal(0).progress, 0.0);
        assert_eq!(petition.goal(50).progress, 0.5);
        assert_eq!(petition.goal(250).progress, 0.5);
    }

    #[test]
    fn own_entries_count_until_the_tally_covers_them() {
        for (tally, covered, own, expect) in [
            (0, 0, 0, 0),
            (0, 0, 3, 3),
            (10, 0, 3, 13),
            (10, 2, 3, 11),
            (10, 3, 3, 10),
            (10, 5, 3, 10),
            (u64::MAX, 0, 1, u64::MAX),
        ] {
            assert_eq!(display_count(tally, covered, own), expect, "{tally} {covered} {own}");
        }
    }

    proptest! {
        #[test]
        fn the_goal_is_always_ahead(count in 0..u64::MAX, own in 1u64..2_000_000) {
            let goal = petition(&format!("goal: {own}\n")).goal(count);
            prop_assert!(goal.goal > count);
            prop_assert!((0.0..=1.0).contains(&goal.progress));
        }
    }
}
