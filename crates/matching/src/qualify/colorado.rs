//! Colorado: random sampling by C.R.S. 1-40-116: the share of the sample that is valid, each person counted once, and
//! nothing more taken off for pairs.

use crate::qualify::{Checked, Finding};

/// The projection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colorado {
    /// Valid signatures by the share of the sample, rounded.
    pub result: u64,
    /// What follows: below 90 per cent of those required it fails, above 110 it qualifies, between them all are checked.
    pub finding: Finding,
}

/// The rule; none where the sample cannot be.
#[must_use]
pub fn colorado(checked: &Checked, required: u64) -> Option<Colorado> {
    if !checked.is_possible() {
        return None;
    }
    let [filed, sampled, people] = [checked.filed, checked.sampled, checked.people].map(u128::from);
    let result = (filed * people + sampled / 2) / sampled;
    let required = u128::from(required);
    let finding = if result * 100 < required * 90 {
        Finding::Fails
    } else if result * 100 > required * 110 {
        Finding::Qualifies
    } else {
        Finding::CheckAll
    };
    Some(Colorado { result: u64::try_from(result).ok()?, finding })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn three_published_checks_come_out_as_published() {
        // The first was published as 85,800.
        for (filed, sampled, valid, result) in [
            (106_119, 5_306, 4_290, 85_799),
            (182_090, 9_105, 4_547, 90_935),
            (163_598, 8_180, 4_436, 88_719),
        ] {
            let found = colorado(&Checked::of(filed, sampled, valid, 0), 86_105).unwrap();
            assert_eq!((found.result, found.finding), (result, Finding::CheckAll));
        }
    }
}
