//! From what a person has to what was found in it.

use encoding_rs::Encoding;
use petition::{Petition, SourceProblem};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use crate::commonmark::lines_of_markdown;
use crate::docx::{is_archive, lines_of_docx, of_older_kind};
use crate::error::PageError;
use crate::html::lines_of_html;
use crate::part::Found;
use crate::plain::lines_of_text;
use crate::take::take_apart;

/// The most bytes that a file, or the HTML of the clipboard, may have.
pub const FILE_MAX_BYTES: usize = 16 * 1024 * 1024;

/// Reads the text of a page, as a browser copies it. Lines are counted as they are in the text.
///
/// # Errors
/// [`PageError`], where it is no text or too much of it.
pub fn read_text(text: &str) -> Result<Found, PageError> {
    Ok(take_apart(lines_of_text(text)?))
}

/// Reads HTML, of the clipboard or a file. Lines are those that a browser would show.
///
/// # Errors
/// [`PageError`], where nothing of it can be seen or it is too much.
pub fn read_html(html: &str) -> Result<Found, PageError> {
    if html.len() > FILE_MAX_BYTES {
        return Err(PageError::TooLarge);
    }
    Ok(take_apart(lines_of_html(html)?))
}

/// Reads Markdown: a petition's source as it is, or the parts of a petition.
///
/// # Errors
/// [`PageError`], where it is no text or too much of it.
pub fn read_markdown(markdown: &str) -> Result<Read, PageError> {
    if begins_with_settings(markdown) {
        return Ok(Read::Source { source: markdown.to_owned() });
    }
    Ok(page(take_apart(lines_of_markdown(markdown)?)))
}

/// Reads a file by what it holds: a document of Word, HTML, Markdown or text. Its name, of which only the end is looked at, tells
/// Markdown from text.
///
/// # Errors
/// [`PageError`], where it cannot be read.
pub fn read_file(name: &str, bytes: &[u8]) -> Result<Read, PageError> {
    if bytes.len() > FILE_MAX_BYTES {
        return Err(PageError::TooLarge);
    }
    if is_archive(bytes) {
        return Ok(page(take_apart(lines_of_docx(bytes)?)));
    }
    if let Some(error) = of_older_kind(bytes) {
        return Err(error);
    }
    let text = decoded(bytes)?;
    if is_html(&text) {
        return Ok(page(read_html(&text)?));
    }
    let end = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
    if matches!(end.as_deref(), Some("md" | "markdown" | "mdown" | "mkd")) || begins_with_settings(&text) {
        return read_markdown(&text);
    }
    Ok(page(read_text(&text)?))
}

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Read {
    /// The source of a petition, as it is. It may have problems, which are a petition's to tell.
    Source {
        /// The source.
        source: String,
    },
    /// A page, taken apart.
    Page {
        /// What was found.
        found: Box<Found>,
    },
}

fn page(found: Found) -> Read {
    Read::Page { found: Box::new(found) }
}

/// Whether a text begins with settings, as the source of a petition does.
fn begins_with_settings(text: &str) -> bool {
    match Petition::parse(Uuid::nil(), 1, text) {
        Ok(_) => true,
        Err(problems) => {
            let codes: Vec<&str> = problems.iter().map(SourceProblem::code).collect();
            !codes.iter().any(|code| matches!(*code, "petition/no-settings" | "petition/too-large"))
        }
    }
}

/// The text that bytes are: UTF-8, or what a mark at their beginning or an HTML page itself says.
fn decoded(bytes: &[u8]) -> Result<String, PageError> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        let (text, _, is_broken) = encoding.decode(bytes);
        return if is_broken { Err(PageError::Encoding) } else { Ok(text.into_owned()) };
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return if text.contains('\0') { Err(PageError::NotText) } else { Ok(text.to_owned()) };
    }
    if bytes.contains(&0) {
        return Err(PageError::NotText);
    }
    let (text, _, is_broken) = told_encoding(bytes).ok_or(PageError::Encoding)?.decode(bytes);
    if is_broken { Err(PageError::Encoding) } else { Ok(text.into_owned()) }
}

/// Where a page of HTML tells its encoding: in its first 1024 bytes (HTML §4.2.5.4).
const TOLD_WITHIN_BYTES: usize = 1024;

fn told_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(bytes.get(..TOLD_WITHIN_BYTES).unwrap_or(bytes)).to_ascii_lowercase();
    let after = start.split("charset=").nth(1)?.trim_start_matches(['"', '\'']);
    let end =
        after.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).unwrap_or(after.len());
    Encoding::for_label(after.get(..end)?.as_bytes())
}

/// Whether a text is HTML: it begins with a tag that a page begins with.
fn is_html(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let start: String = text.chars().take(20).collect::<String>().to_ascii_lowercase();
    ["<!doctype html", "<html", "<head", "<body", "<meta", "<?xml", "<title", "<div", "<p>", "<h1"]
        .iter()
        .any(|tag| start.starts_with(tag))
}
