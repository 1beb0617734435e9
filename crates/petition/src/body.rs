//! A petition's text as blocks, and its numbered references.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Options, Parser, Tag};
use thiserror::Error;

use crate::{
    block::{Block, Inline, Reference, plain_text, push_text},
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
    pub(crate) references: Vec<Reference>,
    pub(crate) notes: Vec<SourceNote>,
}

/// The heading over the list of references, in any case of letters.
const REFERENCES: &str = "references";

/// Containers within containers, after which the text is taken without its structure.
const DEPTH_MAX: usize = 24;

/// Reads a body of CommonMark. Raw HTML is text; images are their alternative text.
pub(crate) fn read_body(markdown: &str) -> Body {
    let mut reader = Reader { events: Parser::new_ext(markdown, Options::empty()) };
    let (mut blocks, last_list_from) = reader.blocks();
    let references = take_references(&mut blocks, last_list_from);
    let known = references.iter().map(|reference| reference.number).collect();
    let mut linker = Linker { known, used: BTreeSet::new(), unknown: BTreeSet::new() };
    for block in &mut blocks {
        linker.link_block(block);
    }
    let unknown = linker.unknown.iter().map(|number| SourceNote::NoSuchReference(*number));
    let unused = linker.known.difference(&linker.used).map(|number| SourceNote::UnusedReference(*number));
    Body { notes: unknown.chain(unused).collect(), blocks, references }
}

/// Takes the list of references out: an ordered list at the very end, under its heading.
fn take_references(blocks: &mut Vec<Block>, from: u32) -> Vec<Reference> {
    let is_there = match blocks.as_slice() {
        [.., Block::Heading { inlines, .. }, Block::List { ordered: true, .. }] => {
            plain_text(inlines).trim().eq_ignore_ascii_case(REFERENCES)
        }
        _ => false,
    };
    if !is_there {
        return Vec::new();
    }
    let list = blocks.pop();
    blocks.pop();
    match list {
        Some(Block::List { items, .. }) => {
            (from..).zip(items).map(|(number, inlines)| Reference { number, inlines }).collect()
        }
        _ => Vec::new(),
    }
}

/// Turns the parser's events into blocks and inlines.
struct Reader<'a> {
    events: Parser<'a>,
}

impl Reader<'_> {
    /// All blocks, and the first number of the last ordered list.
    fn blocks(&mut self) -> (Vec<Block>, u32) {
        let mut blocks = Vec::new();
        let mut last_list_from = 1;
        while let Some(event) = self.events.next() {
            let block = match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    Block::Heading { level: level as u8, inlines: self.content(0) }
                }
                Event::Start(Tag::List(from)) => {
                    last_list_from = from.map_or(1, first_number);
                    Block::List { ordered: from.is_some(), items: self.items(0) }
                }
                Event::Start(Tag::BlockQuote(_)) => Block::Quote { inlines: self.content(0) },
                Event::Start(_) => Block::Paragraph { inlines: self.content(0) },
                _ => continue,
            };
            blocks.push(block);
        }
        (blocks, last_list_from)
    }

    /// The items of a list whose start was read, up to its end.
    fn items(&mut self, depth: usize) -> Vec<Vec<Inline>> {
        let mut items = Vec::new();
        while let Some(Event::Start(_)) = self.events.next() {
            items.push(self.content(depth + 1));
        }
        items
    }

    /// What is in a container whose start was read, up to its end. Containers of blocks within it become lines.
    fn content(&mut self, depth: usize) -> Vec<Inline> {
        let mut inlines = Vec::new();
        let mut flattened = 0;
        while let Some(event) = self.events.next() {
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
                Event::Start(Tag::List(from)) => {
                    for (item, number) in self.items(depth).into_iter().zip(from.map_or(1, first_number)..) {
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
