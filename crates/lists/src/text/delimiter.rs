//! What separates the cells of a text, by reading it each way: the one by which its rows are of one width.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Seek, SeekFrom};

use encoding_rs::{Encoding, UTF_8};
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::rows::{TextRows, sep_line};
use crate::error::ListError;
use crate::row::Row;
use crate::source::{DelimiterGuess, DelimiterHow};

/// How much of a file is read each way.
const SAMPLE: u64 = 1 << 17;

/// In the order in which they win where nothing speaks for another; the last are in times and texts, too.
const CANDIDATES: [(char, f64); 7] =
    [(',', 1.0), (';', 1.0), ('\t', 1.0), ('|', 1.0), ('^', 0.9), ('~', 0.9), (':', 0.5)];

/// What separates the cells of a text in this encoding.
pub(crate) fn guess_delimiter<R: Read + Seek>(
    reader: &mut R,
    encoding: &'static Encoding,
) -> Result<DelimiterGuess, ListError> {
    reader.seek(SeekFrom::Start(0))?;
    let mut builder = DecodeReaderBytesBuilder::new();
    let decoded = builder.encoding(Some(encoding)).bom_override(false).strip_bom(true).build(reader);
    let mut sample = Vec::new();
    decoded.take(SAMPLE).read_to_end(&mut sample)?;
    let text = sample.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&sample);
    if let Some((delimiter, _)) = sep_line(text) {
        return Ok(DelimiterGuess { delimiter: char::from(delimiter), how: DelimiterHow::SepLine });
    }
    let is_cut = sample.len() as u64 >= SAMPLE;
    let mut best = (',', 0.0);
    for (delimiter, weight) in CANDIDATES {
        let score = weight * score(text, delimiter, is_cut);
        if score > best.1 {
            best = (delimiter, score);
        }
    }
    let how = if best.1 > 0.0 { DelimiterHow::Parsed } else { DelimiterHow::OneColumn };
    Ok(DelimiterGuess { delimiter: best.0, how })
}

/// How well a text is a table by this delimiter: 0 to 1. Most rows are of one width, the first of about that, quotation marks stand
/// where they may, and more columns are likelier than fewer.
fn score(text: &[u8], delimiter: char, is_cut: bool) -> f64 {
    let Ok(delimiter) = u8::try_from(delimiter) else { return 0.0 };
    let Ok(mut rows) = TextRows::new(Cursor::new(text), UTF_8, delimiter, true) else { return 0.0 };
    let mut row = Row::default();
    let mut widths = Vec::new();
    let mut faults = 0_usize;
    // A mark that is never closed, or a row that is too long, ends this way of reading.
    let mut is_broken = false;
    loop {
        match rows.next(&mut row) {
            Ok(true) => {
                // Empty cells that hang over are a spreadsheet's, and no columns.
                let cells = row.cells().collect::<Vec<_>>();
                let written = cells.iter().rposition(|cell| !cell.text.is_empty()).map_or(0, |last| last + 1);
                widths.push((row.len(), written));
                faults += usize::from(!row.faults().is_empty());
            }
            Ok(false) => break,
            Err(_) => {
                is_broken = true;
                break;
            }
        }
    }
    if is_cut && widths.len() > 1 {
        widths.pop();
    }
    let Some(&(first, _)) = widths.first() else { return 0.0 };
    let mut counts = BTreeMap::<usize, usize>::new();
    widths.iter().for_each(|(width, _)| *counts.entry(*width).or_default() += 1);
    let Some((&width, _)) = counts.iter().max_by_key(|(width, count)| (**count, **width)) else { return 0.0 };
    if width < 2 || first < 2 {
        return 0.0;
    }
    let fits = |(len, written): &&(usize, usize)| *len == width || (*len > width && *written <= width);
    let of = |count: usize| count as f64 / widths.len() as f64;
    let share = of(widths.iter().filter(fits).count());
    let is_headed = if first.abs_diff(width) <= 1 { 1.0 } else { 0.5 };
    let is_whole = if is_broken && !is_cut { 0.5 } else { 1.0 };
    let columns = 1.0 - 1.0 / (width as f64 + 1.0);
    share * is_headed * is_whole * columns * (1.0 - 0.5 * of(faults.min(widths.len())))
}

/// Whether the first row of a table holds headings: a heading is no address, number or date, and a table has more rows.
pub(crate) fn guess_headings(first: &Row) -> bool {
    let is_value = |text: &str| {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let is_email = text.split_once('@').is_some_and(|(_, domain)| domain.contains('.'));
        is_email || (digits >= 3 && digits * 2 > text.chars().count())
    };
    !first.cells().any(|cell| is_value(cell.text.trim()))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, delimiter: char, how: DelimiterHow) {
        let guess = guess_delimiter(&mut Cursor::new(text), UTF_8).unwrap();
        assert_eq!(guess, DelimiterGuess { delimiter, how }, "{text:?}");
    }

    #[test]
    fn the_delimiter_is_that_by_which_rows_are_of_one_width() {
        check("a,b\nc,d\n", ',', DelimiterHow::Parsed);
        check("a\tb\nc, d\te\n", '\t', DelimiterHow::Parsed);
        check("name|city\nA, B, C|x\nD, E|y\n", '|', DelimiterHow::Parsed);
        check("name;says\nA;one, two, three\nB;one, two, three\n", ';', DelimiterHow::Parsed);
        // The heading is one cell short.
        check("name;says;at\nA;one, two;3;x\nB;one, two;4;x\n", ';', DelimiterHow::Parsed);
        check("name,at\nA,12:30\nB,14:30\n", ',', DelimiterHow::Parsed);
    }

    #[test]
    fn a_line_may_say_it() {
        check("sep=|\na,b|c,d\n", '|', DelimiterHow::SepLine);
        check("\"sep=;\"\r\na,b;c\r\n", ';', DelimiterHow::SepLine);
        check("sepal,petal\n1,2\n", ',', DelimiterHow::Parsed);
    }

    #[test]
    fn one_column_has_no_delimiter() {
        check("email\na@example.org\nb@example.org\n", ',', DelimiterHow::OneColumn);
    }
}
