//! F21: what a spreadsheet did to postcodes, phones and dates.

use std::fs::File;

use lists::{CellKind, Row, SourceKind, Table};

use crate::open::{path, source};

/// The cells of a workbook of the case, without its headings.
fn cells(name: &str) -> Vec<Vec<(String, CellKind)>> {
    let found = source(name);
    assert_eq!(
        (found.kind, found.sheets[0].name.as_str(), found.has_macros),
        (SourceKind::Xlsx, "Signatures", false)
    );
    let mut table = Table::open(File::open(path(name)).unwrap(), &found.reading).unwrap();
    assert_eq!(table.headings(), ["Name", "Zip", "Phone", "Signed", "Country"]);
    let (mut row, mut rows) = (Row::default(), Vec::new());
    while table.next(&mut row).unwrap() {
        assert!(row.faults().is_empty());
        rows.push(row.cells().map(|cell| (cell.text.to_owned(), cell.kind)).collect());
    }
    rows
}

#[test]
fn a_cell_is_what_it_shows() {
    use CellKind::{Date, Error, Number, Shown, Text, Truth};
    for (name, bare) in [("F21-cells.xlsx", "46085"), ("F21-cells-1904.xlsx", "46085")] {
        let rows = cells(name);
        assert_eq!(rows.len(), 10);
        let column = |at: usize| rows.iter().map(|row| (row[at].0.as_str(), row[at].1)).collect::<Vec<_>>();
        let zips = [
            ("2139", Number),
            ("02139", Shown),
            ("02139", Text),
            ("02139", Text),
            ("02139-1234", Shown),
            ("73301", Number),
            ("4109", Number),
            ("SW1A 1AA", Text),
            ("#N/A", Error),
            ("TRUE", Truth),
        ];
        assert_eq!(column(1), zips, "{name}");
        let phones = column(2);
        assert_eq!(phones[1..4], [("12065550102", Number), ("12065550103", Number), ("1.20656E+10", Text)]);
        assert_eq!(
            (phones[4], phones[8], phones[9]),
            (("+12065550105", Text), ("#REF!", Error), ("FALSE", Truth))
        );
        let dates = [
            ("2026-03-04", Date),
            ("2026-03-04", Date),
            ("03/04/2026", Text),
            ("13/04/2026", Text),
            ("2026-03-04", Text),
            (bare, Number),
            ("4. März 2026", Text),
            ("2026-03-04T23:40:05", Date),
            ("#VALUE!", Error),
            ("2026-03-04", Date),
        ];
        assert_eq!(column(3), dates, "{name}");
    }
}
