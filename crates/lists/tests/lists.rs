//! Lists as platforms and people write them, from their bytes to people.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::io::Cursor;

use lists::{
    Answers, DateOrder, Fault, Holds, Incoming, Mapping, NoteCode, People, Preview, Repairs, Survey, Table,
    Why, look, preview, survey,
};
use uuid::Uuid;

const NOW: u64 = 1_795_564_800;

fn open(text: &str) -> Table<Cursor<&[u8]>> {
    let reading = look(&mut Cursor::new(text.as_bytes())).unwrap().reading;
    Table::open(Cursor::new(text.as_bytes()), &reading).unwrap()
}

fn previewed(text: &str) -> Preview {
    preview(open(text), 3).unwrap()
}

fn surveyed(text: &str) -> Survey {
    survey(open(text), &previewed(text).mapping, &Answers::default(), NOW).unwrap()
}

fn people(text: &str, answers: &Answers) -> Vec<Incoming> {
    let mapping = previewed(text).mapping;
    People::new(open(text), &mapping, answers, Uuid::nil(), NOW).map(Result::unwrap).collect()
}

fn count(survey: &Survey, code: NoteCode) -> u64 {
    survey.notes.iter().filter(|note| note.code == code).map(|note| note.rows).sum()
}

#[test]
fn an_export_of_action_network() {
    let text = "email,first_name,last_name,zip_code,can2_state_abbreviated,Country,Timestamp (EST),can2_subscription_status,uuid\n\
        ada@example.org,Ada,Example,02139,MA,US,2026-03-04 14:05:33 EST,subscribed,11-22\n";
    let [ada] = &people(text, &Answers::default())[..] else { unreachable!() };
    let draft = &ada.draft;
    assert_eq!((draft.full_name.as_str(), draft.email.as_str()), ("Ada Example", "ada@example.org"));
    assert_eq!(
        (draft.postal_code.as_str(), draft.region.as_str(), draft.country.as_str()),
        ("02139", "MA", "US")
    );
    assert_eq!((draft.send_updates, draft.share, ada.own_id.as_deref()), (true, false, Some("11-22")));
    let at = ada.signed_at.unwrap();
    assert_eq!((at.to_string().as_str(), at.unix(0)), ("2026-03-04T14:05:33-05:00", 1_772_651_133));
    assert_eq!((ada.line, ada.notes.len(), ada.draft.id), (2, 0, None));
}

#[test]
fn an_export_of_civicrm_has_names_and_streets_in_parts() {
    let text = "Internal Contact ID,Individual Prefix,First Name,Middle Name,Last Name,Individual Suffix,Street Address,Supplemental Address 1\n\
        7,Dr.,Ada,B.,Example,Jr.,1 Example St,Apt 2\n8,,Bo,,,,,\n";
    let people = people(text, &Answers::default());
    let names: Vec<_> = people.iter().map(|one| one.draft.full_name.as_str()).collect();
    assert_eq!(
        (names, people[0].draft.street.as_str()),
        (vec!["Dr. Ada B. Example Jr.", "Bo"], "1 Example St, Apt 2")
    );
}

#[test]
fn a_form_of_google_in_german() {
    let text = "Zeitstempel;E-Mail-Adresse;Vor- und Nachname *;PLZ;Ort;Land;Begründung\n\
        04.03.2026 14:05:33;ada@example.org;Ada Example;4109;Leipzig;Deutschland;weil\n";
    let found = surveyed(text);
    assert_eq!((count(&found, NoteCode::NoughtsLost), found.countries.len()), (1, 0));
    let answers = Answers { repairs: Repairs { noughts: true, ..Repairs::default() }, ..Answers::default() };
    let [ada] = &people(text, &answers)[..] else { unreachable!() };
    assert_eq!((ada.draft.postal_code.as_str(), ada.draft.country.as_str()), ("04109", "DE"));
    assert_eq!(ada.signed_at.unwrap().to_string(), "2026-03-04T14:05:33");
}

#[test]
fn a_column_without_a_heading_is_known_by_what_is_in_it() {
    let text = "Ada Example,ada@example.org,+1 206-555-0100,98101,2026-03-04,United States\n\
        Bo Example,bo@example.org,(206) 555-0101,98102,2026-03-05,Deutschland\n";
    let preview = previewed(text);
    use Holds::{Country, Email, Ignored, Phone, PostalCode, SignedAt};
    assert_eq!(preview.mapping.columns, [Ignored, Email, Phone, PostalCode, SignedAt, Country]);
    assert_eq!(preview.proposals[0].why, Why::Unknown);
    assert!(preview.proposals[1..].iter().all(|one| one.why == Why::Content));
    // The organizer says what the first is.
    let mut mapping = preview.mapping;
    mapping.columns[0] = Holds::FullName;
    let kept: Mapping = serde_json::from_str(&serde_json::to_string(&mapping).unwrap()).unwrap();
    let people: Vec<_> =
        People::new(open(text), &kept, &Answers::default(), Uuid::nil(), NOW).map(Result::unwrap).collect();
    assert_eq!(
        (people[1].draft.full_name.as_str(), people[1].draft.country.as_str(), people[1].line),
        ("Bo Example", "DE", 2)
    );
}

#[test]
fn of_two_columns_of_a_kind_the_empty_one_is_not_asked_about() {
    let text = "Name,Home Phone,Mobile Phone\nAda,,206-555-0100\nBo,,\n";
    let preview = previewed(text);
    assert_eq!(preview.mapping.columns, [Holds::FullName, Holds::Ignored, Holds::Phone]);
    assert_eq!(preview.proposals[1].why, Why::Empty);
    let both = previewed("Name,Home Phone,Mobile Phone\nAda,206-555-0101,206-555-0100\n");
    assert_eq!(both.mapping.columns[1..], [Holds::Ignored, Holds::Ignored]);
}

