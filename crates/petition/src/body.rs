//! A petition's text as blocks, and its numbered references.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, OffsetIter, Options, Parser, Tag};
use thiserror::Error;

use crate::{
    block::{Block, Inline, Reference, plain_text, push_text},
    footnotes::Footnotes,
    linker::Linker,
};

/// Something in a source that its organizer may want to look at. It stops nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Error)]
pub enum SourceNote {
    /// A number in the text without an entry in the list.
    #[error("The text refers to ({0}), but the list of references has no number {0}.")]
    NoSuchReference(u32),
    /// An entry of the list that the text does not use.
    #[error("The list of references has a number {0}, but the text does not refer to ({0}).")]
    UnusedReference(u32),
}

/// A body, read.
pub(crate) struct Body {
    pub(crate) blocks: Vec<Block>,
    /// What stands over the list of references, in the author's own words.
    pub(crate) references_heading: Option<String>,
    pub(crate) references: Vec<Reference>,
    pub(crate) notes: Vec<SourceNote>,
}

/// The heading over the list of references, in any case of letters. Another heading will do where the text refers to the list.
const REFERENCES: &str = "references";

/// Containers within containers, after which the text is taken without its structure.
const DEPTH_MAX: usize = 24;

/// Reads a body of CommonMark, with footnotes. Raw HTML is text; images are their alternative text.
pub(crate) fn read_body(markdown: &str) -> Body {
    let events = Parser::new_ext(markdown, Options::ENABLE_FOOTNOTES).into_offset_iter();
    let mut reader = Reader { markdown, events, numbers: Vec::new(), footnotes: Footnotes::default() };
    let mut blocks = reader.blocks();
    let Reader { numbers, footnotes, .. } = reader;
    let (references_heading, mut references) = take_references(&mut blocks, &numbers);
    let (numbered, noted) = footnotes.numbered(references.iter().map(|reference| reference.number).collect());
    references.extend(noted);
    references.sort_by_key(|reference| reference.number);
    let known = references.iter().map(|reference| reference.number).collect();
    // What a reference says leads to no other, but for its footnotes.
    let mut in_references = Linker::new(BTreeSet::new(), numbered.clone());
    references.iter_mut().for_each(|reference| in_references.link(&mut reference.inlines));
    let mut linker = Linker::new(known, numbered);
    for block in &mut blocks {
        linker.link_block(block);
    }
    let unknown = linker.unknown.iter().map(|number| SourceNote::NoSuchReference(*number));
    let unused = linker.known.difference(&linker.used).map(|number| SourceNote::UnusedReference(*number));
    Body { notes: unknown.chain(unused).collect(), blocks, references_heading, references }
}

/// Takes the list of references out: an ordered list at the very end, under a heading that says so, or one to whose numbers
/// the text refers. They have the numbers that they were given.
fn take_references(blocks: &mut Vec<Block>, numbers: &[u32]) -> (Option<String>, Vec<Reference>) {
    let [text @ .., Block::Heading { inlines, .. }, Block::List { ordered: true, items, .. }] =
        blocks.as_slice()
    else {
        return (None, Vec::new());
    };
    let heading = plain_text(inlines).trim().to_owned();
    if !heading.eq_ignore_ascii_case(REFERENCES) && !refers_to(text, numbers) {
        return (None, Vec::new());
    }
    let references = numbers
        .iter()
        .zip(items)
        .map(|(number, inlines)| Reference { number: *number, inlines: inlines.clone() });
    let references = references.collect();
    blocks.truncate(blocks.len() - 2);
    (Some(heading), references)
}

/// Whether a text has one of these numbers in brackets.
fn refers_to(text: &[Block], numbers: &[u32]) -> bool {
    let mut linker = Linker::new(numbers.iter().copied().collect(), BTreeMap::new());
    text.to_vec().iter_mut().for_each(|block| linker.link_block(block));
    numbers.iter().any(|number| linker.used.contains(number))
}

/// Turns the parser's events into blocks and inlines.
struct Reader<'a> {
    markdown: &'a str,
    events: OffsetIter<'a>,
    /// The numbers in the last ordered list, as they were written.
    numbers: Vec<u32>,
    footnotes: Footnotes,
}

