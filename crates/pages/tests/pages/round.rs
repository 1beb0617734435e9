//! Whatever the texts of a petition are, the source that is written of them is a petition with the same texts.

use pages::{FoundReference, Milestone, Parts, read_text, write};
use petition::{Block, Inline, Petition};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

/// Text of a line, with all that Markdown and YAML may take for their own. It has something to see at both ends.
fn line() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z]{1,8}",
        2 => "[ \u{a0}]",
        2 => "[-*_`#>+=~|:.,;!?&<>{}\\[\\]()\"'@%$^/\\\\]{1,3}",
        1 => "[0-9]{1,4}[.)]?",
        1 => "(é|ß|ሀ|ش|й|ї|中|한|“|”|—|…|🌳|e\u{301}|ạ)",
        1 => "(&amp;|&copy|&#35;|<b>|</p>|<!--|https?://a\\.example/x|\\[x\\]\\(y\\)|---|\\*\\*b\\*\\*|\\[\\^1\\]:|~~~|```)",
    ];
    prop::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat()).prop_filter_map(
        "nothing to see",
        |line| {
            let line = line.trim_matches(|c: char| c.is_whitespace()).to_owned();
            (!line.is_empty()).then_some(line)
        },
    )
}

fn nfc(text: &str) -> String {
    text.nfc().collect()
}

fn plain(inlines: &[Inline]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Text { text } | Inline::Link { text, .. } => text.clone(),
            Inline::Emphasis { inlines } | Inline::Strong { inlines } => plain(inlines),
            Inline::Reference { number } => format!("({number})"),
            Inline::Break => "\n".to_owned(),
        })
        .collect()
}

fn of_block(block: &Block) -> String {
    match block {
        Block::Paragraph { inlines } | Block::Heading { inlines, .. } | Block::Quote { inlines } => {
            plain(inlines)
        }
        Block::List { items, .. } => items.iter().map(|item| plain(item)).collect(),
    }
}

