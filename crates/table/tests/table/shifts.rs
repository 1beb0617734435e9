//! How a shift begins, what happens in it, and what refuses it.

use petition::{EventKind, NoteAbout, PLACE_MAX_BYTES, SEAL_MAX_BYTES, ShiftEvent, VOLUNTEER_MAX_BYTES};
use table::{Around, Check, ShiftStart, Table};

use crate::{
    kit::{NOW, PIN, draft, end_shift, keys, new_table, rng, set_up, sign, signed},
    opened::{notes, opened},
};

#[test]
fn a_place_and_a_name_that_no_signature_could_carry_whole_are_refused_and_no_shift_starts() {
    let (_folder, mut table) = signed(0);
    end_shift(&mut table);
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
    let start = |witness: &str, laptop_seal: &str| ShiftStart {
        place: "Market".into(),
        witness: witness.into(),
        laptop_seal: laptop_seal.into(),
        ..ShiftStart::default()
    };
    for (start, code) in [
        (start(&"x".repeat(VOLUNTEER_MAX_BYTES + 1), ""), "table/volunteer-long"),
        (start("", &"x".repeat(SEAL_MAX_BYTES + 1)), "table/seal-long"),
        (start("", "two\nlines"), "table/seal-long"),
    ] {
        let refused = table.open_shift(&start, Around::default(), NOW, &mut rng()).unwrap_err();
        assert_eq!(refused.code(), code);
        assert!(table.shift().is_none());
    }
    table.start_shift(&format!(" {place} "), &name, NOW, &mut rng()).unwrap();
    assert_eq!(table.shift().unwrap().place, place);
}

#[test]
fn no_shift_begins_while_practice_goes_on_and_the_organizer_hears_of_the_attempts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table");
    let mut table = Table::create(&path, keys(), set_up(Some(PIN)), NOW, &mut rng()).unwrap();
    table.begin_practice().unwrap();
    drop(table);
    // A power cut in the middle of it.
    let mut table = Table::open(&path, keys(), NOW).unwrap();
    assert!(table.is_practising().unwrap());
    for _ in 0..2 {
        let refused = table.start_shift("Market", "", NOW, &mut rng()).unwrap_err();
        assert_eq!((refused.code(), table.shift().is_none()), ("table/practice-open", true));
    }
    assert_eq!(table.log_state().unwrap().refused, 2);
    table.end_practice().unwrap();
    table.start_shift("Market", "", NOW, &mut rng()).unwrap();
    assert_eq!(table.begin_practice().unwrap_err().code(), "table/shift-runs");
    assert_eq!(end_shift(&mut table).closing.opening.unwrap().refused, 2);
    // Each is told once.
    table.start_shift("Market", "", NOW, &mut rng()).unwrap();
    assert_eq!(end_shift(&mut table).closing.opening.unwrap().refused, 0);
    drop(table);
    let mut table =
        Table::create(&folder.path().join("other"), keys(), set_up(None), NOW, &mut rng()).unwrap();
    assert_eq!(table.begin_practice().unwrap_err().code(), "table/no-pin");
}

