//! From drafts to signatures, and signatures as bytes.
#![expect(clippy::unwrap_used, reason = "tests")]

use petition::{
    Address, CONTENT_MAX_BYTES, Consents, Draft, Facts, Field, Ink, Method, PLACE_MAX_BYTES, PaperLine,
    Petition, Point, Problem, ProblemCode, SAMPLE, Severity, Shift, Signature, SignatureError,
    VOLUNTEER_MAX_BYTES, WithdrawalCode,
};
use proptest::prelude::*;
use uuid::Uuid;

const ALL_FIELDS: [&str; 9] =
    ["email", "phone", "country", "postal_code", "city", "region", "street", "comment", "ink"];

/// A petition that asks for everything, all optional or all required.
fn asks_everything(asked: &str) -> Petition {
    let fields: String = ALL_FIELDS.iter().map(|field| format!("  {field}: {asked}\n")).collect();
    let age = if asked == "required" { "minimum_age: 18\n" } else { "" };
    petition(&format!("fields:\n{fields}{age}"))
}

fn petition(settings: &str) -> Petition {
    let source = format!("---\ntitle: T\nstarted_by: S\naddressed_to: A\n{settings}---\n\nText.\n");
    Petition::parse(Uuid::from_u128(7), 1, &source).unwrap()
}

/// A draft of this name, with more typed into it.
fn draft(full_name: &str, more: impl FnOnce(&mut Draft)) -> Draft {
    let mut draft = Draft::default();
    draft.full_name = full_name.to_owned();
    more(&mut draft);
    draft
}

fn facts() -> Facts {
    Facts {
        id: Uuid::from_u128(1),
        signed_at: 1_800_000_059,
        method: Method::Kiosk,
        shift: None,
        withdrawal_code: None,
        paper: None,
    }
}

/// A stroke of this many points in a box of 300 by 100.
fn ink(points: usize) -> Ink {
    Ink { width: 300, height: 100, strokes: vec![vec![Point { x: 1, y: 2, pressure: 128 }; points]] }
}

#[track_caller]
fn check(petition: &Petition, draft: &Draft, expect: &[(Field, ProblemCode)]) {
    let problems = draft.validate(petition);
    let found: Vec<_> = problems.iter().map(|problem| (problem.field, problem.code)).collect();
    assert_eq!(found, expect);
    assert_eq!(draft.sign(petition, facts()).is_err(), problems.iter().any(Problem::is_error));
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
            (Field::OfAge, AgeNotStated),
            (Field::Ink, Missing),
        ],
    );
    check(&asks_everything("optional"), &Draft::default(), &[(Field::FullName, Missing)]);
    check(&asks_everything("optional"), &draft(" \u{200b}\u{200d} ", |_| {}), &[(Field::FullName, Missing)]);
    check(&asks_everything("optional"), &draft("Ada", |draft| draft.ink = Some(Ink::default())), &[]);
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
        (one(|d| d.phone = "206 555 0100".into()), Field::Phone, ProblemCode::PhoneNoCountry),
        (one(|d| d.phone = "call me".into()), Field::Phone, ProblemCode::PhoneShape),
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
        assert_eq!(draft.validate(&everything)[0].severity, Severity::Error, "{code:?}");
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
    assert!(odd.validate(&everything).iter().all(|problem| problem.severity == Severity::Warning));
    let signature = odd.sign(&everything, facts()).unwrap_or_else(|_| unreachable!());
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
    let signature = typed.sign(&everything, facts()).unwrap_or_else(|_| unreachable!());
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
    let signature = typed.sign(&asks, facts()).unwrap_or_else(|_| unreachable!());
    assert_eq!(signature.typed_signature.as_deref(), Some("Zoë M."));
    assert!(signature.ink.is_none());
    let both = draft("Zoë Müller", |draft| {
        draft.typed_signature = "Zoë".into();
        draft.ink = Some(ink(3));
    });
    let signature = both.sign(&asks, facts()).unwrap_or_else(|_| unreachable!());
    assert!(signature.typed_signature.is_none() && signature.ink == Some(ink(3)));
    let long = draft("Zoë", |draft| draft.typed_signature = "z".repeat(201));
    let problems = long.validate(&asks);
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
    let kept = typed.sign(&nothing, facts()).unwrap_or_else(|_| unreachable!());
    let bare = draft("Ada", |_| {}).sign(&nothing, facts()).unwrap_or_else(|_| unreachable!());
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

