//! Markdown to lines.

use std::collections::BTreeMap;
use std::sync::Arc;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::address::followed;
use crate::error::PageError;
use crate::line::{LineKind, Sheet, SheetWriter, Span, TEXT_MAX_BYTES};

/// Reads Markdown, with footnotes. Raw HTML is text and images are their alternative text, as in a petition.
pub(crate) fn lines_of_markdown(markdown: &str) -> Result<Sheet, PageError> {
    if markdown.len() > TEXT_MAX_BYTES {
        return Err(PageError::TooLong);
    }
    if markdown.contains('\0') {
        return Err(PageError::NotText);
    }
    let mut reader = Reader { notes: note_numbers(markdown), ..Reader::default() };
    for event in Parser::new_ext(markdown, Options::ENABLE_FOOTNOTES) {
        reader.take(event)?;
    }
    let usual = reader.usual();
    reader.writer.end(usual);
    reader.writer.sheet.check()
}

/// The number of each footnote by its label: its own, or counted on from the highest.
fn note_numbers(markdown: &str) -> BTreeMap<String, u32> {
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut named = Vec::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_FOOTNOTES) {
        let (Event::FootnoteReference(label) | Event::Start(Tag::FootnoteDefinition(label))) = event else {
            continue;
        };
        match label.parse::<u32>().ok().filter(|number| (1..1000).contains(number)) {
            Some(number) => {
                numbers.insert(label.into_string(), number);
            }
            None => named.push(label.into_string()),
        }
    }
    let mut highest = numbers.values().copied().max().unwrap_or_default();
    for label in named {
        numbers.entry(label).or_insert_with(|| {
            highest += 1;
            highest
        });
    }
    numbers
}

#[derive(Default)]
struct Reader {
    writer: SheetWriter,
    notes: BTreeMap<String, u32>,
    strong: usize,
    emphasis: usize,
    quotes: usize,
    links: Vec<Option<Arc<str>>>,
    /// The next number of each open list; none where it has bullets.
    lists: Vec<Option<u32>>,
    /// Whether a footnote's text is being read: its paragraphs are one line.
    is_note: bool,
}

impl Reader {
    fn usual(&self) -> LineKind {
        if self.quotes > 0 { LineKind::Quote } else { LineKind::Text }
    }

    fn take(&mut self, event: Event<'_>) -> Result<(), PageError> {
        let usual = self.usual();
        match event {
            Event::Start(tag) => self.start(tag)?,
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => {
                for (at, line) in text.split('\n').enumerate() {
                    if at > 0 {
                        self.writer.break_line(usual);
                    }
                    self.text(line)?;
                }
            }
            Event::SoftBreak => self.text(" ")?,
            Event::HardBreak if self.is_note => self.text(" ")?,
            Event::HardBreak => self.writer.break_line(usual),
            Event::FootnoteReference(label) => {
                let number = self.notes.get(label.as_ref()).copied().unwrap_or_default();
                self.text(&format!("[{number}]"))?;
            }
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: Tag<'_>) -> Result<(), PageError> {
        let usual = self.usual();
        match tag {
            Tag::Heading { level, .. } => self.writer.begin(Some(LineKind::Heading(level as u8)), usual),
            Tag::List(from) => {
                self.writer.begin(None, usual);
                self.lists.push(from.map(|from| u32::try_from(from).unwrap_or(1)));
            }
            Tag::Item => {
                let kind = match self.lists.last_mut() {
                    Some(Some(next)) => {
                        *next = next.saturating_add(1);
                        LineKind::Numbered(*next - 1)
                    }
                    _ => LineKind::Bullet,
                };
                self.writer.end(usual);
                self.writer.begin(Some(kind), usual);
            }
            Tag::BlockQuote(_) => {
                self.writer.end(usual);
                self.quotes += 1;
            }
            Tag::FootnoteDefinition(label) => {
                let number = self.notes.get(label.as_ref()).copied().unwrap_or_default();
                self.writer.begin(Some(LineKind::Footnote(number)), usual);
                self.is_note = true;
            }
            Tag::Paragraph if self.is_note => self.text(" ")?,
            Tag::Emphasis => self.emphasis += 1,
            Tag::Strong => self.strong += 1,
            Tag::Link { dest_url, .. } => self.links.push(followed(&dest_url)),
            Tag::Image { .. } => {}
            _ => self.writer.begin(None, usual),
        }
        Ok(())
    }

    fn end(&mut self, tag: TagEnd) {
        let usual = self.usual();
        match tag {
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Link => {
                self.links.pop();
            }
            TagEnd::Image => {}
            TagEnd::List(_) => {
                self.writer.end(usual);
                self.lists.pop();
            }
            TagEnd::BlockQuote(_) => {
                self.writer.end(usual);
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::FootnoteDefinition => {
                self.writer.end(usual);
                self.is_note = false;
            }
            TagEnd::Paragraph if self.is_note => {}
            _ => self.writer.end(usual),
        }
    }

    fn text(&mut self, text: &str) -> Result<(), PageError> {
        self.writer.text(Span {
            text: text.to_owned(),
            strong: self.strong > 0,
            emphasis: self.emphasis > 0,
            address: self.links.last().cloned().flatten(),
        })
    }
}
