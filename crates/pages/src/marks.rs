//! Marks in a text that lead to references: `[1]`, `(1)`, `¹`, and several in one, `[1, 3–5]`.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::line::Span;
use crate::tokens::digit;

/// A mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) range: Range<usize>,
    /// 1 to 999.
    pub(crate) numbers: Vec<u32>,
    pub(crate) look: Look,
}

/// How a number of a reference looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Look {
    /// `(1)`
    Round,
    /// `[1]`
    Square,
    /// `¹`
    Raised,
}

/// The most numbers in one mark.
const NUMBERS_MAX: usize = 40;
/// The most bytes between brackets that are looked at.
const INSIDE_MAX_BYTES: usize = 80;

/// All that may be marks. A year is none: a mark has three digits at most.
pub(crate) fn marks(text: &str) -> Vec<Mark> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut before = None;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        let mark = match bracket(c) {
            Some((close, look)) => in_brackets(rest, close).map(|(numbers, length)| (numbers, length, look)),
            None => raised_numbers(rest, text.get(..at).unwrap_or_default(), before)
                .map(|(numbers, length)| (numbers, length, Look::Raised)),
        };
        let length = match mark {
            Some((numbers, length, look)) => {
                found.push(Mark { range: at..at + length, numbers, look });
                length
            }
            None => c.len_utf8(),
        };
        before = Some(c);
        at += length;
    }
    found
}

/// The number that a line of a list begins with in brackets or raised, and where what it says begins.
pub(crate) fn leading_number(line: &str) -> Option<(u32, Look, usize)> {
    let first = line.chars().next()?;
    let (numbers, length, look) = match bracket(first) {
        Some((close, look)) => {
            let (numbers, length) = in_brackets(line, close)?;
            (numbers, length, look)
        }
        None => {
            let (numbers, length) = raised_numbers(line, "", None)?;
            (numbers, length, Look::Raised)
        }
    };
    let [number] = numbers.as_slice() else { return None };
    let rest = line.get(length..)?;
    let said = rest.strip_prefix(['.', ':', '：']).unwrap_or(rest).trim_start();
    Some((*number, look, line.len() - said.len()))
}

/// What closes an opening bracket.
fn bracket(c: char) -> Option<(char, Look)> {
    match c {
        '(' => Some((')', Look::Round)),
        '（' => Some(('）', Look::Round)),
        '[' => Some((']', Look::Square)),
        '［' => Some(('］', Look::Square)),
        '【' => Some(('】', Look::Square)),
        '〔' => Some(('〕', Look::Square)),
        _ => None,
    }
}

/// The numbers in brackets that a text begins with, and the length in bytes up to the closing one.
fn in_brackets(text: &str, close: char) -> Option<(Vec<u32>, usize)> {
    let mut numbers: Vec<u32> = Vec::new();
    let mut number: Option<(u32, u32)> = None;
    let mut range_from: Option<u32> = None;
    for (at, c) in text.char_indices().skip(1) {
        if at > INSIDE_MAX_BYTES {
            return None;
        }
        if let Some(digit) = digit(c) {
            let (value, digits) = number.unwrap_or_default();
            if digits >= 3 || (digits == 0 && digit == 0) {
                return None;
            }
            number = Some((value * 10 + digit, digits + 1));
            continue;
        }
        if matches!(c, ' ' | '\u{a0}') {
            continue;
        }
        let (value, _) = number.take()?;
        match range_from.take() {
            Some(from) if from < value => numbers.extend(from..=value),
            Some(_) => return None,
            None if matches!(c, '-' | '–' | '—' | '‑') => range_from = Some(value),
            None => numbers.push(value),
        }
        if numbers.len() > NUMBERS_MAX {
            return None;
        }
        match c {
            // "(1,234)" is one number.
            ',' if digits_after(text, at) == 3 => return None,
            c if c == close => return (range_from.is_none()).then_some((numbers, at + c.len_utf8())),
            ',' | ';' | '，' | '、' | '،' => {}
            _ if range_from.is_some() => {}
            _ => return None,
        }
    }
    None
}

/// How many digits stand right after a comma.
fn digits_after(text: &str, comma: usize) -> usize {
    text.get(comma + 1..).unwrap_or_default().chars().take_while(|c| digit(*c).is_some()).count()
}

