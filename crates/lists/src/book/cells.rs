//! The rows of an XLSX sheet, cell by cell, as they are shown.

use std::io::Read;

use quick_xml::{
    XmlVersion,
    events::{BytesStart, Event},
};

use super::archive::Part;
use super::format::Style;
use super::strings::Strings;
use super::xml::{Xml, attribute, push_reference};
use crate::error::ListError;
use crate::row::{COLUMNS_MAX, CellKind, ROW_MAX_BYTES, Row};

/// The rows of a sheet.
pub(crate) struct SheetRows<R: Read> {
    xml: Xml<R>,
    strings: Strings,
    styles: Vec<Style>,
    is_1904: bool,
    line: u64,
    is_over: bool,
}

/// The cell that is being read.
#[derive(Default)]
struct Open {
    column: usize,
    kind: String,
    style: usize,
    value: String,
    /// Within an element whose text is the value.
    takes: bool,
    is_said: bool,
}

impl<R: Read> SheetRows<R> {
    pub(super) fn new(part: Part<R>, strings: Strings, styles: Vec<Style>, is_1904: bool) -> Self {
        Self { xml: Xml::new(part), strings, styles, is_1904, line: 0, is_over: false }
    }

    /// Whether days are counted from 1904.
    pub(crate) fn is_1904(&self) -> bool {
        self.is_1904
    }

    /// Reads the next row in which anything is written. False at the end.
    pub(super) fn next(&mut self, row: &mut Row) -> Result<bool, ListError> {
        let mut cell = Open::default();
        let mut next_column = 0;
        while !self.is_over {
            match self.xml.next()? {
                Event::Start(element) => match element.local_name().into_inner() {
                    "row" => {
                        self.line = line_of(&element).unwrap_or(self.line + 1);
                        row.begin(self.line);
                        next_column = 0;
                    }
                    "c" => {
                        cell = Open::of(&element, next_column);
                        if cell.column >= COLUMNS_MAX {
                            return Err(ListError::TooManyColumns { line: self.line });
                        }
                        next_column = cell.column + 1;
                    }
                    "v" | "t" => cell.takes = true,
                    "rPh" => cell.is_said = true,
                    _ => {}
                },
                Event::Empty(element) => match element.local_name().into_inner() {
                    "row" => self.line = line_of(&element).unwrap_or(self.line + 1),
                    "c" => next_column = Open::of(&element, next_column).column + 1,
                    _ => {}
                },
                Event::Text(text) if cell.takes && !cell.is_said => {
                    cell.value.push_str(&text.xml_content(XmlVersion::Implicit1_0));
                }
                Event::CData(text) if cell.takes && !cell.is_said => {
                    cell.value.push_str(&text.xml_content(XmlVersion::Implicit1_0));
                }
                Event::GeneralRef(reference) if cell.takes && !cell.is_said => {
                    push_reference(&mut cell.value, &reference);
                }
                Event::End(element) => match element.local_name().into_inner() {
                    "v" | "t" => cell.takes = false,
                    "rPh" => cell.is_said = false,
                    "c" => put(row, &cell, &self.strings, &self.styles, self.is_1904)?,
                    "row" if !row.is_empty() => return Ok(true),
                    "sheetData" => {
                        // What follows is no cell, but the sum of all of it says whether the cells are whole.
                        self.xml.read_to_end()?;
                        self.is_over = true;
                    }
                    _ => {}
                },
                // A sheet that ends before its end was not copied whole.
                Event::Eof => return Err(ListError::Damaged),
                _ => {}
            }
            if cell.value.len() > ROW_MAX_BYTES {
                return Err(ListError::RowTooLong { line: self.line });
            }
        }
        Ok(false)
    }
}

impl Open {
    fn of(element: &BytesStart<'_>, next_column: usize) -> Self {
        let column = attribute(element, "r").and_then(|place| column_of(&place)).unwrap_or(next_column);
        let kind = attribute(element, "t").map(std::borrow::Cow::into_owned).unwrap_or_default();
        let style = attribute(element, "s").and_then(|style| style.parse().ok()).unwrap_or(0);
        Self { column, kind, style, ..Self::default() }
    }
}

/// Puts what a cell shows into the row. An empty one is only a place.
fn put(
    row: &mut Row,
    cell: &Open,
    strings: &Strings,
    styles: &[Style],
    is_1904: bool,
) -> Result<(), ListError> {
    let value = cell.value.as_str();
    let shown;
    let (text, kind) = match cell.kind.as_str() {
        "s" => {
            let number = value.trim().parse().map_err(|_| ListError::Damaged)?;
            (strings.get(number).ok_or(ListError::Damaged)?, CellKind::Text)
        }
        "inlineStr" | "str" => (value, CellKind::Text),
        "b" => (if value.trim() == "1" { "TRUE" } else { "FALSE" }, CellKind::Truth),
        "e" => (value, CellKind::Error),
        "d" => (value, CellKind::Date),
        _ => match value.trim().parse::<f64>() {
            Ok(number) => {
                shown = styles.get(cell.style).unwrap_or(&Style::General).show(number, is_1904);
                (shown.0.as_str(), shown.1)
            }
            Err(_) => (value, CellKind::Text),
        },
    };
    if !text.is_empty() {
        row.put(cell.column, text, kind)?;
    }
    Ok(())
}

fn line_of(element: &BytesStart<'_>) -> Option<u64> {
    attribute(element, "r")?.parse().ok()
}

/// The column of a place like `AB12`, counted from 0.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let number = letters
        .take(5)
        .fold(0, |number, letter| number * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    number.checked_sub(1)
}
