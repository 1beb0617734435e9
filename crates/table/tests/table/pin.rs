//! The PIN: set with the table or later, changed by who knows it, and tried ever more slowly.

use table::{PinOutcome, SetUp, Table, TableError};

use crate::kit::{NOW, PIN, keys, rng, set_up, world};

fn table(folder: &tempfile::TempDir, pin: Option<&str>) -> Table {
    Table::create(&folder.path().join("table"), keys(), set_up(pin), NOW, &mut rng()).unwrap()
}

#[test]
fn a_weak_pin_makes_no_table_and_the_next_try_does() {
    let folder = tempfile::tempdir().unwrap();
    for (pin, code) in [("1234", "table/pin-shape"), ("123456", "table/pin-run")] {
        let refused = SetUp::new(&world().kit(), "Table 4", Some(pin), NOW).err().unwrap();
        assert_eq!(refused.code(), code);
    }
    for label in ["", "  ", "a\nb", &"x".repeat(61)] {
        let refused = SetUp::new(&world().kit(), label, None, NOW).err().unwrap();
        assert!(matches!(refused, TableError::Label));
    }
    let mut table = table(&folder, Some(PIN));
    assert_eq!(table.check_pin("999999", NOW).unwrap(), PinOutcome::Wrong { wait_seconds: 0 });
    assert_eq!(table.check_pin(PIN, NOW).unwrap(), PinOutcome::Right);
}

#[test]
fn a_table_without_a_pin_is_not_handed_over_until_one_is_set() {
    let folder = tempfile::tempdir().unwrap();
    let mut table = table(&folder, None);
    assert!(matches!(table.check_hand_over(), Err(TableError::NoShift)));
    table.start_shift("Market", "D. R.", NOW, &mut rng()).unwrap();
    assert!(matches!(table.check_hand_over(), Err(TableError::NoPin)));
    table.set_pin(None, PIN, NOW, &mut rng()).unwrap();
    table.check_hand_over().unwrap();
    drop(table);
    let mut table = Table::open(&folder.path().join("table"), keys(), NOW).unwrap();
    table.check_hand_over().unwrap();
    assert_eq!(table.check_pin(PIN, NOW).unwrap(), PinOutcome::Right);
}

#[test]
fn a_pin_is_changed_only_by_who_knows_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut table = table(&folder, Some(PIN));
    let mut set = |old, new| table.set_pin(old, new, NOW, &mut rng()).err().map(|error| error.code());
    assert_eq!(set(None, "975310"), Some("table/pin-needed"));
    assert_eq!(
        set(Some(PIN), "111111"),
        Some("table/pin-one-digit"),
        "no try is spent on a PIN that cannot be set"
    );
    assert_eq!(set(Some("864209"), "975310"), Some("table/pin-wrong"));
    assert_eq!(set(Some(PIN), "975310"), None);
    assert_eq!(table.check_pin(PIN, NOW).unwrap(), PinOutcome::Wrong { wait_seconds: 0 });
    assert_eq!(table.check_pin("975310", NOW).unwrap(), PinOutcome::Right);
    // Trying to change it is no way around the waits.
    let waits: Vec<_> = ["864201", "864202", "864203"]
        .map(|wrong| match table.set_pin(Some(wrong), PIN, NOW, &mut rng()) {
            Err(TableError::PinWrong { wait_seconds }) => wait_seconds,
            _ => panic!("a wrong PIN"),
        })
        .into();
    assert_eq!(waits, [0, 5, 5]);
    assert_eq!(table.check_pin("975310", NOW).unwrap(), PinOutcome::Wait { wait_seconds: 5 });
}

#[test]
fn wrong_pins_wait_longer_and_longer_also_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let mut table = table(&folder, Some(PIN));
    let mut now = NOW;
    let mut waits = Vec::new();
    for _ in 0..4 {
        let PinOutcome::Wrong { wait_seconds } = table.check_pin("111111", now).unwrap() else {
            panic!("a wrong PIN");
        };
        waits.push(wait_seconds);
        now += i64::from(wait_seconds);
    }
    assert_eq!(waits, [0, 5, 15, 30]);
    drop(table);
    let mut table = Table::open(&folder.path().join("table"), keys(), NOW).unwrap();
    assert_eq!(table.check_pin(PIN, now - 1).unwrap(), PinOutcome::Wait { wait_seconds: 1 });
    assert_eq!(table.check_pin(PIN, now).unwrap(), PinOutcome::Right);
}
