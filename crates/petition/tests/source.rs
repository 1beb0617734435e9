//! Petitions from their source.
#![expect(clippy::unwrap_used, reason = "tests")]

use petition::{Asked, Block, Field, Petition, Reference, SAMPLE, SOURCE_MAX_BYTES};
use serde::Serialize;
use uuid::Uuid;

const SETTINGS: &str = "title: T\nstarted_by: S\naddressed_to: A\n";

fn parse(source: &str) -> Petition {
    Petition::parse(Uuid::nil(), 1, source).unwrap()
}

/// A petition with this body.
fn with_body(body: &str) -> Petition {
    parse(&format!("---\n{SETTINGS}---\n{body}\n"))
}

/// A petition with these settings beside those that every petition needs.
fn with_settings(settings: &str) -> Petition {
    parse(&format!("---\n{SETTINGS}{settings}---\nText.\n"))
}

#[track_caller]
fn check_problems(source: &str, expect: &[&str]) {
    let problems = Petition::parse(Uuid::nil(), 1, source).err().unwrap_or_default();
    let said: Vec<_> = problems.iter().map(|problem| format!("{} {problem}", problem.code())).collect();
    assert_eq!(said, expect);
}

#[test]
fn the_sample_is_read_whole() {
    /// What a screen is given of a petition.
    #[derive(Serialize)]
    struct Page<'a> {
        title: &'a str,
        started_by: &'a str,
        addressed_to: &'a str,
        language: &'a str,
        fields: Vec<(Field, Asked)>,
        text_hash: String,
        body: &'a [Block],
        references: &'a [Reference],
    }
    let sample = parse(SAMPLE);
    assert_eq!(sample.notes(), []);
    let page = Page {
        title: sample.title(),
        started_by: sample.started_by(),
        addressed_to: sample.addressed_to(),
        language: sample.language(),
        fields: sample.fields().collect(),
        text_hash: sample.text_hash_hex(),
        body: sample.body(),
        references: sample.references(),
    };
    insta::assert_json_snapshot!(page);
}

#[test]
fn every_setting_is_read() {
    let petition = with_settings(
        "language: zh-Hans\ngoal: 250\nmilestones:\n  50: Half way\n  10: \"Ten: a start\"\nfields:\n  ink: optional\n  \
         email: required\n  of_age: optional\nminimum_age: 16\nerased_by: 2028-02-29\n",
    );
    assert_eq!(petition.language(), "zh-Hans");
    assert_eq!(petition.own_goal(), Some(250));
    let milestones: Vec<_> = petition.milestones().iter().map(|(at, note)| (*at, note.as_str())).collect();
    assert_eq!(milestones, [(10, "Ten: a start"), (50, "Half way")]);
    let fields: Vec<_> = petition.fields().collect();
    assert_eq!(
        fields,
        [(Field::Email, Asked::Required), (Field::Ink, Asked::Optional), (Field::OfAge, Asked::Required)]
    );
    assert_eq!(petition.asks(Field::FullName), Some(Asked::Required));
    assert_eq!(petition.asks(Field::Phone), None);
    assert_eq!(petition.minimum_age(), Some(16));
    assert_eq!(petition.erased_by(), Some("2028-02-29"));
}

#[test]
fn a_minimum_age_asks_for_its_statement() {
    assert_eq!(
        with_settings("minimum_age: 18\n").fields().collect::<Vec<_>>(),
        [(Field::OfAge, Asked::Required)]
    );
}

#[test]
fn settings_that_look_like_numbers_are_text_where_text_is_meant() {
    let petition = parse("---\ntitle: 2027\nstarted_by: No\naddressed_to: 1.50\n---\nText.\n");
    assert_eq!((petition.title(), petition.started_by(), petition.addressed_to()), ("2027", "No", "1.50"));
    assert_eq!(petition.language(), "en");
}

