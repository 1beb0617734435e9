//! F20, F21, F23 and F24 as people: columns, countries, postal codes, telephone numbers, dates, the guard.

use std::{
    fs::{self, File},
    io::Cursor,
};

use lists::{
    Answers, DateOrder, Holds, Incoming, Mapping, NoteCode, People, Reading, Repairs, Survey, Table, Why,
    preview, survey, unguarded,
};
use petition::{Draft, Facts, Method, Petition, Signature};
use uuid::Uuid;

use crate::open::{expected, path, source};

/// 25 November 2026.
const NOW: u64 = 1_795_564_800;

fn table(name: &str) -> Table<File> {
    Table::open(File::open(path(name)).unwrap(), &source(name).reading).unwrap()
}

fn mapping(name: &str) -> Mapping {
    preview(table(name), 10).unwrap().mapping
}

fn surveyed(name: &str, answers: &Answers) -> Survey {
    survey(table(name), &mapping(name), answers, NOW).unwrap()
}

fn people(name: &str, answers: &Answers) -> Vec<Incoming> {
    let people = People::new(table(name), &mapping(name), answers, Uuid::nil(), NOW);
    people.map(Result::unwrap).collect()
}

fn named<'a>(people: &'a [Incoming], name: &str) -> &'a Incoming {
    people.iter().find(|one| one.draft.full_name == name).unwrap()
}

fn rows(survey: &Survey, code: NoteCode) -> u64 {
    survey.notes.iter().filter(|note| note.code == code).map(|note| note.rows).sum()
}

/// The draft as a signature of a petition that asks everything.
fn signed(draft: &Draft) -> Signature {
    let petition =
        Petition::parse(Uuid::nil(), 1, &fs::read_to_string(path("petition-a.md")).unwrap()).unwrap();
    let facts = Facts {
        id: Uuid::nil(),
        signed_at: NOW,
        method: Method::Paper,
        shift: None,
        withdrawal_code: None,
        paper: None,
    };
    draft.sign(&petition, facts, true).map_err(|problems| format!("{problems:?}")).unwrap()
}

#[test]
fn two_columns_of_one_name_are_asked_about() {
    let preview = preview(table("F20-two-of-a-name.csv"), 10).unwrap();
    let proposals: Vec<_> = preview.proposals.iter().map(|proposal| (proposal.holds, proposal.why)).collect();
    let (name, email) = ((Holds::FullName, Why::Several), (Holds::Email, Why::Several));
    assert_eq!(proposals, [name, name, email, email]);
    assert_eq!(preview.mapping.columns, [Holds::Ignored; 4]);
}

#[test]
fn a_list_of_two_columns_of_semicolons_is_recognised() {
    let columns = mapping("F20-semicolons.csv").columns;
    assert_eq!(columns, [Holds::FullName, Holds::Email, Holds::PostalCode, Holds::Comment, Holds::SignedAt]);
    let found = surveyed("F20-semicolons.csv", &Answers::default());
    assert_eq!(found.date_order, Some(DateOrder::DayFirst));
    let answers = Answers { date_order: found.date_order, ..Answers::default() };
    let dates: Vec<_> =
        people("F20-semicolons.csv", &answers).iter().map(|one| one.signed_at.unwrap().to_string()).collect();
    let wanted: Vec<String> =
        serde_json::from_value(expected("F20-expected.json")["F20-semicolons.csv"]["dates"].clone()).unwrap();
    assert_eq!(dates, wanted);
    // Who gave no e-mail address is kept.
    assert!(
        people("F20-semicolons.csv", &answers)
            .iter()
            .any(|one| one.draft.email.is_empty() && !one.is_set_aside())
    );
}

#[test]
fn what_a_spreadsheet_lost_is_offered_and_never_made_up() {
    for (name, count) in [("F21-cells.xlsx", 3), ("F21-cells-1904.xlsx", 3)] {
        let found = surveyed(name, &Answers::default());
        assert_eq!(
            (found.rows, found.date_order, found.has_both_orders),
            (10, Some(DateOrder::DayFirst), false)
        );
        let counts = [
            NoteCode::NoughtsLost,
            NoteCode::DayNumber,
            NoteCode::DateOrder,
            NoteCode::DigitsLost,
            NoteCode::NoValue,
        ];
        assert_eq!(counts.map(|code| rows(&found, code)), [2, 1, 1, 1, 5], "{count}");
        // Without an answer nothing is put back.
        let plain = people(name, &Answers::default());
        assert_eq!(named(&plain, "Abel Zipnumber").draft.postal_code, "2139");
        assert_eq!(
            (named(&plain, "Finn Texas").signed_at, named(&plain, "Cleo Ziptext").signed_at),
            (None, None)
        );
    }
}

fn repaired() -> Answers {
    let repairs = Repairs { noughts: true, day_numbers: true, point_noughts: false };
    Answers { date_order: Some(DateOrder::DayFirst), repairs, ..Answers::default() }
}

