//! Files: what each kind holds, in whatever encoding it tells, and what cannot be read.

use pages::{Found, PageError, Read, Why, read_file, read_markdown};

use crate::{every_line_is_told, petition_of};

#[track_caller]
fn page(read: Result<Read, PageError>) -> Found {
    match read.unwrap() {
        Read::Page { found } => *found,
        Read::Source { .. } => unreachable!("it is no source"),
    }
}

#[test]
fn a_petitions_source_is_itself() {
    let source = petition::SAMPLE.to_owned();
    assert_eq!(read_markdown(&source).unwrap(), Read::Source { source: source.clone() });
    assert_eq!(read_file("a.txt", source.as_bytes()).unwrap(), Read::Source { source });
    // With a mistake in it, it is one still: the mistake is a petition's to tell.
    let source = "---\ntitle: T\ncolour: red\n---\n\nText.\n".to_owned();
    assert_eq!(read_markdown(&source).unwrap(), Read::Source { source });
}

#[test]
fn a_markdown_file_has_its_title_its_text_and_its_references() {
    let markdown = "# Keep the *mill* pond\n\nStarted by Friends of the Pond\n\nThe pond is **old**[^map] and\nours [2][^why].\n\n\
        ## We ask\n\n1. to leave it;\n3. to [mend](https://a.example/m) it.\n\n   At once.\n\n> It is ours.\n\n\
        ## Sources\n\n2. Minutes, p. 3\n3. Nobody\n\n[^map]: A *map*,\n    of 1790\n[^why]: Said so.\n";
    let found = page(read_file("pond.MD", markdown.as_bytes()));
    every_line_is_told(&found);
    let parts = found.parts();
    assert_eq!(
        (parts.title.as_str(), found.title.as_ref().unwrap().why),
        ("Keep the mill pond", Why::MainHeading)
    );
    assert_eq!(parts.started_by, "Friends of the Pond");
    assert_eq!(
        parts.body,
        "The pond is **old**(1) and ours (2)(2).\n\n## We ask\n\n1. to leave it;\n2. to \
         [mend](<https://a.example/m>) it.\n\nAt once.\n\n> It is ours."
    );
    let references: Vec<(u32, &str)> =
        parts.references.iter().map(|reference| (reference.number, reference.text.as_str())).collect();
    assert_eq!(references, [(1, "A *map*, of 1790"), (2, "Said so."), (2, "Minutes, p. 3"), (3, "Nobody")]);
    assert_eq!(
        serde_json::to_value(&found.doubts).unwrap(),
        serde_json::json!([
            {"code": "reference_twice", "number": 2, "lines": [10, 13]},
            {"code": "reference_without_mark", "number": 3, "lines": [11]},
        ])
    );
}

#[test]
fn the_sample_without_its_settings_is_read_as_it_is_written() {
    let body = petition::SAMPLE.splitn(3, "---\n").nth(2).unwrap();
    let found = page(read_markdown(&format!("# Title of it\n{body}")));
    let petition = petition_of(&found);
    let sample = petition::Petition::parse(uuid::Uuid::nil(), 1, petition::SAMPLE).unwrap();
    assert_eq!(petition.body(), sample.body());
    assert_eq!(petition.references(), sample.references());
    assert_eq!(found.doubts, []);
}

#[test]
fn a_file_is_read_in_the_encoding_that_it_tells() {
    let text = "Título de él\n\nPedimos que la señal se quede donde está, junto al puente.";
    let title = |bytes: &[u8]| page(read_file("x.txt", bytes)).parts().title;
    assert_eq!(title(text.as_bytes()), "Título de él");
    assert_eq!(title(&[b"\xef\xbb\xbf", text.as_bytes()].concat()), "Título de él");
    let utf16: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(title(&utf16), "Título de él");
    let html = b"<html><meta charset=windows-1252><h1>T\xedtulo de \xe9l</h1><p>Texto.</p>";
    assert_eq!(title(html), "Título de él");
    assert_eq!(read_file("x.txt", b"T\xedtulo de \xe9l").err(), Some(PageError::Encoding));
    assert_eq!(read_file("x.html", b"<html>T\xedtulo de \xe9l").err(), Some(PageError::Encoding));
}

#[test]
fn what_is_no_text_has_a_clear_answer() {
    let check = |bytes: &[u8], expect| assert_eq!(read_file("petition.docx", bytes).err(), Some(expect));
    check(b"", PageError::Empty);
    check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", PageError::NotText);
    check(b"%PDF-1.7\n\xb5\xb5\0\0", PageError::NotText);
    check(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0W\0o\0r\0d\0", PageError::OlderWord);
    check(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
        PageError::Encrypted,
    );
    check(&vec![b'x'; pages::FILE_MAX_BYTES + 1], PageError::TooLarge);
    check(&vec![b'x'; 10_000_000], PageError::TooLong);
    for error in [
        PageError::OlderWord,
        PageError::Encrypted,
        PageError::NotWord,
        PageError::Damaged,
        PageError::Encoding,
    ] {
        assert!(error.code().starts_with("page/"), "{error}");
    }
}

/// As deep and as wrong as Markdown can be, in time that grows with its length.
#[test]
fn deep_and_broken_markdown_is_read() {
    let most = 256 * 1024;
    for piece in [
        "> ",
        "- ",
        "*",
        "**a",
        "[",
        "[a](",
        "![",
        "`",
        "<b>",
        "[^1]",
        "[^1]: a\n",
        "1. a\n",
        "# ",
        "&amp;",
        "a\\\n",
        "_a_*",
    ] {
        let found =
            page(read_markdown(&format!("# Title of it all\n\n{}end", piece.repeat(most / piece.len()))));
        assert!(!found.seen.is_empty());
    }
}
