//! From what a person has to what was found in it.

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
