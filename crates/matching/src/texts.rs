//! Texts that are kept once and known by a number.

use std::hash::Hasher;

use hashbrown::HashTable;
use rustc_hash::FxHasher;

/// Texts, each kept once; its number is its place in the order in which they came. At most 4 GiB of them.
#[derive(Default)]
pub(crate) struct Texts {
    bytes: String,
    ends: Vec<u32>,
    numbers: HashTable<u32>,
}

impl Texts {
    /// The number of a text, and whether it is new.
    pub(crate) fn number(&mut self, text: &str) -> (u32, bool) {
        let hash = hash(text);
        let Texts { bytes, ends, numbers } = self;
        if let Some(number) = numbers.find(hash, |number| get(bytes, ends, *number) == text) {
            return (*number, false);
        }
        let number = u32::try_from(ends.len()).unwrap_or(u32::MAX);
        bytes.push_str(text);
        ends.push(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
        numbers.insert_unique(hash, number, |number| self::hash(get(bytes, ends, *number)));
        (number, true)
    }

    /// The text of a number.
    pub(crate) fn get(&self, number: u32) -> &str {
        get(&self.bytes, &self.ends, number)
    }
}

fn get<'a>(bytes: &'a str, ends: &[u32], number: u32) -> &'a str {
    let number = number as usize;
    let start = number.checked_sub(1).map_or(0, |before| ends[before]);
    &bytes[start as usize..ends[number] as usize]
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
