//! A workbook of LibreOffice and others (ISO/IEC 26300): its sheets, and the rows of one. Its file holds what each cell shows.

use std::io::{Read, Seek};

use quick_xml::{
    XmlVersion,
    events::{BytesStart, Event},
};

use super::archive::Directory;
use super::format::{plain, shown_or_plain};
use super::xml::{Xml, attribute, for_each_element, push_reference};
use crate::error::ListError;
use crate::row::{COLUMNS_MAX, CellKind, ROW_MAX_BYTES, Row};
use crate::source::Sheet;

/// The most rows of a sheet.
const ROWS_MAX: u64 = 1 << 20;

/// The sheets, in order.
pub(super) fn sheets<R: Read + Seek>(directory: &Directory, mut reader: R) -> Result<Vec<Sheet>, ListError> {
    check_unlocked(directory, &mut reader)?;
    let part = directory.part(reader, "content.xml")?.ok_or(ListError::Damaged)?;
    let (mut sheets, mut is_spreadsheet) = (Vec::new(), false);
    for_each_element(part, |element| {
        match element.local_name().into_inner() {
            "spreadsheet" => is_spreadsheet = true,
            "table" if is_spreadsheet && sheets.len() < 1_000 => {
                let name = attribute(element, "name").unwrap_or_default().into_owned();
                sheets.push(Sheet { name, is_hidden: false });
            }
            _ => {}
        }
        Ok(())
    })?;
    let other = ListError::Other(crate::error::OtherKind::Document);
    if is_spreadsheet { Ok(sheets) } else { Err(other) }
}

fn check_unlocked<R: Read + Seek>(directory: &Directory, reader: R) -> Result<(), ListError> {
    let Some(part) = directory.part(reader, "META-INF/manifest.xml")? else { return Ok(()) };
    for_each_element(part, |element| {
        if element.local_name().into_inner() == "encryption-data" { Err(ListError::Locked) } else { Ok(()) }
    })
}

/// The rows of a sheet.
pub(crate) struct OdsRows<R: Read> {
    xml: Xml<R>,
    line: u64,
    /// The row that is written once and stands several times.
    repeated: Row,
    times: u64,
    is_over: bool,
}

/// The cell that is being read.
#[derive(Default)]
struct Open {
    times: usize,
    kind: String,
    value: String,
    shown: String,
    paragraphs: usize,
    /// How deep in paragraphs, and in remarks beside the cell.
    in_paragraph: bool,
    in_remark: usize,
}

impl<R: Read + Seek> OdsRows<R> {
    /// Begins to read the sheet of that number.
    pub(super) fn open(directory: &Directory, mut reader: R, sheet: usize) -> Result<Self, ListError> {
        check_unlocked(directory, &mut reader)?;
        let part = directory.part(reader, "content.xml")?.ok_or(ListError::Damaged)?;
        let mut xml = Xml::new(part);
        let mut tables = 0;
        loop {
            match xml.next()? {
                Event::Start(element) if element.local_name().into_inner() == "table" => {
                    tables += 1;
                    if tables == sheet + 1 {
                        break;
                    }
                }
                Event::Eof => return Err(ListError::NoSheet),
                _ => {}
            }
        }
        Ok(Self { xml, line: 0, repeated: Row::default(), times: 0, is_over: false })
    }
}

impl<R: Read> OdsRows<R> {
    /// Reads the next row in which anything is written. False at the end.
    pub(super) fn next(&mut self, row: &mut Row) -> Result<bool, ListError> {
        while self.times == 0 {
            if self.is_over || !self.read_row()? {
                self.is_over = true;
                return Ok(false);
            }
        }
        self.times -= 1;
        self.line += 1;
        row.clone_from(&self.repeated);
        row.set_line(self.line);
        Ok(true)
    }

