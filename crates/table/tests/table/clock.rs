//! A clock that is wrong keeps nobody from signing, and is told.

use proof::{Receipt, cosign};
use table::{KitTime, Nothing};

use crate::kit::{NOW, draft, end_shift, endpoint_key, receive, rng, signed, verified, world};

const YEAR: i64 = 365 * 86_400;

#[test]
fn a_clock_outside_of_the_kits_time_is_told_and_a_desk_that_is_a_little_ahead_is_not() {
    let (_folder, table) = signed(0);
    for (now, expect) in [
        (315_532_800, KitTime::ClockBehind),
        (NOW - YEAR, KitTime::ClockBehind),
        (NOW - 3_000, KitTime::Good),
        (NOW, KitTime::Good),
        (NOW + 999, KitTime::Good),
        (NOW + 1_000, KitTime::Expired),
        (NOW + YEAR, KitTime::Expired),
    ] {
        assert_eq!(table.kit_time(now), expect, "{now}");
    }
}

#[test]
fn whatever_the_clock_says_a_signature_is_sealed_and_saved() {
    let (_folder, mut table) = signed(0);
    for now in [NOW - YEAR, NOW + YEAR, 315_532_800, 0, -1, -YEAR, i64::from(u32::MAX)] {
        let saved = table.sign(&draft("Amina Yusuf"), true, now, &mut rng()).unwrap();
        assert!(matches!(saved, table::SignOutcome::Saved(_)), "{now}");
    }
    assert_eq!(verified(&world(), &table.next_batch(1, 0, 10).unwrap().bytes).entries.len(), 7);
}

#[test]
fn why_nothing_waits_is_known() {
    let (folder, mut table) = signed(0);
    assert_eq!(table.counts().unwrap().nothing(), Some(Nothing::NoneSaved));
    assert_eq!(table.carry(folder.path(), true).unwrap().nothing, Some(Nothing::NoneSaved));
    crate::kit::sign_many(&mut table, 2);
    assert_eq!(table.carry(folder.path(), false).unwrap().nothing, None);
    receive(&mut table, 2);
    assert_eq!(table.counts().unwrap().nothing(), Some(Nothing::AllReceived));
    assert_eq!(table.carry(folder.path(), false).unwrap().nothing, Some(Nothing::AllReceived));
    assert_eq!(table.carry(folder.path(), true).unwrap().nothing, None);
}

#[test]
fn today_is_the_day_at_the_table_and_a_clock_that_goes_back_brings_no_day_back() {
    let (_folder, mut table) = signed(0);
    let mut sign_at = |now: i64| {
        table.sign(&draft("Amina Yusuf"), true, now, &mut rng()).unwrap();
        table.saved_today(now).unwrap()
    };
    assert_eq!((sign_at(NOW), sign_at(NOW + 60)), (1, 2));
    assert_eq!(sign_at(NOW + 86_400), 1);
    assert_eq!(sign_at(NOW - YEAR), 1);
    assert_eq!(table.saved_today(NOW + 3 * 86_400).unwrap(), 0);
    // A second shift of the same day, and a new one the day after.
    end_shift(&mut table);
    table.start_shift("Market", "", NOW, &mut rng()).unwrap();
    table.sign(&draft("Amina Yusuf"), true, NOW, &mut rng()).unwrap();
    assert_eq!((table.saved_today(NOW).unwrap(), table.counts().unwrap().this_shift), (1, 1));
}

#[test]
fn a_clock_that_is_off_is_told_by_the_endpoints_receipt_and_a_few_seconds_are_not() {
    let (_folder, mut table) = signed(3);
    assert_eq!(table.clock_off(), None);
    let endpoint = endpoint_key();
    let mut receive_at = |size: usize, told: i64| {
        let batch = table.next_batch(1, 0, size).unwrap();
        let line = cosign(&batch.checkpoint, &endpoint, told.unsigned_abs());
        let receipt = Receipt::verify(&line, &batch.checkpoint, endpoint.verifier()).unwrap();
        table.accept_receipt(&receipt, &batch, NOW).unwrap();
        table.clock_off()
    };
    assert_eq!(receive_at(3, NOW - 3_600), Some(3_600));
    assert_eq!(receive_at(3, NOW + YEAR), Some(-YEAR));
    assert_eq!(receive_at(3, NOW - 200), None);
}
