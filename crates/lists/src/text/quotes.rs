//! Quotation marks of a row that are not as RFC 4180 has them: the reading of `csv-core` takes any, and tells of none.

use crate::error::ListError;
use crate::row::Fault;

/// A cell that holds a line with as many cells as this file has columns may have swallowed a row; where there are two
/// columns, any comment with a delimiter in it is such a line.
const COLUMNS_MIN: usize = 3;

/// Looks at a row's bytes, of which the first stands in `line`. `columns`: how many the table has, 0 where that is not known yet.
///
/// # Errors
/// A mark that is not closed by the end of the bytes.
pub(super) fn quote_faults(
    raw: &[u8],
    delimiter: u8,
    line: u64,
    columns: usize,
    faults: &mut Vec<Fault>,
) -> Result<(), ListError> {
    let is_end = |byte: &u8| *byte == delimiter || matches!(byte, b'\r' | b'\n');
    let line_at = |place: usize| line + line_ends(&raw[..place]);
    let (mut at, mut is_stray_told) = (0, false);
    while let Some(mark) = memchr::memchr(b'"', &raw[at..]).map(|found| at + found) {
        let opens = mark.checked_sub(1).is_none_or(|before| is_end(&raw[before]));
        let last = if opens {
            let closed = closing(raw, mark).ok_or_else(|| ListError::OpenQuote { line: line_at(mark) })?;
            if holds_row(&raw[mark + 1..closed], delimiter, columns) {
                faults.push(Fault::RowsInCell { line: line_at(mark) });
            }
            closed
        } else {
            mark
        };
        at = last + 1;
        if opens && raw.get(at).is_none_or(is_end) {
            continue;
        }
        if !is_stray_told {
            is_stray_told = true;
            faults.push(Fault::StrayQuote { line: line_at(last) });
        }
        // What is left of the cell is as it stands.
        at += memchr::memchr3(delimiter, b'\r', b'\n', &raw[at..]).unwrap_or(raw.len() - at);
    }
    Ok(())
}

/// Where the mark is that closes the one at `mark`; two together stand for one.
fn closing(raw: &[u8], mark: usize) -> Option<usize> {
    let mut at = mark + 1;
    loop {
        at += memchr::memchr(b'"', &raw[at..])?;
        if raw.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

/// Whether a whole line within a cell has as many delimiters as a row.
fn holds_row(cell: &[u8], delimiter: u8, columns: usize) -> bool {
    if columns < COLUMNS_MIN || memchr::memchr2(b'\r', b'\n', cell).is_none() {
        return false;
    }
    let mut lines = cell.split(|byte| matches!(byte, b'\r' | b'\n'));
    // The last is not whole: it goes on behind the cell.
    lines.next_back();
    lines.any(|line| memchr::memchr_iter(delimiter, line).count() + 1 >= columns)
}

/// How many lines end in a text; CR LF is one end.
pub(super) fn line_ends(text: &[u8]) -> u64 {
    let ends = memchr::memchr2_iter(b'\n', b'\r', text);
    ends.map(|at| u64::from(text[at] == b'\n' || text.get(at + 1) != Some(&b'\n'))).sum()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn faults(raw: &str, columns: usize) -> Result<Vec<Fault>, u64> {
        let mut faults = Vec::new();
        match quote_faults(raw.as_bytes(), b',', 10, columns, &mut faults) {
            Ok(()) => Ok(faults),
            Err(error) => Err(error.line().unwrap()),
        }
    }

    #[test]
    fn good_quotes_are_none() {
        for good in
            ["a,b\n", "\"a\",\"b\"\r\n", "\"a\"\"b\",\"\"\n", "\"a\n\nb; c, d\",e\n", "\"\"\"\"\n", "\"a\""]
        {
            assert_eq!(faults(good, 3), Ok(vec![]), "{good:?}");
        }
    }

    #[test]
    fn strays_are_told_by_line() {
        assert_eq!(faults("Bo \"Bosse,b\n", 2), Ok(vec![Fault::StrayQuote { line: 10 }]));
        assert_eq!(faults("\"a\r\nb\"c,d\n", 2), Ok(vec![Fault::StrayQuote { line: 11 }]));
        assert_eq!(faults("\"a\rb\"c,d\r", 2), Ok(vec![Fault::StrayQuote { line: 11 }]));
    }

    #[test]
    fn an_open_mark_is_told_by_line() {
        assert_eq!(faults("a,\"b\nc,d\ne,f\n", 2), Err(10));
        assert_eq!(faults("\"a\nb\",\"c\n", 2), Err(11));
        assert_eq!(faults("a,\"b\"\"", 2), Err(10));
    }

    #[test]
    fn rows_within_a_cell_are_suspected() {
        let swallowed = "C,c@example.org,\"never\nD,d@example.org,fine\nE,e@example.org,end\"\n";
        assert_eq!(faults(swallowed, 3), Ok(vec![Fault::RowsInCell { line: 10 }]));
        assert_eq!(faults(swallowed, 5), Ok(vec![]));
    }
}
