//! What a file is, and how it is guessed to be written: told, and changeable.

use std::io::{Read, Seek, SeekFrom};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::{ListError, OtherKind};
use crate::row::Row;
use crate::text::{TextRows, guess_delimiter, guess_encoding, guess_headings, known_encoding};

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

/// Looks at a file: what kind it is, and how it is best read. Of a text each byte is read once.
///
/// # Errors
/// What says why it cannot be a list.
pub fn look<R: Read + Seek>(reader: &mut R) -> Result<Source, ListError> {
    let mut beginning = Vec::new();
    reader.seek(SeekFrom::Start(0))?;
    reader.by_ref().take(BEGINNING).read_to_end(&mut beginning)?;
    if beginning.is_empty() {
        return Err(ListError::Empty);
    }
    if let Some(other) = other_kind(&beginning) {
        return Err(ListError::Other(other));
    }
    look_at_text(reader)
}

/// How much of a file says what it is.
const BEGINNING: u64 = 1 << 10;

fn look_at_text<R: Read + Seek>(reader: &mut R) -> Result<Source, ListError> {
    let encoding = guess_encoding(reader)?;
    let known = known_encoding(&encoding.name)?;
    let delimiter = guess_delimiter(reader, known)?;
    let mut reading = Reading::text(&encoding.name, delimiter.delimiter);
    reader.seek(SeekFrom::Start(0))?;
    let mut row = Row::default();
    // A first row that cannot be read is told when the table is.
    match TextRows::new(reader, known, reading.delimiter_byte()?, true)?.next(&mut row) {
        Ok(true) => reading.headings = guess_headings(&row),
        Ok(false) => return Err(ListError::Empty),
        Err(_) => {}
    }
    Ok(Source {
        kind: SourceKind::Text,
        encoding: Some(encoding),
        delimiter: Some(delimiter),
        sheets: Vec::new(),
        has_macros: false,
        reading,
    })
}

/// What a file is by its first bytes, where that is no text and no workbook.
fn other_kind(beginning: &[u8]) -> Option<OtherKind> {
    const SIGNS: [(&[u8], OtherKind); 15] = [
        (b"\x89PNG\r\n", OtherKind::Picture),
        (b"\xff\xd8\xff", OtherKind::Picture),
        (b"GIF8", OtherKind::Picture),
        (b"II*\0", OtherKind::Picture),
        (b"MM\0*", OtherKind::Picture),
        (b"%PDF", OtherKind::Pdf),
        (b"{\\rtf", OtherKind::Document),
        (b"\x1f\x8b", OtherKind::Archive),
        (b"7z\xbc\xaf\x27\x1c", OtherKind::Archive),
        (b"Rar!\x1a", OtherKind::Archive),
        (b"BZh", OtherKind::Archive),
        (b"\xfd7zXZ\0", OtherKind::Archive),
        (b"\x28\xb5\x2f\xfd", OtherKind::Archive),
        (b"SQLite format 3\0", OtherKind::Database),
        (b"<?xml", OtherKind::Xml),
    ];
    let text = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning).trim_ascii_start();
    if let Some((_, kind)) = SIGNS.iter().find(|(sign, _)| text.starts_with(sign)) {
        return Some(*kind);
    }
    if beginning.get(..4) == Some(b"RIFF") && beginning.get(8..12) == Some(b"WEBP")
        || beginning.get(4..8) == Some(b"ftyp")
    {
        return Some(OtherKind::Picture);
    }
    let lower = text.get(..text.len().min(15)).unwrap_or_default().to_ascii_lowercase();
    let begins = |tags: &[&[u8]]| tags.iter().any(|tag| lower.starts_with(tag));
    if begins(&[b"<!doctype html", b"<html", b"<table", b"<head", b"<meta"]) {
        return Some(OtherKind::WebPage);
    }
    let is_json = match text {
        [b'{', rest @ ..] => matches!(rest.trim_ascii_start().first(), Some(b'"' | b'}')),
        [b'[', rest @ ..] => matches!(rest.trim_ascii_start().first(), Some(b'{' | b'[')),
        _ => false,
    };
    is_json.then_some(OtherKind::Json)
}
