//! What people type is kept as they meant it: names, addresses and telephone numbers of the countries of twelve languages, row
//! by row (`meant/*.txt`), and what holds for whatever is typed.

use std::collections::BTreeMap;

use petition::{Draft, Field, Method, ProblemCode, Signature};
use proptest::prelude::*;

use crate::typed::{asks_everything, draft, facts};

const NAMES: &str = include_str!("meant/names.txt");
const EMAILS: &str = include_str!("meant/emails.txt");
const PHONES: &str = include_str!("meant/phones.txt");
const ADDRESSES: &str = include_str!("meant/addresses.txt");

/// The rows of a table, each of so many cells, of which at least ten are of each language.
fn rows<const CELLS: usize>(table: &str) -> Vec<[String; CELLS]> {
    let lines = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let rows: Vec<[String; CELLS]> = lines
        .map(|line| {
            let cells: Vec<_> = line.split(" | ").map(unescaped).collect();
            cells.try_into().unwrap_or_else(|_| panic!("{line} has not {CELLS} cells"))
        })
        .collect();
    let mut of_language = BTreeMap::<&str, usize>::new();
    for row in &rows {
        *of_language.entry(&row[0]).or_default() += 1;
    }
    let languages = ["en", "es", "vi", "zh-Hans", "fil", "ko", "so", "am", "ru", "uk", "ar", "fr"];
    for language in languages {
        assert!(of_language.get(language).is_some_and(|rows| *rows >= 10), "{language}");
    }
    rows
}

/// A cell with its `\u{…}` as the signs that they stand for.
fn unescaped(cell: &str) -> String {
    let mut parts = cell.split("\\u{");
    let mut text = parts.next().unwrap().to_owned();
    for part in parts {
        let (code, rest) = part.split_once('}').unwrap();
        text.push(char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap());
        text.push_str(rest);
    }
    text
}

/// What a cell says is kept of what was typed; none where nothing is.
fn meant<'a>(typed: &'a str, kept: &'a str) -> Option<&'a str> {
    match kept {
        "=" => Some(typed),
        "~" => None,
        kept => Some(kept),
    }
}

/// The draft as it is signed, and what its person is told before. Signing refuses nobody here.
fn signed(draft: &Draft, why: &str) -> (Signature, Vec<(Field, ProblemCode)>) {
    let petition = asks_everything("optional");
    let problems = draft.validate(&petition, Method::Kiosk);
    let signature = draft.sign(&petition, facts(), true);
    let told = problems.iter().map(|problem| (problem.field, problem.code)).collect();
    (signature.unwrap_or_else(|_| panic!("refused: {why}: {problems:?}")), told)
}

fn code(told: &str) -> Option<ProblemCode> {
    (told != "-").then(|| serde_json::from_value(told.into()).unwrap())
}

#[test]
fn names_are_kept_as_people_write_them() {
    for [_, typed, kept, told, why] in rows::<5>(NAMES) {
        let (signature, problems) = signed(&draft(&typed, |_| {}), &why);
        assert_eq!(Some(signature.full_name.as_str()), meant(&typed, &kept), "{why}");
        let expect: Vec<_> = code(&told).map(|code| (Field::FullName, code)).into_iter().collect();
        assert_eq!(problems, expect, "{typed}: {why}");
    }
}

#[test]
fn email_addresses_are_kept_as_people_write_them() {
    for [_, typed, kept, why] in rows::<4>(EMAILS) {
        let (signature, problems) = signed(&draft("Ada", |draft| draft.email = typed.clone()), &why);
        assert_eq!(signature.email.as_deref(), meant(&typed, &kept), "{why}");
        assert_eq!(problems, [], "{typed}: {why}");
    }
}

