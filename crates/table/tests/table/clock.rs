//! A clock that is wrong keeps nobody from signing, and is told.

use table::{KitTime, Nothing};

use crate::kit::{NOW, draft, receive, rng, signed, verified, world};

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
