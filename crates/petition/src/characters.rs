//! Characters: tidying what is typed, and what cannot be shown safely.

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};
use unicode_segmentation::UnicodeSegmentation;
use zeroize::Zeroizing;

/// More marks than this on one character make a text that covers its neighbours.
const MARKS_MAX: usize = 20;

/// How long a text may be.
pub(crate) struct Limit {
    /// As a person counts: user-perceived characters.
    pub(crate) graphemes: usize,
    /// As the sealed content counts, UTF-8.
    pub(crate) bytes: usize,
}

impl Limit {
    /// Whether `text` is within the limit.
    pub(crate) fn holds(&self, text: &str) -> bool {
        text.len() <= self.bytes && text.graphemes(true).count() <= self.graphemes
    }
}

/// A text of one line: outer white space trimmed, inner white space made one space, NFC. Empty when there is
/// nothing visible in it.
pub(crate) fn one_line(typed: &str) -> Zeroizing<String> {
    let mut spaced = room_for(typed);
    for word in typed.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    normalized(&spaced)
}

/// A text of several lines: line ends made LF, tabs made spaces, white space at line ends and around the whole
/// removed, NFC. Empty when there is nothing visible in it.
pub(crate) fn many_lines(typed: &str) -> Zeroizing<String> {
    let mut lines = room_for(typed);
    let mut previous = '\0';
    for c in typed.chars() {
        match c {
            '\n' if previous == '\r' => {}
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                let kept = lines.trim_end_matches(|c: char| c.is_whitespace() && c != '\n').len();
                lines.truncate(kept);
                lines.push('\n');
            }
            '\t' => lines.push(' '),
            c => lines.push(c),
        }
        previous = c;
    }
    normalized(lines.trim())
}

/// NFC, in one piece of memory so that no copy is left behind; empty when nothing in it is visible.
pub(crate) fn normalized(text: &str) -> Zeroizing<String> {
    let mut normal = room_for(text);
    if !is_blank(text) {
        normal.extend(text.nfc());
    }
    normal
}

/// An empty text that can take `text` in NFC, which is at most three times as long (UAX #15), without moving.
pub(crate) fn room_for(text: &str) -> Zeroizing<String> {
    Zeroizing::new(String::with_capacity(text.len().saturating_mul(3)))
}

/// Whether nothing in the text can be seen: white space and invisible format characters only.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.general_category() == GeneralCategory::Format)
}

/// Whether a text cannot be shown safely: it holds control characters (but LF), embeddings, overrides or
/// isolates of text direction, or piles of marks. Joiners and direction marks, which many scripts need, pass.
pub(crate) fn is_unshowable(text: &str) -> bool {
    text.chars().any(|c| (c.is_control() && c != '\n') || turns_direction(c)) || most_marks(text) > MARKS_MAX
}

/// Whether a character turns the direction of the text after it: U+202A to U+202E, U+2066 to U+2069.
pub(crate) fn turns_direction(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The most marks (nonspacing and enclosing) on any one character of the text.
pub(crate) fn most_marks(text: &str) -> usize {
    text.graphemes(true).map(|grapheme| grapheme.chars().filter(|c| is_mark(*c)).count()).max().unwrap_or(0)
}

/// Whether a character is a mark that sits on another.
pub(crate) fn is_mark(c: char) -> bool {
    matches!(c.general_category(), GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark)
}

/// Whether a text has a letter of any script.
pub(crate) fn has_letter(text: &str) -> bool {
    text.chars().any(|c| c.general_category_group() == GeneralCategoryGroup::Letter)
}

/// Whether a text is a single letter of a script with capital and small letters.
pub(crate) fn is_single_cased_letter(text: &str) -> bool {
    let cased = |c: char| {
        matches!(
            c.general_category(),
            GeneralCategory::UppercaseLetter
                | GeneralCategory::LowercaseLetter
                | GeneralCategory::TitlecaseLetter
        )
    };
    text.graphemes(true).count() == 1 && text.chars().next().is_some_and(cased)
}

/// The value of a decimal digit, in the scripts of the kiosk's languages and their neighbours.
pub(crate) fn decimal_digit(c: char) -> Option<char> {
    /// The zero of each run of ten digits.
    const ZEROS: [u32; 12] =
        [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xbe6, 0xe50, 0x1040, 0x17e0, 0xff10];
    let code = u32::from(c);
    let zero = ZEROS.into_iter().find(|zero| (*zero..zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_one_line(typed: &str, tidy: &str) {
        assert_eq!(one_line(typed).as_str(), tidy);
    }

    #[test]
    fn a_line_is_trimmed_collapsed_and_composed() {
        check_one_line("  Ada \t  Lovelace\n", "Ada Lovelace");
        check_one_line("Zoe\u{308}", "Zoë");
        check_one_line("\u{3000}山田\u{3000}太郎\u{3000}", "山田 太郎");
        check_one_line(" \u{a0}\u{2003} ", "");
        check_one_line("\u{200d}\u{200f}\u{feff}", "");
        check_one_line("می\u{200c}خواهم", "می\u{200c}خواهم");
    }

    #[track_caller]
    fn check_many_lines(typed: &str, tidy: &str) {
        assert_eq!(many_lines(typed).as_str(), tidy);
    }

    #[test]
    fn lines_keep_their_breaks_and_lose_their_edges() {
        check_many_lines("\n one  \r\ntwo\rthree \n\n\n\nfour\n\n", "one\ntwo\nthree\n\n\n\nfour");
        check_many_lines("a\tb", "a b");
        check_many_lines(" \n\t\n", "");
    }

    #[test]
    fn text_that_cannot_be_shown_safely_is_known() {
        for bad in ["a\u{0}b", "a\u{1b}[2J", "\u{202e}evil", "\u{2066}x", "\u{7f}", "a\u{9b}"] {
            assert!(is_unshowable(bad), "{bad:?}");
        }
        assert!(is_unshowable(&format!("a{}", "\u{301}".repeat(MARKS_MAX + 1))));
        for good in
            ["می\u{200c}خواهم", "क्\u{200d}ष", "\u{200f}שלום\u{200e}", "two\nlines", "👩\u{200d}👩\u{200d}👧"]
        {
            assert!(!is_unshowable(good), "{good:?}");
        }
    }

    #[test]
    fn digits_of_other_scripts_are_digits() {
        assert_eq!("٤۴4４४".chars().filter_map(decimal_digit).collect::<String>(), "44444");
        assert_eq!(decimal_digit('a'), None);
    }
}