#[test]
fn telephone_numbers_are_kept_as_people_write_them() {
    for [_, country, typed, kept, told, why] in rows::<6>(PHONES) {
        let typed_in = draft("Ada", |draft| {
            draft.phone = typed.clone();
            draft.country = if country == "-" { String::new() } else { country };
        });
        let (signature, problems) = signed(&typed_in, &why);
        let found = signature.phone.as_deref().or(signature.phone_as_typed.as_deref());
        assert_eq!(found, meant(&typed, &kept), "{why}");
        let expect: Vec<_> = code(&told).map(|code| (Field::Phone, code)).into_iter().collect();
        assert_eq!(problems, expect, "{typed}: {why}");
    }
}

#[test]
fn postal_addresses_are_kept_as_people_write_them() {
    let everything = asks_everything("required");
    for row in rows::<10>(ADDRESSES) {
        let [_, country, postal_code, code_kept, city, city_kept, street, street_kept, told, why] = row;
        let postal_code = if postal_code == "~" { String::new() } else { postal_code };
        let typed_in = draft("Ada", |draft| {
            draft.country = country;
            draft.postal_code = postal_code.clone();
            draft.city = city.clone();
            draft.street = street.clone();
        });
        let (signature, problems) = signed(&typed_in, &why);
        let address = &signature.address;
        let found = [&address.postal_code, &address.city, &address.street].map(|part| part.as_deref());
        let kept = [meant(&postal_code, &code_kept), meant(&city, &city_kept), meant(&street, &street_kept)];
        assert_eq!(found, kept, "{why}");
        let expect: Vec<_> = code(&told).map(|code| (Field::PostalCode, code)).into_iter().collect();
        assert_eq!(problems, expect, "{why}");
        if why.contains("nobody has") || why.contains("without postal codes") {
            let required = typed_in.validate(&everything, Method::Kiosk);
            assert!(required.iter().all(|problem| problem.field != Field::PostalCode), "{why}");
        }
    }
}

#[test]
fn postal_codes_that_other_forms_refused_are_kept_and_two_spellings_are_one_area() {
    let told = |country: &str, typed: &str| {
        let typed_in = draft("Ada", |draft| {
            draft.country = country.to_owned();
            draft.postal_code = typed.to_owned();
        });
        let (signature, problems) = signed(&typed_in, typed);
        assert_eq!(signature.address.country.as_deref(), Some(country), "a code decides no country");
        (signature.address.postal_code.clone(), problems)
    };
    for (country, typed, kept) in [
        ("JP", "１００－０００１", "100-0001"),
        ("JP", "1000001", "100-0001"),
        ("IE", "d6wxy45", "D6W XY45"),
        ("IE", "A65 F4E2", "A65 F4E2"),
        ("GB", "bf1 0aa", "BF1 0AA"),
        ("GB", "SW1A1AA", "SW1A 1AA"),
        ("GB", "sw1a 1aa ", "SW1A 1AA"),
        ("CA", "M5V 2T6", "M5V 2T6"),
        ("FR", "20 000", "20000"),
        ("CZ", "110 00", "110 00"),
        ("US", "98101-1234", "98101-1234"),
        ("US", "98101–1234", "98101-1234"),
        ("BR", "01310-100", "01310-100"),
    ] {
        assert_eq!(told(country, typed), (Some(kept.to_owned()), Vec::new()), "{typed}");
    }
    assert_eq!(told("AE", ""), (None, Vec::new()));
    let letters = vec![(Field::PostalCode, ProblemCode::PostalCodeShape)];
    assert_eq!(told("GB", "SWIA IAA"), (Some("SWIA IAA".to_owned()), letters));
    let long = draft("Ada", |draft| {
        draft.country = "GB".to_owned();
        draft.postal_code = "SW1A 1AA Westminster, London, the flat over the bakery, second bell".to_owned();
    });
    let problems = long.validate(&asks_everything("optional"), Method::Kiosk);
    assert!(problems.iter().any(|problem| problem.code == ProblemCode::TooLong), "{problems:?}");
}

#[track_caller]
fn shows(more: fn(&mut Draft), expect: &[(Field, &str)]) {
    let mended = draft("Ada", more).mended(&asks_everything("optional"), Method::Kiosk);
    let found: Vec<_> = mended.iter().map(|mended| (mended.field, mended.kept.as_str())).collect();
    assert_eq!(found, expect);
}

