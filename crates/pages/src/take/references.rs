//! The list of references of a page.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::line::{Line, LineKind, Span};
use crate::marks::{Look, leading_number, marks};
use crate::part::{Doubt, Part, Why};
use crate::take::roles::{Page, Role, has_address_alone, is_prose};
use crate::vocabulary::heads_references;

/// A reference that is found, in pieces.
pub(crate) struct Entry {
    pub(crate) number: u32,
    pub(crate) spans: Vec<Span>,
    pub(crate) lines: Vec<u32>,
    pub(crate) why: Why,
}

/// The references of a page.
#[derive(Default)]
pub(crate) struct References {
    pub(crate) heading: Option<Part<String>>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) doubts: Vec<Doubt>,
}

/// Takes the references out of a page: the list under a heading that says so; or else the last numbered list, where the text has
/// its numbers, or where each entry has an address. Footnotes are references wherever they stand.
pub(crate) fn take_references(page: &mut Page<'_>) -> References {
    let mut references = References::default();
    for at in 0..page.lines.len() {
        if let Some(Line { kind: LineKind::Footnote(number), number: line, spans, .. }) = page.lines.get(at) {
            let entry =
                Entry { number: *number, spans: spans.clone(), lines: vec![*line], why: Why::Footnote };
            references.entries.push(entry);
            page.set(at, Role::Part);
        }
    }
    if !under_heading(page, &mut references) {
        numbered(page, &mut references);
    }
    references
}

/// Where a list's number stands before its text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NumberLook {
    Marked(Look),
    /// "1." or "1)", or an item of a list.
    Listed,
}

/// The number that a line begins with, how it looks, and where the text after it begins.
fn leading(line: &Line) -> Option<(u32, NumberLook, usize)> {
    match line.kind {
        LineKind::Numbered(number) => Some((number, NumberLook::Listed, 0)),
        LineKind::Text | LineKind::Bullet | LineKind::Quote => {
            let marked =
                leading_number(&line.text).map(|(number, look, at)| (number, NumberLook::Marked(look), at));
            marked.or_else(|| listed(&line.text).map(|(number, at)| (number, NumberLook::Listed, at)))
        }
        LineKind::Heading(_) | LineKind::Footnote(_) => None,
    }
}

/// The number of "1. text", "1) text" or "1、text", of three digits at most, and where its text begins.
pub(crate) fn listed(text: &str) -> Option<(u32, usize)> {
    let mut number = 0;
    let mut digits = 0;
    for (at, c) in text.char_indices() {
        if let Some(digit) = crate::tokens::digit(c).filter(|_| digits < 3) {
            number = number * 10 + digit;
            digits += 1;
            continue;
        }
        if number == 0 {
            return None;
        }
        let rest = text.get(at + c.len_utf8()..)?;
        let said = rest.trim_start();
        let is_listed = match c {
            '.' | ')' | ':' => said.is_empty() || said.len() < rest.len(),
            '、' | '．' | '）' | '：' => true,
            _ => false,
        };
        return is_listed.then_some((number, text.len() - said.len()));
    }
    None
}

/// Takes the list under the last heading of references that has one.
fn under_heading(page: &mut Page<'_>, references: &mut References) -> bool {
    let headings: Vec<usize> =
        page.free().filter(|(_, line)| heads_references(&line.text)).map(|(at, _)| at).collect();
    for heading in headings.into_iter().rev() {
        let mut entries = entries_from(page, heading + 1);
        let mut why = Why::UnderHeading;
        if entries.is_empty() {
            entries = uncounted_from(page, heading + 1);
            why = Why::Counted;
        }
        if entries.is_empty() {
            continue;
        }
        let Some(line) = page.lines.get(heading) else { continue };
        let text = line.text.trim_end_matches([':', '：', '፦', ' ']).to_owned();
        references.heading = Some(Part::new(text, vec![line.number], Why::UnderHeading));
        page.set(heading, Role::Part);
        put(page, references, entries, why);
        return true;
    }
    false
}

/// An entry as it is collected: its number, where its text begins on its first line, and its lines.
struct Raw {
    number: u32,
    look: Option<NumberLook>,
    text_at: usize,
    lines: Range<usize>,
}

/// Numbered entries from a line on, up to what is none.
fn entries_from(page: &Page<'_>, from: usize) -> Vec<Raw> {
    let mut entries: Vec<Raw> = Vec::new();
    for at in from..page.lines.len() {
        let Some(line) = page.lines.get(at).filter(|_| page.is_free(at)) else { break };
        if let Some((number, look, text_at)) = leading(line) {
            // Two lists are two.
            if entries.last().is_some_and(|last| last.look != Some(look)) {
                break;
            }
            entries.push(Raw { number, look: Some(look), text_at, lines: at..at + 1 });
        } else {
            match entries.last_mut() {
                Some(last) if goes_on(page, last, at) => last.lines.end = at + 1,
                _ => break,
            }
        }
    }
    entries
}

/// The shortest line that a text is broken at.
const BROKEN_MIN_CHARS: usize = 40;

/// Whether a line belongs to the entry before it: its address, what follows a bare number, or the rest of a broken line.
fn goes_on(page: &Page<'_>, entry: &Raw, at: usize) -> bool {
    let (Some(line), Some(before)) = (page.lines.get(at), page.lines.get(at.wrapping_sub(1))) else {
        return false;
    };
    let is_bare = entry.lines.len() == 1 && before.text.len() <= entry.text_at;
    let is_broken = !line.gap
        && before.text.chars().count() >= BROKEN_MIN_CHARS
        && !has_address_alone(last_word(&before.text));
    let is_text = matches!(line.kind, LineKind::Text | LineKind::Quote);
    is_text && (is_bare || is_broken || (has_address_alone(&line.text) && !has_address_alone(&before.text)))
}

