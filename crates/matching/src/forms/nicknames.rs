//! Names that one person goes by: nicknames, and one name in several languages.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

/// English given names with their nicknames, one pair a line: see `names/README.md` for where it comes from.
const NICKNAMES: &str = include_str!("names/nicknames.csv");

/// Ours, for the other languages: the forms of one name a line.
const FORMS: &str = include_str!("names/forms.txt");

/// Ours: names that others are short for, and that are names of their own too.
static OWN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("names/own.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// Whether a name in plain letters is as often one of its own as it is short for another.
pub(crate) fn is_of_its_own(plain: &str) -> bool {
    OWN.contains(plain)
}

/// For each name in plain letters, the names that it can stand for, as numbers, in order.
static STANDS_FOR: LazyLock<HashMap<&'static str, Vec<u16>>> = LazyLock::new(|| {
    let mut numbers: HashMap<&str, u16> = HashMap::new();
    let mut stands_for: HashMap<&str, Vec<u16>> = HashMap::new();
    let pairs = NICKNAMES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (formal, rest) = line.split_once(',')?;
        let (_, nickname) = rest.split_once(',')?;
        Some((formal, nickname))
    });
    let forms = FORMS.lines().filter(|line| !line.starts_with('#')).flat_map(|line| {
        let formal = line.split_whitespace().next();
        formal
            .into_iter()
            .flat_map(move |formal| line.split_whitespace().skip(1).map(move |form| (formal, form)))
    });
    for (formal, form) in pairs.chain(forms) {
        let next = u16::try_from(numbers.len()).unwrap_or(u16::MAX);
        let number = *numbers.entry(formal).or_insert(next);
        stands_for.entry(formal).or_default().push(number);
        stands_for.entry(form).or_default().push(number);
    }
    for numbers in stands_for.values_mut() {
        numbers.sort_unstable();
        numbers.dedup();
    }
    stands_for
});

/// The names that a name in plain letters can stand for, in order; none where no list knows it.
pub(crate) fn stands_for(plain: &str) -> &'static [u16] {
    STANDS_FOR.get(plain).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, wanted: bool) {
        let other_stands_for = stands_for(other);
        let is_one = stands_for(one).iter().any(|name| other_stands_for.contains(name));
        assert_eq!(is_one, wanted, "{one} {other}");
    }

    #[test]
    fn a_nickname_stands_for_its_name() {
        check("bill", "william", true);
        check("bill", "will", true);
        check("pepe", "jose", true);
        check("sasha", "aleksandr", true);
        check("oleksandr", "aleksandr", true);
        check("mohammed", "maxamed", true);
        check("gim", "kim", true);
        check("bill", "richard", false);
        check("maria", "marta", false);
        check("xyzzy", "xyzzy", false);
    }
}
