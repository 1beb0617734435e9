//! What a shift may be called by, and the sums at its end.

use petition::{PLACE_MAX_BYTES, VOLUNTEER_MAX_BYTES};
use table::{SheetEnd, SheetLine, ShiftSheets, VisitEnd, Visits};

use crate::kit::{NOW, draft, rng, signed};

#[test]
fn a_place_and_a_name_that_no_signature_could_carry_whole_are_refused_and_no_shift_starts() {
    let (_folder, mut table) = signed(0);
    table.end_shift(NOW).unwrap();
    let (place, name) = ("é".repeat(PLACE_MAX_BYTES / 2), "x".repeat(VOLUNTEER_MAX_BYTES));
    for (place, volunteer, code) in [
        ("", name.as_str(), "table/no-place"),
        (&format!("{place}x"), &name, "table/place-long"),
        ("two\nlines", &name, "table/place-long"),
        (&place, &format!("{name}x"), "table/volunteer-long"),
        (&place, "two\nlines", "table/volunteer-long"),
    ] {
        let refused = table.start_shift(place, volunteer, NOW, &mut rng()).unwrap_err();
        assert_eq!(refused.code(), code);
        assert!(table.shift().is_none());
    }
    table.start_shift(&format!(" {place} "), &name, NOW, &mut rng()).unwrap();
    assert_eq!(table.shift().unwrap().place, place);
}

#[test]
fn the_end_of_a_shift_has_its_sums_by_petition_method_and_how_visits_ended() {
    let (_folder, mut table) = signed(3);
    for end in [VisitEnd::Signed, VisitEnd::Signed, VisitEnd::Abandoned, VisitEnd::Wiped, VisitEnd::Signed] {
        table.end_visit(end).unwrap();
    }
    let heading = table.next_heading(jiff::civil::date(2026, 9, 21)).unwrap();
    table.open_sheet(&heading, NOW).unwrap();
    table.set_line(1, SheetLine::Entered { draft: Box::new(draft("Ada")), as_on_paper: true }).unwrap();
    table.set_line(2, SheetLine::Struck).unwrap();
    table.close_sheet(&SheetEnd::default(), NOW, &mut rng()).unwrap();
    let end = table.end_shift(NOW).unwrap();
    assert_eq!(end.visits, Visits { signed: 3, abandoned: 1, wiped: 1 });
    assert_eq!(end.sheets, ShiftSheets { sheets: 1, entered: 1, struck: 1, ..ShiftSheets::default() });
    let sums: Vec<_> = end.petitions.iter().map(|petition| (petition.kiosk, petition.paper)).collect();
    assert_eq!((sums, end.saved), (vec![(3, 1)], 4));
    assert_eq!(table.end_visit(VisitEnd::Signed).unwrap_err().code(), "table/no-shift");
    table.start_shift("Market", "", NOW, &mut rng()).unwrap();
    assert_eq!(table.end_shift(NOW).unwrap().visits, Visits::default());
}