#[test]
fn all_problems_are_said_at_once_with_their_lines() {
    check_problems(
        "---\ntitle:\nstarted_by: S\ncolour: red\nlanguage: english_uk\ngoal: many\nmilestones:\n  0: none\n  ten: x\n  20:\n\
         fields:\n  full_name: required\n  shoe_size: optional\n  email: perhaps\n  of_age: required\nerased_by: 2027-02-30\n---\n\nBad \u{202e}text\n",
        &[
            "petition/unknown-setting Line 4: There is no setting “colour”. The settings are title, started_by, addressed_to, \
             language, goal, milestones, choices, fields, minimum_age and erased_by.",
            "petition/not-a-number Line 6: The goal must be a whole number from 1, written in digits.",
            "petition/not-a-number Line 8: The count of a milestone must be a whole number from 1, written in digits.",
            "petition/not-a-number Line 9: The count of a milestone must be a whole number from 1, written in digits.",
            "petition/milestone-note Line 10: The milestone at 20 needs a note.",
            "petition/always-asked Line 12: The full name is always asked, so it is not listed among the fields.",
            "petition/unknown-field Line 13: There is no field “shoe_size”. The fields are email, phone, country, postal_code, \
             city, region, street, comment, of_age and ink.",
            "petition/not-asked Line 14: The field “email” must be optional or required.",
            "petition/date Line 16: The date by which signatures are erased must be a day written as YYYY-MM-DD.",
            "petition/missing-setting The setting “title” is missing or empty.",
            "petition/missing-setting The setting “addressed_to” is missing or empty.",
            "petition/language Line 5: The language must be a tag such as en, es or zh-Hans.",
            "petition/age-without-minimum Line 15: The field of_age needs the setting minimum_age: without an age there is \
             nothing to state.",
            "petition/unshowable Line 19: There is a control character, or one that overrides the direction of text. Remove it.",
        ],
    );
}

#[test]
fn a_source_without_settings_or_text_is_refused() {
    let no_settings = "petition/no-settings Line 1: The file must begin with its settings, between two lines of three hyphens (---).";
    for source in [
        "",
        "Just text.",
        "\n---\ntitle: T\n---\nText",
        "Text\n\n---\ntitle: T\n---\n",
        "---\ntitle: T\nText",
    ] {
        check_problems(source, &[no_settings]);
    }
    check_problems(
        &format!("---\n{SETTINGS}---\n \n\t\n"),
        &["petition/no-text There is no text after the settings."],
    );
    check_problems(
        &" ".repeat(SOURCE_MAX_BYTES + 1),
        &["petition/too-large The file is too large to be a petition."],
    );
    check_problems(
        &format!("---\n{SETTINGS}minimum_age: 0\n---\nText"),
        &["petition/minimum-age Line 5: The minimum age must be a whole number from 1 to 120."],
    );
    check_problems(
        "---\ntitle: \"two\\nlines\"\nstarted_by: S\naddressed_to: A\n---\nText",
        &["petition/not-one-line Line 2: The setting “title” must be one line of plain text."],
    );
}

#[test]
fn settings_that_are_no_settings_are_refused_with_their_line() {
    for (source, line) in [
        ("---\ntitle: T\ntitle: U\nstarted_by: S\naddressed_to: A\n---\nText", 3),
        ("---\ntitle: T\nstarted_by: [S]\naddressed_to: A\n---\nText", 3),
        ("---\ntitle: T\nstarted_by: S\naddressed_to: A\nfields: all\n---\nText", 5),
        ("---\ntitle: T\nstarted_by: \"S\naddressed_to: A\n---\nText", 0),
    ] {
        let problems = Petition::parse(Uuid::nil(), 1, source).err().unwrap_or_default();
        assert!(!problems.is_empty(), "{source}");
        assert_eq!(problems[0].code(), "petition/settings", "{source}: {}", problems[0]);
        assert!(!problems[0].to_string().contains("at line"), "{source}: {}", problems[0]);
        if line > 0 {
            assert_eq!(problems[0].line, Some(line), "{source}: {}", problems[0]);
        }
    }
}

