//! Any table of texts, written in any delimiter, quoting and encoding that can carry it, reads back the same.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::io::Cursor;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use lists::{Fault, Reading, Row, Table, look};
use proptest::prelude::*;

const DELIMITERS: [char; 8] = [',', ';', '\t', '|', '^', '~', ':', '\u{1f}'];

const ENCODINGS: [&str; 10] = [
    "UTF-8",
    "UTF-16LE",
    "UTF-16BE",
    "windows-1252",
    "windows-1251",
    "ISO-8859-2",
    "Shift_JIS",
    "GBK",
    "EUC-KR",
    "Big5",
];

/// Letters of many scripts, delimiters, quotation marks, line ends, spaces.
const TEXT: &str = "([a-zA-Z0-9 ]|[,;\t|^~:'\"\\u{1f}]|[\r\n]|[éüñßÅœ]|[АБвгд]|[łęąžő]|[日本語カナ]|[한국]|[中文]|[€😀]|\\PC){0,12}";

#[derive(Clone, Debug)]
struct Style {
    delimiter: char,
    always_quoted: bool,
    line_end: &'static str,
    last_line_ends: bool,
    marked: bool,
}

fn styles() -> impl Strategy<Value = Style> {
    let line_ends = prop_oneof![Just("\n"), Just("\r\n"), Just("\r")];
    (0..DELIMITERS.len(), any::<bool>(), line_ends, any::<bool>(), any::<bool>()).prop_map(
        |(delimiter, always_quoted, line_end, last_line_ends, marked)| Style {
            delimiter: DELIMITERS[delimiter],
            always_quoted,
            line_end,
            last_line_ends,
            marked,
        },
    )
}

fn write(table: &[Vec<String>], style: &Style) -> String {
    let cell = |text: &String, is_alone: bool| {
        let needs = text.contains([style.delimiter, '"', '\r', '\n']) || (is_alone && text.is_empty());
        if style.always_quoted || needs { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.clone() }
    };
    let delimiter = style.delimiter.to_string();
    let lines: Vec<_> = table
        .iter()
        .map(|row| row.iter().map(|text| cell(text, row.len() == 1)).collect::<Vec<_>>().join(&delimiter))
        .collect();
    let end = if style.last_line_ends { style.line_end } else { "" };
    format!("{}{end}", lines.join(style.line_end))
}

/// The text in that encoding, where it can carry it.
fn encode(text: &str, encoding: &'static Encoding, marked: bool) -> Option<Vec<u8>> {
    let units = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
    let (mark, bytes): (&[u8], _) = if encoding == UTF_16LE {
        (b"\xff\xfe", units(u16::to_le_bytes))
    } else if encoding == UTF_16BE {
        (b"\xfe\xff", units(u16::to_be_bytes))
    } else {
        let (bytes, _, is_lossy) = encoding.encode(text);
        // A few code pages carry signs that they do not give back.
        let comes_back = encoding.decode_without_bom_handling(&bytes).0 == text;
        (!is_lossy && comes_back).then_some(())?;
        let mark: &[u8] = if encoding == encoding_rs::UTF_8 { b"\xef\xbb\xbf" } else { b"" };
        (mark, bytes.into_owned())
    };
    Some(if marked { [mark, &bytes].concat() } else { bytes })
}

