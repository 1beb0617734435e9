//! Why a page cannot be read.

use thiserror::Error;

/// Why nothing was read. None of it holds a word of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PageError {
    /// Nothing that can be seen.
    #[error("There is no text in it.")]
    Empty,
    /// More than [`FILE_MAX_BYTES`](crate::FILE_MAX_BYTES), or unpacked more than twice that.
    #[error("The file is larger than 16 MiB, or unpacked than 32: too large to be a petition.")]
    TooLarge,
    /// More text than [`TEXT_MAX_BYTES`](crate::TEXT_MAX_BYTES).
    #[error("There is more than 1 MiB of text in it: too much to be a petition.")]
    TooLong,
    /// Bytes that are no text.
    #[error("It is no text, and no document that can be read here.")]
    NotText,
    /// Text that is neither UTF-8 nor says what it is.
    #[error("Its letters are written in an encoding that it does not tell. Save it as UTF-8.")]
    Encoding,
    /// Word 97 to 2003.
    #[error("It is a document of an older Word (.doc). Save it as .docx, or copy its text.")]
    OlderWord,
    /// A document or archive behind a password.
    #[error("It is encrypted. Save it without a password, or copy its text.")]
    Encrypted,
    /// An archive without a document of Word in it.
    #[error("It is no document of Word (.docx).")]
    NotWord,
    /// Cut off, or not what it says.
    #[error("The document is damaged and cannot be read.")]
    Damaged,
}

impl PageError {
    /// Stable, for screens and scripts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            PageError::Empty => "page/empty",
            PageError::TooLarge => "page/too-large",
            PageError::TooLong => "page/too-long",
            PageError::NotText => "page/not-text",
            PageError::Encoding => "page/encoding",
            PageError::OlderWord => "page/older-word",
            PageError::Encrypted => "page/encrypted",
            PageError::NotWord => "page/not-word",
            PageError::Damaged => "page/damaged",
        }
    }
}