#[test]
fn a_family_name_alone_is_the_name() {
    assert_eq!(previewed("Nom;E-mail\nAda Example;a@example.org\n").mapping.columns[0], Holds::FullName);
    assert_eq!(previewed("Nom;Prénom\nExample;Ada\n").mapping.columns, [Holds::Family, Holds::Given]);
}

#[test]
fn the_order_of_dates_is_that_of_the_whole_column_or_asked() {
    let dates = |dates: &[&str]| {
        let rows: Vec<_> = dates.iter().map(|date| format!("Ada,{date}\n")).collect();
        let found = surveyed(&format!("Name,Date\n{}", rows.concat()));
        (found.date_order, found.has_both_orders, count(&found, NoteCode::DateOrder))
    };
    assert_eq!(dates(&["3/4/2026", "13/4/2026"]), (Some(DateOrder::DayFirst), false, 1));
    assert_eq!(dates(&["3/4/2026", "4/13/2026"]), (Some(DateOrder::MonthFirst), false, 1));
    assert_eq!(dates(&["3/4/2026", "4/13/2026", "13/4/2026"]), (None, true, 1));
    assert_eq!(dates(&["3/4/2026", "3/3/2026"]), (None, false, 1));
}

#[test]
fn no_country_is_made_up_and_a_default_is_the_organizers() {
    let text = "Name,Zip,Country\nAda,98101,\nBo,75011,France\n";
    let countries = |answers: &Answers| {
        people(text, answers).iter().map(|one| one.draft.country.clone()).collect::<Vec<_>>()
    };
    assert_eq!(countries(&Answers::default()), ["", "FR"]);
    let answers = Answers { default_country: Some("US".to_owned()), ..Answers::default() };
    assert_eq!(countries(&answers), ["US", "FR"]);
}

#[test]
fn the_guard_of_another_export_comes_off_what_could_run_alone() {
    let text = "Name,Phone,Comment\nAda,'+12065550100,'t Is genoeg\nBo,206-555-0100,'=1+1\n";
    let people = people(text, &Answers::default());
    assert_eq!(
        (people[0].draft.phone.as_str(), people[0].draft.comment.as_str()),
        ("+12065550100", "'t Is genoeg")
    );
    assert_eq!(people[1].draft.comment, "=1+1");
}

#[test]
fn point_noughts_are_offered_back() {
    let text = "Name,Phone,Zip,Country\nAda,12065550100.0,98101.0,US\nBo,1.20656E+10,2E10,US\n";
    let found = surveyed(text);
    assert_eq!((count(&found, NoteCode::PointNought), count(&found, NoteCode::DigitsLost)), (2, 2));
    let repairs = Repairs { point_noughts: true, ..Repairs::default() };
    let people = people(text, &Answers { repairs, ..Answers::default() });
    assert_eq!(
        (people[0].draft.phone.as_str(), people[0].draft.postal_code.as_str()),
        ("12065550100", "98101")
    );
    assert_eq!((people[1].draft.phone.as_str(), people[1].draft.postal_code.as_str()), ("", ""));
}

#[test]
fn consent_is_what_plainly_says_yes() {
    let text = "Name,Opt In\nA,Yes\nB,no\nC,maybe\nD,\nE,1\nF,Oui\n";
    let consents: Vec<_> =
        people(text, &Answers::default()).iter().map(|one| one.draft.send_updates).collect();
    assert_eq!(consents, [true, false, false, false, true, true]);
    assert_eq!(count(&surveyed(text), NoteCode::NotYesOrNo), 1);
}

#[test]
fn rows_that_may_be_shifted_or_name_nobody_are_set_aside() {
    let text = "Name,Comment,Zip\nAda,fine,98101\nBo,so, then,98101\nCy,fine,98101,,\n,fine,98101\n , ,\n";
    let people = people(text, &Answers::default());
    let aside: Vec<_> = people.iter().map(|one| (one.line, one.is_set_aside())).collect();
    assert_eq!(aside, [(2, false), (3, true), (4, false), (5, true)]);
    assert_eq!(people[2].faults, [Fault::HangsOver { cells: 2, is_written: false }]);
    let found = surveyed(text);
    assert_eq!((found.rows, found.faulty), (4, 2));
}

#[test]
fn a_date_after_today_is_none() {
    let text = "Name,Date\nAda,2026-11-25\nBo,2027-03-04\n";
    let people = people(text, &Answers::default());
    assert_eq!(people.iter().map(|one| one.signed_at.is_some()).collect::<Vec<_>>(), [true, false]);
    assert_eq!(people[1].notes[0].code, NoteCode::DateInFuture);
}

#[test]
fn what_goes_to_the_pages_is_written_as_they_expect() {
    let text = "Name,Date,Zip,Country\nAda,2026-03-04 10:00,2139,US\n";
    let [ada] = &people(text, &Answers::default())[..] else { unreachable!() };
    let json = serde_json::to_value(ada).unwrap();
    assert_eq!(json["signed_at"], "2026-03-04T10:00:00");
    assert_eq!(json["notes"], serde_json::json!([{ "column": 2, "code": "noughts_lost" }]));
    assert_eq!(
        serde_json::to_value(Fault::StrayQuote { line: 3 }).unwrap(),
        serde_json::json!({ "code": "stray_quote", "line": 3 })
    );
    let answers: Answers =
        serde_json::from_str(r#"{ "date_order": "day_first", "repairs": { "noughts": true } }"#).unwrap();
    assert!(answers.repairs.noughts && !answers.repairs.day_numbers);
}
