//! The words that names are made of, each known once with all that is compared of it.

use crate::{
    forms::{
        nicknames::{is_of_its_own, stands_for},
        sound::{bones, sound},
        text::plain,
        words::{Role, role},
    },
    texts::Texts,
};

/// The writing system of a word, as far as names are compared differently in it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    /// Latin, and whatever is not on this list.
    Latin,
    /// Chinese characters: each is a name of its own, however it is read.
    Han,
    /// Korean syllables.
    Hangul,
    /// Arabic and Hebrew, which leave out vowels.
    Abjad,
    /// Ethiopian syllables, of which many stand for a consonant alone.
    Ethiopic,
    /// Written with its vowels, as Latin is.
    Cyrillic,
    /// Likewise: Greek, and those of India and its neighbours.
    Other,
}

/// How many there are.
pub(crate) const SCRIPTS: usize = 7;

/// A word of a name.
pub(crate) struct Token {
    /// In plain letters: a number of [`Tokens::form`].
    pub(crate) plain: u32,
    /// How it sounds, likewise.
    pub(crate) sound: u32,
    /// Without its vowels, likewise.
    pub(crate) bones: u32,
    /// How it is written.
    pub(crate) script: Script,
    /// Whether it has marks that plain letters have not.
    pub(crate) is_marked: bool,
    /// Whether it has marks of Vietnamese: where they are written, a word without them is another.
    pub(crate) is_vietnamese: bool,
    /// What it is where it is no name.
    pub(crate) role: Role,
    /// The names that it stands for.
    pub(crate) stands_for: &'static [u16],
    /// It is a name of its own, also where it stands for another.
    pub(crate) is_own: bool,
    /// Its plain letters, each a bit: words that differ in many letters need no closer look.
    pub(crate) letters: u32,
    /// The first of them.
    pub(crate) first: u8,
    /// How many plain letters.
    pub(crate) length: u8,
}

/// All words of all names, and how many signatures have each.
#[derive(Default)]
pub(crate) struct Tokens {
    words: Texts,
    forms: Texts,
    tokens: Vec<Token>,
    counts: Vec<u32>,
}

impl Tokens {
    /// The number of a folded word.
    pub(crate) fn number(&mut self, word: &str) -> u32 {
        let (number, is_new) = self.words.number(word);
        if is_new {
            let plain = plain(word);
            let token = Token {
                sound: self.forms.number(&sound(&plain)).0,
                bones: self.forms.number(&bones(&plain)).0,
                script: script(word),
                is_marked: !word.is_ascii(),
                is_vietnamese: word
                    .chars()
                    .any(|letter| matches!(letter, '\u{1ea0}'..='\u{1ef9}' | 'ư' | 'ơ' | 'ă' | 'đ')),
                role: role(word, &plain),
                stands_for: stands_for(&plain),
                is_own: is_of_its_own(&plain),
                letters: plain.bytes().fold(0, |letters, letter| letters | 1 << (letter & 31)),
                first: plain.bytes().next().unwrap_or(0),
                length: u8::try_from(plain.len()).unwrap_or(u8::MAX),
                plain: self.forms.number(&plain).0,
            };
            self.tokens.push(token);
        }
        number
    }

    /// The word with this number.
    pub(crate) fn get(&self, number: u32) -> &Token {
        &self.tokens[number as usize]
    }

    /// The folded word with this number.
    pub(crate) fn word(&self, number: u32) -> &str {
        self.words.get(number)
    }

    /// A form of words: plain, as it sounds, without vowels.
    pub(crate) fn form(&self, number: u32) -> &str {
        self.forms.get(number)
    }

    /// Counts one more signature with this word.
    pub(crate) fn count(&mut self, number: u32) {
        let plain = self.tokens[number as usize].plain as usize;
        if self.counts.len() <= plain {
            self.counts.resize(plain + 1, 0);
        }
        self.counts[plain] += 1;
    }

    /// How many signatures have a word that is this one in plain letters.
    pub(crate) fn times(&self, number: u32) -> u32 {
        let plain = self.tokens[number as usize].plain as usize;
        self.counts.get(plain).copied().unwrap_or(0)
    }
}

/// The writing system of a word's first letter.
pub(crate) fn script(word: &str) -> Script {
    match word.chars().next() {
        Some('\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}') => Script::Han,
        Some('\u{ac00}'..='\u{d7a3}') => Script::Hangul,
        Some('\u{590}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}') => Script::Abjad,
        Some('\u{1200}'..='\u{139f}' | '\u{2d80}'..='\u{2ddf}' | '\u{ab00}'..='\u{ab2f}') => Script::Ethiopic,
        Some('\u{400}'..='\u{52f}') => Script::Cyrillic,
        Some('\u{370}'..='\u{58f}' | '\u{900}'..='\u{1dff}') => Script::Other,
        _ => Script::Latin,
    }
}
