//! Petitions as people have them, to the parts of a petition: a page's text as a browser copies it, its HTML, a
//! Markdown file or a document of Word.
//!
//! What was found is told part by part, each with the lines that say it and by what it was known; so is every line that is in no
//! part ([`Found`]). What the organizer confirmed ([`Parts`]) is written as the source of a petition ([`write`]). Nothing is
//! guessed silently: a mark without a reference, a reference without a mark, and what the page says twice are [`Doubt`]s.
//!
//! Pure: nothing here reads a file, a clock or a source of randomness. Every reader takes time in proportion to its input.

mod address;
mod byline;
mod commonmark;
mod counter;
mod docx;
mod error;
mod html;
mod line;
mod markdown;
mod marks;
mod part;
mod plain;
mod read;
mod take;
mod tokens;
mod vocabulary;
mod write;

pub use error::PageError;
pub use line::TEXT_MAX_BYTES;
pub use part::{Doubt, Found, FoundReference, LeftKind, LeftOver, Milestone, Part, PartName, Sure, Why};
pub use read::{FILE_MAX_BYTES, Read, read_file, read_html, read_markdown, read_text};
pub use write::{Parts, WriteProblem, Written, write};