#[test]
fn the_hash_is_of_what_is_signed_and_of_nothing_else() {
    let plain = parse("---\ntitle: Café\nstarted_by: S\naddressed_to: A\n---\nOne\ntwo\n");
    for same in [
        "---\ntitle: Cafe\u{301}\nstarted_by: S\naddressed_to: A\n---\nOne\ntwo\n",
        "\u{feff}---\r\ntitle: Café\r\nstarted_by: S\r\naddressed_to: A\r\n---\r\n\r\nOne  \r\ntwo\t\r\n\r\n",
        "---\naddressed_to: A\ngoal: 5\nfields: {email: required}\nstarted_by: S\ntitle: 'Café'\nlanguage: en\n---\n \t\n\nOne\rtwo",
    ] {
        assert_eq!(parse(same).text_hash(), plain.text_hash(), "{same:?}");
        assert_eq!(parse(same).body(), plain.body(), "{same:?}");
    }
    for other in [
        "---\ntitle: Cafe\nstarted_by: S\naddressed_to: A\n---\nOne\ntwo\n",
        "---\ntitle: Café\nstarted_by: SA\naddressed_to: A\n---\nOne\ntwo\n",
        "---\ntitle: Café\nstarted_by: S\naddressed_to: A\nlanguage: es\n---\nOne\ntwo\n",
        "---\ntitle: Café\nstarted_by: S\naddressed_to: A\n---\nOne\n\ntwo\n",
        "---\ntitle: Café\nstarted_by: S\naddressed_to: A\n---\n One\ntwo\n",
    ] {
        assert_ne!(parse(other).text_hash(), plain.text_hash(), "{other:?}");
    }
}

#[test]
fn rules_between_paragraphs_do_not_hide_text() {
    let petition = with_body("One.\n\n---\ntwo: 2\n---\n\nThree.");
    let shown = serde_json::to_string(petition.body()).unwrap();
    for word in ["One.", "two: 2", "Three."] {
        assert!(shown.contains(word), "{shown}");
    }
}

#[track_caller]
fn check_body(markdown: &str, expect: serde_json::Value) {
    assert_eq!(serde_json::to_value(with_body(markdown).body()).unwrap(), expect);
}

#[test]
fn blocks_and_inlines_have_the_shape_that_screens_know() {
    let text = |text: &str| serde_json::json!({"kind": "text", "text": text});
    check_body(
        "## A *b* **c**",
        serde_json::json!([{"kind": "heading", "level": 2, "inlines": [text("A "),
            {"kind": "emphasis", "inlines": [text("b")]}, text(" "), {"kind": "strong", "inlines": [text("c")]}]}]),
    );
    check_body(
        "One\ntwo\\\nthree `code` &amp; [site](https://x.example/a?b) <mailto:a@b.co>",
        serde_json::json!([{"kind": "paragraph", "inlines": [text("One two"), {"kind": "break"}, text("three code & "),
            {"kind": "link", "text": "site", "url": "https://x.example/a?b"}, text(" "),
            {"kind": "link", "text": "mailto:a@b.co", "url": "mailto:a@b.co"}]}]),
    );
    check_body(
        "- a\n- b\n  1. c\n  2. d\n\n> q\n>\n> r",
        serde_json::json!([{"kind": "list", "ordered": false, "start": 1, "items": [[text("a")],
            [text("b"), {"kind": "break"}, text("1. c"), {"kind": "break"}, text("2. d")]]},
            {"kind": "quote", "inlines": [text("q"), {"kind": "break"}, text("r")]}]),
    );
    check_body(
        "1. a\n2. b",
        serde_json::json!([{"kind": "list", "ordered": true, "start": 1, "items": [[text("a")], [text("b")]]}]),
    );
    check_body(
        "3. a\n4. b",
        serde_json::json!([{"kind": "list", "ordered": true, "start": 3, "items": [[text("a")], [text("b")]]}]),
    );
    check_body(
        "```\nx\n y\n```",
        serde_json::json!([{"kind": "paragraph", "inlines": [text("x"), {"kind": "break"}, text(" y")]}]),
    );
}

#[test]
fn html_and_scripts_are_text_and_images_are_their_words() {
    let text =
        |text: &str| serde_json::json!([{"kind": "paragraph", "inlines": [{"kind": "text", "text": text}]}]);
    check_body("<script>alert(1)</script>", text("<script>alert(1)</script>"));
    check_body("a <b onclick='x'>c</b>", text("a <b onclick='x'>c</b>"));
    check_body("see [this](javascript:alert(1)) and [that](/etc/passwd)", text("see this and that"));
    check_body("![a *march*](https://x.example/p.png) today", text("a march today"));
}

#[test]
fn a_text_nested_too_deeply_keeps_its_words() {
    let petition = with_body(&format!("{} deep *down*", ">".repeat(5_000)));
    assert!(serde_json::to_string(petition.body()).unwrap().contains("deep down"));
}
