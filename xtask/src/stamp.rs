//! A stamp says whether something was made from what is there now.

use std::hash::{DefaultHasher, Hash, Hasher};

/// A short text that changes when any of the contents does. Against mistakes, not against attackers.
pub(crate) fn stamp(contents: &[&[u8]]) -> String {
    let mut hasher = DefaultHasher::new();
    contents.hash(&mut hasher);
    format!("{:016x}\n", hasher.finish())
}
