//! What each signature stands for: by who signed, and by what was decided.

use std::collections::BTreeMap;

/// A signature, as far as its standing depends on it. Of several of one person the smallest counts: one of a time that
/// can be before one of a time that cannot, then the first signed, then the smallest id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Signed<Id> {
    /// The time cannot be: the clock was wrong.
    pub is_time_doubtful: bool,
    /// When it was signed, Unix seconds.
    pub signed_at: u64,
    /// Which signature.
    pub id: Id,
}

/// What was decided of one signature, whoever else signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It does not count.
    Void,
    /// The person took it back.
    Withdrawn,
    /// What it said is erased.
    Erased,
    /// To be looked at before it counts.
    InReview,
}

/// What a signature stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing<Id> {
    /// It counts.
    Counted,
    /// The same person has signed before.
    Duplicate {
        /// The signature that counts.
        of: Id,
    },
    /// What was decided of it. It is nobody's duplicate, and nobody's is its.
    Decided(Verdict),
}

/// Which of several signatures of one person counts: the target's rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// The first.
    #[default]
    First,
    /// The last.
    Latest,
    /// None of them.
    None,
}

/// What each signature stands for. `people` are those who signed one petition, each with their signatures; `decisions`
/// are of single signatures, and the last of a signature holds.
///
/// It depends on nothing else, so the order of people and of their signatures does not matter, one that is there twice
/// is there once, and a decision that is taken out again leaves no trace. People do not touch each other: those of whom
/// nothing changed need not be settled again.
pub(crate) fn settle_by<Id: Copy + Ord>(
    keep: Keep,
    people: impl IntoIterator<Item = Vec<Signed<Id>>>,
    decisions: impl IntoIterator<Item = (Id, Verdict)>,
) -> BTreeMap<Id, Standing<Id>> {
    let decisions: BTreeMap<Id, Verdict> = decisions.into_iter().collect();
    let mut standings = BTreeMap::new();
    for signatures in people {
        let undecided = || signatures.iter().filter(|signed| !decisions.contains_key(&signed.id));
        let kept = match keep {
            Keep::Latest => {
                undecided().max_by_key(|signed| (!signed.is_time_doubtful, signed.signed_at, signed.id))
            }
            Keep::First | Keep::None => undecided().min(),
        };
        let is_several =
            keep == Keep::None && undecided().any(|signed| kept.is_some_and(|kept| kept.id != signed.id));
        standings.extend(signatures.iter().map(|signed| {
            let standing = match (decisions.get(&signed.id), kept) {
                (Some(verdict), _) => Standing::Decided(*verdict),
                (None, _) if is_several => Standing::Decided(Verdict::Void),
                (None, Some(kept)) if kept.id != signed.id => Standing::Duplicate { of: kept.id },
                (None, _) => Standing::Counted,
            };
            (signed.id, standing)
        }));
    }
    standings
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fold::{fold_email, fold_name};

    /// Where the first of a person's counts.
    fn settle<Id: Copy + Ord>(
        people: impl IntoIterator<Item = Vec<Signed<Id>>>,
        decisions: impl IntoIterator<Item = (Id, Verdict)>,
    ) -> BTreeMap<Id, Standing<Id>> {
        settle_by(Keep::First, people, decisions)
    }

    type Row = (u32, u64, Option<String>, String);

    /// The people behind some signatures of one petition: those of one address and name.
    fn people(rows: &[Row]) -> Vec<Vec<Signed<u32>>> {
        let mut people: BTreeMap<(String, String), Vec<Signed<u32>>> = BTreeMap::new();
        let mut alone = Vec::new();
        for (id, signed_at, email, name) in rows {
            let signed = Signed { is_time_doubtful: *signed_at < 30, signed_at: *signed_at, id: *id };
            match email.as_deref().map(str::trim).filter(|email| !email.is_empty()) {
                Some(email) => people.entry((fold_email(email), fold_name(name))).or_default().push(signed),
                None => alone.push(vec![signed]),
            }
        }
        people.into_values().chain(alone).collect()
    }

    fn duplicates(rows: &[Row]) -> Vec<(u32, u32)> {
        let standings = settle(people(rows), []);
        let found = standings.into_iter().filter_map(|(id, standing)| match standing {
            Standing::Duplicate { of } => Some((id, of)),
            _ => None,
        });
        found.collect()
    }

    fn row(id: u32, signed_at: u64, email: &str, name: &str) -> Row {
        (id, signed_at, (!email.is_empty()).then(|| email.to_owned()), name.to_owned())
    }

    #[test]
    fn the_first_signed_is_kept() {
        let rows =
            [row(1, 120, "a@x.org", "Ada"), row(2, 60, "A@X.org", "ADA"), row(3, 180, "a@x.org", " ada ")];
        assert_eq!(duplicates(&rows), [(1, 2), (3, 2)]);
    }

    #[test]
    fn the_smaller_id_is_kept_when_signed_in_the_same_minute() {
        let rows = [row(9, 60, "a@x.org", "Ada"), row(4, 60, "a@x.org", "Ada")];
        assert_eq!(duplicates(&rows), [(9, 4)]);
    }

    #[test]
    fn the_target_says_which_of_several_counts() {
        let signed = |id, signed_at| Signed { is_time_doubtful: signed_at == 0, signed_at, id };
        let people = || [vec![signed(1, 60), signed(2, 90), signed(3, 0)], vec![signed(4, 60)]];
        let settled = |keep| settle_by(keep, people(), []).into_values().collect::<Vec<_>>();
        let (void, duplicate) = (Standing::Decided(Verdict::Void), |of| Standing::Duplicate { of });
        assert_eq!(settled(Keep::First), [Standing::Counted, duplicate(1), duplicate(1), Standing::Counted]);
        assert_eq!(settled(Keep::Latest), [duplicate(2), Standing::Counted, duplicate(2), Standing::Counted]);
        assert_eq!(settled(Keep::None), [void, void, void, Standing::Counted]);
        // What is decided of the others leaves one, and it counts.
        let withdrawn = [(1, Verdict::Withdrawn), (3, Verdict::Void)];
        assert_eq!(settle_by(Keep::None, people(), withdrawn)[&2], Standing::Counted);
    }

    #[test]
    fn a_time_that_cannot_be_is_kept_only_where_there_is_no_other() {
        let rows = [row(1, 0, "a@x.org", "Ada"), row(2, 60, "a@x.org", "Ada")];
        assert_eq!(duplicates(&rows), [(1, 2)]);
        assert_eq!(duplicates(&rows[..1]), []);
        assert_eq!(duplicates(&[row(4, 0, "a@x.org", "Ada"), rows[0].clone()]), [(4, 1)]);
    }

    #[test]
    fn one_address_with_two_names_is_two_people() {
        assert_eq!(duplicates(&[row(1, 60, "home@x.org", "Ada"), row(2, 60, "home@x.org", "Grace")]), []);
    }

    #[test]
    fn without_an_address_nobody_is_a_duplicate() {
        assert_eq!(duplicates(&[row(1, 60, "", "Ada"), row(2, 60, "", "Ada"), row(3, 60, "  ", "Ada")]), []);
    }

    #[test]
    fn a_decided_signature_is_nobodys_duplicate_and_the_next_counts() {
        let rows =
            [row(1, 60, "a@x.org", "Ada"), row(2, 90, "a@x.org", "Ada"), row(3, 120, "a@x.org", "Ada")];
        let settled = |decisions: &[(u32, Verdict)]| -> Vec<_> {
            settle(people(&rows), decisions.iter().copied()).into_values().collect()
        };
        let void = Standing::Decided(Verdict::Void);
        assert_eq!(settled(&[(1, Verdict::Void)]), [void, Standing::Counted, Standing::Duplicate { of: 2 }]);
        // The last decision holds, and one that is taken back leaves no trace.
        let in_review = Standing::Decided(Verdict::InReview);
        assert_eq!(settled(&[(1, Verdict::Void), (1, Verdict::InReview)])[0], in_review);
        assert_eq!(
            settled(&[]),
            [Standing::Counted, Standing::Duplicate { of: 1 }, Standing::Duplicate { of: 1 }]
        );
    }

    fn rows() -> impl Strategy<Value = Vec<Row>> {
        let row = (
            0u32..30,
            (0u64..4).prop_map(|minutes| minutes * 60),
            proptest::option::of(prop_oneof!["[ab]@x", "[AB]@X"]),
            prop_oneof!["[aA]", "[bB] [cC]"],
        );
        proptest::collection::vec(row, 0..30).prop_map(|mut rows| {
            rows.sort_by_key(|row| row.0);
            rows.dedup_by_key(|row| row.0);
            rows
        })
    }

    proptest! {
        #[test]
        fn the_order_of_records_does_not_matter(rows in rows(), seed in any::<u64>()) {
            let mut shuffled = rows.clone();
            shuffled.sort_by_key(|row| (u64::from(row.0) + 1).wrapping_mul(seed | 1));
            prop_assert_eq!(duplicates(&rows), duplicates(&shuffled));
        }

        #[test]
        fn records_given_twice_are_the_same_records(rows in rows()) {
            let twice: Vec<Row> = rows.iter().chain(&rows).cloned().collect();
            prop_assert_eq!(duplicates(&rows), duplicates(&twice));
        }

        #[test]
        fn among_those_kept_there_is_no_duplicate(rows in rows()) {
            let found = duplicates(&rows);
            let kept: Vec<Row> =
                rows.iter().filter(|row| !found.iter().any(|(id, _)| *id == row.0)).cloned().collect();
            prop_assert_eq!(duplicates(&kept), []);
            prop_assert!(found.iter().all(|(_, of)| kept.iter().any(|row| row.0 == *of)));
        }

        #[test]
        fn people_who_are_settled_one_by_one_stand_as_if_settled_together(
            rows in rows(),
            void in proptest::collection::vec(0u32..30, 0..8),
        ) {
            let decisions = || void.iter().map(|id| (*id, Verdict::Void));
            let together = settle(people(&rows), decisions());
            let mut one_by_one = BTreeMap::new();
            for person in people(&rows) {
                one_by_one.extend(settle([person], decisions()));
            }
            prop_assert_eq!(together, one_by_one);
        }
    }
}
