//! Exact duplicates: the same e-mail address with the same name.

use std::collections::BTreeMap;

use crate::{fold_email, fold_name};

/// What two exact duplicates have in common: folded address and folded name. Personal data, so no `Debug`.
///
/// It depends on nothing but the two texts, so it can be kept and looked up when more records come.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExactKey(String);

impl ExactKey {
    /// The key as bytes. Two keys are equal when these are.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// The key of a signature; none without an e-mail address, because such a one is never an exact duplicate.
pub fn exact_key(email: Option<&str>, name: &str) -> Option<ExactKey> {
    let email = fold_email(email?.trim());
    // The name's folding leaves no line end in it, so address and name cannot run into each other.
    (!email.is_empty()).then(|| ExactKey(format!("{email}\n{}", fold_name(name))))
}

/// A signature, as far as exact duplicates are told by it. All of one petition.
#[derive(Clone, Copy)]
pub struct Record<'a, Id> {
    /// Which signature.
    pub id: Id,
    /// When it was signed, Unix seconds.
    pub signed_at: u64,
    /// The time cannot be: the clock was wrong.
    pub is_time_doubtful: bool,
    /// E-mail address, if any.
    pub email: Option<&'a str>,
    /// Full name.
    pub name: &'a str,
}

/// The exact duplicates among the signatures of one petition: each with the one that it duplicates, in the order of
/// their ids. Of equal ones the first by (doubtful, signed at, id) is kept, whatever the order of `records`.
pub fn exact_duplicates<'a, Id: Copy + Ord + 'a>(
    records: impl IntoIterator<Item = Record<'a, Id>>,
) -> Vec<(Id, Id)> {
    let mut people: BTreeMap<ExactKey, Vec<(bool, u64, Id)>> = BTreeMap::new();
    for record in records {
        if let Some(key) = exact_key(record.email, record.name) {
            people.entry(key).or_default().push((record.is_time_doubtful, record.signed_at, record.id));
        }
    }
    let mut duplicates: Vec<(Id, Id)> = people
        .into_values()
        .filter_map(|signed| Some((signed.iter().copied().min()?, signed)))
        .flat_map(|(first, signed)| {
            signed.into_iter().filter(move |one| one.2 != first.2).map(move |one| (one.2, first.2))
        })
        .collect();
    duplicates.sort_unstable();
    duplicates.dedup();
    duplicates
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Row = (u32, u64, Option<String>, String);

    fn duplicates(rows: &[Row]) -> Vec<(u32, u32)> {
        exact_duplicates(rows.iter().map(|(id, signed_at, email, name)| Record {
            id: *id,
            signed_at: *signed_at,
            is_time_doubtful: *signed_at < 30,
            email: email.as_deref(),
            name,
        }))
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
        assert!(exact_key(None, "Ada").is_none());
    }

    #[test]
    fn address_and_name_do_not_run_into_each_other() {
        let one = exact_key(Some("a@x.org\nb"), "c");
        let other = exact_key(Some("a@x.org"), "b\nc");
        assert!(one.is_some() && one != other);
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
    }
}