/// As long as the limits let anything be.
fn longest(petition: &Petition) -> Signature {
    let typed = draft(&"李".repeat(200), |draft| {
        draft.language = format!("en{}-abcd", "-abcdefgh".repeat(3));
        draft.email =
            format!("{}@{}.{}.{}.org", "a".repeat(64), "b".repeat(61), "c".repeat(61), "d".repeat(61));
        draft.phone = "+49 1521 1234567".into();
        draft.country = "DE".into();
        draft.postal_code = "李".repeat(20);
        draft.city = format!("{}aa", "李".repeat(66));
        draft.region = draft.city.clone();
        draft.street = "李".repeat(100);
        draft.comment = "éé".repeat(500);
        draft.of_age = true;
        draft.ink = Some(ink(818));
    });
    let facts = Facts {
        signed_at: u64::MAX,
        shift: Some(Shift { id: Uuid::max(), place: "李".repeat(100), volunteer: "李".repeat(100) }),
        withdrawal_code: Some(WithdrawalCode::from_random([255; 7])),
        paper: Some(PaperLine { sheet: u32::MAX, line: u32::MAX }),
        ..facts()
    };
    let problems = typed.validate(petition);
    assert!(problems.iter().all(|problem| problem.severity == Severity::Warning), "{problems:?}");
    let mut signature = typed.sign(petition, facts).unwrap_or_else(|_| unreachable!());
    signature.phone = Some("+123456789012345".to_owned());
    signature
}

#[test]
fn the_longest_signature_that_the_limits_allow_can_be_sealed() {
    let everything = asks_everything("required");
    let signature = longest(&everything);
    assert_eq!(signature.full_name.len(), 600);
    assert_eq!(signature.email.as_ref().unwrap().len(), 254);
    assert_eq!(signature.address.city.as_ref().unwrap().len(), 200);
    assert_eq!(signature.address.street.as_ref().unwrap().len(), 300);
    assert_eq!(signature.comment.as_ref().unwrap().len(), 2000);
    assert_eq!(signature.shift.as_ref().unwrap().place.len(), PLACE_MAX_BYTES);
    assert_eq!(signature.shift.as_ref().unwrap().volunteer.len(), VOLUNTEER_MAX_BYTES);
    let bytes = signature.to_cbor().unwrap();
    assert!(bytes.len() <= CONTENT_MAX_BYTES, "{}", bytes.len());
    assert!(Signature::from_cbor(&bytes).is_ok_and(|back| back == signature));
}

#[test]
fn a_signature_that_no_one_could_read_back_is_not_written() {
    let good = draft("Ada", |_| {}).sign(&petition(""), facts()).unwrap_or_else(|_| unreachable!());
    let refused = |more: fn(&mut Signature)| {
        let mut signature = good.clone();
        more(&mut signature);
        signature.to_cbor().err()
    };
    assert_eq!(refused(|_| {}), None);
    for (key, more) in [
        (4, (|s| s.signed_at += 1) as fn(&mut Signature)),
        (5, |s| s.language.clear()),
        (7, |s| s.full_name.clear()),
        (7, |s| s.full_name = "e\u{301}".into()),
        (8, |s| s.email = Some(String::new())),
        (9, |s| s.phone = Some("555-0100".into())),
        (10, |s| s.address.country = Some("usa".into())),
        (10, |s| s.address.city = Some(String::new())),
        (11, |s| s.comment = Some(String::new())),
        (13, |s| s.ink = Some(Ink::default())),
        (18, |s| s.typed_signature = Some(String::new())),
        (18, |s| {
            s.ink = Some(ink(3));
            s.typed_signature = Some("Ada".into());
        }),
    ] {
        assert_eq!(refused(more), Some(SignatureError::Value(key)));
    }
    assert_eq!(refused(|s| s.comment = Some("a".repeat(9000))), Some(SignatureError::TooLong));
}

/// Signatures have no `Debug`, so that a failing case shows only its bytes.
#[derive(Clone)]
struct Any(Signature);

impl std::fmt::Debug for Any {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02x?}", self.0.to_cbor().map(|bytes| bytes.to_vec()))
    }
}

prop_compose! {
    fn any_facts()(
        id: u128, minutes in 0..u64::MAX / 60, paper: bool, shift: Option<(u128, String, String)>,
        code: Option<[u8; 7]>, line: Option<(u32, u32)>
    ) -> (u128, u64, bool, Option<(u128, String, String)>, Option<[u8; 7]>, Option<(u32, u32)>) {
        (id, minutes * 60, paper, shift, code, line)
    }
}

