//! Addresses that a person may follow, and numbers that stand raised.

use std::sync::Arc;

/// The longest address that is kept, in bytes.
const ADDRESS_MAX_BYTES: usize = 2048;

/// An address that a person may follow.
pub(crate) fn followed(address: &str) -> Option<Arc<str>> {
    let address = address.trim();
    let scheme = address.split_once(':')?.0.to_ascii_lowercase();
    let is_followed =
        matches!(scheme.as_str(), "http" | "https" | "mailto") && address.len() <= ADDRESS_MAX_BYTES;
    is_followed.then(|| address.into())
}

/// A raised number as it is in text: a mark of a reference, or a power. Other raised text stays as it is.
pub(crate) fn raised(text: &str) -> String {
    if text.trim().is_empty() || !text.chars().all(|c| c.is_ascii_digit() || c == ',' || c.is_whitespace()) {
        return text.to_owned();
    }
    let up = |c: char| c.to_digit(10).and_then(|digit| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit as usize));
    text.chars().filter(|c| !c.is_whitespace()).map(|c| up(c).unwrap_or(c)).collect()
}