/// The raised numbers that a text begins with, and their length. After a digit it is a power, after a unit a measure.
fn raised_numbers(text: &str, text_before: &str, before: Option<char>) -> Option<(Vec<u32>, usize)> {
    raised(text.chars().next()?)?;
    if before.is_some_and(|c| digit(c).is_some() || raised(c).is_some()) || ends_in_unit(text_before) {
        return None;
    }
    let (mut numbers, mut length, mut value) = (Vec::new(), 0, 0u32);
    for (at, c) in text.char_indices() {
        match raised(c) {
            Some(digit) => {
                value = value.saturating_mul(10).saturating_add(digit);
                length = at + c.len_utf8();
            }
            // A comma between raised numbers, raised itself or not.
            None if matches!(c, ',' | '˒' | '⁃') && value > 0 => numbers.push(std::mem::take(&mut value)),
            None => break,
        }
    }
    if value > 0 {
        numbers.push(value);
    }
    let are_good = !numbers.is_empty() && numbers.iter().all(|number| (1..1000).contains(number));
    are_good.then_some((numbers, length))
}

fn raised(c: char) -> Option<u32> {
    "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|raised| raised == c).and_then(|digit| u32::try_from(digit).ok())
}

fn ends_in_unit(text: &str) -> bool {
    const UNITS: [&str; 12] = ["m", "km", "cm", "mm", "dm", "ft", "mi", "in", "yd", "м", "км", "см"];
    let word = text.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    UNITS.contains(&word)
}

/// A text whose marks of known numbers are as a petition has them, `(1)`; all else is as it was.
pub(crate) fn with_marks(spans: &[Span], known: &BTreeSet<u32>) -> Vec<Span> {
    spans.iter().map(|span| with_marks_in(span, known)).collect()
}

fn with_marks_in(span: &Span, known: &BTreeSet<u32>) -> Span {
    let mut text = String::with_capacity(span.text.len());
    let mut from = 0;
    for mark in marks(&span.text).iter().filter(|mark| leads(mark, known)) {
        text.push_str(span.text.get(from..mark.range.start).unwrap_or_default());
        for number in &mark.numbers {
            text.push_str(&format!("({number})"));
        }
        from = mark.range.end;
    }
    let is_all = from == span.text.len() && text.starts_with('(') && only_mark(&span.text).is_some();
    text.push_str(span.text.get(from..).unwrap_or_default());
    // A mark leads to its reference, whatever the page made it lead to.
    let address = span.address.clone().filter(|_| !is_all);
    Span { text, address, ..span.clone() }
}

/// Whether any of a mark's numbers is a reference's.
pub(crate) fn leads(mark: &Mark, known: &BTreeSet<u32>) -> bool {
    mark.numbers.iter().any(|number| known.contains(number))
}

/// The one number of a text that is a mark and nothing else.
pub(crate) fn only_mark(text: &str) -> Option<u32> {
    let text = text.trim();
    match marks(text).as_slice() {
        [Mark { range, numbers, .. }] if *range == (0..text.len()) => match numbers.as_slice() {
            [number] => Some(*number),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Look, leading_number, marks, with_marks};
    use crate::line::Span;

    #[track_caller]
    fn check(text: &str, expect: &[&[u32]]) {
        let found: Vec<_> = marks(text).into_iter().map(|mark| mark.numbers).collect();
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn marks_of_every_look_are_found() {
        check("One (1), two [2] and three³.", &[&[1], &[2], &[3]]);
        check("Both [1, 2] or [3][4] or (5–7).", &[&[1, 2], &[3], &[4], &[5, 6, 7]]);
        check("全角（1）、［2］和【3】", &[&[1], &[2], &[3]]);
        check("بالعربية [١] و (٢)", &[&[1], &[2]]);
        check("Raised¹,² and more¹²", &[&[1, 2], &[12]]);
    }

    #[test]
    fn other_numbers_are_no_marks() {
        check("In (2018) and (1,234) or (0) or (01) or (a) or (1 or (5%) or ()", &[]);
        check("120 m², 3 km² and 10² or 4³", &[]);
        check("(1a) (v1) [see 1] (3-1) (1–) (,1)", &[]);
    }

    #[test]
    fn marks_become_those_of_a_petition_where_the_reference_is_known() {
        let known = [1, 2, 3].into();
        let marked = with_marks(&[Span::plain("“One”[1], two¹˒² [1–3], [3, 4] and [4].")], &known);
        assert_eq!(marked, [Span::plain("“One”(1), two(1)(2) (1)(2)(3), (3)(4) and [4].")]);
        let link = Span { address: Some("https://a.example".into()), ..Span::plain("[2]") };
        assert_eq!(with_marks(&[link], &known), [Span::plain("(2)")]);
    }

    #[test]
    fn an_entry_begins_with_its_number() {
        assert_eq!(leading_number("[12] The Daily"), Some((12, Look::Square, 5)));
        assert_eq!(leading_number("(1): The Daily"), Some((1, Look::Round, 5)));
        assert_eq!(leading_number("³ The Daily"), Some((3, Look::Raised, 3)));
        assert_eq!(leading_number("[1, 2] both"), None);
        assert_eq!(leading_number("The Daily"), None);
    }
}
