//! The texts and numbers of one field: each kept once, with how many signers have it.

use rustc_hash::FxHashMap;

use crate::texts::{NONE, Texts};

/// Texts of one field, with how often each is there, and a part of each that is compared by itself.
#[derive(Default)]
pub(crate) struct Field {
    texts: Texts,
    times: Vec<u32>,
    parts: Texts,
    part_of: Vec<Part>,
    typed: Texts,
    /// By what was typed: the text that it is.
    text_of: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Part {
    number: u32,
    letters: u32,
}

impl Field {
    /// One more signer with this text; its number, or [`NONE`] where it is empty.
    pub(crate) fn add(&mut self, text: &str, part: impl FnOnce(&str) -> &str) -> u32 {
        let number = self.number(text, part);
        self.count(number);
        number
    }

    /// Likewise, of a text that many have typed alike: it is brought to its form once.
    pub(crate) fn add_typed(&mut self, typed: &str, form: impl FnOnce(&str) -> String) -> u32 {
        let (at, is_new) = self.typed.number(typed);
        if is_new {
            let number = self.number(&form(typed), |text| text);
            self.text_of.push(number);
        }
        let number = self.text_of[at as usize];
        self.count(number);
        number
    }

    fn number(&mut self, text: &str, part: impl FnOnce(&str) -> &str) -> u32 {
        if text.is_empty() {
            return NONE;
        }
        let (number, is_new) = self.texts.number(text);
        if is_new {
            let part = part(text);
            self.times.push(0);
            self.part_of.push(Part { number: self.parts.number(part).0, letters: letters(part.as_bytes()) });
        }
        number
    }

    fn count(&mut self, number: u32) {
        if number != NONE {
            self.times[number as usize] += 1;
        }
    }

    /// The text itself.
    pub(crate) fn text(&self, number: u32) -> &str {
        self.texts.get(number)
    }

    /// How many signers have it.
    pub(crate) fn times(&self, number: u32) -> f64 {
        f64::from(self.times[number as usize])
    }

    /// The number of its part: what is before an @, a number's end, a street's first letters.
    pub(crate) fn part(&self, number: u32) -> u32 {
        self.part_of[number as usize].number
    }

    /// The part of a text.
    pub(crate) fn part_text(&self, number: u32) -> &str {
        self.parts.get(self.part(number))
    }

    /// In how many letters the parts of two texts differ: one letter for another makes two of it, or four where each is of two bytes.
    pub(crate) fn letters_apart(&self, one: u32, other: u32) -> u32 {
        (self.part_of[one as usize].letters ^ self.part_of[other as usize].letters).count_ones()
    }
}

/// The letters of a text, each a bit.
pub(crate) fn letters(text: &[u8]) -> u32 {
    text.iter().fold(0, |letters, letter| letters | 1 << (letter & 31))
}

/// Things of several numbers, each with a number and how often it is there.
#[derive(Default)]
pub(crate) struct Counted {
    numbers: FxHashMap<u64, u32>,
    times: Vec<u32>,
}

impl Counted {
    /// One more signer with this; its number.
    pub(crate) fn add(&mut self, key: u64) -> u32 {
        let next = u32::try_from(self.times.len()).unwrap_or(NONE);
        let number = *self.numbers.entry(key).or_insert(next);
        if number == next {
            self.times.push(0);
        }
        self.times[number as usize] += 1;
        number
    }

    /// How many signers have it.
    pub(crate) fn count(&self, number: u32) -> u32 {
        self.times[number as usize]
    }

    /// Likewise.
    pub(crate) fn times(&self, number: u32) -> f64 {
        f64::from(self.count(number))
    }

    /// How many have what is of this key.
    pub(crate) fn times_of(&self, key: u64) -> f64 {
        self.numbers.get(&key).map_or(0.0, |number| self.times(*number))
    }
}
