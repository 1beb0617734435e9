//! Decisions of organizers and the target's rule, replayed: the same standings in whatever order they were merged.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    clusters::clusters,
    pair::Pair,
    settle::{Keep, Signed, Standing, Verdict, settle_by},
};

/// The target's rule for one petition, and how sure it must be to apply by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// Which of several signatures of one person counts.
    pub keep: Keep,
    /// Pairs below this probability are left to people.
    pub threshold: f32,
}

/// What an organizer decided. A record that is signed and kept says it; it is never changed, only undone by another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decision<Id> {
    /// When, Unix seconds. Of several on one subject the last holds.
    pub at: u64,
    /// Which decision; where two were made in one second, the greater is the later.
    pub id: u128,
    /// What.
    pub what: Decided<Id>,
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decided<Id> {
    /// Of one signature, whoever else signed. None: it counts, whatever was in its way.
    Verdict(Id, Option<Verdict>),
    /// Two signatures are one person's.
    Same(Id, Id),
    /// Two signatures are two people's.
    Different(Id, Id),
    /// Another decision, that was made before, holds no more. Undone itself, that one holds again.
    Undone(u128),
}

/// What each signature of one petition stands for, by who is likely the same, the target's rule and all that was decided.
///
/// It depends on these as sets: their order makes no difference, nor does one that is there twice.
pub fn stand<Id: Copy + Ord>(
    signatures: &[Signed<Id>],
    pairs: &[Pair<Id>],
    rule: Rule,
    decisions: &[Decision<Id>],
) -> BTreeMap<Id, Standing<Id>> {
    let held = held(decisions);
    let mut verdicts = BTreeMap::new();
    let mut said = BTreeMap::new();
    for decision in &held {
        match decision.what {
            Decided::Verdict(id, verdict) => {
                match verdict {
                    Some(verdict) => verdicts.insert(id, verdict),
                    None => verdicts.remove(&id),
                };
            }
            Decided::Same(one, other) => {
                said.insert((one.min(other), one.max(other)), true);
            }
            Decided::Different(one, other) => {
                said.insert((one.min(other), one.max(other)), false);
            }
            Decided::Undone(_) => {}
        }
    }
    let by_id: BTreeMap<Id, Signed<Id>> = signatures.iter().map(|signed| (signed.id, *signed)).collect();
    let of_here = |one: Id, other: Id| one != other && by_id.contains_key(&one) && by_id.contains_key(&other);
    let by_rule = pairs.iter().filter(|pair| {
        pair.probability >= rule.threshold
            && !said.contains_key(&(pair.one.min(pair.other), pair.one.max(pair.other)))
    });
    // What people said is surer than what was reckoned.
    let by_people = said.iter().filter(|(_, is_same)| **is_same).map(|((one, other), _)| Pair {
        one: *one,
        other: *other,
        probability: f32::INFINITY,
    });
    let joined: Vec<Pair<Id>> =
        by_rule.copied().chain(by_people).filter(|pair| of_here(pair.one, pair.other)).collect();
    let apart = |one: Id, other: Id| said.get(&(one.min(other), one.max(other))) == Some(&false);
    let groups = clusters(&joined, rule.threshold, apart);
    let several: BTreeSet<Id> = groups.iter().flatten().copied().collect();
    let alone = by_id.values().filter(|signed| !several.contains(&signed.id)).map(|signed| vec![*signed]);
    let together = groups.iter().map(|group| group.iter().filter_map(|id| by_id.get(id).copied()).collect());
    settle_by(rule.keep, together.chain(alone), verdicts.into_iter().filter(|(id, _)| by_id.contains_key(id)))
}