prop_compose! {
    fn any_signature()(
        (id, signed_at, paper, shift, code, line) in any_facts(),
        full_name in "[\\p{L}]{1,30}", email: Option<String>, phone in prop::option::of("\\+[1-9][0-9]{1,14}"),
        country in prop::option::of("[A-Z]{2}"), city: Option<String>, street: Option<String>, comment: Option<String>,
        of_age: Option<bool>, typed: Option<String>, points in prop::option::of(1usize..50), consents: (bool, bool, bool), text_hash: [u8; 32]
    ) -> Any {
        let given = |text: Option<String>| text.filter(|text| !text.is_empty());
        Any(Signature {
            id: Uuid::from_u128(id),
            petition: Uuid::from_u128(!id),
            text_hash,
            signed_at,
            language: "am".to_owned(),
            method: if paper { Method::Paper } else { Method::Kiosk },
            full_name: draft(&full_name, |_| {}).sign(&petition(""), facts()).map_or("Ada".to_owned(), |s| s.full_name.clone()),
            email: given(email),
            phone,
            address: {
                let mut address = Address::default();
                address.country = country;
                address.city = given(city);
                address.street = given(street);
                address
            },
            comment: given(comment),
            of_age,
            ink: points.map(ink),
            typed_signature: given(typed).filter(|_| points.is_none()),
            consents: Consents { public_display: consents.0, updates: consents.1, sharing: consents.2 },
            shift: shift.map(|(id, place, volunteer)| Shift { id: Uuid::from_u128(id), place, volunteer }),
            withdrawal_code: code.map(WithdrawalCode::from_random),
            paper: line.map(|(sheet, line)| PaperLine { sheet, line }),
        })
    }
}

proptest! {
    #[test]
    fn a_signature_comes_back_from_its_bytes_and_from_no_others(
        signature in any_signature(), cut: prop::sample::Index, more in prop::collection::vec(any::<u8>(), 1..5)
    ) {
        let bytes = signature.0.to_cbor()?;
        prop_assert!(Signature::from_cbor(&bytes).is_ok_and(|back| back == signature.0));
        prop_assert!(Signature::from_cbor(&bytes[..cut.index(bytes.len())]).is_err());
        let longer = [bytes.as_slice(), &more].concat();
        prop_assert_eq!(Signature::from_cbor(&longer).err(), Some(SignatureError::TrailingBytes));
    }

    #[test]
    fn bytes_that_are_taken_are_the_bytes_that_are_written(
        signature in any_signature(), at: prop::sample::Index, byte: u8
    ) {
        let mut bytes = signature.0.to_cbor()?.to_vec();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(read) = Signature::from_cbor(&bytes) {
            prop_assert!(read.to_cbor()?.as_slice() == bytes);
        }
    }

    #[test]
    fn no_bytes_make_the_decoder_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Signature::from_cbor(&bytes).is_err());
    }

    #[test]
    fn nothing_typed_makes_the_rules_panic_and_what_is_signed_can_be_sealed(
        typed in prop::collection::vec("\\PC{0,40}|.{0,300}|[+0-9() -]{0,20}|[a-z.@]{0,20}|[A-Z]{2}", 12),
        width: u16, height: u16, strokes in prop::collection::vec(prop::collection::vec(any::<(u16, u16, u8)>(), 0..9), 0..5),
        of_age: bool, required: bool
    ) {
        let everything = asks_everything(if required { "required" } else { "optional" });
        let mut typed = typed.into_iter();
        let mut next = || typed.next().unwrap_or_default();
        let draft = draft(&next(), |draft| {
            draft.language = next();
            draft.email = next();
            draft.phone = next();
            draft.country = next();
            draft.postal_code = next();
            draft.city = next();
            draft.region = next();
            draft.street = next();
            draft.comment = next();
            draft.of_age = of_age;
            let strokes = strokes
                .into_iter()
                .map(|stroke| stroke.into_iter().map(|(x, y, pressure)| Point { x, y, pressure }).collect())
                .collect();
            draft.ink = Some(Ink { width, height, strokes });
        });
        let problems = draft.validate(&everything);
        prop_assert!(problems.is_sorted_by_key(|problem| problem.field));
        if let Ok(signature) = draft.sign(&everything, facts()) {
            prop_assert!(problems.iter().all(|problem| !problem.is_error()));
            let bytes = signature.to_cbor()?;
            prop_assert!(Signature::from_cbor(&bytes).is_ok_and(|back| back == signature));
        }
    }
}

#[test]
fn the_sample_can_be_signed_with_one_name() {
    let sample = Petition::parse(Uuid::from_u128(7), 1, SAMPLE).unwrap();
    check(&sample, &draft("Sukarno", |_| {}), &[]);
}
