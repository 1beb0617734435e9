//! The rows of a text table, read as they come.

use std::io::{self, Read};

use csv_core::{ReadRecordResult, ReaderBuilder};
use encoding_rs::{Encoding, UTF_8};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

use super::quotes::{line_ends, quote_faults};
use crate::error::ListError;
use crate::row::{COLUMNS_MAX, ROW_MAX_BYTES, Row};

const CHUNK: usize = 1 << 16;

/// The line that tells a spreadsheet what separates the cells begins so.
const SEP: &[u8] = b"sep=";

/// The rows of a text table.
pub(crate) struct TextRows<R> {
    reader: Utf8<R>,
    core: csv_core::Reader,
    delimiter: u8,
    quotes: bool,
    /// How many columns the first row had.
    columns: usize,
    /// What was read, of which the bytes from `begin` to `at` are of the row at hand, and those up to `end` follow.
    buffer: Vec<u8>,
    begin: usize,
    at: usize,
    end: usize,
    is_over: bool,
    /// The line at `begin`, and whether the byte before it was a carriage return.
    line: u64,
    after_return: bool,
    fields: Vec<u8>,
    ends: Vec<usize>,
}

/// A reader of UTF-8, whatever the file is written in. What is not valid is left to whoever takes the bytes.
enum Utf8<R> {
    Plain(R),
    Decoded(Box<DecodeReaderBytes<R, Vec<u8>>>),
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(reader) => reader.read(buffer),
            Self::Decoded(reader) => reader.read(buffer),
        }
    }
}

impl<R: Read> TextRows<R> {
    /// From a reader that stands at the beginning of the file.
    pub(crate) fn new(
        reader: R,
        encoding: &'static Encoding,
        delimiter: u8,
        quotes: bool,
    ) -> Result<Self, ListError> {
        let reader = if encoding == UTF_8 {
            Utf8::Plain(reader)
        } else {
            let mut builder = DecodeReaderBytesBuilder::new();
            builder.encoding(Some(encoding)).bom_override(false).strip_bom(true);
            Utf8::Decoded(Box::new(builder.build_with_buffer(reader, vec![0; CHUNK])?))
        };
        let core = ReaderBuilder::new().delimiter(delimiter).quoting(quotes).build();
        let mut rows = Self {
            reader,
            core,
            delimiter,
            quotes,
            columns: 0,
            buffer: vec![0; CHUNK],
            begin: 0,
            at: 0,
            end: 0,
            is_over: false,
            line: 1,
            after_return: false,
            fields: vec![0; 1 << 10],
            ends: vec![0; 64],
        };
        rows.skip_beginning()?;
        Ok(rows)
    }

    /// Skips the mark of the encoding, and the line that only says what separates the cells.
    fn skip_beginning(&mut self) -> Result<(), ListError> {
        while self.end < CHUNK && !self.is_over {
            self.fill()?;
        }
        if self.buffer[..self.end].starts_with(b"\xef\xbb\xbf") {
            self.at = 3;
        }
        if let Some((_, length)) = sep_line(&self.buffer[self.at..self.end]) {
            self.at += length;
            self.line += 1;
        }
        self.begin = self.at;
        Ok(())
    }

    /// Reads the next row. False at the end.
    pub(crate) fn next(&mut self, row: &mut Row) -> Result<bool, ListError> {
        let (mut length, mut count) = (0, 0);
        loop {
            // To the parser no bytes are the end of the file.
            if self.at == self.end && !self.is_over {
                self.end_if_too_long()?;
                self.fill()?;
            }
            let input = &self.buffer[self.at..self.end];
            let (result, taken, written, ended) =
                self.core.read_record(input, &mut self.fields[length..], &mut self.ends[count..]);
            self.at += taken;
            length += written;
            count += ended;
            match result {
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(false),
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => {
                    self.end_if_too_long()?;
                    self.fields.resize(self.fields.len() * 2, 0);
                }
                ReadRecordResult::OutputEndsFull if count > COLUMNS_MAX => {
                    return Err(ListError::TooManyColumns { line: self.line });
                }
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
            }
        }
        if count > COLUMNS_MAX {
            return Err(ListError::TooManyColumns { line: self.line });
        }
        let raw = self.skip_line_ends();
        row.begin(self.line);
        row.take_bytes(&self.fields[..length], &self.ends[..count]);
        let raw = &self.buffer[raw];
        if self.quotes && memchr::memchr(b'"', raw).is_some() {
            quote_faults(raw, self.delimiter, self.line, self.columns, row.faults_mut())?;
            self.line += line_ends(raw);
        } else {
            self.line += u64::from(matches!(raw.last(), Some(b'\n' | b'\r')));
        }
        if self.columns == 0 {
            self.columns = count;
        }
        self.after_return = raw.last() == Some(&b'\r');
        self.begin = self.at;
        Ok(true)
    }

    /// Where the row's own bytes are: line ends before them are empty lines, or the rest of the row's before.
    fn skip_line_ends(&mut self) -> std::ops::Range<usize> {
        let mut start = self.begin;
        while start < self.at && matches!(self.buffer[start], b'\r' | b'\n') {
            let byte = self.buffer[start];
            self.line += u64::from(byte == b'\r' || !self.after_return);
            self.after_return = byte == b'\r';
            start += 1;
        }
        start..self.at
    }

    /// Of a row that is longer than any, its quotation marks may say why.
    fn end_if_too_long(&mut self) -> Result<(), ListError> {
        if self.at - self.begin <= ROW_MAX_BYTES {
            return Ok(());
        }
        self.begin = self.skip_line_ends().start;
        let raw = &self.buffer[self.begin..self.at];
        if raw.len() <= ROW_MAX_BYTES {
            return Ok(());
        }
        if self.quotes {
            quote_faults(raw, self.delimiter, self.line, 0, &mut Vec::new())?;
        }
        Err(ListError::RowTooLong { line: self.line })
    }

    /// Reads more behind what is there; the row at hand stays whole.
    fn fill(&mut self) -> Result<(), ListError> {
        if self.begin > 0 {
            self.buffer.copy_within(self.begin..self.end, 0);
            (self.at, self.end, self.begin) = (self.at - self.begin, self.end - self.begin, 0);
        }
        if self.end == self.buffer.len() {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        loop {
            match self.reader.read(&mut self.buffer[self.end..]) {
                Ok(more) => {
                    self.end += more;
                    self.is_over = more == 0;
                    return Ok(());
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// What a first line `sep=;` says, and how long that line is with its end.
pub(super) fn sep_line(text: &[u8]) -> Option<(u8, usize)> {
    let is_quoted = text.first() == Some(&b'"');
    let mark = usize::from(is_quoted);
    let line = text.get(mark..)?;
    if !line.get(..SEP.len())?.eq_ignore_ascii_case(SEP) {
        return None;
    }
    let delimiter = *line.get(SEP.len()).filter(|byte| byte.is_ascii() && !matches!(byte, b'\r' | b'\n'))?;
    let mut length = mark + SEP.len() + 1;
    if is_quoted {
        (text.get(length) == Some(&b'"')).then_some(())?;
        length += 1;
    }
    match text.get(length..)? {
        [b'\r', b'\n', ..] => Some((delimiter, length + 2)),
        [b'\r' | b'\n', ..] => Some((delimiter, length + 1)),
        [] => Some((delimiter, length)),
        _ => None,
    }
}
