//! A row of a table: its cells as they are shown, where it stands, and what was odd about it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::error::ListError;

/// The most columns that a table may have: as many as a sheet of a workbook.
pub const COLUMNS_MAX: usize = 16_384;

/// The most bytes of one row, in UTF-8.
pub const ROW_MAX_BYTES: usize = 1 << 20;

/// A row. One value is filled again and again, so that a million rows cost the memory of the longest.
///
/// It has no `Debug`: it is what people wrote.
#[derive(Clone, Default)]
pub struct Row {
    line: u64,
    text: String,
    ends: Vec<usize>,
    kinds: Vec<CellKind>,
    faults: Vec<Fault>,
}

/// A cell of a row.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Cell<'a> {
    /// What the cell shows; a date as `2026-03-04` or `2026-03-04T23:40:05`, whatever its format.
    pub text: &'a str,
    /// What the file says that it is.
    pub kind: CellKind,
}

/// What a file says of a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CellKind {
    /// Nothing: a text table knows no kinds.
    #[default]
    Written,
    /// A text, a formula's among them.
    Text,
    /// A number without a format of its own: noughts before it are lost, if there were any.
    Number,
    /// A number as its format shows it.
    Shown,
    /// A date, with or without a time of day.
    Date,
    /// TRUE or FALSE.
    Truth,
    /// An error of a formula: no value.
    Error,
}

/// What is odd about a row as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Fault {
    /// It has more cells than there are columns.
    HangsOver {
        /// How many more.
        cells: u32,
        /// Whether something is written in them: then a delimiter may stand in a cell, and what follows it is a column too far.
        is_written: bool,
    },
    /// It has fewer cells than there are columns.
    Missing {
        /// How many fewer.
        cells: u32,
    },
    /// A quotation mark where none can be: within a cell, or before more of a cell that it closed.
    StrayQuote {
        /// Where the mark stands, counted from 1.
        #[ts(type = "number")]
        line: u64,
    },
    /// A cell in quotation marks holds a line like a row: a mark before it may never have been closed.
    RowsInCell {
        /// Where the cell's mark stands, counted from 1.
        #[ts(type = "number")]
        line: u64,
    },
    /// Bytes that the encoding does not know, or that were lost before: a replacement character stands for them.
    Unreadable {
        /// Which cell, counted from 0.
        column: u32,
    },
}

impl Fault {
    /// Whether cells may be in the wrong columns, or people within a cell: such a row is set aside until somebody has looked.
    #[must_use]
    pub fn is_grave(self) -> bool {
        matches!(self, Self::HangsOver { is_written: true, .. } | Self::RowsInCell { .. })
    }

    /// Stable, for screens and scripts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::HangsOver { .. } => "hangs_over",
            Self::Missing { .. } => "missing",
            Self::StrayQuote { .. } => "stray_quote",
            Self::RowsInCell { .. } => "rows_in_cell",
            Self::Unreadable { .. } => "unreadable",
        }
    }
}

impl Row {
    /// The line of the file, or the row of the sheet, at which it begins; counted from 1.
    #[must_use]
    pub fn line(&self) -> u64 {
        self.line
    }

    /// How many cells it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it has no cell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A cell by its place, counted from 0; one that is not there is empty.
    #[must_use]
    pub fn cell(&self, column: usize) -> Cell<'_> {
        let Some(&end) = self.ends.get(column) else { return Cell::default() };
        let start = column.checked_sub(1).map_or(0, |before| self.ends[before]);
        let kind = self.kinds.get(column).copied().unwrap_or_default();
        Cell { text: self.text.get(start..end).unwrap_or_default(), kind }
    }

    /// The cells in order.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = Cell<'_>> {
        (0..self.len()).map(|column| self.cell(column))
    }

    /// What was odd about it.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Empties it for the row at that line.
    pub(crate) fn begin(&mut self, line: u64) {
        self.line = line;
        self.text.clear();
        self.ends.clear();
        self.kinds.clear();
        self.faults.clear();
    }

    /// Takes the cells of a line of text: `bytes` without anything between them, each ending at one of `ends`.
    pub(crate) fn take_bytes(&mut self, bytes: &[u8], ends: &[usize]) {
        if let Ok(text) = std::str::from_utf8(bytes)
            && (text.is_ascii() || ends.iter().all(|end| text.is_char_boundary(*end)))
        {
            self.text.push_str(text);
            self.ends.extend_from_slice(ends);
            if !text.is_ascii() && text.contains('\u{fffd}') {
                self.find_unreadable();
            }
            return;
        }
        let mut start = 0;
        for &end in ends {
            self.text.push_str(&String::from_utf8_lossy(&bytes[start..end]));
            self.ends.push(self.text.len());
            start = end;
        }
        self.find_unreadable();
    }

    /// Puts a cell of a sheet behind those that are there; places between stay empty. Within a row columns only go up.
    pub(crate) fn put(&mut self, column: usize, text: &str, kind: CellKind) -> Result<(), ListError> {
        let is_too_long = self.text.len() + text.len() > ROW_MAX_BYTES;
        if column < self.len() || is_too_long {
            let line = self.line;
            return Err(if is_too_long { ListError::RowTooLong { line } } else { ListError::Damaged });
        }
        self.ends.resize(column, self.text.len());
        self.kinds.resize(column, CellKind::Text);
        self.text.push_str(text);
        self.ends.push(self.text.len());
        self.kinds.push(kind);
        Ok(())
    }

    /// The same row at another line.
    pub(crate) fn set_line(&mut self, line: u64) {
        self.line = line;
    }

    fn find_unreadable(&mut self) {
        let is_unreadable = |column: &usize| self.cell(*column).text.contains('\u{fffd}');
        let columns = (0..self.len()).filter(is_unreadable).filter_map(|column| u32::try_from(column).ok());
        let faults: Vec<_> = columns.map(|column| Fault::Unreadable { column }).collect();
        self.faults.extend(faults);
    }

    /// To add what was odd.
    pub(crate) fn faults_mut(&mut self) -> &mut Vec<Fault> {
        &mut self.faults
    }

    /// Says how its cells compare to the columns that there are. A sheet does not keep the empty cells at the end of a row.
    pub(crate) fn compare_to(&mut self, columns: usize) {
        let count = |cells: usize| u32::try_from(cells).unwrap_or(u32::MAX);
        if self.len() > columns {
            let is_written = (columns..self.len()).any(|column| !self.cell(column).text.trim().is_empty());
            self.faults.push(Fault::HangsOver { cells: count(self.len() - columns), is_written });
        } else if self.len() < columns && self.kinds.is_empty() {
            self.faults.push(Fault::Missing { cells: count(columns - self.len()) });
        }
    }
}