#[test]
fn what_is_mended_is_shown_as_it_is_kept() {
    shows(|_| {}, &[]);
    shows(
        |draft| {
            draft.full_name = "Ａｄａ".into();
            draft.email = "ａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇ".into();
            draft.phone = "206-555-0134".into();
            draft.country = "US".into();
            draft.postal_code = "９８１０１".into();
            draft.street = "１ Main St".into();
        },
        &[
            (Field::FullName, "Ada"),
            (Field::Email, "ada@example.org"),
            (Field::Phone, "+1 206-555-0134"),
            (Field::PostalCode, "98101"),
            (Field::Street, "1 Main St"),
        ],
    );
    shows(
        |draft| {
            draft.full_name = " \u{feff}Ada\u{200b} ".into();
            draft.phone = "+1 206-555-0134".into();
            draft.comment = " Because.\r\nYes. ".into();
        },
        &[],
    );
    // What is refused is told as that, and nothing is said of keeping it.
    shows(|draft| draft.email = "ａｄａ".into(), &[]);
    shows(
        |draft| {
            draft.phone = "044 55 1234 5678".into();
            draft.country = "MX".into();
            draft.postal_code = "x".repeat(99);
        },
        &[(Field::Phone, "044 55 1234 5678")],
    );
}

/// Anything that somebody may type, paste or let a telephone fill in.
const ANYTHING: &str = "[+]?[0-9 ()./-]{0,24}|[０-９－＋（）٠-٩]{0,16}|\\PC{0,20}|.{0,20}|[A-Za-z0-9 ]{0,10}|(\u{200b}|\u{202d}|\u{0}|5|ー|x){0,12}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]
    #[test]
    fn nobody_is_refused_because_of_a_number_or_a_postal_code(
        phone in ANYTHING, postal_code in ANYTHING, country in "|[A-Z]{2}|US|RU|IT|AR|BY|JP|GB|SO|ET|AE", paper: bool
    ) {
        let everything = asks_everything("optional");
        let method = if paper { Method::Paper } else { Method::Kiosk };
        let draft = draft("Ada", |draft| {
            draft.phone = phone;
            draft.postal_code = postal_code;
            draft.country = country;
        });
        let problems = draft.validate(&everything, method);
        let stops = problems.iter().find(|problem| {
            // A text that is too long for any code is told so; no shape of one stops anybody.
            problem.is_error() && problem.field != Field::Country && problem.code != ProblemCode::TooLong
        });
        prop_assert_eq!(stops, None);
    }

    #[test]
    fn what_is_kept_is_kept_again_as_the_same(
        name in ANYTHING, email in "[a-zé用]{1,9} ?[@＠] ?[a-z例]{1,9}[.。][a-z]{2,3}", phone in "[+]?[0-9 ()-]{5,16}",
        postal_code in ANYTHING, country in "US|RU|IT|AR|BY|JP|GB|SO|ET|AE|FR|KR", street in ANYTHING
    ) {
        let everything = asks_everything("optional");
        let first = draft(&name, |draft| {
            draft.email = email;
            draft.phone = phone;
            draft.postal_code = postal_code;
            draft.country = country;
            draft.street = street;
        });
        let Ok(once) = first.sign(&everything, facts(), true) else { return Ok(()) };
        let kept = |text: &Option<String>| text.clone().unwrap_or_default();
        let second = draft(&once.full_name, |draft| {
            draft.email = kept(&once.email);
            draft.phone = once.phone.clone().unwrap_or_else(|| kept(&once.phone_as_typed));
            draft.postal_code = kept(&once.address.postal_code);
            draft.country = kept(&once.address.country);
            draft.street = kept(&once.address.street);
        });
        let Ok(twice) = second.sign(&everything, facts(), true) else { panic!("what was kept is refused") };
        prop_assert!(once == twice);
        prop_assert!(second.mended(&everything, Method::Kiosk).iter().all(|mended| mended.field == Field::Phone));
    }
}