    /// Reads a row as it is written, with how often it stands. False at the end of the sheet.
    fn read_row(&mut self) -> Result<bool, ListError> {
        let mut cell = Open::default();
        let (mut column, mut times) = (0, 1);
        let row = &mut self.repeated;
        loop {
            match self.xml.next()? {
                Event::Start(element) => match element.local_name().into_inner() {
                    "table-row" => {
                        times = count(&element, "number-rows-repeated");
                        row.begin(0);
                        column = 0;
                    }
                    "table-cell" | "covered-table-cell" => cell = Open::of(&element),
                    "annotation" => cell.in_remark += 1,
                    "p" if cell.in_remark == 0 => {
                        if cell.paragraphs > 0 {
                            cell.shown.push('\n');
                        }
                        cell.paragraphs += 1;
                        cell.in_paragraph = true;
                    }
                    _ => {}
                },
                Event::Empty(element) => match element.local_name().into_inner() {
                    "table-row" => self.line += count(&element, "number-rows-repeated"),
                    "table-cell" | "covered-table-cell" => {
                        column += index(count(&element, "number-columns-repeated"));
                    }
                    "s" if cell.in_paragraph => {
                        let spaces = index(count(&element, "c")).min(1_000);
                        cell.shown.extend(std::iter::repeat_n(' ', spaces));
                    }
                    "tab" if cell.in_paragraph => cell.shown.push('\t'),
                    "line-break" if cell.in_paragraph => cell.shown.push('\n'),
                    "p" if cell.in_remark == 0 => cell.paragraphs += 1,
                    _ => {}
                },
                Event::Text(text) if cell.in_paragraph => {
                    cell.shown.push_str(&text.xml_content(XmlVersion::Implicit1_0))
                }
                Event::GeneralRef(reference) if cell.in_paragraph => {
                    push_reference(&mut cell.shown, &reference)
                }
                Event::End(element) => match element.local_name().into_inner() {
                    "p" => cell.in_paragraph = false,
                    "annotation" => cell.in_remark = cell.in_remark.saturating_sub(1),
                    "table-cell" | "covered-table-cell" => {
                        put(row, column, &cell, self.line)?;
                        column += cell.times;
                    }
                    "table-row" if row.is_empty() => self.line += times,
                    "table-row" => {
                        self.times = times;
                        return if self.line + times > ROWS_MAX { Err(ListError::Unpacks) } else { Ok(true) };
                    }
                    "table" => {
                        // Other sheets follow, and at the end the sum that says whether this one is whole.
                        self.xml.read_to_end()?;
                        return Ok(false);
                    }
                    _ => {}
                },
                Event::Eof => return Err(ListError::Damaged),
                _ => {}
            }
            if cell.shown.len() > ROW_MAX_BYTES {
                return Err(ListError::RowTooLong { line: self.line + 1 });
            }
        }
    }
}

impl Open {
    fn of(element: &BytesStart<'_>) -> Self {
        let text = |name| attribute(element, name).unwrap_or_default().into_owned();
        // Of an error the file says both: what its value would be, and that it has none.
        let values = element.attributes().flatten();
        let is_error = values.into_iter().any(|attribute| &*attribute.value == "error");
        let kind = if is_error { "error".to_owned() } else { text("value-type") };
        let value = match kind.as_str() {
            "date" => text("date-value"),
            "boolean" => text("boolean-value"),
            _ => text("value"),
        };
        let times = index(count(element, "number-columns-repeated"));
        Self { times, kind, value, ..Self::default() }
    }
}

fn put(row: &mut Row, column: usize, cell: &Open, line: u64) -> Result<(), ListError> {
    let shown;
    let (text, kind) = match cell.kind.as_str() {
        "float" | "currency" | "percentage" => match cell.value.parse::<f64>() {
            Ok(number) => {
                shown = shown_or_plain(&cell.shown, plain(number));
                (shown.0.as_str(), shown.1)
            }
            Err(_) => (cell.shown.as_str(), CellKind::Text),
        },
        "date" => (cell.value.trim_end_matches("T00:00:00"), CellKind::Date),
        "boolean" => (if cell.value == "true" { "TRUE" } else { "FALSE" }, CellKind::Truth),
        "error" => (cell.shown.as_str(), CellKind::Error),
        _ if cell.shown.starts_with("Err:") => (cell.shown.as_str(), CellKind::Error),
        _ => (cell.shown.as_str(), CellKind::Text),
    };
    if text.is_empty() {
        return Ok(());
    }
    if column + cell.times > COLUMNS_MAX {
        return Err(ListError::TooManyColumns { line: line + 1 });
    }
    (column..column + cell.times).try_for_each(|column| row.put(column, text, kind))
}

/// How often something stands: once unless it says otherwise.
fn count(element: &BytesStart<'_>, name: &str) -> u64 {
    attribute(element, name).and_then(|times| times.parse().ok()).unwrap_or(1)
}

fn index(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX).min(1 << 32)
}
