//! What is strange in the order and the addresses of a shift's signatures.

use std::{collections::HashMap, hash::Hash};

use matching::fold_name;
use petition::{Ink, Method, Signature};

use crate::storage::signature::InOrder;

/// So many seconds are looked at together.
const WHILE: i64 = 10 * 60;
/// So many in that time take twenty seconds each: nobody reads, types and hands over so fast.
const MOST_AT_KIOSK: usize = 30;
/// So many at one address, flats apart, are no household.
const MOST_AT_ADDRESS: usize = 10;
/// A run of names is told where chance would make it in fewer than one of so many campaigns.
const ONE_OF: f64 = 20.0;

/// A signature, as far as patterns need it. Personal data: it has no `Debug`.
pub(super) struct Taken {
    pub(super) at: i64,
    pub(super) is_kiosk: bool,
    pub(super) is_duplicate: bool,
    /// Whether it is not on the roll; none where it was not looked up, or is unsure.
    pub(super) is_missing: Option<bool>,
    pub(super) name: String,
    address: Option<(String, String)>,
    pub(super) ink: Option<Ink>,
}

impl Taken {
    pub(super) fn of(row: &InOrder<'_>, signature: &Signature) -> Self {
        let address = &signature.address;
        let folded = |text: &Option<String>| text.as_deref().map(fold_name).unwrap_or_default();
        Self {
            at: row.signed_at,
            is_kiosk: signature.method == Method::Kiosk,
            is_duplicate: row.standing == "duplicate",
            is_missing: match row.found {
                "found" => Some(false),
                "not_found" => Some(true),
                _ => None,
            },
            name: fold_name(&signature.full_name),
            address: address.street.as_ref().map(|street| (fold_name(street), folded(&address.postal_code))),
            ink: signature.ink.clone(),
        }
    }

    fn family(&self) -> &str {
        self.name.rsplit(' ').next().unwrap_or(&self.name)
    }
}

/// The most signatures in ten minutes, where nobody can sign so fast. `times` are in Unix seconds.
pub(super) fn fastest(times: &[i64]) -> Option<usize> {
    let mut times = times.to_vec();
    times.sort_unstable();
    let (mut from, mut most) = (0, 0);
    for (to, time) in times.iter().enumerate() {
        while times.get(from).is_some_and(|first| time - first >= WHILE) {
            from += 1;
        }
        most = most.max(to + 1 - from);
    }
    (most > MOST_AT_KIOSK).then_some(most)
}

/// The longest run of names in alphabetical order, or against it, by first or by family name, where it is longer than chance
/// makes it among all signatures of the petition.
pub(super) fn alphabetical(taken: &[Taken], signatures: usize) -> Option<usize> {
    let whole: fn(&Taken) -> &str = |taken| &taken.name;
    let runs = [whole, Taken::family].map(|key| {
        let up = longest_run(taken, |one, next| key(one) < key(next));
        up.max(longest_run(taken, |one, next| key(one) > key(next)))
    });
    let longest = runs.into_iter().max().unwrap_or_default();
    (longest >= long(signatures)).then_some(longest)
}

fn longest_run(taken: &[Taken], is_next: impl Fn(&Taken, &Taken) -> bool) -> usize {
    taken.chunk_by(is_next).map(<[Taken]>::len).max().unwrap_or_default()
}

/// How long a run has to be. Names that come as people do stand in one of k! orders: of so many places at which a run can begin, looked
/// at in four ways, none has one so long, nineteen times of twenty.
fn long(signatures: usize) -> usize {
    let places = 4.0 * signatures as f64;
    let (mut length, mut orders) = (1, 1.0);
    while places * ONE_OF > orders {
        length += 1;
        orders *= length as f64;
    }
    length
}

/// The most signatures of one address, where it is no household.
pub(super) fn one_address(taken: &[Taken]) -> Option<usize> {
    most_alike(taken.iter().filter_map(|taken| taken.address.as_ref()))
        .filter(|most| *most >= MOST_AT_ADDRESS)
}

/// How many have what most have.
fn most_alike<T: Eq + Hash>(all: impl Iterator<Item = T>) -> Option<usize> {
    let mut counts: HashMap<T, usize> = HashMap::new();
    all.for_each(|one| *counts.entry(one).or_default() += 1);
    counts.into_values().max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &[&str]) -> Vec<Taken> {
        let taken = |name: &&str| Taken {
            at: 0,
            is_kiosk: true,
            is_duplicate: false,
            is_missing: None,
            name: fold_name(name),
            address: Some(("12 oak st".to_owned(), "98118".to_owned())),
            ink: None,
        };
        names.iter().map(taken).collect()
    }

    #[test]
    fn thirty_in_ten_minutes_can_be_and_one_more_cannot() {
        let times = |many: i64, apart: i64| (0..many).map(|number| number * apart).collect::<Vec<_>>();
        assert_eq!(fastest(&times(300, 20)), None);
        assert_eq!(fastest(&times(300, 10)), Some(60));
        assert_eq!(fastest(&[]), None);
    }

    #[test]
    fn names_in_the_order_of_a_list_are_told_and_those_of_a_queue_are_not() {
        let list = [
            "Zoe Abbott",
            "Ann Baker",
            "Tom Clark",
            "Kim Davis",
            "Bob Evans",
            "Sue Foster",
            "Max Green",
            "Lea Hill",
            "Jim Irwin",
            "Amy Jones",
            "Ian King",
        ];
        assert_eq!(alphabetical(&named(&list), 11), Some(11));
        assert_eq!(alphabetical(&named(&list), 1_000_000), None, "among a million that may be chance");
        let mut turned = list;
        turned.reverse();
        assert_eq!(alphabetical(&named(&turned), 11), Some(11));
        let queue =
            ["Kim Davis", "Zoe Abbott", "Max Green", "Ann Baker", "Ian King", "Tom Clark", "Amy Jones"];
        assert_eq!(alphabetical(&named(&queue), 7), None);
        // 7! = 5,040; 11! = 39,916,800; 12! = 479,001,600.
        assert_eq!((long(10), long(100_000), long(1_000_000)), (7, 11, 12));
    }

    #[test]
    fn ten_at_one_address_are_told() {
        let names: Vec<String> = (0..10).map(|number| format!("Signer {number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(one_address(&named(&names)), Some(10));
        assert_eq!(one_address(&named(&names[..9])), None);
    }
}
