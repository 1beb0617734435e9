//! Texts that are kept once and known by a number.

use std::hash::Hasher;

use hashbrown::HashTable;
use rustc_hash::FxHasher;

/// The number of no text: no such thing was given.
pub(crate) const NONE: u32 = u32::MAX;

/// Texts, each kept once; its number is its place in the order in which they came. At most 4 GiB of them.
#[derive(Default)]
pub(crate) struct Texts {
    bytes: String,
    ends: Vec<u32>,
    /// Each number with half of its text's hash, so that hardly any other text is looked at.
    numbers: HashTable<(u32, u32)>,
}

impl Texts {
    /// The number of a text, and whether it is new.
    pub(crate) fn number(&mut self, text: &str) -> (u32, bool) {
        let half = (hash(text) >> 32) as u32;
        let Texts { bytes, ends, numbers } = self;
        let is_it = |(number, known): &(u32, u32)| *known == half && get(bytes, ends, *number) == text;
        if let Some((number, _)) = numbers.find(spread(half), is_it) {
            return (*number, false);
        }
        let number = u32::try_from(ends.len()).unwrap_or(u32::MAX);
        bytes.push_str(text);
        ends.push(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
        numbers.insert_unique(spread(half), (number, half), |(_, half)| spread(*half));
        (number, true)
    }

    /// The text of a number.
    pub(crate) fn get(&self, number: u32) -> &str {
        get(&self.bytes, &self.ends, number)
    }
}

#[inline]
fn get<'a>(bytes: &'a str, ends: &[u32], number: u32) -> &'a str {
    let number = number as usize;
    let start = number.checked_sub(1).map_or(0, |before| ends[before]);
    &bytes[start as usize..ends[number] as usize]
}

/// Half of a hash over all of its bits: a table looks at the first and the last of them.
fn spread(half: u32) -> u64 {
    u64::from(half).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The same on every computer, so that blocks come in the same order everywhere.
pub(crate) fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_number() {
        let mut texts = Texts::default();
        assert_eq!(texts.number("ada"), (0, true));
        assert_eq!(texts.number(""), (1, true));
        assert_eq!(texts.number("ada"), (0, false));
        assert_eq!((texts.get(0), texts.get(1)), ("ada", ""));
    }
}
