//! Files made for tests: archives, workbooks in both kinds.

use std::io::Write;

use flate2::{Compression, Crc, write::DeflateEncoder};

/// A ZIP archive of these parts, each deflated (APPNOTE 6.3.10, §4.3).
pub(crate) fn archive(parts: &[(&str, &[u8])], flags: u16) -> Vec<u8> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in parts {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        let packed = encoder.finish().unwrap();
        let mut crc = Crc::new();
        crc.update(bytes);
        let mut header = Vec::new();
        header.extend_from_slice(&20_u16.to_le_bytes());
        header.extend_from_slice(&flags.to_le_bytes());
        header.extend_from_slice(&8_u16.to_le_bytes());
        header.extend_from_slice(&[0, 0, 0x21, 0x5c]);
        header.extend_from_slice(&crc.sum().to_le_bytes());
        for length in [packed.len(), bytes.len()] {
            header.extend_from_slice(&u32::try_from(length).unwrap().to_le_bytes());
        }
        header.extend_from_slice(&u16::try_from(name.len()).unwrap().to_le_bytes());
        header.extend_from_slice(&[0, 0]);
        let start = u32::try_from(archive.len()).unwrap();
        archive.extend_from_slice(b"PK\x03\x04");
        archive.extend_from_slice(&header);
        archive.extend_from_slice(name.as_bytes());
        archive.extend_from_slice(&packed);
        directory.extend_from_slice(b"PK\x01\x02\x14\0");
        directory.extend_from_slice(&header);
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&start.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let start = archive.len();
    archive.extend_from_slice(&directory);
    archive.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    let count = u16::try_from(parts.len()).unwrap().to_le_bytes();
    archive.extend_from_slice(&[count, count].concat());
    for length in [directory.len(), start] {
        archive.extend_from_slice(&u32::try_from(length).unwrap().to_le_bytes());
    }
    archive.extend_from_slice(&[0, 0]);
    archive
}

/// An XLSX workbook with these sheets, each the XML of its rows, and these texts.
pub(crate) fn xlsx(sheets: &[(&str, &str)], texts: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut list, mut relations) = (String::new(), String::new());
    let mut parts = Vec::new();
    for (number, (name, rows)) in (1..).zip(sheets) {
        list.push_str(&format!(r#"<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>"#));
        relations.push_str(&format!(
            r#"<Relationship Id="rId{number}" Type="http://x/relationships/worksheet" Target="worksheets/sheet{number}.xml"/>"#
        ));
        let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        parts.push((format!("xl/worksheets/sheet{number}.xml"), sheet));
    }
    parts.push(("xl/workbook.xml".to_owned(), format!("<workbook><sheets>{list}</sheets></workbook>")));
    parts.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!("<Relationships>{relations}</Relationships>"),
    ));
    parts.push(("xl/sharedStrings.xml".to_owned(), format!("<sst>{texts}</sst>")));
    let parts: Vec<_> = parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    archive(&[&parts, more].concat(), 0)
}

/// An ODS workbook with this content between its sheets' beginning and end.
pub(crate) fn ods(content: &str, manifest: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet>{content}</office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = format!("<manifest:manifest>{manifest}</manifest:manifest>");
    archive(&[("content.xml", content.as_bytes()), ("META-INF/manifest.xml", manifest.as_bytes())], 0)
}
