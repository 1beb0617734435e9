//! Text written as Markdown, so that a petition reads the very same text.

use linkify::{LinkFinder, LinkKind};

use crate::line::Span;

/// A line or paragraph of these pieces. It may stand where a block begins.
pub(crate) fn block_line(spans: &[Span]) -> String {
    let line = inline(spans);
    let escaped_at = block_start(&line);
    match escaped_at {
        Some(at) => {
            let (before, after) = line.split_at_checked(at).unwrap_or(("", &line));
            format!("{before}\\{after}")
        }
        None => line,
    }
}

/// The text of a heading, after its number signs.
pub(crate) fn heading_line(spans: &[Span]) -> String {
    // Number signs at the end would close it.
    inline(spans).replace('#', "\\#")
}

/// Where a line would begin a block that it does not mean: a heading, quotation, list, rule or fence.
fn block_start(line: &str) -> Option<usize> {
    if line.starts_with(['#', '>', '-', '+', '=', '~']) {
        return Some(0);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mut after = line.get(digits..)?.chars();
    let is_item = (1..=9).contains(&digits)
        && after.next().is_some_and(|c| c == '.' || c == ')')
        && after.next().is_none_or(char::is_whitespace);
    is_item.then_some(digits)
}

/// Pieces as Markdown within a line.
fn inline(spans: &[Span]) -> String {
    let pieces: Vec<String> = spans.iter().map(written).collect();
    let mut line = String::new();
    for (at, (span, piece)) in spans.iter().zip(&pieces).enumerate() {
        let marks = match (span.strong, span.emphasis) {
            (false, false) => "",
            (true, false) => "**",
            (false, true) => "*",
            (true, true) => "***",
        };
        let after = spans.get(at + 1).zip(pieces.get(at + 1));
        let next = match after {
            // The marks of the next piece would meet those of this one.
            Some((span, _)) if span.strong || span.emphasis => Some('*'),
            Some((_, piece)) => piece.chars().next(),
            None => None,
        };
        emphasized(&mut line, piece, marks, next);
    }
    line
}

/// Adds a piece between marks of emphasis, its outer spaces outside; without them where Markdown would not take them.
fn emphasized(line: &mut String, piece: &str, marks: &str, next: Option<char>) {
    let inner = piece.trim();
    let start = piece.len() - piece.trim_start().len();
    let (lead, rest) = piece.split_at_checked(start).unwrap_or(("", piece));
    let trail = rest.get(inner.len()..).unwrap_or_default();
    let before = if lead.is_empty() { line.chars().next_back() } else { Some(' ') };
    let next = if trail.is_empty() { next } else { Some(' ') };
    let takes = !marks.is_empty()
        && !inner.is_empty()
        && flanks(inner.chars().next(), before)
        && flanks(inner.chars().next_back(), next);
    let marks = if takes { marks } else { "" };
    for part in [lead, marks, inner, marks, trail] {
        line.push_str(part);
    }
}

/// Whether a mark of emphasis between an outer and an inner character opens or closes (CommonMark §6.2), and meets no other.
fn flanks(inner: Option<char>, outer: Option<char>) -> bool {
    let Some(inner) = inner else { return false };
    match outer {
        None => true,
        Some('*' | '_' | '\\') => false,
        Some(c) if c.is_whitespace() || c.is_ascii_punctuation() => true,
        Some(_) => inner.is_alphanumeric(),
    }
}

/// One piece, without its emphasis.
fn written(span: &Span) -> String {
    let text = span.text.as_str();
    match &span.address {
        Some(address) if **address == *text && may_stand_bare(text) => format!("<{text}>"),
        Some(address) => {
            // Spaces are the line's, not the link's.
            let inner = text.trim();
            let lead = text.len() - text.trim_start().len();
            let (before, after) =
                (text.get(..lead).unwrap_or_default(), text.get(lead + inner.len()..).unwrap_or_default());
            if inner.is_empty() {
                text.to_owned()
            } else {
                format!("{before}[{}](<{}>){after}", escaped(inner), destination(address))
            }
        }
        None => with_addresses(text),
    }
}

/// Plain text, its web addresses as links.
fn with_addresses(text: &str) -> String {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let mut written = String::with_capacity(text.len());
    for piece in finder.spans(text) {
        let piece_text = piece.as_str();
        let is_link = piece.kind().is_some() && may_stand_bare(piece_text);
        written.push_str(&if is_link {
            format!("<{piece_text}>")
        } else {
            escaped_in(text, piece.start(), piece.end())
        });
    }
    written
}

/// Whether an address can stand between angle brackets as it is.
fn may_stand_bare(address: &str) -> bool {
    let is_web = ["http://", "https://"].iter().any(|scheme| address.starts_with(scheme));
    is_web
        && !address.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '\\'))
        && !has_entity(address)
}

/// An address between the angle brackets of a link.
fn destination(address: &str) -> String {
    let mut written = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '<' => written.push_str("%3C"),
            '>' => written.push_str("%3E"),
            '\\' => written.push_str("%5C"),
            '&' => written.push_str("&amp;"),
            c if c.is_whitespace() || c.is_control() => written.push_str("%20"),
            c => written.push(c),
        }
    }
    written
}

/// Plain text as Markdown within a line.
fn escaped(text: &str) -> String {
    escaped_in(text, 0, text.len())
}

/// Part of a plain text as Markdown.
fn escaped_in(text: &str, start: usize, end: usize) -> String {
    let part = text.get(start..end).unwrap_or_default();
    let mut written = String::with_capacity(part.len() + part.len() / 8);
    let mut before = text.get(..start).unwrap_or_default().chars().next_back();
    let mut chars = part.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let is_within_word =
            before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric);
        let needs = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' => true,
            '_' => !is_within_word,
            '&' => begins_entity(text.get(start + at + 1..).unwrap_or_default()),
            _ => false,
        };
        if needs {
            written.push('\\');
        }
        written.push(c);
        before = Some(c);
    }
    written
}

/// Whether a text has what Markdown reads as one character, such as `&amp;`.
fn has_entity(text: &str) -> bool {
    text.split('&').skip(1).any(begins_entity)
}

/// Whether what comes after an ampersand makes it one character.
fn begins_entity(after: &str) -> bool {
    let name = after.trim_start_matches('#');
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    end > 0 && name.get(end..).is_some_and(|rest| rest.starts_with(';'))
}