fn read(bytes: &[u8], reading: &Reading) -> (Vec<Vec<String>>, Vec<Fault>) {
    let mut table = Table::open(Cursor::new(bytes), reading).unwrap();
    let (mut row, mut rows, mut faults) = (Row::default(), Vec::new(), Vec::new());
    while table.next(&mut row).unwrap() {
        rows.push(row.cells().map(|cell| cell.text.to_owned()).collect());
        faults.extend_from_slice(row.faults());
    }
    (rows, faults)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]
    #[test]
    fn what_is_written_reads_back_the_same(
        table in (1_usize..6).prop_flat_map(|width| prop::collection::vec(prop::collection::vec(TEXT, width), 1..6)),
        style in styles(),
        encoding in 0..ENCODINGS.len(),
    ) {
        let text = write(&table, &style);
        let encoding = Encoding::for_label(ENCODINGS[encoding].as_bytes()).unwrap();
        // What begins as a mark or as a line that names the delimiter is one.
        let begins = text.trim_start_matches('"').to_lowercase();
        prop_assume!(!begins.starts_with("sep=") && !text.starts_with('\u{feff}') && !text.is_empty());
        let Some(bytes) = encode(&text, encoding, style.marked) else { return Ok(()) };
        let reading = Reading { headings: false, ..Reading::text(encoding.name(), style.delimiter) };
        let (rows, faults) = read(&bytes, &reading);
        prop_assert_eq!(&rows, &table, "{:?} {:?}", encoding.name(), style);
        // A cell that holds a line like a row is told: who wrote it may not have meant it. Nothing else is odd.
        prop_assert!(faults.iter().all(|fault| {
            matches!(fault, Fault::RowsInCell { .. })
                || (matches!(fault, Fault::Unreadable { .. }) && text.contains('\u{fffd}'))
        }), "{faults:?}");
    }

}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_list_of_people_is_known_for_what_it_is(
        people in prop::collection::vec(("[A-Z][a-zéüñ]{2,9} [A-Z][a-zçöß'-]{2,9}", "[a-z]{3,9}", "([a-zéèüñ ,;.!|]|[\n\"]){0,40}", 10_000..99_999_u32), 4..30),
        style in styles(),
        encoding in 0..4_usize,
    ) {
        prop_assume!(!matches!(style.delimiter, ':' | '\u{1f}'));
        let mut table = vec![["Name", "E-Mail", "Comment", "Zip"].map(str::to_owned).to_vec()];
        table.extend(people.iter().map(|(name, mail, comment, zip)| {
            vec![name.clone(), format!("{mail}@example.org"), comment.clone(), zip.to_string()]
        }));
        let encoding = Encoding::for_label(ENCODINGS[encoding].as_bytes()).unwrap();
        let Some(bytes) = encode(&write(&table, &style), encoding, style.marked) else { return Ok(()) };
        let source = look(&mut Cursor::new(&bytes)).unwrap();
        prop_assert_eq!(source.reading.delimiter, style.delimiter);
        prop_assert!(source.reading.headings);
        // Which of the code pages of the West it is may be guessed wrong, and is then told as guessed.
        if encoding.name() != "windows-1252" {
            prop_assert_eq!(&source.reading.encoding, encoding.name());
            let (rows, _) = read(&bytes, &source.reading);
            prop_assert_eq!(&rows[..], &table[1..]);
        }
    }
}

#[test]
fn a_row_may_lie_across_two_pieces_of_a_file() {
    // A file is read in pieces of 64 KiB: each byte of these rows is the last of one in turn.
    for end in ["\r\n", "\n", "\r"] {
        for length in 65_490..65_540 {
            let text =
                ["h,i", &format!("{},x", "a".repeat(length)), "", "\"q\"\"", "z\",y", "b,c", ""].join(end);
            let mut table = Table::open(Cursor::new(text.as_bytes()), &Reading::text("UTF-8", ',')).unwrap();
            let (mut row, mut rows) = (Row::default(), Vec::new());
            while table.next(&mut row).unwrap() {
                assert!(row.faults().is_empty());
                rows.push((row.line(), row.cell(0).text.to_owned(), row.cell(1).text.to_owned()));
            }
            let wanted =
                [(2, "a".repeat(length), "x"), (4, format!("q\"{end}z"), "y"), (6, "b".to_owned(), "c")];
            let wanted = wanted.map(|(line, one, two)| (line, one, two.to_owned()));
            assert!(
                rows == wanted,
                "{length} {end:?}: {:?}",
                rows.iter().map(|row| row.0).collect::<Vec<_>>()
            );
        }
    }
}
