//! A petition's text as blocks, and its numbered references.

use std::collections::BTreeSet;

use pulldown_cmark::{Event, Options, Parser, Tag};
use serde::Serialize;
use thiserror::Error;
use ts_rs::TS;

/// A block of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A heading.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its text.
        inlines: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        inlines: Vec<Inline>,
    },
    /// A list.
    List {
        /// Numbered from 1, or with bullets.
        ordered: bool,
        /// The text of each item.
        items: Vec<Vec<Inline>>,
    },
    /// A quotation.
    Quote {
        /// Its text.
        inlines: Vec<Inline>,
    },
}

/// A piece of text within a block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Inline {
    /// Plain text, to be shown as it is and never interpreted.
    Text {
        /// The text.
        text: String,
    },
    /// Stressed.
    Emphasis {
        /// What is stressed.
        inlines: Vec<Inline>,
    },
    /// Stressed strongly.
    Strong {
        /// What is stressed.
        inlines: Vec<Inline>,
    },
    /// "(1)": leads to the reference of that number.
    Reference {
        /// The number, which is one of the petition's references.
        number: u32,
    },
    /// A link to http, https or mailto.
    Link {
        /// Its text.
        text: String,
        /// Where it leads.
        url: String,
    },
    /// A line break.
    Break,
}

/// An entry of the petition's numbered list of references.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Reference {
    /// Its number in the text.
    pub number: u32,
    /// What it refers to.
    pub inlines: Vec<Inline>,
}

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

/// Adds text to the text before it.
fn push_text(inlines: &mut Vec<Inline>, more: &str) {
    match inlines.last_mut() {
        _ if more.is_empty() => {}
        Some(Inline::Text { text }) => text.push_str(more),
        _ => inlines.push(Inline::Text { text: more.to_owned() }),
    }
}

/// The text alone.
fn plain_text(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text { text } | Inline::Link { text, .. } => text.clone(),
            Inline::Emphasis { inlines } | Inline::Strong { inlines } => plain_text(inlines),
            Inline::Reference { number } => format!("({number})"),
            Inline::Break => " ".to_owned(),
        })
        .collect()
}

/// Makes "(1)" lead to its reference, and remembers which were used and which are not there.
struct Linker {
    known: BTreeSet<u32>,
    used: BTreeSet<u32>,
    unknown: BTreeSet<u32>,
}

impl Linker {
    fn link_block(&mut self, block: &mut Block) {
        match block {
            Block::Heading { inlines, .. } | Block::Paragraph { inlines } | Block::Quote { inlines } => {
                self.link(inlines)
            }
            Block::List { items, .. } => items.iter_mut().for_each(|item| self.link(item)),
        }
    }

    fn link(&mut self, inlines: &mut Vec<Inline>) {
        let mut linked = Vec::with_capacity(inlines.len());
        for inline in inlines.drain(..) {
            match inline {
                Inline::Text { text } => self.link_text(&text, &mut linked),
                Inline::Emphasis { mut inlines } => {
                    self.link(&mut inlines);
                    linked.push(Inline::Emphasis { inlines });
                }
                Inline::Strong { mut inlines } => {
                    self.link(&mut inlines);
                    linked.push(Inline::Strong { inlines });
                }
                other => linked.push(other),
            }
        }
        *inlines = linked;
    }

    fn link_text(&mut self, text: &str, linked: &mut Vec<Inline>) {
        let mut pieces = text.split('(');
        push_text(linked, pieces.next().unwrap_or_default());
        for piece in pieces {
            match piece.split_once(')').and_then(|(number, rest)| Some((reference_number(number)?, rest))) {
                Some((number, rest)) if self.known.contains(&number) => {
                    self.used.insert(number);
                    linked.push(Inline::Reference { number });
                    push_text(linked, rest);
                }
                found => {
                    self.unknown.extend(found.map(|(number, _)| number));
                    push_text(linked, "(");
                    push_text(linked, piece);
                }
            }
        }
    }
}

/// The number in "(1)": one to three digits, so that a year is none.
fn reference_number(text: &str) -> Option<u32> {
    let is_number = text.bytes().all(|b| b.is_ascii_digit()) && text.len() <= 3 && !text.starts_with('0');
    if is_number { text.parse().ok() } else { None }
}