impl Reader<'_> {
    /// All blocks.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some((event, _)) = self.events.next() {
            let block = match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    Block::Heading { level: level as u8, inlines: self.content(0) }
                }
                Event::Start(Tag::List(from)) => {
                    let start = from.map_or(1, first_number);
                    Block::List { ordered: from.is_some(), start, items: self.items(0, start) }
                }
                Event::Start(Tag::FootnoteDefinition(label)) => {
                    self.footnote(&label, 0);
                    continue;
                }
                Event::Start(Tag::BlockQuote(_)) => Block::Quote { inlines: self.content(0) },
                Event::Start(_) => Block::Paragraph { inlines: self.content(0) },
                _ => continue,
            };
            blocks.push(block);
        }
        blocks
    }

    /// A footnote whose start was read.
    fn footnote(&mut self, label: &str, depth: usize) {
        let inlines = self.content(depth);
        let mark = self.footnotes.mark(label);
        self.footnotes.defined.push((mark, inlines));
    }

    /// The items of a list whose start was read, up to its end. Its numbers are as written where they grow; else they are
    /// counted from the first, as everywhere in Markdown.
    fn items(&mut self, depth: usize, start: u32) -> Vec<Vec<Inline>> {
        let (mut items, mut written) = (Vec::new(), Vec::new());
        while let Some((Event::Start(_), place)) = self.events.next() {
            written.push(self.markdown.get(place).map_or(0, number_before));
            items.push(self.content(depth + 1));
        }
        let grows = written.iter().zip(written.iter().skip(1)).all(|(one, next)| one < next);
        self.numbers = if grows { written } else { (start..).take(items.len()).collect() };
        items
    }

    /// What is in a container whose start was read, up to its end. Containers of blocks within it become lines.
    fn content(&mut self, depth: usize) -> Vec<Inline> {
        let mut inlines = Vec::new();
        let mut flattened = 0;
        while let Some((event, _)) = self.events.next() {
            match event {
                Event::End(_) if flattened == 0 => break,
                Event::End(_) => flattened -= 1,
                Event::Start(_) if depth >= DEPTH_MAX => flattened += 1,
                Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                    push_lines(&mut inlines, &text);
                }
                Event::SoftBreak => push_text(&mut inlines, " "),
                Event::HardBreak => inlines.push(Inline::Break),
                Event::Start(Tag::Emphasis) => {
                    inlines.push(Inline::Emphasis { inlines: self.content(depth + 1) })
                }
                Event::Start(Tag::Strong) => {
                    inlines.push(Inline::Strong { inlines: self.content(depth + 1) })
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let text = plain_text(&self.content(depth + 1));
                    if may_be_followed(&dest_url) {
                        inlines.push(Inline::Link { text, url: dest_url.into_string() });
                    } else {
                        push_text(&mut inlines, &text);
                    }
                }
                Event::Start(Tag::Image { .. }) => {
                    push_text(&mut inlines, &plain_text(&self.content(depth + 1)))
                }
                Event::FootnoteReference(label) => {
                    inlines.push(Inline::Reference { number: self.footnotes.mark(&label) });
                }
                Event::Start(Tag::FootnoteDefinition(label)) => self.footnote(&label, depth + 1),
                Event::Start(Tag::List(from)) => {
                    let start = from.map_or(1, first_number);
                    for (item, number) in self.items(depth, start).into_iter().zip(start..) {
                        start_line(&mut inlines);
                        let mark = if from.is_some() { format!("{number}. ") } else { "• ".to_owned() };
                        push_text(&mut inlines, &mark);
                        append(&mut inlines, item);
                    }
                }
                Event::Start(_) => {
                    let nested = self.content(depth + 1);
                    start_line(&mut inlines);
                    append(&mut inlines, nested);
                }
                _ => {}
            }
        }
        while inlines.last() == Some(&Inline::Break) {
            inlines.pop();
        }
        inlines
    }
}

/// The first number of an ordered list. CommonMark has at most nine digits there.
fn first_number(from: u64) -> u32 {
    u32::try_from(from).unwrap_or(1)
}

/// The number that an item of an ordered list begins with, as it is written.
fn number_before(item: &str) -> u32 {
    let item = item.trim_start();
    let end = item.find(|c: char| !c.is_ascii_digit()).unwrap_or(item.len());
    item.get(..end).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// Whether a link leads where a person may want to go: never to a script or a file.
fn may_be_followed(url: &str) -> bool {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https" | "mailto"))
}

/// Begins a new line, unless one has just begun.
fn start_line(inlines: &mut Vec<Inline>) {
    if inlines.last().is_some_and(|last| *last != Inline::Break) {
        inlines.push(Inline::Break);
    }
}

/// Adds inlines, joining texts that meet.
fn append(inlines: &mut Vec<Inline>, more: Vec<Inline>) {
    for inline in more {
        match inline {
            Inline::Text { text } => push_text(inlines, &text),
            other => inlines.push(other),
        }
    }
}

/// Adds text of several lines.
fn push_lines(inlines: &mut Vec<Inline>, text: &str) {
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            inlines.push(Inline::Break);
        }
        push_text(inlines, line);
    }
}
