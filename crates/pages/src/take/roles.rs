//! Which line of a page is what, as far as it is known.

use crate::line::{Line, LineKind};
use crate::marks::leading_number;
use crate::part::LeftKind;
use crate::tokens::{TokenKind, tokens};

/// What a line is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Not known yet.
    Free,
    /// It belongs to a part.
    Part,
    /// It counts signatures, as an earlier line does.
    Repeat,
    /// It is in no part.
    Left(LeftKind),
}

/// The lines of a page, each with its role.
pub(crate) struct Page<'a> {
    pub(crate) lines: &'a [Line],
    pub(crate) roles: Vec<Role>,
    /// The line that ends the petition, or the count of lines.
    pub(crate) end: usize,
}

impl Page<'_> {
    pub(crate) fn is_free(&self, at: usize) -> bool {
        self.roles.get(at) == Some(&Role::Free)
    }

    pub(crate) fn set(&mut self, at: usize, role: Role) {
        if let Some(known) = self.roles.get_mut(at) {
            *known = role;
        }
    }

    /// The lines that are not known yet, each with its place.
    pub(crate) fn free(&self) -> impl Iterator<Item = (usize, &Line)> {
        self.lines.iter().enumerate().filter(|(at, _)| self.is_free(*at))
    }
}

/// The least characters of a sentence; of a text that needs no full stop; and of one that no title is as long as. Scripts
/// without spaces between words say as much in fewer.
const SENTENCE_MIN_CHARS: usize = 25;
const TEXT_MIN_CHARS: usize = 80;
const LONG_MIN_CHARS: usize = 160;

/// How much a text says, in characters of a script with spaces.
pub(crate) fn weight(text: &str) -> usize {
    // Chinese, Japanese and Korean: a character is worth two and more letters.
    text.chars()
        .map(|c| if matches!(u32::from(c), 0x1100..0x1200 | 0x2e80..0xd7b0 | 0xf900..0xfb00) { 3 } else { 1 })
        .sum()
}

/// Whether a line is text as a petition's body has it: a sentence, or long.
pub(crate) fn is_prose(line: &Line) -> bool {
    if line.kind != LineKind::Text && line.kind != LineKind::Quote {
        return false;
    }
    let weight = weight(&line.text);
    weight >= TEXT_MIN_CHARS || (weight >= SENTENCE_MIN_CHARS && ends_sentence(&line.text))
}

/// Whether a line begins with a number in brackets or raised, as the entries of a list of references do.
pub(crate) fn is_entry(line: &Line) -> bool {
    matches!(line.kind, LineKind::Numbered(_) | LineKind::Footnote(_)) || leading_number(&line.text).is_some()
}

/// Whether a line is longer than any title.
pub(crate) fn is_long(line: &Line) -> bool {
    weight(&line.text) >= LONG_MIN_CHARS
}

/// Whether a text ends as a sentence does, marks of references and closing quotes after it left aside.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let closing = |c: char| {
        c.is_whitespace() || c.is_ascii_digit() || "()[]（）［］【】\"'”’»」』¹²³⁴⁵⁶⁷⁸⁹⁰,".contains(c)
    };
    text.trim_end_matches(closing)
        .ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '：', '؟', '۔', '።', '፧', '፦'])
}

/// Whether a line has enough words to be a title.
pub(crate) fn may_be_title(line: &Line) -> bool {
    let is_block = matches!(line.kind, LineKind::Text | LineKind::Heading(_));
    if !is_block || is_entry(line) || line.text.len() > 600 || has_address_alone(&line.text) {
        return false;
    }
    let words =
        tokens(&line.text).into_iter().filter(|token| matches!(token.kind, TokenKind::Word(_))).count();
    words >= 2 || weight(&line.text) >= 12
}

/// Whether a text is an address and nothing else.
pub(crate) fn has_address_alone(text: &str) -> bool {
    let text = text.trim_matches(['<', '>', '(', ')']);
    (text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www."))
        && !text.contains(char::is_whitespace)
}
