//! Two texts that are a slip or two apart: a letter wrong, missing or too many, or two beside each other that changed places.

use strsim::osa_distance;

use crate::fields::letters;

/// Whether two texts are one slip apart.
pub(crate) fn is_one_slip(one: &str, other: &str) -> bool {
    if !(one.is_ascii() && other.is_ascii()) {
        return osa_distance(one, other) == 1;
    }
    // What is the same at both ends is no slip; where one is, hardly anything is left.
    let (left, right) = differing(one.as_bytes(), other.as_bytes());
    match (left, right) {
        ([_], [_] | []) | ([], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

/// Whether two texts are at most two slips apart.
pub(crate) fn is_near(one: &str, other: &str) -> bool {
    // Two slips change a few letters only, which is quicker to see than to measure.
    let is_far = || {
        let (left, right) = differing(one.as_bytes(), other.as_bytes());
        left.len().abs_diff(right.len()) > 2 || (letters(left) ^ letters(right)).count_ones() > 4
    };
    !(one.is_ascii() && other.is_ascii() && is_far()) && osa_distance(one, other) <= 2
}

/// Both without what they begin and end with alike.
fn differing<'a>(mut one: &'a [u8], mut other: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    while let ([first, left @ ..], [beside, right @ ..]) = (one, other)
        && first == beside
    {
        (one, other) = (left, right);
    }
    while let ([left @ .., last], [right @ .., beside]) = (one, other)
        && last == beside
    {
        (one, other) = (left, right);
    }
    (one, other)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_seen_quickly_is_what_is_measured(one in "[ab0é]{0,6}", other in "[ab0é]{0,6}") {
            prop_assert_eq!(is_one_slip(&one, &other), osa_distance(&one, &other) == 1);
            prop_assert_eq!(is_near(&one, &other), osa_distance(&one, &other) <= 2);
        }
    }
}