/// The Markdown of plain paragraphs, as a page's body is written. A first and last sentence make all between them body.
fn body_of(paragraphs: &[String]) -> (String, Vec<String>) {
    let first = "This is the first sentence of a petition.".to_owned();
    let last = "This is the last sentence of a petition.".to_owned();
    let all = [&[first], paragraphs, &[last]].concat();
    let page = format!("A title of it\n\n{}", all.join("\n\n"));
    let found = read_text(&page).unwrap();
    let numbers: Vec<u32> = found.body.as_ref().unwrap().lines.clone();
    let kept = all.iter().enumerate().filter(|(at, _)| numbers.contains(&u32::try_from(at * 2 + 3).unwrap()));
    (found.body.unwrap().value, kept.map(|(_, text)| nfc(text)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn names_and_notes_are_read_back(title in line(), by in line(), to in line(), at in 1u64..u64::MAX, note in line()) {
        let parts = Parts {
            title: title.clone(), started_by: by.clone(), addressed_to: to.clone(), language: "so".to_owned(), goal: Some(at),
            milestones: vec![Milestone { at, note: note.clone() }], body: "Text.".to_owned(), ..Parts::default()
        };
        let written = write(&parts);
        prop_assert_eq!(&written.problems, &[], "{}", written.source);
        let petition = Petition::parse(Uuid::nil(), 1, &written.source).unwrap();
        prop_assert_eq!(petition.title(), nfc(&title));
        prop_assert_eq!(petition.started_by(), nfc(&by));
        prop_assert_eq!(petition.addressed_to(), nfc(&to));
        prop_assert_eq!(petition.own_goal(), Some(at));
        prop_assert_eq!(petition.language(), "so");
        prop_assert_eq!(petition.milestones().get(&at).cloned(), Some(nfc(&note)));
    }

    #[test]
    fn any_text_is_a_petition_or_its_problem_is_told(text in "\\PC{0,40}|[\\x00-\\x7f\u{202e}\u{2028}\n]{0,20}") {
        let parts = Parts {
            title: text.clone(), started_by: text.clone(), addressed_to: text.clone(), language: "en".to_owned(),
            body: "Text.".to_owned(), ..Parts::default()
        };
        let written = write(&parts);
        match Petition::parse(Uuid::nil(), 1, &written.source) {
            Ok(petition) => {
                prop_assert_eq!(written.problems, []);
                prop_assert_eq!(petition.title(), nfc(text.trim_matches([' ', '\t'])));
                prop_assert_eq!(petition.addressed_to(), petition.title());
            }
            Err(_) => prop_assert!(!written.problems.is_empty()),
        }
    }

    #[test]
    fn plain_paragraphs_are_read_back(paragraphs in prop::collection::vec(line(), 1..6)) {
        let (body, kept) = body_of(&paragraphs);
        let parts = Parts {
            title: "T".to_owned(), started_by: "S".to_owned(), addressed_to: "A".to_owned(), language: "en".to_owned(), body,
            ..Parts::default()
        };
        let written = write(&parts);
        let petition = Petition::parse(Uuid::nil(), 1, &written.source).unwrap();
        prop_assert_eq!(petition.references(), &[]);
        // Items of lists are the lists' own: what is compared is the paragraphs.
        let is_list = petition.body().iter().any(|block| !matches!(block, Block::Paragraph { .. }));
        if !is_list {
            let read: Vec<String> = petition.body().iter().map(of_block).collect();
            prop_assert_eq!(read, kept, "{}", written.source);
        }
    }

    #[test]
    fn references_keep_their_numbers_and_words(texts in prop::collection::btree_map(1u32..999, line(), 1..6), heading in line()) {
        let marks: String = texts.keys().map(|number| format!("({number})")).collect();
        let list: Vec<String> = texts.iter().map(|(number, text)| format!("[{number}] {text}")).collect();
        let page = format!("A title of it\n\nWe ask for it, because of much {marks}.\n\nReferences\n\n{}", list.join("\n\n"));
        let found = read_text(&page).unwrap();
        let mut parts = found.parts();
        parts.references_heading = Some(heading);
        (parts.started_by, parts.addressed_to, parts.language) = ("S".to_owned(), "A".to_owned(), "en".to_owned());
        let written = write(&parts);
        prop_assert_eq!(&written.problems, &[], "{}", written.source);
        let petition = Petition::parse(Uuid::nil(), 1, &written.source).unwrap();
        let read: Vec<(u32, String)> =
            petition.references().iter().map(|reference| (reference.number, plain(&reference.inlines))).collect();
        let expect: Vec<(u32, String)> = texts.into_iter().map(|(number, text)| (number, nfc(&text))).collect();
        prop_assert_eq!(read, expect, "{}", written.source);
        prop_assert_eq!(petition.notes(), &[]);
    }
}

#[test]
fn what_cannot_be_written_is_told() {
    let reference = |number, text: &str| FoundReference { number, text: text.to_owned() };
    let good = Parts {
        title: "T".to_owned(),
        started_by: "S".to_owned(),
        addressed_to: "A".to_owned(),
        language: "en".to_owned(),
        body: "Text (2).".to_owned(),
        references: vec![reference(2, "b"), reference(1, "a")],
        references_heading: Some("Fuentes #".to_owned()),
        ..Parts::default()
    };
    let written = write(&good);
    assert_eq!(written.problems, []);
    assert!(written.source.ends_with("Text (2).\n\n## Fuentes \\#\n\n1. a\n2. b\n"), "{}", written.source);
    let codes = |parts: &Parts| -> Vec<String> {
        write(parts)
            .problems
            .into_iter()
            .map(|problem| format!("{} {}", problem.code, problem.about.unwrap_or_default()))
            .collect()
    };
    let twice = Parts { references: vec![reference(2, "a"), reference(2, "b")], ..good.clone() };
    assert_eq!(codes(&twice), ["page/reference-twice 2"]);
    let open = Parts { body: "Text (2).\n\n```\ncode".to_owned(), ..good };
    assert_eq!(codes(&open), ["page/reference-lost 2", "page/reference-lost 1"]);
    let nothing = Parts::default();
    assert_eq!(
        codes(&nothing),
        [
            "petition/missing-setting title",
            "petition/missing-setting started_by",
            "petition/missing-setting addressed_to",
            "petition/language ",
            "petition/no-text "
        ]
    );
}
