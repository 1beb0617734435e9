//! Workbooks: their sheets, and the rows of one as its cells show them.

mod archive;
mod cells;
mod format;
mod mask;
mod ods;
mod strings;
mod xlsx;
mod xml;

use std::io::{Read, Seek};

use archive::Directory;
use cells::SheetRows;
pub(crate) use format::moment;
use ods::OdsRows;

use crate::error::{ListError, OtherKind};
use crate::row::Row;
use crate::source::{Sheet, SourceKind};

/// What a workbook is.
pub(crate) struct Book {
    pub(crate) kind: SourceKind,
    pub(crate) sheets: Vec<Sheet>,
    pub(crate) has_macros: bool,
}

/// Looks at an archive.
pub(crate) fn look_at_book<R: Read + Seek>(mut reader: R) -> Result<Book, ListError> {
    let directory = Directory::read(&mut reader)?;
    let kind = kind_of(&directory)?;
    let (sheets, has_macros) = match kind {
        SourceKind::Ods => {
            (ods::sheets(&directory, reader)?, directory.has_any(|name| name.starts_with("Basic/")))
        }
        _ => {
            let book = xlsx::read(&directory, reader)?;
            let sheets = book.sheets.into_iter().map(|place| place.sheet).collect();
            (sheets, directory.has_any(|name| name.ends_with("vbaProject.bin")))
        }
    };
    if sheets.is_empty() {
        return Err(ListError::NoSheet);
    }
    Ok(Book { kind, sheets, has_macros })
}

fn kind_of(directory: &Directory) -> Result<SourceKind, ListError> {
    if directory.has("xl/workbook.bin") {
        return Err(ListError::BinaryWorkbook);
    }
    if directory.has_any(|name| name.ends_with("workbook.xml")) {
        return Ok(SourceKind::Xlsx);
    }
    let is_document = |name: &str| name.starts_with("word/") || name.starts_with("ppt/");
    if directory.has_any(is_document) {
        return Err(ListError::Other(OtherKind::Document));
    }
    if directory.has("content.xml") && directory.has("META-INF/manifest.xml") {
        return Ok(SourceKind::Ods);
    }
    Err(ListError::Other(OtherKind::Archive))
}

/// The rows of a sheet.
pub(crate) enum BookRows<R: Read> {
    Xlsx(Box<SheetRows<R>>),
    Ods(Box<OdsRows<R>>),
}

impl<R: Read + Seek> BookRows<R> {
    /// Begins to read the sheet of that number, counted from 0.
    pub(crate) fn open(mut reader: R, sheet: usize) -> Result<Self, ListError> {
        let directory = Directory::read(&mut reader)?;
        match kind_of(&directory)? {
            SourceKind::Ods => Ok(Self::Ods(Box::new(OdsRows::open(&directory, reader, sheet)?))),
            _ => {
                let book = xlsx::read(&directory, &mut reader)?;
                let place = book.sheets.get(sheet).ok_or(ListError::NoSheet)?;
                let strings = strings::read(&directory, &mut reader, &book.strings)?;
                let styles = xlsx::styles(&directory, &mut reader, &book.styles)?;
                let part = directory.part(reader, &place.part)?.ok_or(ListError::Damaged)?;
                Ok(Self::Xlsx(Box::new(SheetRows::new(part, strings, styles, book.is_1904))))
            }
        }
    }

    /// Reads the next row that is not empty. False at the end.
    pub(crate) fn next(&mut self, row: &mut Row) -> Result<bool, ListError> {
        match self {
            Self::Xlsx(rows) => rows.next(row),
            Self::Ods(rows) => rows.next(row),
        }
    }
}
