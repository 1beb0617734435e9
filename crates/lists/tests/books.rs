//! Workbooks in both kinds: what their cells show, their sheets, and rows and cells that stand several times.
#![expect(clippy::unwrap_used, reason = "tests")]

mod made;

use std::io::Cursor;

use lists::{CellKind, ListError, Reading, Row, SourceKind, Table, look};
use made::{ods, xlsx};

type Cells = Vec<(String, CellKind)>;

/// The rows of a sheet, with their lines.
fn rows(bytes: &[u8], sheet: usize) -> Result<Vec<(u64, Cells)>, ListError> {
    let kind = look(&mut Cursor::new(bytes))?.kind;
    let reading = Reading { kind, sheet, headings: false, ..Reading::text("UTF-8", ',') };
    let mut table = Table::open(Cursor::new(bytes), &reading)?;
    let (mut row, mut rows) = (Row::default(), Vec::new());
    while table.next(&mut row)? {
        rows.push((row.line(), row.cells().map(|cell| (cell.text.to_owned(), cell.kind)).collect()));
    }
    Ok(rows)
}

fn texts(row: &(u64, Cells)) -> Vec<&str> {
    row.1.iter().map(|(text, _)| text.as_str()).collect()
}

#[test]
fn texts_that_cells_share_are_put_together() {
    let shared = "<si><t>Name</t></si><si><r><t xml:space=\"preserve\">Ada </t></r><r><t>&amp; Bo&#233;</t></r></si>\
        <si><t>山田</t><rPh sb=\"0\" eb=\"2\"><t>ヤマダ</t></rPh></si><si/><si><t>last</t></si>";
    let sheet = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"4\"><c r=\"B4\" t=\"s\"><v>1</v></c>\
        <c r=\"D4\" t=\"s\"><v>2</v></c></row><row><c t=\"s\"><v>3</v></c><c t=\"s\"><v>4</v></c></row>";
    let rows = rows(&xlsx(&[("A", sheet)], shared, &[]), 0).unwrap();
    assert_eq!(rows.iter().map(|row| row.0).collect::<Vec<_>>(), [1, 4, 5]);
    assert_eq!(texts(&rows[1]), ["", "Ada & Boé", "", "山田"]);
    assert_eq!(texts(&rows[2]), ["", "last"]);
}

#[test]
fn sheets_are_listed_and_chosen() {
    let row = |text: &str| format!("<row><c t=\"inlineStr\"><is><t>{text}</t></is></c></row>");
    let book = xlsx(
        &[("Notes &amp; more", &row("one")), ("Signers", &row("two"))],
        "",
        &[("xl/vbaProject.bin", b"x")],
    );
    let source = look(&mut Cursor::new(&book)).unwrap();
    let names: Vec<_> = source.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!((names, source.has_macros), (vec!["Notes & more", "Signers"], true));
    assert_eq!(texts(&rows(&book, 1).unwrap()[0]), ["two"]);
    assert!(matches!(rows(&book, 2), Err(ListError::NoSheet)));
}

#[test]
fn an_ods_holds_what_its_cells_show() {
    let cell = |kind: &str, shown: &str| {
        format!("<table:table-cell {kind}><text:p>{shown}</text:p></table:table-cell>")
    };
    let first = [
        cell("office:value-type=\"string\"", "Name &lt;x&gt;"),
        cell("office:value-type=\"float\" office:value=\"2139\"", "02139"),
        cell("office:value-type=\"float\" office:value=\"12065550102\"", "1.20656E+10"),
        cell("office:value-type=\"date\" office:date-value=\"2026-03-04\"", "04.03.26"),
        cell("office:value-type=\"boolean\" office:boolean-value=\"true\"", "WAHR"),
        cell("office:value-type=\"string\" calcext:value-type=\"error\"", "#NV"),
    ];
    let more = "<table:table-cell table:number-columns-repeated=\"2\"/><table:table-cell office:value-type=\"string\">\
        <office:annotation><text:p>a remark</text:p></office:annotation><text:p>one<text:s text:c=\"2\"/><text:span>two</text:span></text:p>\
        <text:p>three</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"16000\"/>";
    let content = format!(
        "<table:table table:name=\"S\"><table:table-row>{}</table:table-row><table:table-row table:number-rows-repeated=\"3\">\
        <table:table-cell/></table:table-row><table:table-row table:number-rows-repeated=\"2\">{more}</table:table-row>\
        <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell/></table:table-row></table:table>\
        <table:table table:name=\"T\"/>",
        first.concat()
    );
    let book = ods(&content, "");
    let source = look(&mut Cursor::new(&book)).unwrap();
    assert_eq!((source.kind, source.sheets.len()), (SourceKind::Ods, 2));
    let rows = rows(&book, 0).unwrap();
    use CellKind::{Date, Error, Number, Shown, Text, Truth};
    assert_eq!(texts(&rows[0]), ["Name <x>", "02139", "12065550102", "2026-03-04", "TRUE", "#NV"]);
    assert_eq!(
        rows[0].1.iter().map(|cell| cell.1).collect::<Vec<_>>(),
        [Text, Shown, Number, Date, Truth, Error]
    );
    assert_eq!(rows[1..].iter().map(|row| row.0).collect::<Vec<_>>(), [5, 6]);
    assert_eq!(texts(&rows[2]), ["", "", "one  two\nthree"]);
}
