//! What a file is, and how it is guessed to be written: told, and changeable.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::ListError;

/// What a file is, and how it is best read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Source {
    /// A text or a workbook.
    pub kind: SourceKind,
    /// Of a text: its encoding.
    pub encoding: Option<EncodingGuess>,
    /// Of a text: what separates its cells.
    pub delimiter: Option<DelimiterGuess>,
    /// Of a workbook: its sheets, in order.
    pub sheets: Vec<Sheet>,
    /// Of a workbook: whether it has macros. They are never run, and not read.
    pub has_macros: bool,
    /// How to read it, by all this. What the organizer changes is changed here.
    pub reading: Reading,
}

/// What kinds of files are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// CSV, TSV, and any text with cells and rows.
    #[default]
    Text,
    /// A workbook of Excel since 2007, with or without macros (ISO/IEC 29500).
    Xlsx,
    /// A workbook of LibreOffice and others (ISO/IEC 26300).
    Ods,
}

/// An encoding, and why it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct EncodingGuess {
    /// By the WHATWG's Encoding Standard: `UTF-8`, `windows-1252`.
    pub name: String,
    /// Why.
    pub how: EncodingHow,
}

/// How an encoding is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EncodingHow {
    /// The file begins with its mark.
    Mark,
    /// Every byte is valid UTF-8.
    Valid,
    /// Every other byte is NUL.
    Pattern,
    /// By how often letters follow each other: it may be wrong.
    Guessed,
}

/// What separates cells, and why it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DelimiterGuess {
    /// A sign of ASCII.
    pub delimiter: char,
    /// Why.
    pub how: DelimiterHow,
}

/// How a delimiter is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DelimiterHow {
    /// The first line says it: `sep=;`.
    SepLine,
    /// By it, rows have as many cells as each other.
    Parsed,
    /// There is one column.
    OneColumn,
}

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Sheet {
    /// As its tab shows it.
    pub name: String,
    /// Whether the workbook hides it.
    pub is_hidden: bool,
}

/// How to read a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// A text or a workbook.
    pub kind: SourceKind,
    /// Of a text: the name of its encoding, by the WHATWG's Encoding Standard.
    pub encoding: String,
    /// Of a text: what separates its cells. A tab, a space, or a sign of ASCII that is neither letter, digit nor quotation mark.
    pub delimiter: char,
    /// Of a text: whether quotation marks hold cells together. Without, each is a sign like any other.
    pub quotes: bool,
    /// Of a workbook: which sheet, counted from 0.
    pub sheet: usize,
    /// Whether the first row holds headings.
    pub headings: bool,
}

impl Reading {
    /// A text in this encoding, with this between its cells, quotation marks and headings.
    #[must_use]
    pub fn text(encoding: &str, delimiter: char) -> Self {
        let kind = SourceKind::Text;
        Self { kind, encoding: encoding.to_owned(), delimiter, quotes: true, sheet: 0, headings: true }
    }

    /// The delimiter as a byte.
    pub(crate) fn delimiter_byte(&self) -> Result<u8, ListError> {
        let is_usual = |c: char| {
            c == '\t'
                || c == ' '
                || (c.is_ascii_punctuation() && c != '"')
                || ('\u{1c}'..='\u{1f}').contains(&c)
        };
        u8::try_from(self.delimiter)
            .ok()
            .filter(|_| is_usual(self.delimiter))
            .ok_or(ListError::UnknownDelimiter)
    }
}
