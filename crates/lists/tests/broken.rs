//! Files that are broken, locked, made to do harm, or no lists at all: each has an answer of its own, and none costs more than a list.
#![expect(clippy::unwrap_used, reason = "tests")]

mod made;

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use lists::{Answers, Fault, ListError, Reading, Row, Survey, Table, Why, look, preview, survey};
use made::{archive, ods, xlsx};
use proptest::prelude::*;

/// What becomes of a file: the survey of its list, or the code of what stops it.
fn outcome(bytes: &[u8]) -> Result<Survey, &'static str> {
    let read = || {
        let reading = look(&mut Cursor::new(bytes))?.reading;
        let open = || Table::open(Cursor::new(bytes), &reading);
        let mapping = preview(open()?, 5)?.mapping;
        survey(open()?, &mapping, &Answers::default(), 1_795_564_800)
    };
    read().map_err(|error: ListError| {
        // An error says what is wrong, in words, and nothing of what is in the file.
        assert!(error.to_string().len() > 10 && !error.to_string().contains("Secret"));
        error.code()
    })
}

#[track_caller]
fn check(bytes: &[u8], code: &str) {
    assert_eq!(outcome(bytes).err(), Some(code));
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

const CELL: &str = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Secret</t></is></c></row>";

#[test]
fn what_is_empty_is_said_to_be() {
    for empty in [&b""[..], b"\n", b"\r\n\r\n", b"\xef\xbb\xbf", b"sep=;\r\n", b"\xff\xfe"] {
        check(empty, "list/empty");
    }
    check(&xlsx(&[("A", "")], "", &[]), "list/empty");
    check(&ods("<table:table table:name=\"A\"><table:table-row/></table:table>", ""), "list/empty");
    // Nothing but headings is a list of nobody.
    assert_eq!(outcome(b"name,email\n").unwrap().rows, 0);
}

#[test]
fn other_files_are_named_whatever_they_are_called() {
    for (beginning, code) in [
        (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "list/picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "list/picture"),
        (b"\0\0\0\x18ftypheic", "list/picture"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "list/picture"),
        (b"%PDF-1.7\n", "list/pdf"),
        (b"{\\rtf1\\ansi", "list/document"),
        (b"<!DOCTYPE html><table><tr><td>Secret", "list/web-page"),
        (b"\xef\xbb\xbf <table border=1>", "list/web-page"),
        (b"<?xml version=\"1.0\"?><Workbook>", "list/xml"),
        (b"{ \"signatures\": [] }", "list/json"),
        (b"[\n  {\"name\": 1}]", "list/json"),
        (b"\x1f\x8b\x08\0", "list/archive"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "list/archive"),
        (b"SQLite format 3\0", "list/database"),
    ] {
        check(beginning, code);
    }
    check(&archive(&[("word/document.xml", b"<w/>")], 0), "list/document");
    check(&archive(&[("signatures.csv", b"name\nSecret\n")], 0), "list/archive");
    check(&archive(&[("xl/workbook.bin", b"\x83\x01")], 0), "list/binary-workbook");
    check(
        &archive(&[("content.xml", b"<office:text/>"), ("META-INF/manifest.xml", b"<m/>")], 0),
        "list/document",
    );
}

#[test]
fn bytes_of_no_text_are_no_list() {
    check(b"name,email\0\0\0\n", "list/not-text");
    check(&[0; 4_096], "list/not-text");
    check(b"\xff\xfe\0\0n\0\0\0", "list/not-text");
    for lines in [100, 100_000] {
        check(&[b"a,b\n".repeat(lines), wide(&"c,d\n".repeat(50))].concat(), "list/not-text");
    }
}

#[test]
fn locked_and_old_workbooks_say_what_to_do() {
    let compound = |name: &str| [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", &[0; 1_016][..], &wide(name)].concat();
    check(&compound("Workbook"), "list/old-workbook");
    check(&compound("EncryptedPackage"), "list/locked");
    check(&compound("WordDocument"), "list/document");
    check(&archive(&[("xl/workbook.xml", b"<workbook/>")], 1), "list/locked");
    check(&ods("", "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"), "list/locked");
}

#[test]
fn workbooks_that_are_not_whole_are_damaged() {
    let whole = xlsx(&[("A", CELL)], "", &[]);
    assert!(outcome(&whole).is_ok());
    for length in [10, whole.len() / 2, whole.len() - 10] {
        check(&whole[..length], "list/damaged");
    }
    // One bit of the sheet, which is the first part.
    let mut flipped = whole;
    flipped[30 + "xl/worksheets/sheet1.xml".len() + 20] ^= 4;
    check(&flipped, "list/damaged");
    check(&xlsx(&[("A", "<row><c t=\"s\"><v>7</v></c></row>")], "", &[]), "list/damaged");
    check(&xlsx(&[("A", "<row><c><v>1</c></row>")], "", &[]), "list/damaged");
    check(
        &xlsx(&[("A", "<row><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>")], "", &[]),
        "list/damaged",
    );
    check(&archive(&[("xl/workbook.xml", b"<workbook><sheets>")], 0), "list/no-sheet");
    check(&xlsx(&[], "", &[]), "list/no-sheet");
}

/// What the first sheet shows, row by row.
fn rows(bytes: &[u8]) -> Result<Vec<Vec<String>>, ListError> {
    let reading = look(&mut Cursor::new(bytes))?.reading;
    let mut table = Table::open(Cursor::new(bytes), &reading)?;
    let (mut row, mut rows) = (Row::default(), vec![table.headings().to_vec()]);
    while table.next(&mut row)? {
        rows.push(row.cells().map(|cell| cell.text.to_owned()).collect());
    }
    Ok(rows)
}

#[test]
fn no_bit_that_changed_changes_a_row_in_silence() {
    let cells: String =
        (1..30).map(|line| format!("<row><c><v>{}</v></c><c><v>{line}</v></c></row>", line * 977)).collect();
    let lines: String = (1..30)
        .map(|line| {
            let cell = |text| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
            format!("<table:table-row>{}{}</table:table-row>", cell(line * 977), cell(line))
        })
        .collect();
    let table = format!("<table:table table:name=\"A\">{lines}</table:table>");
    for whole in [xlsx(&[("A", &cells)], "", &[]), ods(&table, "")] {
        let expected = rows(&whole).unwrap();
        assert_eq!(expected.len(), 30);
        for place in 0..whole.len() {
            let mut changed = whole.clone();
            changed[place] ^= 1 << (place % 8);
            if let Ok(rows) = rows(&changed) {
                assert_eq!(rows, expected, "byte {place} of {}", whole.len());
            }
        }
    }
}

#[test]
fn macros_are_told_and_not_run() {
    let book = xlsx(&[("A", CELL)], "", &[("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")]);
    assert!(look(&mut Cursor::new(&book)).unwrap().has_macros);
    assert!(outcome(&book).is_ok());
}

#[test]
fn what_is_made_to_fill_a_disk_is_stopped() {
    // A thousand times what it is packed, one element after the other.
    check(
        &xlsx(&[("A", &format!("{CELL}{}", format!("<row{}/>", " ".repeat(1_000)).repeat(20_000)))], "", &[]),
        "list/unpacks",
    );
    // One element without an end.
    let endless = format!("{CELL}<row><c t=\"str\"><v>{}</v></c></row>", " ".repeat(5 << 20));
    check(&xlsx(&[("A", &endless)], "", &[]), "list/unpacks");
    // Entities of entities stand for nothing.
    let laughs = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>";
    let book =
        xlsx(&[("A", "<row><c t=\"s\"><v>0</v></c></row>")], &format!("{laughs}<si><t>x&b;</t></si>"), &[]);
    let table = Table::open(Cursor::new(&book), &look(&mut Cursor::new(&book)).unwrap().reading);
    assert_eq!(table.unwrap().headings(), ["x\u{fffd}"]);
    // A row that says that it stands a million million times.
    let cell = "<table:table-cell office:value-type=\"string\"><text:p>a</text:p></table:table-cell>";
    let rows = format!(
        "<table:table><table:table-row table:number-rows-repeated=\"1000000000000\">{cell}</table:table-row></table:table>"
    );
    check(&ods(&rows, ""), "list/unpacks");
    let parts: Vec<String> = (0..10_001).map(|number| format!("p{number}")).collect();
    let parts: Vec<_> = parts.iter().map(|name| (name.as_str(), &b""[..])).collect();
    check(&archive(&parts, 0), "list/unpacks");
}

#[test]
fn too_many_columns_are_told_with_their_line() {
    let wide_row = format!("a,b\n{}\n", "x,".repeat(500_000));
    check(wide_row.as_bytes(), "list/too-many-columns");
    check(format!("{}\n", ",".repeat(1_000_000)).as_bytes(), "list/too-many-columns");
    check(&xlsx(&[("A", "<row><c r=\"AAAA1\"><v>1</v></c></row>")], "", &[]), "list/too-many-columns");
    let cell =
        "<table:table-cell table:number-columns-repeated=\"1000000\"><text:p>a</text:p></table:table-cell>";
    check(
        &ods(&format!("<table:table><table:table-row>{cell}</table:table-row></table:table>"), ""),
        "list/too-many-columns",
    );
}

#[test]
fn rows_without_an_end_are_told_with_their_line() {
    check(format!("name,email\n{},x\n", "a".repeat(3 << 20)).as_bytes(), "list/row-too-long");
    check(b"name,email\nSecret,a@example.org\nB,\"b\nC,c\n", "list/open-quote");
    let swallowed = format!("name,email\nB,\"b\n{}", "Secret,c@example.org\n".repeat(200_000));
    check(swallowed.as_bytes(), "list/open-quote");
    let reading = Reading::text("UTF-8", ',');
    let mut table = Table::open(Cursor::new(swallowed.as_bytes()), &reading).unwrap();
    assert_eq!(table.next(&mut Row::default()).unwrap_err().line(), Some(2));
    // Read without quotation marks, every row is there.
    let reading = Reading { quotes: false, ..reading };
    let table = Table::open(Cursor::new(swallowed.as_bytes()), &reading).unwrap();
    let mapping =
        preview(Table::open(Cursor::new(swallowed.as_bytes()), &reading).unwrap(), 1).unwrap().mapping;
    assert_eq!(survey(table, &mapping, &Answers::default(), 0).unwrap().rows, 200_001);
}

#[test]
fn the_wrong_encoding_or_delimiter_is_told() {
    let open = |bytes: &[u8], encoding: &str, delimiter| {
        Table::open(Cursor::new(bytes.to_vec()), &Reading::text(encoding, delimiter))
            .map(|_| ())
            .unwrap_err()
            .code()
    };
    assert_eq!(open(b"a,b\n", "Klingon", ','), "list/unknown-encoding");
    for delimiter in ['a', '"', '\n', '¦', '\0'] {
        assert_eq!(open(b"a,b\n", "UTF-8", delimiter), "list/unknown-delimiter");
    }
    let faults = |bytes: &[u8], encoding: &str| {
        let mut table = Table::open(Cursor::new(bytes), &Reading::text(encoding, ',')).unwrap();
        let mut row = Row::default();
        assert!(table.next(&mut row).unwrap());
        row.faults().to_vec()
    };
    let latin = b"name,city\nChlo\xe9,Besan\xe7on\n";
    assert_eq!(faults(latin, "UTF-8"), [Fault::Unreadable { column: 0 }, Fault::Unreadable { column: 1 }]);
    assert_eq!(faults(latin, "windows-1252"), []);
    // Half a character at the end of a file that was cut off.
    assert_eq!(
        faults("name,city\na,Besanç".as_bytes().strip_suffix(b"\xa7").unwrap(), "UTF-8"),
        [Fault::Unreadable { column: 1 }]
    );
}

#[test]
fn headings_that_stand_twice_are_asked_about() {
    let mut bytes = Cursor::new(b"Email,Email,Zip\na@example.org,b@example.org,98101\n");
    let reading = look(&mut bytes).unwrap().reading;
    let proposals = preview(Table::open(bytes, &reading).unwrap(), 1).unwrap().proposals;
    assert_eq!(
        proposals.iter().map(|one| one.why).collect::<Vec<_>>(),
        [Why::Several, Why::Several, Why::Heading]
    );
}

/// A reader that fails after so many bytes.
struct Failing(Cursor<Vec<u8>>, u64);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.0.position() >= self.1 { Err(io::ErrorKind::TimedOut.into()) } else { self.0.read(buffer) }
    }
}

impl Seek for Failing {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

#[test]
fn a_reader_that_fails_is_told_as_that() {
    let csv = "name,email\nA,a@example.org\n".repeat(10_000).into_bytes();
    assert_eq!(look(&mut Failing(Cursor::new(csv), 100_000)).unwrap_err().code(), "list/reading");
    let book = xlsx(&[("A", CELL)], "", &[]);
    assert_eq!(look(&mut Failing(Cursor::new(book), 10)).unwrap_err().code(), "list/reading");
}

proptest! {
    #[test]
    fn no_bytes_are_too_much(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = outcome(&bytes);
    }

    #[test]
    fn no_changed_workbook_is_too_much(places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), is_ods in any::<bool>()) {
        let cell = "<table:table-cell office:value-type=\"float\" office:value=\"1\"><text:p>1</text:p></table:table-cell>";
        let mut bytes = if is_ods {
            ods(&format!("<table:table><table:table-row>{cell}</table:table-row></table:table>"), "")
        } else {
            xlsx(&[("A", CELL)], "<si><t>a</t></si>", &[])
        };
        for (place, byte) in places {
            let at = place.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = outcome(&bytes);
    }

    #[test]
    fn no_xml_in_a_sheet_is_too_much(xml in "(<row>|<c>|<c t=\"(s|b|e|str|inlineStr|n)\" r=\"[A-C][1-3]\" s=\"[0-9]\">|<v>|</v>|</c>|</row>|<is>|<t>|</t>|</is>|[0-9.]{1,4}|&amp;|&#x[0-9]{1,6};|<!--|-->|<!\\[CDATA\\[|]]>){0,24}") {
        let _ = outcome(&xlsx(&[("A", &xml)], "", &[]));
    }
}
