//! A file of the field, opened as the desk opens it.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use lists::{Fault, Row, Source, Table, look};

/// A row as text.
pub(crate) struct Written {
    pub(crate) line: u64,
    pub(crate) cells: Vec<String>,
    pub(crate) faults: Vec<Fault>,
}

pub(crate) fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/field").join(name)
}

pub(crate) fn source(name: &str) -> Source {
    look(&mut File::open(path(name)).unwrap()).unwrap()
}

pub(crate) fn expected(name: &str) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(path(name)).unwrap()).unwrap()
}

/// The headings and rows of a table, or what stopped it.
pub(crate) fn rows(mut table: Table<File>) -> Result<(Vec<String>, Vec<Written>), lists::ListError> {
    let (mut row, mut rows) = (Row::default(), Vec::new());
    while table.next(&mut row)? {
        let cells = row.cells().map(|cell| cell.text.to_owned()).collect();
        rows.push(Written { line: row.line(), cells, faults: row.faults().to_vec() });
    }
    Ok((table.headings().to_vec(), rows))
}
