//! Lines that say who started a petition and to whom it is addressed.

use std::sync::LazyLock;

use crate::vocabulary::entries;

/// What a line says of names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Byline {
    pub(crate) by: Option<String>,
    pub(crate) to: Option<String>,
    /// Whether it says a day.
    pub(crate) has_day: bool,
    /// Whether it is a sentence that has both names.
    pub(crate) is_sentence: bool,
    /// Names that its words ask for, on the line before or after.
    pub(crate) asks: Vec<Asks>,
    /// Whether it may as well be a title.
    pub(crate) may_be_title: bool,
}

/// A name that stands on the line beside its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asks {
    ByBefore,
    ByAfter,
    ToAfter,
    DayAfter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    By,
    To,
    Day,
}

enum Piece {
    Words(&'static str),
    Slot(Slot),
}

struct Pattern {
    pieces: Vec<Piece>,
    may_be_title: bool,
}

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    entries(include_str!("words/bylines.txt"))
        .map(|line| {
            let words = line.strip_prefix("? ");
            Pattern { may_be_title: words.is_some(), pieces: pieces(words.unwrap_or(line)) }
        })
        .collect()
});

fn pieces(pattern: &'static str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for (at, part) in pattern.split(['{', '}']).enumerate() {
        match part {
            "" => {}
            "by" if at % 2 == 1 => pieces.push(Piece::Slot(Slot::By)),
            "to" if at % 2 == 1 => pieces.push(Piece::Slot(Slot::To)),
            "day" if at % 2 == 1 => pieces.push(Piece::Slot(Slot::Day)),
            words => pieces.push(Piece::Words(words)),
        }
    }
    pieces
}

/// The most bytes of a line that is a byline, and of a name.
const LINE_MAX_BYTES: usize = 600;
const NAME_MAX_BYTES: usize = 300;

/// What a line says of names, if it does nothing else.
pub(crate) fn find_byline(line: &str) -> Option<Byline> {
    if line.len() > LINE_MAX_BYTES {
        return None;
    }
    PATTERNS
        .iter()
        .find_map(|pattern| of_label(line, pattern))
        .or_else(|| PATTERNS.iter().find_map(|pattern| matched(line, pattern)))
}

/// A line of a pattern's words alone.
fn of_label(line: &str, pattern: &Pattern) -> Option<Byline> {
    let mut words = pattern.pieces.iter().filter_map(|piece| match piece {
        Piece::Words(words) => Some(words.trim_matches(is_edge)),
        Piece::Slot(_) => None,
    });
    let label = words.next()?;
    if words.next().is_some() || !same(line.trim_matches(is_edge), label) {
        return None;
    }
    let is_first = |at: usize| at == 0;
    let asks = pattern.pieces.iter().enumerate().filter_map(|(at, piece)| match piece {
        Piece::Slot(Slot::By) if is_first(at) => Some(Asks::ByBefore),
        Piece::Slot(Slot::By) => Some(Asks::ByAfter),
        Piece::Slot(Slot::To) => Some(Asks::ToAfter),
        Piece::Slot(Slot::Day) => Some(Asks::DayAfter),
        Piece::Words(_) => None,
    });
    Some(Byline { asks: asks.collect(), ..Byline::default() })
}

/// A line that a pattern matches from end to end.
fn matched(line: &str, pattern: &Pattern) -> Option<Byline> {
    let mut found = Byline { may_be_title: pattern.may_be_title, ..Byline::default() };
    let mut rest = line;
    let mut open: Option<Slot> = None;
    for piece in &pattern.pieces {
        match piece {
            Piece::Slot(slot) => open = Some(*slot),
            Piece::Words(words) => {
                let (start, end) = find_words(rest, words)?;
                let before = rest.get(..start)?;
                match open.take() {
                    Some(slot) => found.fill(slot, before)?,
                    None if !before.is_empty() => return None,
                    None => {}
                }
                rest = rest.get(end..)?;
            }
        }
    }
    match open {
        Some(slot) => found.fill(slot, rest)?,
        None if !rest.trim_matches(is_edge).is_empty() => return None,
        None => {}
    }
    found.is_sentence = found.by.is_some() && found.to.is_some();
    Some(found)
}

impl Byline {
    fn fill(&mut self, slot: Slot, text: &str) -> Option<()> {
        let text = text.trim();
        match slot {
            Slot::Day => {
                let has_digit = text.chars().any(|c| crate::tokens::digit(c).is_some());
                let is_short = text.split_whitespace().count() <= 6;
                self.has_day = has_digit && is_short;
                self.has_day.then_some(())
            }
            Slot::By | Slot::To => {
                let name = name(text)?;
                match slot {
                    Slot::By => self.by = Some(name),
                    _ => self.to = Some(name),
                }
                Some(())
            }
        }
    }
}

