//! The closing record: its sums agree with the log, or are explained, and it is told as it is kept.

use petition::{Explained, NoteAbout, SheetCounts, Sum, VisitSums};
use proof::{Checkpoint, Frontier, Note};
use proptest::prelude::*;
use table::{
    Around, SheetEnd, SheetLine, ShiftClose, ShiftReport, ShiftStart, StrikeReason, Table, VisitEnd,
};

use crate::{
    kit::{NOW, draft, end_shift, keys, receive, receive_of, rng, sign, sign_many, signed, verified, world},
    older_database::{database, make_previous},
    opened::notes,
};

fn type_sheet(table: &mut Table, names: usize, struck: usize) {
    let heading = table.next_heading(jiff::civil::date(2026, 9, 21)).unwrap();
    table.open_sheet(&heading, NOW).unwrap();
    for number in 0..names {
        let draft = draft(&format!("Ada {}", "x".repeat(number + 1)));
        let line = SheetLine::Entered { draft: Box::new(draft), as_on_paper: true };
        table.set_line(number as u32 + 1, line).unwrap();
    }
    for number in 0..struck {
        table.set_line((names + number) as u32 + 1, SheetLine::Struck).unwrap();
    }
    table.close_sheet(&SheetEnd::default(), NOW, &mut rng()).unwrap();
}

fn visit(table: &mut Table, end: VisitEnd) {
    table.begin_visit().unwrap();
    table.end_visit(end).unwrap();
}

#[test]
fn a_shift_is_closed_with_a_record_that_is_told_as_it_is_kept() {
    let (_folder, mut table) = signed(3);
    for end in [VisitEnd::Signed, VisitEnd::Signed, VisitEnd::Abandoned, VisitEnd::Wiped, VisitEnd::Signed] {
        visit(&mut table, end);
    }
    type_sheet(&mut table, 1, 1);
    let report = end_shift(&mut table);
    let closing = &report.closing;
    assert_eq!(closing.visits, VisitSums { begun: 5, signed: 3, abandoned: 1, wiped: 1 });
    let lines = closing.lines;
    assert_eq!((lines.sheets, lines.lines, lines.entered, lines.struck), (1, 2, 1, 1));
    let signed = closing.signatures;
    assert_eq!((signed.kiosk, signed.paper, signed.growth, signed.notes), (3, 1, Some(4), Some(1)));
    assert_eq!((signed.received, signed.waiting), (0, 4));
    assert!(report.differing.is_empty());
    let sums: Vec<_> = report.petitions.iter().map(|petition| (petition.kiosk, petition.paper)).collect();
    assert_eq!((sums, report.not_received), (vec![(3, 1)], 4));
    // The organizer gets the same, and can check it against the log.
    let batch = table.next_batch(1, 0, 10).unwrap();
    let log = verified(&world(), &batch.bytes);
    assert_eq!((closing.place.generation, closing.place.size, log.leaves.len()), (1, 5, 6));
    assert_eq!(closing.place.root, Frontier::of_leaves(log.leaves[..5].iter().copied()).root().0);
    assert!(notes(&table, 0).last() == Some(&NoteAbout::Closing(Box::new(closing.clone()))));
    let checkpoint: Note = report.checkpoint.parse().unwrap();
    assert_eq!(Checkpoint::parse(&checkpoint).unwrap().size, 6);
    // A closed shift is closed.
    let refused = table.end_shift(&ShiftClose::default(), NOW, &mut rng()).err().unwrap();
    assert_eq!(
        (refused.code(), table.end_visit(VisitEnd::Signed).unwrap_err().code()),
        ("table/no-shift", "table/no-shift")
    );
    table.start_shift("Market", "", NOW, &mut rng()).unwrap();
    let next = end_shift(&mut table);
    assert_eq!((next.closing.visits, next.closing.signatures.growth), (VisitSums::default(), Some(0)));
    assert_eq!(next.closing.opening.unwrap().place.size, 6);
    assert_eq!(table.closed_shifts().unwrap().len(), 2);
    assert_eq!(table.report(Some(report.shift.id)).unwrap().petitions[0].kiosk, 3);
}

