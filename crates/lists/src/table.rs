//! The rows of a file, one at a time.

use std::io::{Read, Seek, SeekFrom};

use crate::book::BookRows;
use crate::error::ListError;
use crate::row::Row;
use crate::source::{Reading, SourceKind};
use crate::text::{TextRows, known_encoding};

/// A table that is being read, from its first row to its last.
pub struct Table<R: Read> {
    rows: Rows<R>,
    headings: Vec<String>,
    /// The first row, where it is no headings and was not given yet.
    first: Option<Row>,
}

enum Rows<R: Read> {
    Text(Box<TextRows<R>>),
    Book(BookRows<R>),
}

impl<R: Read + Seek> Table<R> {
    /// Begins to read a file so.
    ///
    /// # Errors
    /// Where it cannot be read so, or is empty.
    pub fn open(mut reader: R, reading: &Reading) -> Result<Self, ListError> {
        reader.seek(SeekFrom::Start(0))?;
        let mut rows = match reading.kind {
            SourceKind::Text => {
                let encoding = known_encoding(&reading.encoding)?;
                let rows = TextRows::new(reader, encoding, reading.delimiter_byte()?, reading.quotes)?;
                Rows::Text(Box::new(rows))
            }
            SourceKind::Xlsx | SourceKind::Ods => Rows::Book(BookRows::open(reader, reading.sheet)?),
        };
        let mut first = Row::default();
        if !rows.next(&mut first)? {
            return Err(ListError::Empty);
        }
        let texts = first.cells().map(|cell| cell.text.trim().to_owned());
        if reading.headings {
            return Ok(Self { rows, headings: texts.collect(), first: None });
        }
        let headings = texts.map(|_| String::new()).collect();
        Ok(Self { rows, headings, first: Some(first) })
    }

    /// The headings, one a column; without headings each is empty.
    #[must_use]
    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// Whether the workbook counts days from 1904.
    #[must_use]
    pub fn is_1904(&self) -> bool {
        matches!(&self.rows, Rows::Book(BookRows::Xlsx(rows)) if rows.is_1904())
    }

    /// Reads the next row into `row`. False where there is none any more.
    ///
    /// # Errors
    /// Where the file cannot be read on. What is odd about a row is among its [`faults`](Row::faults).
    pub fn next(&mut self, row: &mut Row) -> Result<bool, ListError> {
        match self.first.take() {
            Some(first) => *row = first,
            None if !self.rows.next(row)? => return Ok(false),
            None => {}
        }
        row.compare_to(self.headings.len());
        Ok(true)
    }
}

impl<R: Read + Seek> Rows<R> {
    fn next(&mut self, row: &mut Row) -> Result<bool, ListError> {
        match self {
            Self::Text(rows) => rows.next(row),
            Self::Book(rows) => rows.next(row),
        }
    }
}