#[test]
fn postal_codes_and_numbers_are_as_the_cells_show() {
    let people = people("F21-cells.xlsx", &repaired());
    let wanted = expected("F21-expected.json");
    // What is expected begins with the code, or says that there is none.
    for (name, want) in wanted["postal_code"].as_object().unwrap() {
        let code = named(&people, name).draft.postal_code.as_str();
        let want = want.as_str().unwrap();
        let want = want.split([',', ':']).next().unwrap();
        assert_eq!(code, if want == "empty" { "" } else { want }, "{name}");
    }
    for (name, want) in wanted["phone"].as_object().unwrap() {
        let signature = signed(&named(&people, name).draft);
        let want = want.as_str().unwrap().split(',').next().unwrap();
        let want = want.starts_with('+').then(|| want.to_owned());
        assert_eq!((signature.phone.clone(), signature.phone_as_typed.clone()), (want, None), "{name}");
    }
}

#[test]
fn dates_are_those_of_the_files_calendar() {
    for (name, is_1904) in [("F21-cells.xlsx", false), ("F21-cells-1904.xlsx", true)] {
        let people = people(name, &repaired());
        let at = |name: &str| named(&people, name).signed_at.map(|at| at.to_string());
        let day = |day: &str| Some(day.to_owned());
        assert_eq!(at("Abel Zipnumber"), day("2026-03-04"));
        assert_eq!((at("Cleo Ziptext"), at("Dov Zipformula")), (day("2026-04-03"), day("2026-04-13")));
        assert_eq!((at("Edda Ziplong"), at("Gia Leipzig")), (day("2026-03-04"), day("2026-03-04")));
        assert_eq!(at("Hal Timestamp"), day("2026-03-04T23:40:05"));
        assert_eq!(at("Ida Error"), None);
        let finn = named(&people, "Finn Texas");
        let in_future = finn.notes.iter().any(|note| note.code == NoteCode::DateInFuture);
        assert_eq!((at("Finn Texas"), in_future), (if is_1904 { None } else { day("2026-03-04") }, is_1904));
    }
}

#[test]
fn countries_by_any_name_and_none_made_up() {
    let name = "F23-countries.csv";
    assert_eq!(mapping(name).columns, [Holds::FullName, Holds::Email, Holds::Country, Holds::PostalCode]);
    let people = people(name, &Answers::default());
    assert_eq!(people.len(), 20);
    for (email, want) in expected("F23-countries-expected.json").as_object().unwrap() {
        let one = people.iter().find(|one| one.draft.email == *email).unwrap();
        let want = want.as_str().unwrap();
        let code = if want.len() == 2 { want } else { "" };
        assert_eq!(one.draft.country, code, "{email}");
    }
    let found = surveyed(name, &Answers::default());
    let asked: Vec<_> =
        found.countries.iter().map(|one| (one.text.as_str(), one.choices.join(" "), one.rows)).collect();
    assert_eq!(
        asked,
        [("Georgia", "GE US".into(), 1), ("Kosovo", String::new(), 1), ("Yugoslavia", String::new(), 1)]
    );
    let countries = [("Georgia".to_owned(), "US".to_owned()), ("Kosovo".to_owned(), String::new())].into();
    let answered = surveyed(name, &Answers { countries, ..Answers::default() });
    assert_eq!(answered.countries.len(), 1);
}

#[test]
fn our_own_export_comes_back_as_typed() {
    let cases = fs::read_to_string(path("F24-export.jsonl")).unwrap();
    let drafts: Vec<serde_json::Value> = cases
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["draft"].clone())
        .collect();
    // As `docs/csv.md` has it: a mark, the guard before what could run, and none before a number.
    let guarded = |text: &str| {
        if unguarded(&format!("'{text}")) == text { format!("'{text}") } else { text.to_owned() }
    };
    let mut csv = "\u{feff}signature,petition,petition_title,standing,name,email,phone,city,country,comment,signed_at\r\n".to_owned();
    for draft in &drafts {
        let text = |name: &str| draft[name].as_str().unwrap_or_default();
        let cells = [
            "id",
            "p",
            "Title",
            "counted",
            text("full_name"),
            text("email"),
            "",
            text("city"),
            text("country"),
        ];
        let cells = cells
            .map(str::to_owned)
            .into_iter()
            .chain([guarded(text("comment")), "2026-03-04T10:00:00Z".to_owned()]);
        let mut cells: Vec<_> = cells.collect();
        cells[6] = text("phone").replace([' ', '-'], "");
        let quoted: Vec<_> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        csv.push_str(&format!("{}\r\n", quoted.join(",")));
    }
    assert!(csv.contains("'=1+1") && csv.contains("'@council") && csv.contains("\"'t Is genoeg"));
    let reading = Reading::text("UTF-8", ',');
    let open = || Table::open(Cursor::new(csv.as_bytes()), &reading).unwrap();
    let mapping = preview(open(), 10).unwrap().mapping;
    assert!(mapping.is_own);
    let people: Vec<_> =
        People::new(open(), &mapping, &Answers::default(), Uuid::nil(), NOW).map(Result::unwrap).collect();
    for (one, draft) in people.iter().zip(&drafts) {
        assert_eq!(one.draft.comment, draft["comment"].as_str().unwrap_or_default());
        assert_eq!((one.own_id.as_deref(), one.signed_at.unwrap().unix(0)), (Some("id"), 1_772_618_400));
    }
    assert_eq!(people[0].draft.phone, "+12065550150");
    assert_eq!(people.last().unwrap().draft.city, "Orléans");
}
