//! F20: delimiters, quotes, short lines.

use std::fs::File;

use lists::{DelimiterHow, Fault, ListError, Reading, Table};

use crate::open::{Written, expected, path, rows, source};

fn read(name: &str) -> (Reading, Vec<String>, Vec<Written>) {
    let reading = source(name).reading;
    let table = Table::open(File::open(path(name)).unwrap(), &reading).unwrap();
    let (headings, rows) = rows(table).unwrap();
    (reading, headings, rows)
}

fn column(rows: &[Written], at: usize) -> Vec<String> {
    rows.iter().map(|row| row.cells.get(at).cloned().unwrap_or_default()).collect()
}

/// What is expected of the columns that the case names.
fn check_columns(rows: &[Written]) {
    let all = expected("F20-expected.json");
    let wanted = &all["F20-semicolons.csv"];
    let texts = |name: &str| -> Vec<String> { serde_json::from_value(wanted[name].clone()).unwrap() };
    assert_eq!(rows.len(), 5);
    assert_eq!(column(rows, 2), texts("postal_codes"));
    assert_eq!(column(rows, 3), texts("comments"));
}

#[test]
fn semicolons_with_commas_and_line_ends_in_cells() {
    let (reading, headings, rows) = read("F20-semicolons.csv");
    assert_eq!((reading.delimiter, headings[0].as_str()), (';', "Nom complet"));
    check_columns(&rows);
    assert_eq!(column(&rows, 4), ["02/03/2026", "13/03/2026", "14/03/2026", "15/03/2026", "16/03/2026"]);
    assert!(rows.iter().all(|row| row.faults.is_empty()));
    assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3, 7, 8, 9]);
}

#[test]
fn a_sep_line_is_neither_heading_nor_signature() {
    let found = source("F20-sep-line.csv");
    assert_eq!(found.delimiter.unwrap().how, DelimiterHow::SepLine);
    let (_, headings, rows) = read("F20-sep-line.csv");
    assert_eq!(headings[0], "Nom complet");
    check_columns(&rows);
    assert_eq!(rows[0].line, 3);
}

#[test]
fn what_hangs_over_or_is_missing_is_told_by_line() {
    let (reading, _, rows) = read("F20-ragged.csv");
    assert_eq!(reading.delimiter, ';');
    check_columns(&rows);
    let faults: Vec<_> = rows.iter().map(|row| (row.line, row.faults.as_slice())).collect();
    assert_eq!(faults[0], (2, &[Fault::HangsOver { cells: 3, is_written: false }][..]));
    assert_eq!(column(&rows, 4)[3], "");
    assert_eq!(faults[3], (8, &[Fault::Missing { cells: 1 }][..]));
    assert!([1, 2, 4].iter().all(|at| faults[*at].1.is_empty()));
}

#[test]
fn old_line_ends_are_line_ends() {
    let (reading, headings, rows) = read("F20-old-mac-lines.csv");
    assert_eq!((reading.delimiter, headings.len(), rows.len()), (',', 5, 3));
    assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3, 4]);
}

#[test]
fn a_quote_that_never_closes_is_found_and_may_be_read_as_a_sign() {
    let mut reading = source("F20-open-quote.csv").reading;
    let open =
        |reading: &Reading| Table::open(File::open(path("F20-open-quote.csv")).unwrap(), reading).unwrap();
    let stopped = rows(open(&reading)).err().unwrap();
    assert!(matches!(stopped, ListError::OpenQuote { line: 4 }), "{stopped:?}");
    reading.quotes = false;
    let (_, all) = rows(open(&reading)).unwrap();
    assert_eq!(all.len(), 5);
    assert_eq!(all[2].cells[2], "\"never closed");
}
