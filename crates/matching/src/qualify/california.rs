//! California: random sampling by 2 CCR 20530–20540, and Elections Code 9030, 9031.

use crate::qualify::{Checked, Finding};

/// Each figure as the regulation's own example has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct California {
    /// The share of the sample that is valid, each person counted once, in hundredths of a per cent.
    pub valid_share: u64,
    /// Valid signatures by that share, rounded up.
    pub valid: u64,
    /// Signatures filed for each one sampled, in ten-thousandths.
    pub each: u64,
    /// What one duplicate in the sample stands for, in ten-thousandths.
    pub each_duplicate: u64,
    /// Taken off for duplicates, rounded up.
    pub duplicates: u64,
    /// What is left: the number of valid signatures.
    pub result: u64,
}

impl California {
    /// What follows where so many are needed: below 95 per cent it fails, above 110 it qualifies, between them all are checked.
    #[must_use]
    pub fn finding(&self, required: u64) -> Finding {
        let (found, required) = (u128::from(self.result) * 100, u128::from(required));
        if found < required * 95 {
            Finding::Fails
        } else if found > required * 110 {
            Finding::Qualifies
        } else {
            Finding::CheckAll
        }
    }
}

/// How many are drawn of so many filed: all below 500, else 500 or 3 per cent, whichever is more.
#[must_use]
pub fn california_sample_size(filed: u64) -> u64 {
    if filed < 500 { filed } else { filed.saturating_mul(3).div_ceil(100).max(500) }
}

/// The projection; none where the sample cannot be. The regulation counts each person once; a duplicate is a signature of one
/// who is counted already, so of three by one person two are duplicates.
#[must_use]
pub fn california(checked: &Checked) -> Option<California> {
    if !checked.is_possible() {
        return None;
    }
    let [filed, sampled, people, valid] =
        [checked.filed, checked.sampled, checked.people, checked.valid].map(u128::from);
    let valid_share = rounded(people * 10_000, sampled);
    let projected = (filed * valid_share).div_ceil(10_000);
    let each = rounded(filed * 10_000, sampled);
    let each_duplicate = rounded(each * each.saturating_sub(10_000), 10_000);
    let duplicates = (each_duplicate * valid.saturating_sub(people)).div_ceil(10_000);
    let whole = |figure: u128| u64::try_from(figure).ok();
    Some(California {
        valid_share: whole(valid_share)?,
        valid: whole(projected)?,
        each: whole(each)?,
        each_duplicate: whole(each_duplicate)?,
        duplicates: whole(duplicates)?,
        result: whole(projected.saturating_sub(duplicates))?,
    })
}

fn rounded(of: u128, by: u128) -> u128 {
    (of + by / 2) / by
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn the_example_of_the_regulation_comes_out_to_the_last_digit() {
        let checked = Checked { filed: 24_034, sampled: 722, valid: 518, people: 516, pairs: 2 };
        let found = california(&checked).unwrap();
        assert_eq!(
            found,
            California {
                valid_share: 7_147,
                valid: 17_178,
                each: 332_881,
                each_duplicate: 10_748_095,
                duplicates: 2_150,
                result: 15_028
            }
        );
        assert_eq!(california_sample_size(24_034), 722);
        // Three signatures of one person are two duplicates, though they are three pairs.
        let thrice = Checked { pairs: 3, ..checked };
        assert_eq!(california(&thrice).unwrap(), found);
    }

    #[test]
    fn below_95_it_fails_and_above_110_it_qualifies() {
        let found = california(&Checked::of(24_034, 722, 518, 2)).unwrap();
        assert_eq!(found.finding(13_661), Finding::Qualifies);
        assert_eq!(found.finding(13_662), Finding::CheckAll);
        assert_eq!(found.finding(15_818), Finding::CheckAll);
        assert_eq!(found.finding(15_820), Finding::Fails);
    }

    #[test]
    fn few_are_all_drawn_and_many_by_three_per_cent() {
        assert_eq!([499, 500, 16_666, 16_667, 20_000].map(california_sample_size), [499, 500, 500, 501, 600]);
    }

    #[test]
    fn a_sample_that_cannot_be_says_nothing() {
        for (filed, sampled, valid) in [(10, 0, 0), (10, 11, 1), (10, 5, 6)] {
            assert!(california(&Checked::of(filed, sampled, valid, 0)).is_none());
        }
        for (valid, people, pairs) in [(4, 5, 0), (4, 4, 1), (4, 3, 0), (4, 2, 1), (2, 0, 2)] {
            assert!(california(&Checked { filed: 10, sampled: 5, valid, people, pairs }).is_none());
        }
    }
}
