//! Paper sheets: kept line by line, corrected until they are closed, sealed all at once.

use std::fs;

use jiff::civil::date;
use petition::{Method, NoteAbout, SheetNote};
use proptest::prelude::*;
use table::{ProblemCode, SheetClosed, SheetEnd, SheetHeading, SheetLine, ShiftClose, Table, TableError};
use uuid::Uuid;

use crate::{
    kit::{NOW, PETITION, draft, end_shift, keys, new_table, rng, sign, signed},
    opened::{notes, opened},
};

fn heading(number: u32) -> SheetHeading {
    SheetHeading {
        version: Some(1),
        language: None,
        petition: PETITION,
        number,
        day: "2026-09-20".into(),
        place: "Church hall".into(),
        volunteer: "P. Okoro".into(),
    }
}

fn entered(name: &str) -> SheetLine {
    SheetLine::Entered { draft: Box::new(draft(name)), as_on_paper: false }
}

fn write(table: &mut Table, lines: &[SheetLine]) {
    for (line, number) in lines.iter().zip(1..) {
        table.set_line(number, line.clone()).unwrap();
    }
}

fn close(table: &mut Table) -> SheetClosed {
    table.close_sheet(&SheetEnd::default(), NOW, &mut rng()).unwrap()
}

#[test]
fn a_sheet_is_sealed_with_its_heading_and_the_lines_of_the_paper() {
    let (_folder, mut table) = signed(2);
    table.open_sheet(&heading(12), NOW).unwrap();
    write(
        &mut table,
        &[entered("Ada Byron"), SheetLine::Struck, SheetLine::Illegible, entered("김서연"), SheetLine::Blank],
    );
    assert_eq!(table.counts().unwrap().saved, 2);
    let closed = close(&mut table);
    let expect = SheetClosed { number: 12, entered: 2, blank: 1, struck: 1, illegible: 1, total: None };
    assert_eq!(closed, expect);
    let counts = table.counts().unwrap();
    assert_eq!((counts.saved, counts.this_shift, counts.waiting), (4, 4, 4));
    let found = opened(&table, 2);
    let lines: Vec<_> = found
        .iter()
        .map(|signature| (signature.full_name.as_str(), signature.paper.map(|line| (line.sheet, line.line))))
        .collect();
    assert_eq!(lines, [("Ada Byron", Some((12, 1))), ("김서연", Some((12, 4)))]);
    for signature in &found {
        let shift = signature.shift.as_ref().unwrap();
        assert_eq!((shift.place.as_str(), shift.volunteer.as_str()), ("Church hall", "P. Okoro"));
        assert_eq!((signature.method, signature.withdrawal_code.is_none()), (Method::Paper, true));
        // 2026-09-20, noon.
        assert_eq!(signature.signed_at, 1_789_905_600);
    }
    assert_ne!(found[0].id, found[1].id);
    let [NoteAbout::Sheet(note)] = &notes(&table, 2)[..] else { panic!("one note of the sheet") };
    let SheetNote { petition, number, day, entered, blank, struck, illegible, total, .. } = note;
    assert_eq!((*petition, *number, *day), (PETITION, 12, 1_789_905_600));
    assert_eq!((*entered, *blank, *struck, *illegible, *total), (2, 1, 1, 1, None));
    // The note waits too, and is no signature.
    assert_eq!(counts.entries_waiting, 5);
}

#[test]
fn ids_that_drafts_bring_are_left_out_so_that_none_keeps_a_sheet_open() {
    let (_folder, mut table) = signed(0);
    let (taken, _) = sign(&mut table, "Kiosk");
    table.open_sheet(&heading(1), NOW).unwrap();
    for number in 1..=2 {
        let mut draft = draft("Ada");
        draft.id = Some(taken);
        let line = SheetLine::Entered { draft: Box::new(draft), as_on_paper: false };
        table.set_line(number, line).unwrap();
    }
    assert_eq!(close(&mut table).entered, 2);
    let ids: std::collections::BTreeSet<_> = opened(&table, 0).iter().map(|signature| signature.id).collect();
    assert_eq!(ids.len(), 3);
}

