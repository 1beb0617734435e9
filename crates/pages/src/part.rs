//! What was found in a page, part by part, each with its place; and what was left over.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A page, taken apart. Every line of it that is not blank is among the lines of a part or is left over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct Found {
    /// The page as it was read. Line 1 of a part is the first of these.
    pub seen: Vec<String>,
    /// The title, one line.
    pub title: Option<Part<String>>,
    /// Who started it.
    pub started_by: Option<Part<String>>,
    /// To whom it is addressed.
    pub addressed_to: Option<Part<String>>,
    /// The language, BCP 47: only where it is plain.
    pub language: Option<Part<String>>,
    /// The goal that the page told, in signatures.
    pub goal: Option<Part<u64>>,
    /// How many had signed when the page was copied. For information: it is no signature of ours.
    pub signed: Option<Part<u64>>,
    /// Counts at which something happens.
    pub milestones: Vec<Part<Milestone>>,
    /// The text, as Markdown that a petition takes. Its marks are `(1)`.
    pub body: Option<Part<String>>,
    /// What stood over the references.
    pub references_heading: Option<Part<String>>,
    /// The references, as the page has them in order.
    pub references: Vec<Part<FoundReference>>,
    /// What the organizer should look at.
    pub doubts: Vec<Doubt>,
    /// Lines that are in no part.
    pub left_over: Vec<LeftOver>,
}

/// A part, and where it was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Part<T> {
    /// What it says.
    pub value: T,
    /// The lines that say it, from 1, in order.
    pub lines: Vec<u32>,
    /// By what it was known.
    pub why: Why,
    /// How sure that is.
    pub sure: Sure,
}

impl<T> Part<T> {
    /// A part, as sure as its reason.
    pub(crate) fn new(value: T, lines: Vec<u32>, why: Why) -> Part<T> {
        Part { value, lines, why, sure: why.sure() }
    }

    /// Adds lines that say the same.
    pub(crate) fn also_at(&mut self, lines: impl IntoIterator<Item = u32>) {
        for line in lines {
            if self.lines.last().is_none_or(|last| *last < line) {
                self.lines.push(line);
            } else if let Err(at) = self.lines.binary_search(&line) {
                self.lines.insert(at, line);
            }
        }
    }
}

/// How sure a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Sure {
    /// Nothing else was there to choose.
    Guess,
    /// Its shape speaks for it.
    Likely,
    /// The page says so.
    Sure,
}

/// By what a part was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The title: the page has it twice.
    Twice,
    /// The title: the page's own title in its window has it.
    PageTitle,
    /// The title: it is the main heading.
    MainHeading,
    /// The title: who started it, or how many signed, stands right below.
    AboveByline,
    /// The title: the first line that may be one.
    FirstLine,
    /// A name: "X started this petition to Y".
    Sentence,
    /// A name: after a label on its line, such as "Started by".
    Label,
    /// A name: on the line beside its label.
    BesideLabel,
    /// A number: every word of its line belongs to a counter.
    Counter,
    /// A number: alone on its line, beside a label.
    NumberAndLabel,
    /// A number: a short line that speaks of signatures.
    ShortLine,
    /// A milestone: "At N signatures, …".
    AtCount,
    /// The text: what stands between the other parts.
    Between,
    /// References: under a heading that says so.
    UnderHeading,
    /// References: numbered, and the text has their numbers.
    Numbered,
    /// References: numbered, and each has an address.
    Addresses,
    /// References: under a heading, but numbered by nobody; they are counted.
    Counted,
    /// A reference: no list has it, but its mark leads to an address.
    LinkOfMark,
    /// A reference: a footnote of the document.
    Footnote,
    /// The language: its script has no other.
    Script,
    /// The language: its commonest words.
    CommonWords,
}

impl Why {
    /// How sure what is known by this is.
    #[must_use]
    pub fn sure(self) -> Sure {
        match self {
            Why::Twice
            | Why::PageTitle
            | Why::Sentence
            | Why::Counter
            | Why::AtCount
            | Why::UnderHeading
            | Why::Footnote => Sure::Sure,
            Why::MainHeading
            | Why::AboveByline
            | Why::Label
            | Why::BesideLabel
            | Why::NumberAndLabel
            | Why::Between
            | Why::Numbered
            | Why::LinkOfMark
            | Why::Script
            | Why::CommonWords => Sure::Likely,
            Why::FirstLine | Why::ShortLine | Why::Addresses | Why::Counted => Sure::Guess,
        }
    }
}

/// A count at which something happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Milestone {
    /// In signatures.
    pub at: u64,
    /// What happens, as the page says it.
    pub note: String,
}

/// An entry of the list of references.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FoundReference {
    /// As it was written, or counted.
    pub number: u32,
    /// What it says, as Markdown.
    pub text: String,
}

/// Something that the organizer should look at. It stops nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Doubt {
    /// The text has a mark of this number, and no reference has it.
    MarkWithoutReference {
        /// The number.
        number: u32,
        /// Where the mark stands.
        lines: Vec<u32>,
    },
    /// A reference that no mark in the text leads to.
    ReferenceWithoutMark {
        /// Its number.
        number: u32,
        /// Where it stands.
        lines: Vec<u32>,
    },
    /// Several references of one number.
    ReferenceTwice {
        /// The number.
        number: u32,
        /// Where they stand.
        lines: Vec<u32>,
    },
    /// A reference that says nothing.
    EmptyReference {
        /// Its number.
        number: u32,
        /// Where it stands.
        lines: Vec<u32>,
    },
    /// Marks are in other brackets, and a number in round ones is one of the references' too: it will lead there.
    RoundNumber {
        /// The number.
        number: u32,
        /// Where it stands.
        lines: Vec<u32>,
    },
    /// The page says several things about a part; the first was taken.
    Differs {
        /// Which part.
        part: PartName,
        /// Where the page says otherwise.
        lines: Vec<u32>,
    },
}

/// A part of which there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PartName {
    /// The title.
    Title,
    /// Who started it.
    StartedBy,
    /// To whom it is addressed.
    AddressedTo,
    /// The goal.
    Goal,
    /// How many had signed.
    Signed,
    /// The note of a milestone.
    Milestone,
    /// The text.
    Body,
}

/// A line that is in no part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LeftOver {
    /// Its number, from 1.
    pub line: u32,
    /// What it says.
    pub text: String,
    /// What it seems to be.
    pub kind: LeftKind,
}

/// What a line that is in no part seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LeftKind {
    /// A button or link of the page: share, donate, cookies, navigation.
    Furniture,
    /// A day.
    Day,
    /// A number, or how far it is to the goal.
    Number,
    /// It comes after the petition: comments, updates, other petitions.
    After,
    /// It comes before the petition.
    Before,
    /// It comes between parts, and belongs to none that is known.
    Unknown,
}
