//! What is mended in what was typed: full width, invisible marks, stray spaces. Nothing else is changed, and what is
//! mended once stays as it is.

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
use zeroize::Zeroizing;

use crate::characters::{decimal_digit, is_mark, many_lines, normalized, one_line, room_for};

/// A line of text as it was meant (name, street): letters, digits and at-signs of full width made the usual ones,
/// invisible marks gone, spaces tidied, NFC.
pub(crate) fn mended_line(typed: &str) -> Zeroizing<String> {
    // Of ASCII nothing is wide or invisible.
    if typed.is_ascii() {
        return one_line(typed);
    }
    let seen = without_invisible(typed, is_invisible);
    let mut narrowed = room_for(&seen);
    let mut base = ' ';
    for c in seen.chars() {
        let c = narrow_in_text(c, base);
        narrowed.push(c);
        if !is_mark(c) {
            base = c;
        }
    }
    one_line(&narrowed)
}

/// A text of several lines as it was meant. Its signs stay as wide as they are: in a text that is how they are written.
pub(crate) fn mended_lines(typed: &str) -> Zeroizing<String> {
    many_lines(&without_invisible(typed, is_invisible_in_text))
}

/// An e-mail address as it was meant: what is mended in a line, every sign of full width made the usual one, the full
/// stops of Chinese and Japanese after the @ made dots, and no space beside an @ or a dot.
pub(crate) fn mended_email(typed: &str) -> Zeroizing<String> {
    let line = mended_line(typed);
    let mut narrowed = room_for(&line);
    narrowed.extend(line.chars().map(|c| if c == '\u{fe6b}' { '@' } else { narrow(c) }));
    let domain = narrowed.rfind('@').unwrap_or(narrowed.len());
    let mut dotted = room_for(&narrowed);
    let is_stop = |at: usize, c: char| at > domain && matches!(c, '\u{3002}' | '\u{ff61}');
    dotted.extend(narrowed.char_indices().map(|(at, c)| if is_stop(at, c) { '.' } else { c }));
    let mut mended = room_for(&dotted);
    let mut rest = dotted.chars().peekable();
    while let Some(c) = rest.next() {
        let beside = |c: Option<char>| matches!(c, Some('@' | '.'));
        if c != ' ' || !(beside(mended.chars().next_back()) || beside(rest.peek().copied())) {
            mended.push(c);
        }
    }
    normalized(&mended)
}

/// A telephone number or a postal code as it was meant: what is mended in a line, every sign of full width made the usual
/// one, the digits of every script those of ASCII, nothing in it that cannot be seen.
pub(crate) fn mended_code(typed: &str) -> Zeroizing<String> {
    let unseen = |c: char| {
        (c.is_control() && !c.is_whitespace())
            || c.general_category() == GeneralCategory::Format
            || is_joiner(c)
    };
    let seen = without_invisible(typed, unseen);
    let mut narrowed = room_for(&seen);
    narrowed.extend(seen.chars().map(|c| decimal_digit(c).unwrap_or(narrow(c))));
    one_line(&narrowed)
}

/// A text as far as anybody can see it: two that are equal look alike.
pub(crate) fn as_seen(text: &str) -> Zeroizing<String> {
    let seen = without_invisible(text, is_invisible);
    Zeroizing::new(seen.trim().replace("\r\n", "\n"))
}

/// The text in NFC without what `unseen` says is not seen, and without joiners where nothing is joined. What fills a place
/// without being seen is a space.
fn without_invisible(typed: &str, unseen: fn(char) -> bool) -> Zeroizing<String> {
    let mut seen = room_for(typed);
    let mut base = ' ';
    let mut joined = false;
    for c in typed.nfc() {
        let c = if matches!(c, '\u{2800}' | '\u{3164}' | '\u{ffa0}') { ' ' } else { c };
        let stray = if is_joiner(c) { joined || !is_joined(base) } else { is_tag(c) && !is_pictured(base) };
        if stray || unseen(c) {
            continue;
        }
        joined = is_joiner(c);
        seen.push(c);
        if !joined && !is_mark(c) && !is_tag(c) {
            base = c;
        }
    }
    normalized(&seen)
}

/// Marks that come along with what is pasted, and are not seen in a line: soft hyphens, places to break, directions,
/// invisible signs of mathematics, marks of a file's beginning. Overrides of direction are not among them: without them a
/// text reads otherwise than it did.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}'..='\u{2064}')
        || is_invisible_in_text(c)
}

/// Those of them that do nothing in a text of several lines either, where places to break and directions help.
fn is_invisible_in_text(c: char) -> bool {
    matches!(
        c,
        '\u{202a}'..='\u{202c}' | '\u{2066}'..='\u{2069}' | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
    )
}

/// Signs that only say how their neighbours are joined.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{180e}' | '\u{200c}' | '\u{200d}')
}

/// Signs that only say what the picture before them is, as on a flag.
fn is_tag(c: char) -> bool {
    matches!(c, '\u{e0001}' | '\u{e0020}'..='\u{e007f}')
}

/// Whether a joiner after this sign can be seen: in the scripts that join their letters, and after a picture.
fn is_joined(c: char) -> bool {
    matches!(
        u32::from(c),
        0x600..=0x109f | 0x1700..=0x1cff | 0xa800..=0xabff | 0xfb50..=0xfdff | 0xfe70..=0xfeff | 0x1_0a00..=0x1_1fff | 0x1_e900..=0x1_e95f
    ) || is_pictured(c)
}

fn is_pictured(c: char) -> bool {
    matches!(c.general_category(), GeneralCategory::OtherSymbol | GeneralCategory::ModifierSymbol)
}

