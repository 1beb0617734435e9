//! How well people were found, against the truth: pairs of signatures that were put together, of all that should be.

use std::collections::HashMap;

/// Precision, recall and both in one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Score {
    pub(crate) precision: f64,
    pub(crate) recall: f64,
    pub(crate) f1: f64,
}

/// `people` are signatures put together; `truth` says whose each is, and none where it is not asked about.
pub(crate) fn score(people: &[Vec<u32>], truth: &[Option<u32>]) -> Score {
    let pairs = |count: usize| (count * count.saturating_sub(1) / 2) as f64;
    let mut sizes: HashMap<u32, usize> = HashMap::new();
    truth.iter().flatten().for_each(|person| *sizes.entry(*person).or_default() += 1);
    let wanted: f64 = sizes.values().map(|size| pairs(*size)).sum();
    let (mut found, mut right) = (0.0, 0.0);
    for person in people {
        let asked: Vec<u32> = person.iter().filter_map(|id| truth[*id as usize]).collect();
        found += pairs(asked.len());
        let mut same: HashMap<u32, usize> = HashMap::new();
        asked.iter().for_each(|person| *same.entry(*person).or_default() += 1);
        right += same.values().map(|size| pairs(*size)).sum::<f64>();
    }
    let (precision, recall) = (right / f64::max(found, 1.0), right / f64::max(wanted, 1.0));
    Score { precision, recall, f1: 2.0 * right / f64::max(found + wanted, 1.0) }
}