#[test]
fn a_sum_that_differs_keeps_the_shift_open_until_somebody_says_why() {
    let (_folder, mut table) = signed(1);
    end_shift(&mut table);
    let start = ShiftStart { place: "Market".into(), issued: Some(10), ..ShiftStart::default() };
    table.open_shift(&start, Around::default(), NOW, &mut rng()).unwrap();
    visit(&mut table, VisitEnd::Signed);
    // A power cut in the middle of a visit.
    table.begin_visit().unwrap();
    assert_eq!(table.shift_sums(None, NOW).unwrap().differing(), [Sum::Visits, Sum::Sheets]);
    let mut close = ShiftClose::default();
    let mut try_to_close = |close: &ShiftClose| {
        let refused = table.end_shift(close, NOW, &mut rng()).err().map(|error| error.to_string());
        refused.unwrap_or_default()
    };
    assert!(try_to_close(&close).contains("(visits)"));
    close.explained.visits = Some("The battery was empty at three.".into());
    assert!(try_to_close(&close).contains("(sheets)"));
    close.sheets = Some(SheetCounts { issued: 10, returned: 2, spoiled: 1, blank: 6 });
    assert!(try_to_close(&close).contains("(sheets)"));
    close.explained.sheets = Some(" \n ".into());
    assert!(try_to_close(&close).contains("(sheets)"), "nothing is no explanation");
    close.explained.sheets = Some("x".repeat(601));
    assert!(try_to_close(&close).contains("too long"));
    close.explained.sheets = Some("One blew away.".into());
    assert_eq!(try_to_close(&close), "");
    let report = table.report(None).unwrap();
    assert_eq!(report.differing, [Sum::Visits, Sum::Sheets]);
    let expect = Explained {
        visits: Some("The battery was empty at three.".into()),
        sheets: Some("One blew away.".into()),
        ..Explained::default()
    };
    assert_eq!(report.closing.explained, Some(expect));
}

#[test]
fn a_report_tells_what_was_received_since_and_keeps_the_receipt_on_its_own_checkpoint() {
    let (folder, mut table) = signed(2);
    let id = end_shift(&mut table).shift.id;
    let report = |table: &Table| table.report(Some(id)).unwrap();
    let told = |report: &ShiftReport| (report.not_received, report.receipt.is_some(), report.is_received);
    receive(&mut table, 1);
    assert_eq!(told(&report(&table)), (1, false, false));
    receive(&mut table, 3);
    assert_eq!(told(&report(&table)), (0, true, true));
    let receipt = report(&table).receipt;
    // A shift later there is a receipt on a later head.
    table.start_shift("Library", "", NOW, &mut rng()).unwrap();
    sign_many(&mut table, 2);
    receive(&mut table, 5);
    let other = end_shift(&mut table);
    assert_eq!(told(&other), (0, false, false), "the record itself is on its way");
    assert_eq!(report(&table).receipt, receipt);
    // Nobody looked in between: it is covered all the same.
    table.start_shift("Market", "", NOW, &mut rng()).unwrap();
    sign(&mut table, "Amina Yusuf");
    receive(&mut table, 7);
    drop(table);
    let table = Table::open(&folder.path().join("table"), keys(), NOW).unwrap();
    assert_eq!(told(&table.report(Some(other.shift.id)).unwrap()), (0, false, true));
    assert_eq!(table.report(Some(uuid::Uuid::nil())).err().unwrap().code(), "table/no-report");
}

#[test]
fn what_is_appended_again_in_a_later_generation_is_growth_once() {
    let (_folder, mut table) = signed(4);
    end_shift(&mut table);
    receive(&mut table, 2);
    table.start_shift("Library", "", NOW, &mut rng()).unwrap();
    sign_many(&mut table, 3);
    // Two of the shift before, its record, and the three of this one are in it again.
    table.start_generation(NOW).unwrap();
    sign_many(&mut table, 2);
    receive(&mut table, 4);
    let signed = end_shift(&mut table).closing.signatures;
    assert_eq!((signed.kiosk, signed.growth, signed.notes), (5, Some(5), Some(0)));
    assert_eq!((signed.received, signed.waiting), (1, 4));
}

