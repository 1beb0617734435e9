//! From drafts to signatures, and signatures as bytes.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod anything;
mod bytes;
mod meant;
mod typed;

use petition::{
    Address, Consents, Draft, Facts, Field, Ink, Method, PaperLine, Petition, Problem, ProblemCode, SAMPLE,
    Severity,
};
use uuid::Uuid;

use typed::{asks_everything, draft, facts, ink, petition};

#[track_caller]
fn check(petition: &Petition, draft: &Draft, expect: &[(Field, ProblemCode)]) {
    let problems = draft.validate(petition, Method::Kiosk);
    let found: Vec<_> = problems.iter().map(|problem| (problem.field, problem.code)).collect();
    assert_eq!(found, expect);
    assert_eq!(draft.sign(petition, facts(), true).is_err(), problems.iter().any(Problem::is_error));
    assert_eq!(draft.sign(petition, facts(), false).is_err(), !problems.is_empty());
}

#[test]
fn everything_missing_is_said_at_once_in_the_order_of_the_form() {
    use ProblemCode::{AgeNotStated, Missing};
    check(
        &asks_everything("required"),
        &Draft::default(),
        &[
            (Field::FullName, Missing),
            (Field::Email, Missing),
            (Field::Phone, Missing),
            (Field::Country, Missing),
            (Field::PostalCode, Missing),
            (Field::City, Missing),
            (Field::Region, Missing),
            (Field::Street, Missing),
            (Field::Comment, Missing),
            (Field::Ink, Missing),
            (Field::OfAge, AgeNotStated),
        ],
    );
    check(&asks_everything("optional"), &Draft::default(), &[(Field::FullName, Missing)]);
    check(&asks_everything("optional"), &draft(" \u{200b}\u{200d} ", |_| {}), &[(Field::FullName, Missing)]);
    check(&asks_everything("optional"), &draft("Ada", |draft| draft.ink = Some(Ink::default())), &[]);
}

#[test]
fn what_is_missing_on_paper_is_told_and_stops_nothing_and_its_handwriting_stays_there() {
    use ProblemCode::{AgeNotStated, Missing};
    let everything = asks_everything("required");
    let on_paper = draft("Ada", |_| {});
    let problems = on_paper.validate(&everything, Method::Paper);
    assert!(problems.iter().all(|problem| problem.severity == Severity::Warning));
    let found: Vec<_> = problems.iter().map(|problem| (problem.field, problem.code)).collect();
    assert_eq!(
        found,
        [
            (Field::Email, Missing),
            (Field::Phone, Missing),
            (Field::Country, Missing),
            (Field::PostalCode, Missing),
            (Field::City, Missing),
            (Field::Region, Missing),
            (Field::Street, Missing),
            (Field::Comment, Missing),
            (Field::OfAge, AgeNotStated),
        ]
    );
    let line = Some(PaperLine { sheet: 7, line: 3 });
    let facts = Facts { method: Method::Paper, paper: line, ..facts() };
    let signature = on_paper.sign(&everything, facts, true).ok().unwrap();
    assert_eq!((signature.method, signature.paper), (Method::Paper, line));
    assert_eq!((signature.of_age, signature.ink.is_none()), (Some(false), true));
    let nameless = draft(" ", |_| {}).validate(&everything, Method::Paper);
    assert_eq!((nameless[0].field, nameless[0].severity), (Field::FullName, Severity::Error));
}

#[test]
fn each_field_has_its_problems() {
    let everything = asks_everything("optional");
    let one = |more: fn(&mut Draft)| draft("Ada", more);
    for (draft, field, code) in [
        (one(|d| d.full_name = "www.x.com".into()), Field::FullName, ProblemCode::LooksLikeUrl),
        (one(|d| d.full_name = "a".repeat(201)), Field::FullName, ProblemCode::TooLong),
        (one(|d| d.full_name = "\u{202e}Ada".into()), Field::FullName, ProblemCode::ControlCharacters),
        (one(|d| d.email = "ada".into()), Field::Email, ProblemCode::EmailNoAt),
        (one(|d| d.email = "ada@ ".into()), Field::Email, ProblemCode::EmailNoDomain),
        (one(|d| d.email = "ada@localhost".into()), Field::Email, ProblemCode::EmailShape),
        (one(|d| d.phone = "5".repeat(61)), Field::Phone, ProblemCode::TooLong),
        (one(|d| d.country = "ZZ".into()), Field::Country, ProblemCode::UnknownCountry),
        (one(|d| d.postal_code = "9".repeat(21)), Field::PostalCode, ProblemCode::TooLong),
        (one(|d| d.city = "é".repeat(101)), Field::City, ProblemCode::TooLong),
        (one(|d| d.region = "\u{7}".into()), Field::Region, ProblemCode::ControlCharacters),
        (one(|d| d.street = "a".repeat(201)), Field::Street, ProblemCode::TooLong),
        (one(|d| d.comment = "a".repeat(1001)), Field::Comment, ProblemCode::TooLong),
        (one(|d| d.comment = "a\u{1b}b".into()), Field::Comment, ProblemCode::ControlCharacters),
        (one(|d| d.ink = Some(ink(819))), Field::Ink, ProblemCode::InkTooLarge),
        (one(|d| d.ink = Some(ink(0))), Field::Ink, ProblemCode::InkShape),
        (one(|d| d.text_hash = "00".into()), Field::FullName, ProblemCode::TextChanged),
        (one(|d| d.petition = Uuid::from_u128(8)), Field::FullName, ProblemCode::TextChanged),
    ] {
        check(&everything, &draft, &[(field, code)]);
        assert_eq!(draft.validate(&everything, Method::Kiosk)[0].severity, Severity::Error, "{code:?}");
    }
}