#[test]
fn in_a_pause_nobody_signs_also_after_a_restart_and_the_total_stands_still() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table");
    let mut table = new_table(&path);
    sign(&mut table, "Ada");
    assert_eq!(table.resume_shift(NOW, &mut rng()).unwrap_err().code(), "table/not-paused");
    let heading = table.next_heading(jiff::civil::date(2026, 9, 21)).unwrap();
    table.open_sheet(&heading, NOW).unwrap();
    assert_eq!(table.pause_shift(NOW, &mut rng()).unwrap_err().code(), "table/sheet-open");
    table.drop_sheet().unwrap();
    table.pause_shift(NOW, &mut rng()).unwrap();
    drop(table);
    let mut table = Table::open(&path, keys(), NOW).unwrap();
    assert_eq!(table.shift().unwrap().paused_at, Some(NOW));
    assert_eq!(table.pause_shift(NOW, &mut rng()).unwrap_err().code(), "table/paused");
    assert_eq!(table.sign(&draft("Bo"), true, NOW, &mut rng()).err().unwrap().code(), "table/paused");
    assert_eq!(table.open_sheet(&heading, NOW).unwrap_err().code(), "table/paused");
    assert_eq!(table.check_hand_over().unwrap_err().code(), "table/paused");
    table.resume_shift(NOW + 35 * 60, &mut rng()).unwrap();
    sign(&mut table, "Bo");
    let report = end_shift(&mut table);
    let events: Vec<_> = report.events.iter().map(|kept| (kept.event.what, kept.event.so_far)).collect();
    assert_eq!(events, [(EventKind::Paused, 1), (EventKind::Resumed, 1)]);
    assert_eq!((report.closing.pauses, report.closing.paused_minutes), (1, 35));
    assert!(report.differing.is_empty());
    let told = notes(&table, 0);
    assert!(matches!(&told[0], NoteAbout::Event(event) if event.what == EventKind::Paused));
}

#[test]
fn a_hand_over_has_two_names_and_what_is_signed_after_it_is_of_whoever_took_the_table() {
    let (_folder, mut table) = signed(1);
    for (gives, takes) in [("", "M. T."), ("D. R.", " ")] {
        let refused = table.hand_over((gives, takes), ("", ""), NOW, &mut rng()).unwrap_err();
        assert_eq!(refused.code(), "table/two-names");
    }
    let long = "x".repeat(SEAL_MAX_BYTES + 1);
    let refused = table.hand_over(("D. R.", "M. T."), (&long, ""), NOW, &mut rng()).unwrap_err();
    assert_eq!(refused.code(), "table/seal-long");
    table.hand_over((" D. R. ", "M. T."), ("A 0013", ""), NOW, &mut rng()).unwrap();
    sign(&mut table, "Bo");
    let by: Vec<_> =
        opened(&table, 0).iter().map(|one| one.shift.as_ref().unwrap().volunteer.clone()).collect();
    assert_eq!(by, ["D. R.", "M. T."]);
    let expect = ShiftEvent {
        what: EventKind::HandedOver,
        so_far: 1,
        gives: Some("D. R.".into()),
        takes: Some("M. T.".into()),
        laptop_seal: Some("A 0013".into()),
        stick_seal: None,
    };
    assert!(notes(&table, 0) == [NoteAbout::Event(expect)]);
    let report = end_shift(&mut table);
    assert_eq!((report.shift.volunteer.as_str(), report.closing.hand_overs), ("M. T.", 1));
}

#[test]
fn what_is_looked_at_warns_and_keeps_nobody_from_beginning() {
    let (_folder, mut table) = signed(0);
    end_shift(&mut table);
    let around = Around {
        disk: Some(Check::Warned),
        battery: Some(Check::Good),
        endpoint: Some(Check::Warned),
        is_revoked: true,
        printer: None,
    };
    // A clock from before the kit was made.
    let checks = table.checks(around, NOW - 366 * 86_400).unwrap();
    assert_eq!((checks.clock, checks.kit), (Some(Check::Warned), Some(Check::Warned)));
    assert_eq!((checks.disk, checks.battery, checks.printer), (Some(Check::Warned), Some(Check::Good), None));
    assert_eq!((checks.texts, checks.log), (Some(Check::Good), Some(Check::Good)));
    let late = table.checks(Around::default(), NOW + 366 * 86_400).unwrap();
    assert_eq!((late.clock, late.kit), (Some(Check::Good), Some(Check::Warned)));
    let start = ShiftStart { place: "Market".into(), issued: Some(20), ..ShiftStart::default() };
    table.open_shift(&start, around, NOW, &mut rng()).unwrap();
    let sums = table.shift_sums(None, NOW).unwrap();
    let opening = sums.opening.unwrap();
    assert_eq!((opening.checks.disk, opening.issued), (Some(Check::Warned), Some(20)));
    assert_eq!(opening.checks.kit, Some(Check::Warned));
}