#[test]
fn a_sheet_is_gone_on_with_after_a_crash_and_nothing_typed_is_left_when_it_is_closed() {
    let folder = tempfile::tempdir().unwrap();
    let mut table = new_table(folder.path());
    table.open_sheet(&heading(1), NOW).unwrap();
    write(&mut table, &[entered("Canaria Zqxjvane"), entered("Amina")]);
    drop(table);
    let mut table = Table::open(folder.path(), keys(), NOW).unwrap();
    let sheet = table.sheet().unwrap().unwrap();
    assert_eq!(sheet.heading, heading(1));
    let names: Vec<_> = sheet
        .lines
        .iter()
        .map(|kept| match &kept.line {
            SheetLine::Entered { draft, .. } => draft.full_name.clone(),
            _ => String::new(),
        })
        .collect();
    assert_eq!(names, ["Canaria Zqxjvane", "Amina"]);
    table.set_line(2, entered("Amina Yusuf")).unwrap();
    assert_eq!(close(&mut table).entered, 2);
    assert!(table.sheet().unwrap().is_none());
    assert_eq!(fs::metadata(folder.path().join("table.db-wal")).unwrap().len(), 0);
    assert_eq!(opened(&table, 0)[1].full_name, "Amina Yusuf");
}

#[test]
fn what_is_to_be_looked_at_keeps_a_sheet_open_and_nothing_of_it_is_saved() {
    let (_folder, mut table) = signed(0);
    table.open_sheet(&heading(1), NOW).unwrap();
    write(&mut table, &[entered("Ada"), entered("12 34"), entered("")]);
    let problems = |table: &Table| -> Vec<Vec<ProblemCode>> {
        let sheet = table.sheet().unwrap().unwrap();
        sheet.lines.iter().map(|kept| kept.problems.iter().map(|problem| problem.code).collect()).collect()
    };
    assert_eq!(problems(&table), [vec![], vec![ProblemCode::NoLetters], vec![ProblemCode::Missing]]);
    let refused = |table: &mut Table| match table.close_sheet(&SheetEnd::default(), NOW, &mut rng()) {
        Err(TableError::LineUnready { line }) => line,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(&mut table), 2);
    let as_on_paper = |name: &str| SheetLine::Entered { draft: Box::new(draft(name)), as_on_paper: true };
    table.set_line(2, as_on_paper("12 34")).unwrap();
    // A name that is not there cannot be kept as it stands.
    table.set_line(3, as_on_paper("")).unwrap();
    assert_eq!((refused(&mut table), table.counts().unwrap().saved), (3, 0));
    table.set_line(3, SheetLine::Blank).unwrap();
    assert_eq!(close(&mut table).entered, 2);
}

#[test]
fn a_total_that_differs_asks_for_a_word_and_what_is_no_signature_is_not_in_it() {
    let (_folder, mut table) = signed(0);
    table.open_sheet(&heading(1), NOW).unwrap();
    write(&mut table, &[entered("Ada"), SheetLine::Illegible, SheetLine::Struck, SheetLine::Blank]);
    let end = |total, explanation: &str| SheetEnd { total: Some(total), explanation: explanation.into() };
    let differs = table.close_sheet(&end(3, "  "), NOW, &mut rng()).unwrap_err();
    assert!(matches!(differs, TableError::SheetDiffers { total: 3, found: 2 }), "{differs}");
    let long = table.close_sheet(&end(3, &"x".repeat(601)), NOW, &mut rng()).unwrap_err();
    assert_eq!(long.code(), "table/explanation-long");
    assert_eq!(table.counts().unwrap().saved, 0);
    let closed = table.close_sheet(&end(3, "the struck one was counted"), NOW, &mut rng()).unwrap();
    assert_eq!(closed.total, Some(3));
    table.open_sheet(&heading(2), NOW).unwrap();
    write(&mut table, &[entered("Amina")]);
    assert_eq!(table.close_sheet(&end(1, ""), NOW, &mut rng()).unwrap().entered, 1);
}

