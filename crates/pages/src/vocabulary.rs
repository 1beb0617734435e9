//! The words of petition pages, from the lists beside this file in `words`.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::tokens::folded;

/// A list of words.
pub(crate) struct Words {
    whole: HashSet<&'static str>,
    beginnings: Vec<&'static str>,
    parts: Vec<&'static str>,
}

/// A word without spaces between words is longer than this only where it is more than a counter's word.
const PART_MAX_CHARS: usize = 8;

impl Words {
    fn read(list: &'static str) -> Words {
        let mut words = Words { whole: HashSet::new(), beginnings: Vec::new(), parts: Vec::new() };
        for word in entries(list).flat_map(str::split_whitespace) {
            if let Some(beginning) = word.strip_suffix('*') {
                words.beginnings.push(beginning);
            } else if let Some(part) = word.strip_prefix('~') {
                words.parts.push(part);
            } else {
                words.whole.insert(word);
            }
        }
        words
    }

    /// Whether a word, in small letters, is on the list.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.whole.contains(word)
            || self.beginnings.iter().any(|beginning| word.starts_with(beginning))
            || (word.chars().count() <= PART_MAX_CHARS && self.parts.iter().any(|part| word.contains(part)))
    }
}

/// The entries of a list: its lines that are no comment.
pub(crate) fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"))
}

/// Words for a signature, a signer and signing.
pub(crate) static SIGNATURES: LazyLock<Words> =
    LazyLock::new(|| Words::read(include_str!("words/signatures.txt")));
/// Words before a goal.
pub(crate) static GOALS: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("words/goals.txt")));
/// Words of what is missing to a goal, or of a short time.
pub(crate) static MISSING: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("words/missing.txt")));
/// Other words of counters.
pub(crate) static FILLERS: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("words/fillers.txt")));

static FURNITURE: LazyLock<HashSet<String>> = LazyLock::new(|| lines(include_str!("words/furniture.txt")));
static AFTER: LazyLock<HashSet<String>> = LazyLock::new(|| lines(include_str!("words/after.txt")));
static HEADINGS: LazyLock<HashSet<String>> = LazyLock::new(|| lines(include_str!("words/headings.txt")));

fn lines(list: &'static str) -> HashSet<String> {
    entries(list).map(str::to_owned).collect()
}

/// Lines of words that are longer than this are on no list.
const LINE_MAX_BYTES: usize = 240;

fn is_on(list: &HashSet<String>, line: &str) -> bool {
    line.len() <= LINE_MAX_BYTES && list.contains(&folded(line))
}

/// Whether a line is a button, link or notice of a page.
pub(crate) fn is_furniture(line: &str) -> bool {
    is_on(&FURNITURE, line) || is_on(&AFTER, line)
}

/// Whether nothing of a petition comes after a line.
pub(crate) fn ends_petition(line: &str) -> bool {
    is_on(&AFTER, line)
}

/// Whether a line is the heading of a list of references.
pub(crate) fn heads_references(line: &str) -> bool {
    is_on(&HEADINGS, line)
}

#[cfg(test)]
mod tests {
    use super::{AFTER, FURNITURE, HEADINGS, ends_petition, folded, heads_references, is_furniture};

    #[test]
    fn every_line_of_a_list_can_be_met() {
        for line in FURNITURE.iter().chain(AFTER.iter()).chain(HEADINGS.iter()) {
            // A number is written as "#", which folding would drop.
            assert_eq!(folded(&line.replace('#', "1")), *line);
        }
    }

    #[test]
    fn lines_are_known_in_any_case_and_with_any_number() {
        assert!(is_furniture("► Share on Facebook"));
        assert!(is_furniture("Share (1,204)"));
        assert!(!is_furniture("Share the road"));
        assert!(ends_petition("Reasons for signing:"));
        assert!(ends_petition("214 Comments"));
        for heading in [
            "References:",
            "FUENTES",
            "Tài liệu tham khảo",
            "参考资料：",
            "Mga Sanggunian",
            "출처",
            "Tixraac",
            "ማጣቀሻዎች፦",
            "Источники",
            "Джерела:",
            "المصادر",
            "Sources",
        ] {
            assert!(heads_references(heading), "{heading}");
        }
    }
}