/// A sign of full width as the usual one, where it is a letter, a digit or an at-sign, or joins what is after a Latin
/// letter or a digit to it.
fn narrow_in_text(c: char, base: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '＠' => narrow(c),
        '－' | '＇' | '．' if is_latin(base) => narrow(c),
        c => c,
    }
}

/// A sign of full width as the usual one.
fn narrow(c: char) -> char {
    const WIDER_BY: u32 = 0xfee0;
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - WIDER_BY).unwrap_or(c),
        c => c,
    }
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || (matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}') && c.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(mend: fn(&str) -> Zeroizing<String>, cases: &[(&str, &str)]) {
        for (typed, meant) in cases {
            assert_eq!(mend(typed).as_str(), *meant, "{typed:?}");
            assert_eq!(mend(meant).as_str(), *meant, "{meant:?} is meant so");
        }
    }

    #[test]
    fn a_name_loses_what_nobody_typed() {
        check(
            mended_line,
            &[
                ("Ａｄａ　Ｌｏｖｅｌａｃｅ", "Ada Lovelace"),
                ("Ａｎｎ－Ｍａｒｉｅ Ｏ＇Ｎｅｉｌ", "Ann-Marie O'Neil"),
                ("Ｊ．Ｋ．罗琳", "J.K.罗琳"),
                ("é－e\u{301}－x", "é-é-x"),
                ("\u{feff}Ada\u{200b} \u{202a}Love\u{ad}lace\u{202c}\u{200e}", "Ada Lovelace"),
                ("\u{2068}محمد\u{2069} علي\u{200f}", "محمد علي"),
                ("A\u{200c}d\u{200d}a \u{200d}", "Ada"),
                ("김\u{3164}서연\u{ffa0}", "김 서연"),
                ("e\u{200b}\u{301}－x", "é-x"),
            ],
        );
    }

    #[test]
    fn what_a_name_needs_stays() {
        for name in [
            "می\u{200c}ترا",
            "ක්\u{200d}රිස්තෝපර්",
            "ന്\u{200d}",
            "买买提·阿不都",
            "阿不都．买买提",
            "张三（北京）",
            "Ярина Об’єдна",
            "Мар\u{2bc}яна",
            "👩\u{200d}👩\u{200d}👧",
            "🏴\u{e0067}\u{e0062}\u{e007f}",
            "葛\u{e0100}城",
            "Nguyễn",
        ] {
            assert_eq!(mended_line(name).as_str(), name);
        }
        // Who turns the direction makes a name look like another: that is told, not mended.
        assert_eq!(mended_line("\u{202e}adA").as_str(), "\u{202e}adA");
        assert_eq!(mended_line("می\u{200c} ").as_str(), "می\u{200c}");
    }

    #[test]
    fn an_address_is_typed_in_any_width() {
        check(
            mended_email,
            &[
                ("ａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇ", "ada@example.org"),
                (" ada @ example . org ", "ada@example.org"),
                ("用户@例子。公司", "用户@例子.公司"),
                ("ada﹫example｡org", "ada@example.org"),
                ("\u{200b}ada@\u{feff}example.org\u{a0}", "ada@example.org"),
                ("ａｄａ＋ｂ＿ｃ＠ｅｘａｍｐｌｅ－ｘ．ｏｒｇ", "ada+b_c@example-x.org"),
                ("a b@example.org", "a b@example.org"),
            ],
        );
    }

    #[test]
    fn numbers_and_codes_are_of_ascii() {
        check(
            mended_code,
            &[
                ("１００－０００１", "100-0001"),
                ("\u{202d}+1 206 555 0100\u{202c}", "+1 206 555 0100"),
                ("٠١٠٠ ١٢٣", "0100 123"),
                ("９８１０１\u{0}", "98101"),
                ("ＳＷ１Ａ\u{3000}１ＡＡ", "SW1A 1AA"),
            ],
        );
    }

    #[test]
    fn a_comment_keeps_its_width_and_its_places_to_break() {
        check(
            mended_lines,
            &[
                ("我支持！１００％", "我支持！１００％"),
                ("ភាសា\u{200b}ខ្មែរ", "ភាសា\u{200b}ខ្មែរ"),
                ("\u{feff}a\u{2067}b\u{2069}\r\nc\u{200f}", "ab\nc\u{200f}"),
            ],
        );
    }

    /// Texts in which much is to be mended.
    const PASTED: &str = "([ａＺ９＠．－＇。﹫]|[\u{200b}-\u{200f}\u{2060}-\u{206f}\u{202a}-\u{202c}\u{ad}\u{feff}\u{3164}\u{2800}]|[ aé.@'-]|\u{301}|م|क्|👩|\\PC|.){0,24}";

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_024))]
        #[test]
        fn mending_twice_is_mending_once(typed in PASTED) {
            for mend in [mended_line, mended_lines, mended_email, mended_code] {
                let once = mend(&typed);
                prop_assert_eq!(&mend(&once), &once);
            }
        }

        #[test]
        fn a_line_changes_in_width_marks_and_spaces_alone(typed in PASTED) {
            let mended = mended_line(&typed);
            // Of all that is visible nothing is lost, added or moved: it is only narrower.
            let visible = |text: &str| -> String {
                let seen = |c: &char| {
                    !c.is_whitespace() && !matches!(c, '\u{2800}' | '\u{3164}' | '\u{ffa0}') && !is_invisible(*c) && !is_joiner(*c) && !is_tag(*c)
                };
                let seen: String = text.nfc().filter(seen).map(narrow).collect();
                seen.nfc().collect()
            };
            if !mended.is_empty() {
                prop_assert_eq!(visible(&mended), visible(&typed));
            }
        }
    }
}