/// The decisions that hold, in the order in which they were made.
fn held<Id: Copy + Ord>(decisions: &[Decision<Id>]) -> Vec<Decision<Id>> {
    let ordered: BTreeSet<Decision<Id>> = decisions.iter().copied().collect();
    let made: BTreeMap<u128, u64> = ordered.iter().map(|decision| (decision.id, decision.at)).collect();
    let mut undone = BTreeSet::new();
    // The last first: what is undone undoes nothing.
    for decision in ordered.iter().rev() {
        if let (Decided::Undone(other), false) = (decision.what, undone.contains(&decision.id))
            && made.get(&other).is_some_and(|at| (*at, other) < (decision.at, decision.id))
        {
            undone.insert(other);
        }
    }
    ordered.into_iter().filter(|decision| !undone.contains(&decision.id)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RULE: Rule = Rule { keep: Keep::First, threshold: 0.95 };

    fn signatures() -> Vec<Signed<u8>> {
        (0..8).map(|id| Signed { is_time_doubtful: false, signed_at: 100 - u64::from(id), id }).collect()
    }

    fn pair(one: u8, other: u8, probability: f32) -> Pair<u8> {
        Pair { one, other, probability }
    }

    fn decision(id: u128, what: Decided<u8>) -> Decision<u8> {
        Decision { at: 1_000 + id as u64, id, what }
    }

    fn duplicates(pairs: &[Pair<u8>], decisions: &[Decision<u8>]) -> Vec<(u8, u8)> {
        let standings = stand(&signatures(), pairs, RULE, decisions).into_iter();
        standings
            .filter_map(|(id, standing)| match standing {
                Standing::Duplicate { of } => Some((id, of)),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn a_rule_decides_only_what_is_above_the_threshold() {
        assert_eq!(duplicates(&[pair(1, 2, 0.96), pair(3, 4, 0.94)], &[]), [(1, 2)]);
    }

    #[test]
    fn people_overrule_the_rule_and_may_take_it_back() {
        let pairs = [pair(1, 2, 0.99)];
        let mut decisions = vec![decision(1, Decided::Different(2, 1)), decision(2, Decided::Same(3, 4))];
        assert_eq!(duplicates(&pairs, &decisions), [(3, 4)]);
        decisions.push(decision(3, Decided::Undone(1)));
        assert_eq!(duplicates(&pairs, &decisions), [(1, 2), (3, 4)]);
        decisions.push(decision(4, Decided::Undone(3)));
        assert_eq!(duplicates(&pairs, &decisions), [(3, 4)]);
        decisions.push(decision(5, Decided::Same(1, 2)));
        assert_eq!(duplicates(&pairs, &decisions), [(1, 2), (3, 4)]);
    }

    #[test]
    fn who_was_told_apart_is_not_joined_by_a_third() {
        let pairs = [pair(1, 2, 0.99), pair(2, 3, 0.97)];
        assert_eq!(duplicates(&pairs, &[decision(1, Decided::Different(1, 3))]), [(1, 2)]);
    }

    #[test]
    fn what_counts_again_counts_as_it_did() {
        let void = decision(1, Decided::Verdict(2, Some(Verdict::Void)));
        let counts = decision(2, Decided::Verdict(2, None));
        let standings = stand(&signatures(), &[pair(1, 2, 0.99)], RULE, &[counts, void]);
        assert_eq!((standings[&1], standings[&2]), (Standing::Duplicate { of: 2 }, Standing::Counted));
    }

    #[test]
    fn a_verdict_leaves_the_others_their_place() {
        let void = decision(1, Decided::Verdict(2, Some(Verdict::Void)));
        let standings = stand(&signatures(), &[pair(1, 2, 0.99)], RULE, &[void]);
        assert_eq!((standings[&1], standings[&2]), (Standing::Counted, Standing::Decided(Verdict::Void)));
    }

    fn decided() -> impl Strategy<Value = Decided<u8>> {
        let verdict = prop_oneof![
            Just(None),
            Just(Some(Verdict::Void)),
            Just(Some(Verdict::Withdrawn)),
            Just(Some(Verdict::InReview))
        ];
        prop_oneof![
            (0u8..8, verdict).prop_map(|(id, verdict)| Decided::Verdict(id, verdict)),
            (0u8..8, 0u8..8).prop_map(|(one, other)| Decided::Same(one, other)),
            (0u8..8, 0u8..8).prop_map(|(one, other)| Decided::Different(one, other)),
            (0u128..20).prop_map(Decided::Undone),
        ]
    }

    proptest! {
        #[test]
        fn the_order_of_merging_makes_no_difference(
            what in proptest::collection::vec((0u64..6, decided()), 0..20),
            pairs in proptest::collection::vec((0u8..8, 0u8..8, 0.9f32..1.0), 0..12),
            keep in prop_oneof![Just(Keep::First), Just(Keep::Latest), Just(Keep::None)],
            seed in any::<u64>(),
        ) {
            let rule = Rule { keep, threshold: 0.95 };
            let mut decisions: Vec<Decision<u8>> =
                (0..).zip(what).map(|(id, (at, what))| Decision { at, id, what }).collect();
            let mut pairs: Vec<Pair<u8>> = pairs.into_iter().map(|(one, other, likely)| pair(one, other, likely)).collect();
            let mut all = signatures();
            let once = stand(&all, &pairs, rule, &decisions);
            let order = |place: u64| (place + 1).wrapping_mul(seed | 1).rotate_left(17);
            decisions.sort_by_key(|decision| order(decision.id as u64));
            decisions.extend(decisions.clone().into_iter().take(3));
            pairs.sort_by_key(|pair| order(u64::from(pair.one) * 8 + u64::from(pair.other)));
            pairs.iter_mut().for_each(|pair| (pair.one, pair.other) = (pair.other, pair.one));
            all.sort_by_key(|signed| order(u64::from(signed.id)));
            prop_assert_eq!(stand(&all, &pairs, rule, &decisions), once);
        }
    }
}
