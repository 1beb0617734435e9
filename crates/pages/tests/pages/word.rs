//! Documents of Word, made here part by part.

use std::io::{Cursor, Write};

use pages::{Found, PageError, Read, Why, read_file};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::{every_line_is_told, petition_of};

/// An archive of these parts.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        archive.start_file(*name, options).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A document of Word with this body.
fn document(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"w\" xmlns:r=\"r\"><w:body>{body}</w:body></w:document>"
    );
    archive(&[&[("word/document.xml", body.as_str())], more].concat())
}

#[track_caller]
fn found(bytes: &[u8]) -> Found {
    match read_file("petition.docx", bytes).unwrap() {
        Read::Page { found } => *found,
        Read::Source { .. } => unreachable!("it is no source"),
    }
}

const STYLES: &str = r#"<w:styles><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
    <w:style w:styleId="Titel"><w:name w:val="Title"/></w:style></w:styles>"#;
const NUMBERING: &str = r#"<w:numbering><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
    <w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num></w:numbering>"#;
const LINKS: &str = r#"<Relationships><Relationship Id="rId5" Target="https://town.example/minutes?a=1&amp;b=2" TargetMode="External"/>
    <Relationship Id="rId6" Target="file:///etc/passwd" TargetMode="External"/></Relationships>"#;
const FOOTNOTES: &str = r#"<w:footnotes><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>no</w:t></w:r></w:p></w:footnote>
    <w:footnote w:id="3"><w:p><w:r><w:t>Minutes of </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>May</w:t></w:r></w:p></w:footnote>
    <w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Map of 1790,</w:t></w:r></w:p><w:p><w:r><w:t>in the archive</w:t></w:r></w:p></w:footnote></w:footnotes>"#;

#[test]
fn a_document_has_its_title_lists_links_and_footnotes() {
    let body = r#"
      <w:p><w:pPr><w:pStyle w:val="Titel"/></w:pPr><w:r><w:t>Keep the mill pond</w:t></w:r></w:p>
      <w:p><w:r><w:t>Started by </w:t></w:r><w:r><w:t>Friends of the Pond &amp; Mill</w:t></w:r></w:p>
      <w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">The pond is </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>older</w:t></w:r>
        <w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t xml:space="preserve"> than the town.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>
        <w:del><w:r><w:delText>It is dry.</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>
        <w:r><w:t xml:space="preserve"> It holds 300 m</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>
        <w:hyperlink r:id="rId5"><w:r><w:t xml:space="preserve"> of water</w:t></w:r></w:hyperlink>
        <w:hyperlink r:id="rId6"><w:r><w:t>.</w:t></w:r></w:hyperlink><w:r><w:footnoteReference w:id="3"/></w:r></w:p>
      <w:p><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr><w:r><w:t>What we ask</w:t></w:r></w:p>
      <w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>to leave it;</w:t></w:r></w:p>
      <w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>to mend it.</w:t></w:r></w:p>
      <w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>now</w:t></w:r></w:p>
      <w:p><w:r><w:t>One line</w:t><w:br/><w:t>and another, which is the last of all.</w:t></w:r></w:p>"#;
    let bytes = document(
        body,
        &[
            ("word/styles.xml", STYLES),
            ("word/numbering.xml", NUMBERING),
            ("word/_rels/document.xml.rels", LINKS),
            ("word/footnotes.xml", FOOTNOTES),
        ],
    );
    let found = found(&bytes);
    every_line_is_told(&found);
    let parts = found.parts();
    assert_eq!(
        (parts.title.as_str(), found.title.as_ref().unwrap().why),
        ("Keep the mill pond", Why::MainHeading)
    );
    assert_eq!(parts.started_by, "Friends of the Pond & Mill");
    assert_eq!(
        parts.body,
        "The pond is **older** than the town.(1) It holds 300 m² [of water](<https://town.example/minutes?a=1&amp;b=2>).(2)\n\n\
         ## What we ask\n\n1. to leave it;\n2. to mend it.\n\n- now\n\nOne line\\\nand another, which is the last of all."
    );
    let references: Vec<(u32, &str)> =
        parts.references.iter().map(|reference| (reference.number, reference.text.as_str())).collect();
    assert_eq!(references, [(2, "Minutes of *May*"), (1, "Map of 1790, in the archive")]);
    assert_eq!((found.references[0].why, found.doubts.len()), (Why::Footnote, 0));
    assert_eq!(petition_of(&found).references().len(), 2);
}

#[test]
fn a_document_that_cannot_be_read_has_a_clear_answer() {
    let check = |bytes: &[u8], expect| assert_eq!(read_file("petition.docx", bytes).err(), Some(expect));
    let good = document("<w:p><w:r><w:t>Text of it</w:t></w:r></w:p>", &[]);
    assert_eq!(found(&good).seen, ["Text of it"]);
    check(&good[..good.len() / 2], PageError::Damaged);
    check(&archive(&[("xl/workbook.xml", "<workbook/>")]), PageError::NotWord);
    check(&document("<w:p>", &[]), PageError::Damaged);
    check(&document("", &[]), PageError::Empty);
    check(&document("<w:p/>", &[("word/styles.xml", "<a></b>")]), PageError::Damaged);
    // 33 MiB of nothing in a few kilobytes.
    let bomb = document(&" ".repeat(33 << 20), &[]);
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    check(&bomb, PageError::TooLarge);
    check(&document(&"<w:p><w:r><w:t>item</w:t></w:r></w:p>".repeat(400_000), &[]), PageError::TooLong);
    // An archive that says it is encrypted.
    let mut locked = good;
    let central = locked.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    locked[6] |= 1;
    locked[central + 8] |= 1;
    check(&locked, PageError::Encrypted);
}

#[test]
fn entities_of_a_document_are_not_expanded() {
    let xml = r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><w:document><w:body><w:p><w:r><w:t>One&b;&#x41;&lt;two</w:t></w:r></w:p></w:body></w:document>"#;
    assert_eq!(found(&archive(&[("word/document.xml", xml)])).seen, ["OneA<two"]);
}

/// A document as deep and as broken as an archive may hold.
#[test]
fn deep_documents_are_read() {
    for piece in ["<w:tbl><w:tr><w:tc>", "<w:p><w:r>", "<w:del>", "<w:hyperlink>"] {
        let deep = piece.repeat(100_000);
        assert_eq!(read_file("a.docx", &document(&deep, &[])).err(), Some(PageError::Damaged), "{piece}");
    }
}
