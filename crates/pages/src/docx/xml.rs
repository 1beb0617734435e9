//! XML as it comes: elements by their local names, attributes, text.

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};

use crate::error::PageError;

/// What stands in a document of XML.
pub(crate) enum Piece<'a> {
    Start(Element<'a>),
    /// The local name.
    End(String),
    Text(String),
}

/// The start of an element.
pub(crate) struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    /// Its name without a prefix.
    pub(crate) fn name(&self) -> String {
        self.0.local_name().as_ref().to_owned()
    }

    /// An attribute, by its name without a prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let attribute =
            attributes.with_checks(false).flatten().find(|found| found.key.local_name().as_ref() == name)?;
        unescape(&attribute.value).ok().map(std::borrow::Cow::into_owned)
    }

    /// The attribute `val`.
    pub(crate) fn value(&self) -> Option<String> {
        self.attribute("val")
    }

    /// Whether a property that stands alone is on.
    pub(crate) fn is_on(&self) -> bool {
        !matches!(self.value().as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// Hands every piece of a document of XML to `take`. An element without content has its end right after its start.
pub(crate) fn read_xml(
    xml: &str,
    mut take: impl FnMut(Piece<'_>) -> Result<(), PageError>,
) -> Result<(), PageError> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().map_err(|_| PageError::Damaged)? {
            Event::Start(start) => take(Piece::Start(Element(start)))?,
            Event::Empty(start) => {
                let element = Element(start);
                let name = element.name();
                take(Piece::Start(element))?;
                take(Piece::End(name))?;
            }
            Event::End(end) => take(Piece::End(end.local_name().as_ref().to_owned()))?,
            Event::Text(text) => take(Piece::Text(text.xml10_content().into_owned()))?,
            Event::CData(text) => take(Piece::Text(text.xml10_content().into_owned()))?,
            Event::GeneralRef(entity) => {
                let name = entity.xml10_content();
                // No entity is expanded but those of XML itself.
                let text = match entity.resolve_char_ref().ok().flatten() {
                    Some(c) => Some(c.to_string()),
                    None => resolve_predefined_entity(&name).map(str::to_owned),
                };
                take(Piece::Text(text.unwrap_or_default()))?;
            }
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}
