//! Why a file cannot be read as a list. Nothing of what is in it is ever in an error: only its kind, and the line.

use std::io;

use serde::Serialize;
use ts_rs::TS;

/// Why a file cannot be read as a list.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The reader failed, or the caller stopped it.
    #[error("the file cannot be read")]
    Reading(#[source] io::Error),
    /// No byte, or nothing but line ends.
    #[error("the file is empty")]
    Empty,
    /// Plainly something else.
    #[error("this is no list, but {}", .0.name())]
    Other(OtherKind),
    /// NUL bytes and the like, in nothing known.
    #[error("this is neither a text nor a workbook")]
    NotText,
    /// A workbook of before 2007.
    #[error("this is a workbook of an old kind (.xls): save it as XLSX or CSV")]
    OldWorkbook,
    /// A workbook in the binary kind.
    #[error("this is a workbook of the binary kind (.xlsb): save it as XLSX or CSV")]
    BinaryWorkbook,
    /// A password is needed.
    #[error("the workbook is locked with a password: save it without one")]
    Locked,
    /// It begins as a workbook, and is not whole.
    #[error("the workbook is damaged, or was not copied whole")]
    Damaged,
    /// It grows beyond what a list can be when it is unpacked.
    #[error("the workbook unpacks to more than any list holds")]
    Unpacks,
    /// No such sheet, or none at all.
    #[error("there is no such sheet in the workbook")]
    NoSheet,
    /// More columns than [`COLUMNS_MAX`](crate::COLUMNS_MAX).
    #[error("line {line} has more columns than a list can have: is this what separates the cells?")]
    TooManyColumns {
        /// Counted from 1.
        line: u64,
    },
    /// More bytes than [`ROW_MAX_BYTES`](crate::ROW_MAX_BYTES).
    #[error("the row at line {line} is longer than any row of a list")]
    RowTooLong {
        /// Where the row begins, counted from 1.
        line: u64,
    },
    /// A quotation mark that begins a cell and never ends it.
    #[error("the quotation mark at line {line} is never closed")]
    OpenQuote {
        /// Where the mark stands, counted from 1.
        line: u64,
    },
    /// Not the name of an encoding.
    #[error("no encoding has that name")]
    UnknownEncoding,
    /// Neither an ASCII sign nor a tab.
    #[error("cells cannot be separated by that")]
    UnknownDelimiter,
}

impl ListError {
    /// Stable, for screens and scripts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Reading(_) => "list/reading",
            Self::Empty => "list/empty",
            Self::Other(kind) => kind.code(),
            Self::NotText => "list/not-text",
            Self::OldWorkbook => "list/old-workbook",
            Self::BinaryWorkbook => "list/binary-workbook",
            Self::Locked => "list/locked",
            Self::Damaged => "list/damaged",
            Self::Unpacks => "list/unpacks",
            Self::NoSheet => "list/no-sheet",
            Self::TooManyColumns { .. } => "list/too-many-columns",
            Self::RowTooLong { .. } => "list/row-too-long",
            Self::OpenQuote { .. } => "list/open-quote",
            Self::UnknownEncoding => "list/unknown-encoding",
            Self::UnknownDelimiter => "list/unknown-delimiter",
        }
    }

    /// The line that it is about, counted from 1.
    #[must_use]
    pub fn line(&self) -> Option<u64> {
        match self {
            Self::TooManyColumns { line } | Self::RowTooLong { line } | Self::OpenQuote { line } => {
                Some(*line)
            }
            _ => None,
        }
    }
}

impl From<io::Error> for ListError {
    fn from(error: io::Error) -> Self {
        // What our own readers found wrong travels through the libraries between as an error of reading.
        match error.downcast::<ListError>() {
            Ok(own) => own,
            Err(error) => Self::Reading(error),
        }
    }
}

/// What a file is that is no list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OtherKind {
    /// JPEG, PNG, GIF, TIFF, WebP, HEIC.
    Picture,
    /// PDF.
    Pdf,
    /// A text document or slides: DOCX, ODT, RTF.
    Document,
    /// A web page, also where it is called .xls.
    WebPage,
    /// XML, a workbook of 2003 among it.
    Xml,
    /// JSON.
    Json,
    /// A ZIP, GZIP, 7z or RAR archive.
    Archive,
    /// A database of SQLite.
    Database,
}

impl OtherKind {
    /// Stable, for screens and scripts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Picture => "list/picture",
            Self::Pdf => "list/pdf",
            Self::Document => "list/document",
            Self::WebPage => "list/web-page",
            Self::Xml => "list/xml",
            Self::Json => "list/json",
            Self::Archive => "list/archive",
            Self::Database => "list/database",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Picture => "a picture",
            Self::Pdf => "a PDF",
            Self::Document => "a document",
            Self::WebPage => "a web page",
            Self::Xml => "XML",
            Self::Json => "JSON",
            Self::Archive => "an archive",
            Self::Database => "a database",
        }
    }
}
