//! What a printed page says: its letters in the order in which they are drawn, without the spaces between them.

use std::{collections::BTreeMap, path::Path};

use data_encoding::HEXUPPER_PERMISSIVE;
use lopdf::{Dictionary, Document, Object, content::Content};

/// The text of each page of a PDF, without spaces: how far letters stand apart is drawn, and not written.
pub(crate) fn pages(path: &Path) -> Vec<String> {
    let pdf = Document::load(path).unwrap();
    pdf.get_pages().values().map(|page| text_of(&pdf, *page)).collect()
}

/// A text as [`pages`] has it.
pub(crate) fn closed_up(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

fn text_of(pdf: &Document, page: (u32, u16)) -> String {
    let fonts: BTreeMap<_, _> = pdf
        .get_page_fonts(page)
        .unwrap()
        .into_iter()
        .map(|(name, font)| (name, Letters::of(pdf, font)))
        .collect();
    let content = Content::decode(&pdf.get_page_content(page)).unwrap();
    let (mut text, mut font) = (String::new(), None);
    for operation in &content.operations {
        match operation.operator.as_str() {
            "Tf" => font = operation.operands[0].as_name().ok().and_then(|name| fonts.get(name)),
            "Tj" | "'" => text += &font.unwrap().read(&operation.operands[0]),
            "TJ" => {
                let parts = operation.operands[0].as_array().unwrap();
                text.extend(parts.iter().map(|part| font.unwrap().read(part)));
            }
            _ => {}
        }
    }
    closed_up(&text)
}

/// The letters of a font, by the codes that a page has in their place (ISO 32000-1, 9.10.3).
struct Letters {
    bytes: usize,
    of: BTreeMap<u32, String>,
}

impl Letters {
    fn of(pdf: &Document, font: &Dictionary) -> Self {
        let bytes = if font.get(b"Subtype").unwrap().as_name().unwrap() == b"Type0" { 2 } else { 1 };
        let map = font.get(b"ToUnicode").unwrap().as_reference().unwrap();
        let map = pdf.get_object(map).unwrap().as_stream().unwrap();
        let map = String::from_utf8(map.decompressed_content().unwrap()).unwrap();
        let mut of = BTreeMap::new();
        let code = |hex: &str| u32::from_str_radix(hex, 16).unwrap();
        for (begin, end) in [("beginbfchar", "endbfchar"), ("beginbfrange", "endbfrange")] {
            for part in map.split(begin).skip(1).map(|part| part.split(end).next().unwrap()) {
                for line in part.lines().filter(|line| line.starts_with('<')) {
                    let hex: Vec<&str> = line.split(['<', '>', ' ']).filter(|hex| !hex.is_empty()).collect();
                    let letters = HEXUPPER_PERMISSIVE.decode(hex[hex.len() - 1].as_bytes()).unwrap();
                    let units: Vec<u16> =
                        letters.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
                    let (first, last) = (code(hex[0]), code(hex[hex.len() - 2]));
                    for at in first..=last {
                        let mut units = units.clone();
                        *units.last_mut().unwrap() += (at - first) as u16;
                        of.insert(at, String::from_utf16_lossy(&units));
                    }
                }
            }
        }
        Self { bytes, of }
    }

    fn read(&self, operand: &Object) -> String {
        let Object::String(codes, _) = operand else { return String::new() };
        let code = |bytes: &[u8]| bytes.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
        codes.chunks(self.bytes).filter_map(|bytes| self.of.get(&code(bytes))).cloned().collect()
    }
}
