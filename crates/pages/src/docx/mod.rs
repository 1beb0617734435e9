//! A document of Word (DOCX, ECMA-376) to lines.

mod document;
mod setting;
mod xml;

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use self::document::{Notes, Settings, read_document, read_notes};
use self::setting::{headings, links, lists};
use crate::error::PageError;
use crate::line::{Sheet, SheetWriter};

/// The most bytes that the parts of a document are unpacked to.
const UNPACKED_MAX_BYTES: u64 = 32 * 1024 * 1024;

/// Whether bytes are a ZIP archive, which a document of Word is.
pub(crate) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Why bytes of the older kind of document cannot be read, if they are such: it is of Word 97 to 2003, or it is encrypted.
pub(crate) fn of_older_kind(bytes: &[u8]) -> Option<PageError> {
    /// How the name of an encrypted document's one stream is written (MS-OFFCRYPTO §2.3.4).
    const ENCRYPTED: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    if !bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return None;
    }
    let is_encrypted = bytes.windows(ENCRYPTED.len()).any(|window| window == ENCRYPTED);
    Some(if is_encrypted { PageError::Encrypted } else { PageError::OlderWord })
}

/// Reads a document of Word.
pub(crate) fn lines_of_docx(bytes: &[u8]) -> Result<Sheet, PageError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| PageError::Damaged)?;
    let mut left = UNPACKED_MAX_BYTES;
    let mut part = |name: &str| part(&mut archive, name, &mut left);
    let document = part("word/document.xml")?.ok_or(PageError::NotWord)?;
    let styles = part("word/styles.xml")?.unwrap_or_default();
    let numbering = part("word/numbering.xml")?.unwrap_or_default();
    let relations = part("word/_rels/document.xml.rels")?.unwrap_or_default();
    let footnotes = part("word/footnotes.xml")?.unwrap_or_default();
    let endnotes = part("word/endnotes.xml")?.unwrap_or_default();
    let settings =
        Settings { headings: headings(&styles)?, lists: lists(&numbering)?, links: links(&relations)? };
    let mut writer = SheetWriter::default();
    let mut notes = Notes::default();
    read_document(&document, &settings, &mut notes, &mut writer)?;
    read_notes(&footnotes, &settings, &mut notes, &mut writer)?;
    read_notes(&endnotes, &settings, &mut notes, &mut writer)?;
    writer.sheet.check()
}

/// A part of the archive as text; none where it is not there.
fn part(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    left: &mut u64,
) -> Result<Option<String>, PageError> {
    let entry = match archive.by_name(name) {
        Ok(entry) => entry,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword) => {
            return Err(PageError::Encrypted);
        }
        Err(_) => return Err(PageError::Damaged),
    };
    let mut unpacked = Vec::new();
    // What the archive says of its length may be a lie: no more is unpacked than is left.
    entry.take(*left + 1).read_to_end(&mut unpacked).map_err(|_| PageError::Damaged)?;
    *left = left.checked_sub(unpacked.len() as u64).ok_or(PageError::TooLarge)?;
    String::from_utf8(unpacked).map(Some).map_err(|_| PageError::Damaged)
}
