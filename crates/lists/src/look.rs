//! Looking at a file: what kind it is, and how it is best read.

use std::io::{Read, Seek, SeekFrom};

use crate::book::{Book, BookRows, look_at_book};
use crate::error::{ListError, OtherKind};
use crate::row::Row;
use crate::source::{Reading, Source, SourceKind};
use crate::text::{TextRows, guess_delimiter, guess_encoding, guess_headings, known_encoding};

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
    if beginning.starts_with(COMPOUND) {
        return Err(look_at_compound(reader)?);
    }
    if beginning.starts_with(b"PK\x03\x04") || beginning.starts_with(b"PK\x05\x06") {
        let Book { kind, sheets, has_macros } = look_at_book(&mut *reader)?;
        let sheet = sheets.iter().position(|sheet| !sheet.is_hidden).unwrap_or(0);
        let mut reading = Reading { kind, sheet, ..Reading::text("UTF-8", ',') };
        let mut row = Row::default();
        // A sheet that cannot be read is told when it is; another may be chosen.
        if let Ok(true) = BookRows::open(reader, sheet).and_then(|mut rows| rows.next(&mut row)) {
            reading.headings = guess_headings(&row);
        }
        return Ok(Source { kind, encoding: None, delimiter: None, sheets, has_macros, reading });
    }
    look_at_text(reader)
}

/// How a compound file begins (MS-CFB §2.2): a workbook of before 2007, or one of after with a password.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// What a compound file is, by the names in its directory, which are in UTF-16.
fn look_at_compound<R: Read + Seek>(reader: &mut R) -> Result<ListError, ListError> {
    const LOOKED_AT: u64 = 1 << 22;
    let mut bytes = Vec::new();
    reader.seek(SeekFrom::Start(0))?;
    reader.take(LOOKED_AT).read_to_end(&mut bytes)?;
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(&bytes, &wide).is_some()
    };
    Ok(if has("EncryptedPackage") {
        ListError::Locked
    } else if has("WordDocument") || has("PowerPoint Document") {
        ListError::Other(OtherKind::Document)
    } else {
        ListError::OldWorkbook
    })
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