#[test]
fn what_cannot_be_is_refused_with_its_reason() {
    let (_folder, mut table) = signed(0);
    let code = |table: &mut Table, heading: &SheetHeading| match table.open_sheet(heading, NOW) {
        Err(error) => error.code(),
        Ok(()) => panic!("{heading:?}"),
    };
    for (heading, expect) in [
        (SheetHeading { number: 0, ..heading(1) }, "table/sheet-number"),
        (SheetHeading { day: "20.9.2026".into(), ..heading(1) }, "table/sheet-day"),
        (SheetHeading { day: "2026-09-25".into(), ..heading(1) }, "table/sheet-day"),
        (SheetHeading { day: "1926-09-20".into(), ..heading(1) }, "table/sheet-day"),
        (SheetHeading { place: " ".into(), ..heading(1) }, "table/no-place"),
        (SheetHeading { volunteer: "x".repeat(61), ..heading(1) }, "table/volunteer-long"),
        (SheetHeading { petition: Uuid::from_u128(9), ..heading(1) }, "table/no-petition"),
    ] {
        assert_eq!(code(&mut table, &heading), expect);
    }
    assert_eq!(table.set_line(1, SheetLine::Blank).err().unwrap().code(), "table/no-sheet");
    assert_eq!(table.drop_sheet().unwrap_err().code(), "table/no-sheet");
    table.open_sheet(&heading(1), NOW).unwrap();
    assert_eq!(code(&mut table, &heading(2)), "table/sheet-open");
    let ended = table.end_shift(&ShiftClose::default(), NOW, &mut rng()).err();
    assert_eq!(ended.unwrap().code(), "table/sheet-open");
    for number in [0, 2, 201] {
        assert_eq!(table.set_line(number, SheetLine::Blank).err().unwrap().code(), "table/line-number");
    }
    let nothing = table.close_sheet(&SheetEnd::default(), NOW, &mut rng()).unwrap_err();
    assert_eq!(nothing.code(), "table/no-line");
    write(&mut table, &[entered("Ada")]);
    close(&mut table);
    assert_eq!(code(&mut table, &heading(1)), "table/sheet-known");
}

#[test]
fn a_dropped_sheet_leaves_nothing_and_the_next_heading_goes_on_from_the_last() {
    let (_folder, mut table) = signed(0);
    let today = date(2026, 9, 21);
    let first = table.next_heading(today).unwrap();
    assert_eq!(
        (first.number, first.day.as_str(), first.place.as_str(), first.volunteer.as_str()),
        (1, "2026-09-21", "Market", "D. R.")
    );
    table.open_sheet(&heading(7), NOW).unwrap();
    write(&mut table, &[entered("Ada")]);
    close(&mut table);
    assert_eq!(table.next_heading(today).unwrap(), heading(8));
    table.open_sheet(&heading(8), NOW).unwrap();
    write(&mut table, &[entered("Nobody")]);
    table.drop_sheet().unwrap();
    assert_eq!((table.sheet().unwrap().is_none(), table.counts().unwrap().saved), (true, 1));
    assert_eq!(table.next_heading(today).unwrap(), heading(8));
    end_shift(&mut table);
    table.start_shift("Library", "", NOW, &mut rng()).unwrap();
    let next = table.next_heading(today).unwrap();
    assert_eq!((next.number, next.place.as_str(), next.day.as_str()), (8, "Library", "2026-09-21"));
}

#[derive(Clone, Debug)]
enum Typed {
    Name(String),
    Blank,
    Struck,
    Illegible,
}

impl Typed {
    fn line(&self) -> SheetLine {
        match self {
            Self::Name(name) => SheetLine::Entered { draft: Box::new(draft(name)), as_on_paper: true },
            Self::Blank => SheetLine::Blank,
            Self::Struck => SheetLine::Struck,
            Self::Illegible => SheetLine::Illegible,
        }
    }
}

fn typed() -> impl Strategy<Value = Typed> {
    prop_oneof![
        4 => "[A-Za-zé한]{1,12}".prop_map(Typed::Name),
        1 => Just(Typed::Blank),
        1 => Just(Typed::Struck),
        1 => Just(Typed::Illegible),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// However lines are typed and typed again, and wherever the program ends in between, what is sealed is what stood
    /// there last.
    #[test]
    fn what_is_sealed_is_what_stood_there_last(
        acts in prop::collection::vec((any::<prop::sample::Index>(), typed(), prop::bool::weighted(0.1)), 1..30),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut table = new_table(folder.path());
        table.open_sheet(&heading(3), NOW).unwrap();
        let mut expect: Vec<Typed> = Vec::new();
        for (at, typed, ends) in acts {
            let at = at.index(expect.len() + 1);
            table.set_line(at as u32 + 1, typed.line()).unwrap();
            match expect.get_mut(at) {
                Some(line) => *line = typed,
                None => expect.push(typed),
            }
            if ends {
                drop(table);
                table = Table::open(folder.path(), keys(), NOW).unwrap();
            }
        }
        let closed = close(&mut table);
        prop_assert_eq!(closed.entered + closed.blank + closed.struck + closed.illegible, expect.len() as u64);
        let found: Vec<_> = opened(&table, 0)
            .iter()
            .map(|signature| (signature.full_name.clone(), signature.paper.unwrap().line))
            .collect();
        let names: Vec<_> = expect
            .iter()
            .zip(1_u32..)
            .filter_map(|(typed, line)| match typed {
                Typed::Name(name) => Some((name.clone(), line)),
                _ => None,
            })
            .collect();
        prop_assert_eq!(found, names);
    }
}
