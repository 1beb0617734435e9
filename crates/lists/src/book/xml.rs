//! The XML of a workbook's parts, one event at a time: no event is larger than a cell can be.

use std::borrow::Cow;
use std::io::{self, BufRead, BufReader, Read};

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesRef, BytesStart, Event},
};

use super::archive::Part;
use crate::error::ListError;

/// The most bytes of one event: a cell has at most 32,767 characters.
const EVENT_MAX: usize = 4 << 20;

/// A part as XML.
pub(super) struct Xml<R: Read> {
    reader: Reader<Bounded<R>>,
    buffer: Vec<u8>,
}

/// What is read of a part for one event, within bounds.
struct Bounded<R> {
    part: BufReader<Part<R>>,
    left: usize,
    is_over: bool,
}

impl<R: Read> Xml<R> {
    pub(super) fn new(part: Part<R>) -> Self {
        let part = BufReader::with_capacity(1 << 16, part);
        Self {
            reader: Reader::from_reader(Bounded { part, left: EVENT_MAX, is_over: false }),
            buffer: Vec::new(),
        }
    }

    /// The next event; the last is [`Event::Eof`].
    pub(super) fn next(&mut self) -> Result<Event<'_>, ListError> {
        self.buffer.clear();
        let bounded = self.reader.get_mut();
        bounded.left = EVENT_MAX;
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => Ok(event),
            Err(error) => {
                let bounded = self.reader.get_mut();
                if bounded.is_over {
                    return Err(ListError::Unpacks);
                }
                if let Some(trouble) = bounded.part.get_ref().trouble() {
                    return Err(trouble);
                }
                Err(match error {
                    quick_xml::Error::Io(error) => io::Error::new(error.kind(), error).into(),
                    _ => ListError::Damaged,
                })
            }
        }
    }
}

impl<R: Read> Xml<R> {
    /// Passes over the rest of the part, at whose end its sum is checked.
    pub(super) fn read_to_end(&mut self) -> Result<(), ListError> {
        let part = &mut self.reader.get_mut().part;
        match io::copy(part, &mut io::sink()) {
            Ok(_) => Ok(()),
            Err(error) => Err(part.get_ref().trouble().unwrap_or_else(|| error.into())),
        }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(buffer)?;
        self.consume(length);
        Ok(length)
    }
}

impl<R: Read> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            self.is_over = true;
            return Err(io::ErrorKind::InvalidData.into());
        }
        self.part.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        self.left = self.left.saturating_sub(length);
        self.part.consume(length);
    }
}

/// An attribute's value, by its name without what stands before the colon.
pub(super) fn attribute<'a>(element: &'a BytesStart<'_>, name: &str) -> Option<Cow<'a, str>> {
    let named =
        element.attributes().flatten().find(|attribute| attribute.key.local_name().into_inner() == name)?;
    named.normalized_value(XmlVersion::Implicit1_0).ok()
}

/// Adds what `&amp;` and its like stand for.
pub(super) fn push_reference(text: &mut String, reference: &BytesRef<'_>) {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        text.push(letter);
        return;
    }
    match &**reference {
        "amp" => text.push('&'),
        "lt" => text.push('<'),
        "gt" => text.push('>'),
        "quot" => text.push('"'),
        "apos" => text.push('\''),
        // Entities of a document's own are for attacks.
        _ => text.push('\u{fffd}'),
    }
}

/// A part whose elements are all that matters, each handed to `take`.
pub(super) fn for_each_element<R: Read>(
    part: Part<R>,
    mut take: impl FnMut(&BytesStart<'_>) -> Result<(), ListError>,
) -> Result<(), ListError> {
    let mut xml = Xml::new(part);
    loop {
        match xml.next()? {
            Event::Start(element) | Event::Empty(element) => take(&element)?,
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
