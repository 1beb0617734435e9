//! The text of a document of Word: paragraphs, headings, lists, links, emphasis and notes.

use std::collections::HashMap;
use std::sync::Arc;

use super::setting::Lists;
use super::xml::{Element, Piece, read_xml};
use crate::address::{followed, raised};
use crate::error::PageError;
use crate::line::{LineKind, SheetWriter, Span};

/// What a document says beside its text.
pub(crate) struct Settings {
    pub(crate) headings: HashMap<String, u8>,
    pub(crate) lists: Lists,
    pub(crate) links: HashMap<String, String>,
}

/// The numbers of the notes, footnotes and endnotes, in the order in which the text has their marks.
#[derive(Default)]
pub(crate) struct Notes {
    numbers: HashMap<(&'static str, String), u32>,
}

impl Notes {
    fn mark(&mut self, kind: &'static str, id: String) -> u32 {
        let next = u32::try_from(self.numbers.len() + 1).unwrap_or(u32::MAX);
        *self.numbers.entry((kind, id)).or_insert(next)
    }
}

/// Elements whose text is not the document's: what was deleted or moved away, and what stands in for a newer form.
const PASSED_OVER: [&str; 5] = ["del", "moveFrom", "Fallback", "instrText", "delText"];

/// Reads the document's own text.
pub(crate) fn read_document(
    xml: &str,
    settings: &Settings,
    notes: &mut Notes,
    writer: &mut SheetWriter,
) -> Result<(), PageError> {
    read(xml, Reader::new(settings, notes, writer, false))
}

/// Reads the texts of footnotes or endnotes. One without a mark is left out: Word keeps its lines there too.
pub(crate) fn read_notes(
    xml: &str,
    settings: &Settings,
    notes: &mut Notes,
    writer: &mut SheetWriter,
) -> Result<(), PageError> {
    read(xml, Reader::new(settings, notes, writer, true))
}

fn read(xml: &str, mut reader: Reader<'_>) -> Result<(), PageError> {
    read_xml(xml, |piece| match piece {
        Piece::Start(element) => reader.start(&element),
        Piece::End(name) => {
            reader.end(&name);
            Ok(())
        }
        Piece::Text(text) if reader.is_text => reader.text(&text),
        Piece::Text(_) => Ok(()),
    })?;
    reader.writer.end(LineKind::Text);
    Ok(())
}

struct Reader<'a> {
    settings: &'a Settings,
    notes: &'a mut Notes,
    writer: &'a mut SheetWriter,
    is_notes: bool,
    /// How deep in elements that are passed over.
    passed_over: usize,
    is_text: bool,
    in_properties: bool,
    is_heading: bool,
    /// The list that the paragraph is in, and its level there.
    list: Option<String>,
    level: String,
    /// The next number of each list and level.
    next: HashMap<(String, String), u32>,
    look: Look,
    links: Vec<Option<Arc<str>>>,
}

#[derive(Clone, Copy, Default)]
struct Look {
    strong: bool,
    emphasis: bool,
    raised: bool,
    hidden: bool,
}

