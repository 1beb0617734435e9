//! A line as words and numbers, as people write numbers.

use std::ops::Range;

/// A word or number of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) range: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// In small letters.
    Word(String),
    Number(u64),
    /// A share of a hundred.
    Percent,
}

/// The words and numbers of a line. `1,234`, `1.234`, `1 234`, `1'234`, `١٢٣٤` and `12.3K` are numbers.
pub(crate) fn tokens(line: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = line.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = line.get(at..).unwrap_or_default();
        let (kind, length) = if digit(c).is_some() {
            let (kind, length) = number(rest);
            (Some(kind), length)
        } else if is_word(c) {
            let end = rest.find(|c| !is_word(c) || digit(c).is_some()).unwrap_or(rest.len());
            (Some(TokenKind::Word(rest.get(..end).unwrap_or_default().to_lowercase())), end)
        } else {
            (None, c.len_utf8())
        };
        if let Some(kind) = kind {
            found.push(Token { kind, range: at..at + length });
        }
        at += length;
    }
    found
}

/// The words of a line, with `#` for each number, and a space between: the same for all lines that differ in numbers,
/// letters' case and punctuation alone.
pub(crate) fn folded(line: &str) -> String {
    let mut fold = String::with_capacity(line.len());
    for token in tokens(line) {
        if !fold.is_empty() {
            fold.push(' ');
        }
        match token.kind {
            TokenKind::Word(word) => fold.push_str(&word),
            TokenKind::Number(_) | TokenKind::Percent => fold.push('#'),
        }
    }
    fold
}

fn is_word(c: char) -> bool {
    // Marks that sit on a letter belong to its word.
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}')
}

/// The value of a decimal digit: ASCII, Arabic-Indic, Persian, or of full width.
pub(crate) fn digit(c: char) -> Option<u32> {
    const ZEROS: [u32; 4] = [0x30, 0x660, 0x6f0, 0xff10];
    let code = u32::from(c);
    ZEROS.into_iter().find(|zero| (*zero..zero + 10).contains(&code)).map(|zero| code - zero)
}

/// The number that a text begins with, and its length in bytes. The first character is a digit.
fn number(text: &str) -> (TokenKind, usize) {
    let (mut value, mut end) = digits(text);
    let first = text.get(..end).unwrap_or_default().chars().count();
    let mut is_grouped = first <= 3;
    let mut tenths = None;
    while let Some(separator) = rest_of(text, end).chars().next().filter(|c| is_separator(*c)) {
        let after = end + separator.len_utf8();
        let (group, length) = digits(rest_of(text, after));
        match rest_of(text, after).chars().take_while(|c| digit(*c).is_some()).count() {
            3 if is_grouped => {
                value = value.saturating_mul(1000).saturating_add(group);
                end = after + length;
            }
            1 if matches!(separator, '.' | ',') && value < 1000 => {
                tenths = Some((group, after + length));
                break;
            }
            _ => break,
        }
        is_grouped = true;
    }
    let whole = tenths.map_or(end, |(_, after)| after);
    if let Some((thousand, length)) = multiplier(rest_of(text, whole)) {
        let tenth = tenths.map_or(0, |(tenth, _)| tenth);
        let value = value.saturating_mul(thousand).saturating_add(tenth * (thousand / 10));
        return (TokenKind::Number(value), whole + length);
    }
    let after = rest_of(text, whole).trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    if after.starts_with(['%', '٪', '％']) {
        let length = text.len() - after.len() + after.chars().next().map_or(0, char::len_utf8);
        return (TokenKind::Percent, length);
    }
    (TokenKind::Number(value), end)
}

/// The value of the digits that a text begins with, and their length in bytes.
fn digits(text: &str) -> (u64, usize) {
    let mut value = 0u64;
    let mut length = 0;
    for c in text.chars() {
        let Some(digit) = digit(c) else { break };
        value = value.saturating_mul(10).saturating_add(u64::from(digit));
        length += c.len_utf8();
    }
    (value, length)
}

fn rest_of(text: &str, from: usize) -> &str {
    text.get(from..).unwrap_or_default()
}

/// What stands between groups of three digits.
fn is_separator(c: char) -> bool {
    matches!(c, ',' | '.' | ' ' | '\'' | '’' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '٬' | '，')
}

/// What a short form multiplies by, at the start of a text: "K", "M", "万".
fn multiplier(text: &str) -> Option<(u64, usize)> {
    let mut chars = text.chars();
    let by = match chars.next()? {
        'k' | 'K' => 1000,
        'M' => 1_000_000,
        '万' | '萬' | '만' => return Some((10_000, '万'.len_utf8())),
        _ => return None,
    };
    // "5 km" has a unit.
    if chars.next().is_some_and(is_word) { None } else { Some((by, 1)) }
}

#[cfg(test)]
mod tests {
    use super::{Token, TokenKind, folded, tokens};

    #[track_caller]
    fn check(line: &str, expect: &[u64]) {
        let numbers = tokens(line).into_iter().filter_map(|Token { kind, .. }| match kind {
            TokenKind::Number(number) => Some(number),
            _ => None,
        });
        assert_eq!(numbers.collect::<Vec<_>>(), expect, "{line}");
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        check("1,234 of 5,000", &[1234, 5000]);
        check("1.234.567 Unterschriften", &[1_234_567]);
        check("1\u{202f}234 signatures, 12 345", &[1234, 12_345]);
        check("1'234 und 1’234", &[1234, 1234]);
        check("١٬٢٣٤ توقيع ١٢", &[1234, 12]);
        check("１２３人", &[123]);
        check("12.3K signed, 1M", &[12_300, 1_000_000]);
        check("1.2万 支持", &[12_000]);
        check("5 km, 5km and 12m", &[5, 5, 12]);
        check("45% and 7,5 % of 10", &[10]);
        check("May 3, 2024", &[3, 2024]);
        check("12 34", &[12, 34]);
        check("99999999999999999999999", &[u64::MAX]);
    }

    #[test]
    fn lines_fold_to_what_they_have_in_common() {
        assert_eq!(folded("→ Share (1,204)!"), "share #");
        assert_eq!(folded("已有1234人签名"), "已有 # 人签名");
        assert_eq!(folded("Don’t"), "don t");
    }
}
