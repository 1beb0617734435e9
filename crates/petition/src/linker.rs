//! Numbers in a text that lead to its references.

use std::collections::{BTreeMap, BTreeSet};

use crate::block::{Block, Inline, push_text};

/// Makes "(1)" lead to its reference, and remembers which were used and which are not there.
pub(crate) struct Linker {
    pub(crate) known: BTreeSet<u32>,
    pub(crate) used: BTreeSet<u32>,
    pub(crate) unknown: BTreeSet<u32>,
    /// The numbers of footnotes, by what stands for them.
    footnotes: BTreeMap<u32, u32>,
}

impl Linker {
    pub(crate) fn new(known: BTreeSet<u32>, footnotes: BTreeMap<u32, u32>) -> Linker {
        Linker { known, used: BTreeSet::new(), unknown: BTreeSet::new(), footnotes }
    }

    pub(crate) fn link_block(&mut self, block: &mut Block) {
        match block {
            Block::Heading { inlines, .. } | Block::Paragraph { inlines } | Block::Quote { inlines } => {
                self.link(inlines)
            }
            Block::List { items, .. } => items.iter_mut().for_each(|item| self.link(item)),
        }
    }

    pub(crate) fn link(&mut self, inlines: &mut Vec<Inline>) {
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
                Inline::Reference { number } => {
                    let number = self.footnotes.get(&number).copied().unwrap_or(number);
                    self.used.insert(number);
                    linked.push(Inline::Reference { number });
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
