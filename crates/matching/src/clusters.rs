//! Pairs put together into people.

use std::collections::BTreeMap;

use crate::pair::Pair;

/// The people behind pairs: each with two signatures at least, in order. Pairs below `least` put nobody together.
///
/// The likeliest pairs come first, and a pair joins two groups only where no two of them are `apart`: so father and son do not
/// become one by way of a signature that could be either's. It does not depend on the order of the pairs.
pub fn clusters<Id: Copy + Ord>(
    pairs: &[Pair<Id>],
    least: f32,
    apart: impl Fn(Id, Id) -> bool,
) -> Vec<Vec<Id>> {
    let mut ordered: Vec<&Pair<Id>> = pairs.iter().filter(|pair| pair.probability >= least).collect();
    ordered.sort_unstable_by(|left, right| {
        right
            .probability
            .total_cmp(&left.probability)
            .then((left.one, left.other).cmp(&(right.one, right.other)))
    });
    let mut group_of: BTreeMap<Id, usize> = BTreeMap::new();
    let mut groups: Vec<Vec<Id>> = Vec::new();
    for pair in ordered {
        let [one, other] = [pair.one, pair.other].map(|id| {
            *group_of.entry(id).or_insert_with(|| {
                groups.push(vec![id]);
                groups.len() - 1
            })
        });
        if one == other {
            continue;
        }
        let is_apart = groups[one].iter().any(|left| groups[other].iter().any(|right| apart(*left, *right)));
        if is_apart {
            continue;
        }
        let moved = std::mem::take(&mut groups[other]);
        moved.iter().for_each(|id| {
            group_of.insert(*id, one);
        });
        groups[one].extend(moved);
    }
    groups.retain(|group| group.len() > 1);
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort_unstable();
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(one: u32, other: u32, probability: f32) -> Pair<u32> {
        Pair { one, other, probability }
    }

    #[test]
    fn pairs_become_people_and_unlikely_ones_do_not() {
        let pairs = [pair(1, 2, 0.99), pair(2, 3, 0.95), pair(4, 5, 0.5)];
        assert_eq!(clusters(&pairs, 0.9, |_, _| false), [vec![1, 2, 3]]);
    }

    #[test]
    fn who_is_told_apart_is_not_joined_by_a_third() {
        let pairs = [pair(1, 2, 0.95), pair(2, 3, 0.99)];
        let apart = |one: u32, other: u32| (one.min(other), one.max(other)) == (1, 3);
        assert_eq!(clusters(&pairs, 0.9, apart), [vec![2, 3]]);
        let turned = [pairs[1], pairs[0]];
        assert_eq!(clusters(&turned, 0.9, apart), [vec![2, 3]]);
    }
}
