//! What an organizer may ask of a kit.

use desk::{DeskError, Keys, MAX_KIT_DAYS, MAX_KIT_TABLES, MAX_LABEL, MAX_REASON, Revoked, kit_until};
use rand::{SeedableRng, rngs::StdRng};
use uuid::Uuid;
use wire::Kit;

use crate::hand_made::{DAY, NOW, found};

#[test]
fn days_tables_and_labels_have_bounds_and_nothing_is_made_beyond_them() {
    let mut rng = StdRng::seed_from_u64(3);
    let folder = tempfile::tempdir().unwrap();
    let mut desk = found(folder.path(), &Keys::generate(&mut rng), "Bounds", &mut rng);
    desk.add_petition(petition::SAMPLE, NOW, &mut rng).unwrap();
    for days in [i64::MIN, -1, 0, MAX_KIT_DAYS + 1, i64::MAX / 86_400 + 1, i64::MAX] {
        assert_eq!(kit_until(NOW, days).unwrap_err().code(), "desk/kit-days", "{days}");
    }
    assert!(kit_until(i64::MAX - 1, 1).is_err());
    let month = kit_until(NOW, 30).unwrap();
    let too_long = "x".repeat(MAX_LABEL + 1);
    for (label, tables, until, code) in [
        ("", 1, month, "desk/kit-label"),
        (" \t ", 1, month, "desk/kit-label"),
        ("two\nlines", 1, month, "desk/kit-label"),
        (&too_long, 1, month, "desk/kit-label"),
        ("K", 0, month, "desk/kit-tables"),
        ("K", MAX_KIT_TABLES + 1, month, "desk/kit-tables"),
        ("K", u32::MAX, month, "desk/kit-tables"),
        ("K", 1, NOW, "desk/kit-days"),
        ("K", 1, i64::MIN, "desk/kit-days"),
        ("K", 1, i64::MAX, "desk/kit-days"),
    ] {
        let refused = desk.make_kit(label, tables, until, NOW, &mut rng).unwrap_err();
        assert_eq!(refused.code(), code, "{label:?} {tables} {until}");
    }
    assert!(desk.kits().unwrap().is_empty());
    let longest = "é".repeat(MAX_LABEL);
    let last = kit_until(NOW, MAX_KIT_DAYS).unwrap();
    let (kit, _) = desk.make_kit(&longest, MAX_KIT_TABLES, last, NOW, &mut rng).unwrap();
    for reason in ["", "two\nlines", &"x".repeat(MAX_REASON + 1)] {
        assert!(matches!(desk.revoke(Revoked::Kit(kit), reason, NOW), Err(DeskError::Reason)));
    }
    assert!(!desk.kits().unwrap()[0].revoked);
}

#[test]
fn each_kit_has_a_pin_reset_code_of_its_own_that_its_tables_know_when_they_hear_it() {
    let mut rng = StdRng::seed_from_u64(4);
    let folder = tempfile::tempdir().unwrap();
    let mut desk = found(folder.path(), &Keys::generate(&mut rng), "Codes", &mut rng);
    desk.add_petition(petition::SAMPLE, NOW, &mut rng).unwrap();
    let mut code_of = |label: &str| {
        let (kit, text) = desk.make_kit(label, 1, NOW + DAY, NOW, &mut rng).unwrap();
        let code = desk.pin_reset_code(kit).unwrap();
        let certificate = Kit::open(&text, NOW, None).unwrap().certificate.body;
        assert_eq!(certificate.pin_reset, Some(code.digest(kit)));
        assert!(!text.contains(&code.to_string()) && !text.contains(&code.to_string().replace('-', "")));
        code
    };
    assert!(code_of("Market") != code_of("Library"));
    assert!(matches!(desk.pin_reset_code(Uuid::from_u128(7)), Err(DeskError::UnknownKit)));
}