#[test]
fn a_shift_of_an_older_version_is_closed_without_an_opening() {
    let (folder, mut table) = signed(2);
    receive(&mut table, 1);
    let path = folder.path().join("table");
    drop(table);
    make_previous(&path);
    database(&path.join("table.db"))
        .execute_batch("INSERT INTO visit (shift, signed, abandoned) VALUES (1, 2, 3);")
        .unwrap();
    let mut table = Table::open(&path, keys(), NOW).unwrap();
    let report = end_shift(&mut table);
    assert!(report.closing.opening.is_none() && report.differing.is_empty());
    assert_eq!((report.closing.visits.begun, report.closing.signatures.growth), (5, None));
    assert_eq!((report.closing.signatures.received, report.closing.signatures.waiting), (1, 1));
    assert_eq!(report.not_received, 1);
    receive(&mut table, 3);
    assert_eq!(table.report(None).unwrap().not_received, 0);
}

#[derive(Clone, Debug)]
enum Happened {
    Sign(usize),
    Sheet(usize, usize),
    Strike,
    Pause,
    Receive(u64),
    Restore,
}

fn happened() -> impl Strategy<Value = Happened> {
    prop_oneof![
        (1_usize..4).prop_map(Happened::Sign),
        (1_usize..4, 0_usize..3).prop_map(|(names, struck)| Happened::Sheet(names, struck)),
        Just(Happened::Strike),
        Just(Happened::Pause),
        (0_u64..30).prop_map(Happened::Receive),
        Just(Happened::Restore),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_happens_in_a_shift_its_sums_agree_with_the_log(
        shifts in prop::collection::vec(prop::collection::vec(happened(), 0..8), 1..4),
    ) {
        let (_folder, mut table) = signed(2);
        end_shift(&mut table);
        for events in shifts {
            table.start_shift("Market", "", NOW, &mut rng()).unwrap();
            let mut expect = (0, 0, 0);
            for event in events {
                match event {
                    Happened::Sign(count) => {
                        sign_many(&mut table, count);
                        expect.0 += count as u64;
                    }
                    Happened::Sheet(names, struck) => {
                        type_sheet(&mut table, names, struck);
                        expect = (expect.0, expect.1 + names as u64, expect.2 + 1);
                    }
                    Happened::Strike => {
                        let places = table.newest().unwrap();
                        if let Some(place) = places.iter().find(|place| !place.is_struck) {
                            let at = (place.generation, place.index);
                            table.strike(at, StrikeReason::Joke, "", NOW, &mut rng()).unwrap();
                            expect.2 += 1;
                        }
                    }
                    Happened::Pause => {
                        table.pause_shift(NOW, &mut rng()).unwrap();
                        table.resume_shift(NOW, &mut rng()).unwrap();
                        expect.2 += 2;
                    }
                    Happened::Receive(more) => {
                        let log = table.logs().pop().unwrap();
                        let to = (log.received + more).min(log.size);
                        if to > log.received {
                            receive_of(&mut table, log.generation, to as usize);
                        }
                    }
                    Happened::Restore => table.start_generation(NOW).unwrap(),
                }
            }
            let waits = table.counts().unwrap().waiting;
            let report = end_shift(&mut table);
            let sums = report.closing.signatures;
            prop_assert_eq!((sums.kiosk, sums.paper, sums.notes), (expect.0, expect.1, Some(expect.2)));
            prop_assert_eq!(sums.growth, Some(expect.0 + expect.1));
            prop_assert!(report.differing.is_empty(), "{:?}", report.differing);
            prop_assert_eq!(report.not_received, sums.waiting);
            prop_assert!(sums.waiting <= waits);
        }
    }
}