impl<'a> Reader<'a> {
    fn new(
        settings: &'a Settings,
        notes: &'a mut Notes,
        writer: &'a mut SheetWriter,
        is_notes: bool,
    ) -> Reader<'a> {
        Reader {
            settings,
            notes,
            writer,
            is_notes,
            passed_over: 0,
            is_text: false,
            in_properties: false,
            is_heading: false,
            list: None,
            level: String::new(),
            next: HashMap::new(),
            look: Look::default(),
            links: Vec::new(),
        }
    }

    fn start(&mut self, element: &Element<'_>) -> Result<(), PageError> {
        let name = element.name();
        if self.passed_over > 0 || PASSED_OVER.contains(&name.as_str()) {
            self.passed_over += 1;
            return Ok(());
        }
        match name.as_str() {
            "footnote" | "endnote" if self.is_notes => {
                self.note(element, if name == "footnote" { FOOT } else { END })
            }
            "p" if self.is_notes => self.text(" ")?,
            "p" => {
                self.writer.begin(None, LineKind::Text);
                (self.list, self.level, self.is_heading) = (None, String::new(), false);
            }
            "pPr" => self.in_properties = true,
            "pStyle" => {
                let level = element.value().and_then(|style| self.settings.headings.get(&style).copied());
                self.heading(level);
            }
            "outlineLvl" => {
                let level = element.value().and_then(|level| level.parse::<u8>().ok());
                self.heading(level.filter(|level| *level < 6).map(|level| level + 1));
            }
            "ilvl" => self.level = element.value().unwrap_or_default(),
            "numId" => self.list = element.value().filter(|list| list != "0"),
            _ if self.in_properties => {}
            "r" => self.look = Look::default(),
            "b" => self.look.strong = element.is_on(),
            "i" => self.look.emphasis = element.is_on(),
            "vanish" => self.look.hidden = element.is_on(),
            "vertAlign" => self.look.raised = element.value().as_deref() == Some("superscript"),
            "t" => self.is_text = true,
            "tab" | "ptab" => self.text(" ")?,
            "noBreakHyphen" => self.text("\u{2011}")?,
            "br" | "cr" if self.is_notes => self.text(" ")?,
            "br" | "cr" => self.writer.break_line(LineKind::Text),
            "hyperlink" => {
                let target = element.attribute("id").and_then(|id| self.settings.links.get(&id));
                self.links.push(target.and_then(|target| followed(target)));
            }
            "footnoteReference" | "endnoteReference" if !self.is_notes => {
                let kind = if name == "footnoteReference" { FOOT } else { END };
                let number = self.notes.mark(kind, element.attribute("id").unwrap_or_default());
                self.look = Look::default();
                self.text(&format!("[{number}]"))?;
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        if self.passed_over > 0 {
            self.passed_over -= 1;
            return;
        }
        match name {
            "pPr" => {
                self.in_properties = false;
                self.item();
            }
            "p" if !self.is_notes => self.writer.end(LineKind::Text),
            "footnote" | "endnote" if self.is_notes => self.writer.end(LineKind::Text),
            "r" => self.look = Look::default(),
            "t" => self.is_text = false,
            "hyperlink" => {
                self.links.pop();
            }
            _ => {}
        }
    }

    fn heading(&mut self, level: Option<u8>) {
        if let Some(level) = level.filter(|_| !self.is_notes) {
            self.is_heading = true;
            self.writer.begin(Some(LineKind::Heading(level)), LineKind::Text);
        }
    }

    /// Makes the paragraph an item, where it is in a list.
    fn item(&mut self) {
        let Some(list) = self.list.take().filter(|_| !self.is_heading && !self.is_notes) else { return };
        let level = std::mem::take(&mut self.level);
        let kind = if self.settings.lists.has_bullets(&list, &level) {
            LineKind::Bullet
        } else {
            let next = self.next.entry((list, level)).or_insert(1);
            *next += 1;
            LineKind::Numbered(*next - 1)
        };
        self.writer.begin(Some(kind), LineKind::Text);
    }

    /// Begins a note, or passes over one that no mark leads to.
    fn note(&mut self, element: &Element<'_>, kind: &'static str) {
        let id = element.attribute("id").unwrap_or_default();
        match self.notes.numbers.get(&(kind, id)) {
            Some(number) => self.writer.begin(Some(LineKind::Footnote(*number)), LineKind::Text),
            None => self.passed_over = 1,
        }
    }

    fn text(&mut self, text: &str) -> Result<(), PageError> {
        if self.look.hidden {
            return Ok(());
        }
        self.writer.text(Span {
            text: if self.look.raised { raised(text) } else { text.to_owned() },
            strong: self.look.strong,
            emphasis: self.look.emphasis,
            address: self.links.last().cloned().flatten(),
        })
    }
}

/// The two kinds of notes.
const FOOT: &str = "footnote";
const END: &str = "endnote";
