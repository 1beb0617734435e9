//! References of a petition: what counts as their list, and the marks in the text that lead to them.
#![expect(clippy::unwrap_used, reason = "tests")]

use petition::{Block, Inline, Petition, Reference, SourceNote};
use uuid::Uuid;

const SETTINGS: &str = "title: T\nstarted_by: S\naddressed_to: A\n";

/// A petition with this body.
fn with_body(body: &str) -> Petition {
    Petition::parse(Uuid::nil(), 1, &format!("---\n{SETTINGS}---\n{body}\n")).unwrap()
}

#[test]
fn numbers_become_references_only_where_there_is_an_entry() {
    let petition = with_body(
        "One (1)(2), *three (1)* and (4) in (2014) or (0) or (x) or (1.\n\n# REFERENCES\n\n1. first\n2. second *s*\n3. third",
    );
    let text = |text: &str| Inline::Text { text: text.to_owned() };
    assert_eq!(
        petition.body(),
        [Block::Paragraph {
            inlines: vec![
                text("One "),
                Inline::Reference { number: 1 },
                Inline::Reference { number: 2 },
                text(", "),
                Inline::Emphasis { inlines: vec![text("three "), Inline::Reference { number: 1 }] },
                text(" and (4) in (2014) or (0) or (x) or (1."),
            ]
        }]
    );
    let numbers: Vec<_> = petition.references().iter().map(|reference| reference.number).collect();
    assert_eq!(numbers, [1, 2, 3]);
    assert_eq!(petition.notes(), [SourceNote::NoSuchReference(4), SourceNote::UnusedReference(3)]);
    assert_eq!(
        petition.notes()[1].to_string(),
        "The list of references has a number 3, but the text does not refer to (3)."
    );
}

#[track_caller]
fn check_references(body: &str, heading: Option<&str>, expect: &[(u32, &str)]) {
    let petition = with_body(body);
    let found: Vec<_> = petition
        .references()
        .iter()
        .map(|Reference { number, inlines }| (*number, serde_json::to_value(inlines).unwrap()))
        .collect();
    let expect: Vec<_> = expect
        .iter()
        .map(|(number, text)| (*number, serde_json::json!([{"kind": "text", "text": text}])))
        .collect();
    assert_eq!((petition.original().references_heading(), found), (heading, expect), "{body}");
}

#[test]
fn references_may_be_headed_in_any_language_where_the_text_refers_to_them() {
    for heading in ["Referencias", "Источники", "参考资料", "المراجع", "Tixraac", "Fuentes *y* notas"]
    {
        let plain = heading.replace('*', "");
        check_references(
            &format!("See (2).\n\n## {heading}\n\n1. a\n2. b"),
            Some(&plain),
            &[(1, "a"), (2, "b")],
        );
    }
    check_references("Nothing.\n\n## REFERENCES\n\n1. a", Some("REFERENCES"), &[(1, "a")]);
    // A list of demands that nothing refers to is text.
    check_references("We ask (9) for:\n\n## Demands\n\n1. a\n2. b", None, &[]);
}

#[test]
fn a_reference_has_the_number_that_was_written() {
    let refs = |list: &str| format!("See (1) and (7).\n\n## References\n\n{list}");
    check_references(&refs("1. a\n3. b\n7. c"), Some("References"), &[(1, "a"), (3, "b"), (7, "c")]);
    check_references(&refs("7) a\n10) b"), Some("References"), &[(7, "a"), (10, "b")]);
    check_references(&refs("  1.  a\n\n  4.  b"), Some("References"), &[(1, "a"), (4, "b")]);
    // All the same, as many write lists: they are counted, as Markdown counts them.
    check_references(&refs("1. a\n1. b\n1. c"), Some("References"), &[(1, "a"), (2, "b"), (3, "c")]);
    check_references(&refs("4. a\n2. b"), Some("References"), &[(4, "a"), (5, "b")]);
}

#[test]
fn footnotes_are_references() {
    let petition = with_body(
        "One[^1] and *two[^note]*, one again[^1].\n\n[^note]: The second.\n\n[^1]: The *first*.\n\nEnd.",
    );
    assert_eq!(
        serde_json::to_value(petition.body()).unwrap(),
        serde_json::json!([
            {"kind": "paragraph", "inlines": [
                {"kind": "text", "text": "One"}, {"kind": "reference", "number": 1}, {"kind": "text", "text": " and "},
                {"kind": "emphasis", "inlines": [{"kind": "text", "text": "two"}, {"kind": "reference", "number": 2}]},
                {"kind": "text", "text": ", one again"}, {"kind": "reference", "number": 1}, {"kind": "text", "text": "."}]},
            {"kind": "paragraph", "inlines": [{"kind": "text", "text": "End."}]},
        ])
    );
    assert_eq!(
        serde_json::to_value(petition.references()).unwrap(),
        serde_json::json!([
            {"number": 1, "inlines": [{"kind": "text", "text": "The "},
                {"kind": "emphasis", "inlines": [{"kind": "text", "text": "first"}]}, {"kind": "text", "text": "."}]},
            {"number": 2, "inlines": [{"kind": "text", "text": "The second."}]},
        ])
    );
    assert_eq!(petition.notes(), []);
    // Beside a list of references, whose numbers stay.
    check_references(
        "See (1), x[^1] and y[^5].\n\n[^1]: f\n[^5]: g\n\n## References\n\n1. a\n2. b",
        Some("References"),
        &[(1, "a"), (2, "b"), (5, "g"), (6, "f")],
    );
    check_references("No such[^x].", None, &[]);
    check_references("In a list:\n\n- one[^a]\n\n  [^a]: f", None, &[(1, "f")]);
    let unused = with_body("Text.\n\n[^3]: f");
    assert_eq!(unused.notes(), [SourceNote::UnusedReference(3)]);
}

#[test]
fn only_an_ordered_list_at_the_end_under_its_heading_is_the_references() {
    for body in [
        "## References\n\n1. a\n\nAnd more (1).",
        "## References\n\n- a",
        "## Sources\n\n1. a",
        "1. a",
        "References\n\n1. a",
    ] {
        let petition = with_body(body);
        assert_eq!(petition.references(), [], "{body}");
        assert!(!petition.body().is_empty(), "{body}");
    }
    let numbered_from_five = with_body("See (5).\n\nReferences\n---\n\n5. five\n6. six");
    assert_eq!(numbered_from_five.references().len(), 2);
    assert_eq!(numbered_from_five.references()[0].number, 5);
}