fn last_word(text: &str) -> &str {
    text.split_whitespace().next_back().unwrap_or_default()
}

/// Entries that nobody numbered, from a line on: items of a list, lines with an address or before one.
fn uncounted_from(page: &Page<'_>, from: usize) -> Vec<Raw> {
    let mut entries: Vec<Raw> = Vec::new();
    for at in from..page.lines.len() {
        let Some(line) = page.lines.get(at).filter(|_| page.is_free(at)) else { break };
        let is_source = has_address(line);
        let before_address = page.is_free(at + 1)
            && page.lines.get(at + 1).is_some_and(|next| !next.gap && has_address_alone(&next.text));
        let belongs = entries.last().is_some_and(|last| {
            has_address_alone(&line.text)
                && !line.gap
                && page.lines.get(last.lines.start).is_some_and(|first| !has_address(first))
        });
        if belongs {
            if let Some(last) = entries.last_mut() {
                last.lines.end = at + 1;
            }
        } else if line.kind == LineKind::Bullet || is_source || before_address || (at > from && !line.gap) {
            let number = u32::try_from(entries.len() + 1).unwrap_or(u32::MAX);
            entries.push(Raw { number, look: None, text_at: bullet_end(&line.text), lines: at..at + 1 });
        } else {
            break;
        }
    }
    entries
}

fn has_address(line: &Line) -> bool {
    line.text.contains("http://")
        || line.text.contains("https://")
        || line.text.contains("www.")
        || line.spans.iter().any(|span| span.address.is_some())
}

/// Where a line's text begins after a bullet.
pub(crate) fn bullet_end(text: &str) -> usize {
    let rest = text.trim_start_matches(['•', '·', '‣', '▪', '●', '○', '◦', '*', '-', '–', '—']);
    let said = rest.trim_start();
    if rest.len() < text.len() && said.len() < rest.len() { text.len() - said.len() } else { 0 }
}

/// So many lists are looked at, the last ones.
const LISTS_MAX: usize = 20;

/// Takes the last numbered list that the text refers to, or whose entries all have addresses.
fn numbered(page: &mut Page<'_>, references: &mut References) {
    let mut lists: Vec<Vec<Raw>> = Vec::new();
    let mut at = 0;
    while at < page.lines.len() {
        let list = entries_from(page, at);
        at = list.last().map_or(at + 1, |last| last.lines.end);
        if !list.is_empty() {
            lists.push(list);
        }
    }
    for list in lists.into_iter().rev().take(LISTS_MAX) {
        if let Some(why) = is_references(page, &list) {
            put(page, references, list, why);
            return;
        }
    }
}

/// By what a numbered list is known to be of references.
fn is_references(page: &Page<'_>, list: &[Raw]) -> Option<Why> {
    let from = list.first()?.lines.start;
    let end = list.last()?.lines.end;
    let numbers: BTreeSet<u32> = list.iter().map(|entry| entry.number).collect();
    let before = page.free().take_while(|(at, _)| *at < from);
    let marked: BTreeSet<u32> =
        before.flat_map(|(_, line)| marks(&line.text)).flat_map(|mark| mark.numbers).collect();
    let used = numbers.intersection(&marked).count();
    let is_last = !page.free().any(|(at, line)| (end..page.end).contains(&at) && is_prose(line));
    let is_marked_list = matches!(list.first()?.look, Some(NumberLook::Marked(_)));
    if used * 2 >= numbers.len() && (is_last || is_marked_list) {
        return Some(Why::Numbered);
    }
    let have_addresses = list
        .iter()
        .all(|entry| page.lines.get(entry.lines.clone()).is_some_and(|lines| lines.iter().any(has_address)));
    (have_addresses && is_last && (list.len() > 1 || used > 0)).then_some(Why::Addresses)
}

/// Puts entries among the references.
fn put(page: &mut Page<'_>, references: &mut References, entries: Vec<Raw>, why: Why) {
    for Raw { number, text_at, lines, .. } in entries {
        let mut spans = Vec::new();
        let mut numbers = Vec::new();
        for at in lines {
            let Some(line) = page.lines.get(at) else { continue };
            numbers.push(line.number);
            page.set(at, Role::Part);
            if spans.is_empty() {
                spans = from_byte(&line.spans, text_at);
            } else {
                spans.push(Span::plain(" "));
                spans.extend(line.spans.iter().cloned());
            }
        }
        if spans.is_empty() {
            references.doubts.push(Doubt::EmptyReference { number, lines: numbers.clone() });
        }
        references.entries.push(Entry { number, spans, lines: numbers, why });
    }
}

/// The pieces from a byte of their text on.
pub(crate) fn from_byte(spans: &[Span], from: usize) -> Vec<Span> {
    let mut at = 0;
    let mut rest = Vec::new();
    for span in spans {
        let start = from.saturating_sub(at).min(span.text.len());
        at += span.text.len();
        if start < span.text.len() {
            rest.push(Span { text: span.text.get(start..).unwrap_or_default().to_owned(), ..span.clone() });
        }
    }
    rest
}
