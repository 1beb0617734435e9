//! A page as lines: what every kind of input is made into before its parts are looked for.

use std::sync::Arc;

use crate::error::PageError;

/// The most bytes of text that a page may have.
pub const TEXT_MAX_BYTES: usize = 1024 * 1024;

/// A page, line by line.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    /// All lines, blank ones too where the input has such.
    pub(crate) seen: Vec<String>,
    /// The lines that are not blank.
    pub(crate) lines: Vec<Line>,
    /// What a browser shows as the page's title.
    pub(crate) page_title: Option<String>,
}

/// A line that is not blank.
#[derive(Debug)]
pub(crate) struct Line {
    /// Its number among all lines, from 1.
    pub(crate) number: u32,
    /// What it says.
    pub(crate) text: String,
    /// The same in pieces of one look.
    pub(crate) spans: Vec<Span>,
    pub(crate) kind: LineKind,
    /// Whether it begins something new: a blank line or a block's end is before it.
    pub(crate) gap: bool,
    /// Whether it stands where a page has its navigation or its foot.
    pub(crate) is_aside: bool,
}

/// What a line is by its layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineKind {
    Text,
    /// 1 to 6.
    Heading(u8),
    Bullet,
    Numbered(u32),
    Quote,
    /// A footnote's text, with its number.
    Footnote(u32),
}

/// A piece of a line that looks the same throughout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) text: String,
    pub(crate) strong: bool,
    pub(crate) emphasis: bool,
    /// Where it leads: http, https or mailto.
    pub(crate) address: Option<Arc<str>>,
}

impl Span {
    /// Plain text.
    pub(crate) fn plain(text: &str) -> Span {
        Span { text: text.to_owned(), ..Span::default() }
    }

    fn looks_like(&self, other: &Span) -> bool {
        self.strong == other.strong && self.emphasis == other.emphasis && self.address == other.address
    }
}

impl Sheet {
    /// Whether there is something to read, and not too much of it.
    pub(crate) fn check(self) -> Result<Sheet, PageError> {
        let bytes: usize = self.seen.iter().map(String::len).sum();
        if bytes > TEXT_MAX_BYTES {
            return Err(PageError::TooLong);
        }
        if self.lines.is_empty() { Err(PageError::Empty) } else { Ok(self) }
    }
}

/// Writes a sheet line by line, from text that comes in pieces.
#[derive(Default)]
pub(crate) struct SheetWriter {
    pub(crate) sheet: Sheet,
    spans: Vec<Span>,
    /// What the next line is, where it is the first of its block.
    kind: Option<LineKind>,
    gap: bool,
    /// Whether the lines that come are navigation, or a page's foot.
    pub(crate) is_aside: bool,
    bytes: usize,
}

impl SheetWriter {
    /// Adds text to the line.
    ///
    /// # Errors
    /// [`PageError::TooLong`].
    pub(crate) fn text(&mut self, span: Span) -> Result<(), PageError> {
        let before = self.spans.last_mut();
        let joins = before.as_ref().is_some_and(|last| last.looks_like(&span));
        let address = span.address.as_ref().filter(|_| !joins).map_or(0, |address| address.len());
        self.bytes += span.text.len() + address;
        match before.filter(|_| joins) {
            Some(last) => last.text.push_str(&span.text),
            None => self.spans.push(span),
        }
        if self.bytes > TEXT_MAX_BYTES { Err(PageError::TooLong) } else { Ok(()) }
    }

    /// Begins a block: what comes is on a line of its own, which is of this kind.
    pub(crate) fn begin(&mut self, kind: Option<LineKind>, usual: LineKind) {
        self.end_line(usual);
        self.gap = true;
        self.kind = kind.or(self.kind);
    }

    /// Ends a block.
    pub(crate) fn end(&mut self, usual: LineKind) {
        self.end_line(usual);
        self.gap = true;
        self.kind = None;
    }

    /// Breaks the line: a second break, with nothing between, ends the paragraph.
    pub(crate) fn break_line(&mut self, usual: LineKind) {
        if !self.end_line(usual) {
            self.gap = true;
        }
    }

    /// Ends the line, unless nothing of it can be seen. White space within is one space, as a browser shows it.
    fn end_line(&mut self, usual: LineKind) -> bool {
        let spans = tidy(std::mem::take(&mut self.spans));
        let text: String = spans.iter().map(|span| span.text.as_str()).collect();
        if text.is_empty() {
            return false;
        }
        self.sheet.seen.push(text.clone());
        let number = u32::try_from(self.sheet.seen.len()).unwrap_or(u32::MAX);
        let kind = self.kind.take().unwrap_or(usual);
        let gap = std::mem::take(&mut self.gap);
        self.sheet.lines.push(Line { number, text, spans, kind, gap, is_aside: self.is_aside });
        true
    }
}

/// Pieces without those that are empty, equals joined, spaces and line ends within made one space, none at the ends.
fn tidy(spans: Vec<Span>) -> Vec<Span> {
    let mut tidied: Vec<Span> = Vec::with_capacity(spans.len());
    let mut is_spaced = true;
    for span in spans {
        let mut text = String::with_capacity(span.text.len());
        for c in span.text.chars() {
            let is_space = matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
            if !is_space {
                text.push(c);
            } else if !is_spaced {
                text.push(' ');
            }
            is_spaced = is_space;
        }
        match tidied.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.looks_like(&span) => last.text.push_str(&text),
            _ => tidied.push(Span { text, ..span }),
        }
    }
    trim_ends(&mut tidied);
    tidied
}

/// Takes white space, and what cannot be seen, from both ends.
fn trim_ends(spans: &mut Vec<Span>) {
    while let Some(last) = spans.last_mut() {
        last.text.truncate(last.text.trim_end_matches(is_empty).len());
        if !last.text.is_empty() {
            break;
        }
        spans.pop();
    }
    let blank = spans.iter().take_while(|span| span.text.chars().all(is_empty)).count();
    spans.drain(..blank);
    if let Some(first) = spans.first_mut() {
        let start = first.text.len() - first.text.trim_start_matches(is_empty).len();
        first.text.drain(..start);
    }
}

/// White space, and marks without width that editors leave at the ends of lines.
pub(crate) fn is_empty(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}')
}
