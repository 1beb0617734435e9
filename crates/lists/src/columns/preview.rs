//! The beginning of a table, with what its columns are proposed to hold.

use std::io::{Read, Seek};

use serde::Serialize;
use ts_rs::TS;

use super::mapping::{Mapping, shape_of};
use super::propose::{Proposal, propose};
use crate::error::ListError;
use crate::row::{Fault, Row};
use crate::table::Table;

/// How many rows say what the columns hold.
const SAMPLE: usize = 1_000;

/// The beginning of a table.
#[derive(Clone, Serialize, TS)]
pub struct Preview {
    /// The headings, one a column; each empty where the table has none.
    pub headings: Vec<String>,
    /// The first rows. None: the file has nothing but headings.
    pub rows: Vec<PreviewRow>,
    /// What each column is proposed to hold.
    pub proposals: Vec<Proposal>,
    /// That as a mapping, without what the organizer must be asked.
    pub mapping: Mapping,
    /// The shape of the file: what was confirmed for another of it is for this one.
    pub shape: String,
}

/// A row of a preview.
#[derive(Clone, Serialize, TS)]
pub struct PreviewRow {
    /// Where it begins in the file, counted from 1.
    #[ts(type = "number")]
    pub line: u64,
    /// What its cells show.
    pub cells: Vec<String>,
    /// What is odd about it.
    pub faults: Vec<Fault>,
}

/// Reads the beginning of a table, and gives back its first `rows` rows.
///
/// # Errors
/// Where the file cannot be read on before its thousandth row.
pub fn preview<R: Read + Seek>(mut table: Table<R>, rows: usize) -> Result<Preview, ListError> {
    let headings = table.headings().to_vec();
    let (mut row, mut sample, mut first) = (Row::default(), Vec::new(), Vec::new());
    while sample.len() < SAMPLE.max(rows) && table.next(&mut row)? {
        let cells: Vec<_> = row.cells().map(|cell| cell.text.to_owned()).collect();
        if first.len() < rows {
            first.push(PreviewRow { line: row.line(), cells: cells.clone(), faults: row.faults().to_vec() });
        }
        sample.push(cells);
    }
    let (proposals, mapping) = propose(&headings, &sample);
    let shape = shape_of(&headings);
    Ok(Preview { headings, rows: first, proposals, mapping, shape })
}
