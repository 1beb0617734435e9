//! The PIN reset code: it sets a new PIN, no other does, and trying is no way around the waits.

use proptest::prelude::*;
use table::{PinOutcome, SetUp, Table, TableError};
use uuid::Uuid;
use wire::PinResetCode;

use crate::kit::{KIT, NOW, PIN, keys, rng, set_up, world};

const NEW: &str = "975310";
const WRONG: &str = "0000-0000-0000-0000";

fn table(folder: &tempfile::TempDir) -> Table {
    Table::create(&folder.path().join("table"), keys(), set_up(Some(PIN)), NOW, &mut rng()).unwrap()
}

fn right() -> String {
    world().pin_reset_code().to_string()
}

fn reset(table: &mut Table, code: &str, new: &str, now: i64) -> Result<PinOutcome, &'static str> {
    table.reset_pin(code, new, now, &mut rng()).map_err(|error| error.code())
}

#[test]
fn the_code_of_the_kit_sets_a_new_pin_and_ends_the_waits() {
    let folder = tempfile::tempdir().unwrap();
    let mut table = table(&folder);
    for _ in 0..3 {
        let PinOutcome::Wrong { .. } = table.check_pin("864209", NOW).unwrap() else { break };
    }
    assert_eq!(table.check_pin(PIN, NOW + 1).unwrap(), PinOutcome::Wait { wait_seconds: 4 });
    assert_eq!(reset(&mut table, &right(), NEW, NOW + 1), Ok(PinOutcome::Wait { wait_seconds: 4 }));
    let as_heard = right().to_lowercase().replace('-', " ").replace('0', "o");
    assert_eq!(reset(&mut table, &as_heard, NEW, NOW + 5), Ok(PinOutcome::Right));
    assert_eq!(table.check_pin(PIN, NOW + 5).unwrap(), PinOutcome::Wrong { wait_seconds: 0 });
    drop(table);
    let mut table = Table::open(&folder.path().join("table"), keys(), NOW).unwrap();
    assert_eq!(table.check_pin(NEW, NOW + 5).unwrap(), PinOutcome::Right);
    // It is good again the next time that a PIN is forgotten.
    assert_eq!(reset(&mut table, &right(), PIN, NOW + 6), Ok(PinOutcome::Right));
}

#[test]
fn wrong_codes_and_wrong_pins_wait_together_also_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let mut table = table(&folder);
    assert_eq!(reset(&mut table, WRONG, NEW, NOW), Ok(PinOutcome::Wrong { wait_seconds: 0 }));
    assert_eq!(table.check_pin("864209", NOW).unwrap(), PinOutcome::Wrong { wait_seconds: 5 });
    assert_eq!(reset(&mut table, WRONG, NEW, NOW + 5), Ok(PinOutcome::Wrong { wait_seconds: 15 }));
    drop(table);
    let mut table = Table::open(&folder.path().join("table"), keys(), NOW).unwrap();
    assert_eq!(reset(&mut table, &right(), NEW, NOW + 19), Ok(PinOutcome::Wait { wait_seconds: 1 }));
    assert_eq!(table.check_pin(PIN, NOW + 20).unwrap(), PinOutcome::Right);
}

#[test]
fn what_cannot_set_a_pin_costs_no_try() {
    let folder = tempfile::tempdir().unwrap();
    let mut table = table(&folder);
    for _ in 0..5 {
        assert_eq!(reset(&mut table, WRONG, "123456", NOW), Err("table/pin-run"));
        assert_eq!(reset(&mut table, &right(), "111111", NOW), Err("table/pin-one-digit"));
        assert_eq!(reset(&mut table, "1234", NEW, NOW), Err("table/reset-code"));
        assert_eq!(reset(&mut table, "", NEW, NOW), Err("table/reset-code"));
    }
    assert_eq!(table.check_pin(PIN, NOW).unwrap(), PinOutcome::Right);
}

#[test]
fn a_table_whose_kit_has_no_code_and_one_without_a_pin_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let of_before = SetUp::new(&world().kit_with(None), "Table 4", Some(PIN), NOW).unwrap();
    let mut table = Table::create(&folder.path().join("before"), keys(), of_before, NOW, &mut rng()).unwrap();
    assert_eq!(reset(&mut table, &right(), NEW, NOW), Err("table/no-pin-reset"));
    assert_eq!(table.check_pin(PIN, NOW).unwrap(), PinOutcome::Right);
    let mut table =
        Table::create(&folder.path().join("open"), keys(), set_up(None), NOW, &mut rng()).unwrap();
    assert!(matches!(table.reset_pin(&right(), NEW, NOW, &mut rng()), Err(TableError::NoPin)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn any_other_code_is_refused(tries in prop::collection::vec((any::<u128>(), 0u32..80), 4)) {
        let folder = tempfile::tempdir().unwrap();
        let mut table = table(&folder);
        let mut now = NOW;
        for (other, bit) in tries {
            let code = right().replace('-', "");
            let at = usize::try_from(bit / 5).unwrap();
            // One bit of the code is another; and codes of other kits and campaigns.
            let symbols = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
            let value = symbols.find(&code[at..=at]).unwrap() ^ (1 << (bit % 5));
            let flipped = format!("{}{}{}", &code[..at], &symbols[value..=value], &code[at + 1..]);
            let mut root = [1; 32];
            root[..16].copy_from_slice(&other.to_be_bytes());
            let of_another_kit = PinResetCode::of_kit(&proof::Seed::from_bytes([1; 32]), Uuid::from_u128(other));
            let of_another_campaign = PinResetCode::of_kit(&proof::Seed::from_bytes(root), KIT);
            for wrong in [flipped, of_another_kit.to_string(), of_another_campaign.to_string()] {
                now += 1_000;
                let outcome = reset(&mut table, &wrong, NEW, now);
                prop_assert!(matches!(outcome, Ok(PinOutcome::Wrong { .. })), "{outcome:?}");
            }
        }
        prop_assert_eq!(table.check_pin(NEW, now + 1_000).unwrap(), PinOutcome::Wrong { wait_seconds: 300 });
        prop_assert_eq!(table.check_pin(PIN, now + 2_000).unwrap(), PinOutcome::Right);
    }
}