/// The name that a text is: no sentence, and not "I" or "we", as a petition's own text says.
pub(crate) fn name(text: &str) -> Option<String> {
    /// Words that stand for a name in a text of one's own.
    const OWN: [&str; 18] = [
        "i", "we", "who", "she", "he", "they", "yo", "je", "nous", "ich", "wir", "я", "мы", "ми", "我",
        "我们", "أنا", "نحن",
    ];
    let name = text.trim().trim_end_matches([',', '…']).trim();
    let is_own = OWN.iter().any(|own| same(name, own));
    let ends_within = ["! ", "? ", "。", "！", "？", ". However", "; "].iter().any(|end| name.contains(end));
    let is_name = !name.is_empty() && name.len() <= NAME_MAX_BYTES && !is_own && !ends_within;
    is_name.then(|| name.to_owned())
}

/// Spaces and the punctuation of labels.
fn is_edge(c: char) -> bool {
    c.is_whitespace() || matches!(c, ':' | '：' | '፦' | '.' | '…' | '-' | '–' | '—' | '!' | '।')
}

fn same(one: &str, other: &str) -> bool {
    one.chars().flat_map(char::to_lowercase).eq(other.chars().flat_map(char::to_lowercase))
}

/// Where a text first has these words in any case of letters: start and end.
fn find_words(text: &str, words: &str) -> Option<(usize, usize)> {
    text.char_indices().find_map(|(at, _)| {
        let mut wanted = words.chars().flat_map(char::to_lowercase);
        for (length, c) in text.get(at..)?.char_indices() {
            for c in c.to_lowercase() {
                match wanted.next() {
                    // All were there.
                    None => return Some((at, at + length)),
                    Some(' ') if c == '\u{a0}' || c == '\u{202f}' => {}
                    Some(wanted) if wanted == c => {}
                    Some(_) => return None,
                }
            }
        }
        wanted.next().is_none().then_some((at, text.len()))
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::{Asks, find_byline};

    #[track_caller]
    fn check(line: &str, by: Option<&str>, to: Option<&str>) {
        let found = find_byline(line).unwrap_or_default();
        assert_eq!((found.by.as_deref(), found.to.as_deref()), (by, to), "{line}");
    }

    #[test]
    fn names_are_read_from_sentences_and_labels() {
        let both = |line: &str, by: &str, to: &str| check(line, Some(by), Some(to));
        both(
            "Ada Byron started this petition to Cedar Mill Council and 2 others",
            "Ada Byron",
            "Cedar Mill Council and 2 others",
        );
        both("Ada STARTED this petition to The Board, Inc.", "Ada", "The Board, Inc.");
        both("Ana Ruiz lanzó esta petición dirigida a Alcaldía de Vega", "Ana Ruiz", "Alcaldía de Vega");
        both("Les Amis du Lac a lancé cette pétition adressée à Mairie", "Les Amis du Lac", "Mairie");
        both("Bündnis Linde hat diese Petition an Stadtrat gestartet", "Bündnis Linde", "Stadtrat");
        both("김하나님이 시청에게 이 청원을 시작했습니다", "김하나", "시청");
        both("Олена створила цю петицію, адресовану Міській раді", "Олена", "Міській раді");
        both("بدأت ليلى هذه العريضة الموجهة إلى المجلس البلدي", "ليلى", "المجلس البلدي");
        check("Started by Ada Byron", Some("Ada Byron"), None);
        check("Created by Ada", Some("Ada"), None);
        check("To: Cedar Mill Council", None, Some("Cedar Mill Council"));
        check("发起人：王小明", Some("王小明"), None);
        check("致：市政府", None, Some("市政府"));
        check("Кому: Городской совет", None, Some("Городской совет"));
    }

    #[test]
    fn a_text_of_ones_own_is_no_byline() {
        check("I started this petition to save the pond.", None, None);
        check("We started this petition to the council because nobody listens", None, None);
        check("To live here is to love the lake.", None, None);
        check("Nous a lancé cette pétition à la mairie", None, None);
    }

    #[test]
    fn a_label_alone_asks_for_its_name() {
        let asks = |line: &str| find_byline(line).unwrap().asks;
        assert_eq!(asks("Started by"), [Asks::ByAfter]);
        assert_eq!(asks("Petition to"), [Asks::ToAfter]);
        assert_eq!(asks("started this petition to"), [Asks::ByBefore, Asks::ToAfter]);
        assert_eq!(asks("To:"), [Asks::ToAfter]);
        assert_eq!(asks("Created on"), [Asks::DayAfter]);
        assert!(find_byline("Created on 3 May 2026").unwrap().has_day);
        assert!(find_byline("Petition to stop the mine").unwrap().may_be_title);
    }
}
