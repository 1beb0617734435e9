//! What a shift may be called by.

use petition::{PLACE_MAX_BYTES, VOLUNTEER_MAX_BYTES};

use crate::kit::{NOW, rng, signed};

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
