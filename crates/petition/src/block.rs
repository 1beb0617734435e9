//! The pieces of a petition's text: blocks, what is within them, and references.

use serde::Serialize;
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
        /// Numbered, or with bullets.
        ordered: bool,
        /// The number of the first item, as it was written.
        start: u32,
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

/// Adds text to the text before it.
pub(crate) fn push_text(inlines: &mut Vec<Inline>, more: &str) {
    match inlines.last_mut() {
        _ if more.is_empty() => {}
        Some(Inline::Text { text }) => text.push_str(more),
        _ => inlines.push(Inline::Text { text: more.to_owned() }),
    }
}

/// The text alone.
pub(crate) fn plain_text(inlines: &[Inline]) -> String {
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
