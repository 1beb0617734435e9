//! The texts of a workbook, each kept once for all cells that show it.

use std::io::{Read, Seek};

use quick_xml::{XmlVersion, events::Event};

use super::archive::Directory;
use super::xml::{Xml, push_reference};
use crate::error::ListError;

/// The most bytes of all texts together: they are the one thing of a workbook that is held whole.
const TEXTS_MAX: usize = 512 << 20;

/// Texts by their numbers.
#[derive(Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    /// The text of that number.
    pub(super) fn get(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)?;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start..end)
    }
}

/// Reads the texts of a workbook.
pub(super) fn read<R: Read + Seek>(
    directory: &Directory,
    reader: R,
    name: &str,
) -> Result<Strings, ListError> {
    let mut strings = Strings::default();
    let Some(part) = directory.part(reader, name)? else { return Ok(strings) };
    let mut xml = Xml::new(part);
    let (mut is_text, mut is_said) = (false, false);
    loop {
        match xml.next()? {
            Event::Start(element) => match element.local_name().into_inner() {
                "t" => is_text = true,
                // How a text is said stands beside it, and is no part of it.
                "rPh" => is_said = true,
                _ => {}
            },
            Event::Empty(element) if element.local_name().into_inner() == "si" => {
                strings.ends.push(strings.text.len())
            }
            Event::End(element) => match element.local_name().into_inner() {
                "t" => is_text = false,
                "rPh" => is_said = false,
                "si" => strings.ends.push(strings.text.len()),
                _ => {}
            },
            Event::Text(text) if is_text && !is_said => {
                strings.text.push_str(&text.xml_content(XmlVersion::Implicit1_0))
            }
            Event::CData(text) if is_text && !is_said => {
                strings.text.push_str(&text.xml_content(XmlVersion::Implicit1_0))
            }
            Event::GeneralRef(reference) if is_text && !is_said => {
                push_reference(&mut strings.text, &reference)
            }
            Event::Eof => return Ok(strings),
            _ => {}
        }
        if strings.text.len() > TEXTS_MAX || strings.ends.len() > TEXTS_MAX / 8 {
            return Err(ListError::Unpacks);
        }
    }
}
