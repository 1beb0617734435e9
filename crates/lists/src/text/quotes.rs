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
    let mut at = Place::CellBegins;
    let mut line = line;
    // Of the cell in quotation marks: where it begins, and how many delimiters its current line has.
    let (mut opened, mut delimiters) = (line, 0);
    let (mut is_stray_told, mut is_swallowing) = (false, false);
    for (index, &byte) in raw.iter().enumerate() {
        let is_line_end = byte == b'\n' || (byte == b'\r' && raw.get(index + 1) != Some(&b'\n'));
        let is_stray = match at {
            Place::CellBegins if byte == b'"' => {
                (at, opened, delimiters, is_swallowing) = (Place::Quoted, line, 0, false);
                false
            }
            Place::CellBegins | Place::Bare => {
                at = after_bare(byte, delimiter);
                byte == b'"'
            }
            Place::Quoted => {
                if byte == b'"' {
                    at = Place::Closed;
                } else if byte == delimiter {
                    delimiters += 1;
                } else if is_line_end {
                    let is_row = columns >= COLUMNS_MIN && delimiters + 1 >= columns;
                    if is_row && !is_swallowing {
                        is_swallowing = true;
                        faults.push(Fault::RowsInCell { line: opened });
                    }
                    delimiters = 0;
                }
                false
            }
            Place::Closed if byte == b'"' => {
                at = Place::Quoted;
                false
            }
            Place::Closed => {
                at = after_bare(byte, delimiter);
                at == Place::Bare
            }
        };
        if is_stray && !is_stray_told {
            is_stray_told = true;
            faults.push(Fault::StrayQuote { line });
        }
        line += u64::from(is_line_end);
    }
    if at == Place::Quoted { Err(ListError::OpenQuote { line: opened }) } else { Ok(()) }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the beginning of a cell.
    CellBegins,
    /// In a cell without quotation marks.
    Bare,
    /// In one with them.
    Quoted,
    /// After a mark in one with them: it closed the cell, or is one of two that stand for one.
    Closed,
}

fn after_bare(byte: u8, delimiter: u8) -> Place {
    if byte == delimiter || matches!(byte, b'\r' | b'\n') { Place::CellBegins } else { Place::Bare }
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