#[test]
fn odd_values_are_warned_about_and_pass() {
    let everything = asks_everything("optional");
    let odd = draft("42", |draft| {
        draft.country = "us".into();
        draft.postal_code = "K1A 0B1".into();
        draft.phone = "111 111 1111".into();
    });
    check(
        &everything,
        &odd,
        &[
            (Field::FullName, ProblemCode::NoLetters),
            (Field::Phone, ProblemCode::PhoneShape),
            (Field::PostalCode, ProblemCode::PostalCodeShape),
        ],
    );
    assert!(
        odd.validate(&everything, Method::Kiosk).iter().all(|problem| problem.severity == Severity::Warning)
    );
    let signature = odd.sign(&everything, facts(), true).unwrap_or_else(|_| unreachable!());
    assert_eq!(signature.full_name, "42");
    assert_eq!(signature.address.postal_code.as_deref(), Some("K1A 0B1"));
}

#[test]
fn a_signature_is_the_draft_normalised() {
    let everything = asks_everything("required");
    let typed = draft("  Zoe\u{308}\t Müller ", |draft| {
        draft.petition = everything.id();
        draft.text_hash = everything.text_hash_hex();
        draft.language = "es".into();
        draft.email = " zoe@example.org ".into();
        draft.phone = "(206) 555-0100".into();
        draft.country = " us ".into();
        draft.postal_code = " 98101 ".into();
        draft.city = " Seattle ".into();
        draft.region = "WA".into();
        draft.street = "1  Main St".into();
        draft.comment = "\r\nBecause. \r\nYes.\n".into();
        draft.of_age = true;
        draft.ink = Some(ink(3));
        draft.send_updates = true;
    });
    check(&everything, &typed, &[]);
    let signature = typed.sign(&everything, facts(), true).unwrap_or_else(|_| unreachable!());
    assert_eq!(signature.id, Uuid::from_u128(1));
    assert_eq!(signature.petition, everything.id());
    assert_eq!(signature.text_hash, everything.text_hash());
    assert_eq!(signature.signed_at, 1_800_000_000);
    assert_eq!(signature.language, "es");
    assert_eq!(signature.full_name, "Zoë Müller");
    assert_eq!(signature.email.as_deref(), Some("zoe@example.org"));
    assert_eq!(signature.phone.as_deref(), Some("+12065550100"));
    let Address { country, postal_code, city, region, street } = &signature.address;
    let address = [country, postal_code, city, region, street].map(|part| part.as_deref().unwrap());
    assert_eq!(address, ["US", "98101", "Seattle", "WA", "1 Main St"]);
    assert_eq!(signature.comment.as_deref(), Some("Because.\nYes."));
    assert_eq!(signature.of_age, Some(true));
    assert!(signature.ink == Some(ink(3)));
    assert_eq!(signature.consents, Consents { public_display: false, updates: true, sharing: false });
}

#[test]
fn a_typed_signature_stands_for_a_drawn_one() {
    let asks = petition("fields:\n  ink: required\n");
    let typed = draft("Zoë Müller", |draft| draft.typed_signature = " Zoe\u{308}  M. ".into());
    check(&asks, &typed, &[]);
    let signature = typed.sign(&asks, facts(), true).unwrap_or_else(|_| unreachable!());
    assert_eq!(signature.typed_signature.as_deref(), Some("Zoë M."));
    assert!(signature.ink.is_none());
    let both = draft("Zoë Müller", |draft| {
        draft.typed_signature = "Zoë".into();
        draft.ink = Some(ink(3));
    });
    let signature = both.sign(&asks, facts(), true).unwrap_or_else(|_| unreachable!());
    assert!(signature.typed_signature.is_none() && signature.ink == Some(ink(3)));
    let long = draft("Zoë", |draft| draft.typed_signature = "z".repeat(201));
    let problems = long.validate(&asks, Method::Kiosk);
    assert!(problems.iter().any(|p| (p.field, p.code) == (Field::Ink, ProblemCode::TooLong)), "{problems:?}");
}

#[test]
fn what_is_not_asked_is_neither_checked_nor_kept() {
    let nothing = petition("");
    let typed = draft("Ada", |draft| {
        draft.language = "not a language".into();
        draft.email = "no at".into();
        draft.phone = "x".into();
        draft.country = "ZZ".into();
        draft.postal_code = "x".repeat(100);
        draft.city = "c".into();
        draft.region = "\u{0}".into();
        draft.street = "s".into();
        draft.comment = "c".into();
        draft.of_age = true;
        draft.ink = Some(ink(1000));
    });
    check(&nothing, &typed, &[]);
    let kept = typed.sign(&nothing, facts(), true).unwrap_or_else(|_| unreachable!());
    let bare = draft("Ada", |_| {}).sign(&nothing, facts(), true).unwrap_or_else(|_| unreachable!());
    assert!(kept == bare);
    assert_eq!(kept.language, "en");
}

#[test]
fn a_draft_comes_from_the_json_of_a_screen() {
    let json = r#"{"full_name": "Ada", "ink": {"width": 3, "height": 3, "strokes": [[{"x": 1, "y": 2, "pressure": 9}]]}}"#;
    let draft: Draft = serde_json::from_str(json).unwrap();
    assert_eq!((draft.full_name.as_str(), draft.email.as_str()), ("Ada", ""));
    assert!(serde_json::from_str::<Draft>(r#"{"full_name": "Ada", "shoe_size": 9}"#).is_err());
}

#[test]
fn the_sample_can_be_signed_with_one_name() {
    let sample = Petition::parse(Uuid::from_u128(7), 1, SAMPLE).unwrap();
    check(&sample, &draft("Sukarno", |_| {}), &[]);
}
