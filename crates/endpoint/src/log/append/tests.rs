//! A case for each row of `docs/protocol.md` §8.3 and §8.4.
#![expect(clippy::unwrap_used, reason = "tests")]

use fixtures::{Admitting, Campaign, Device, Kit, NOW, Terms};
use proof::{Origin, Seed, SigningKey, VerifierKey, leaf_hash};
use wire::Batch;

use super::*;
use crate::log::admission::Papers;

const MAX_TABLES: u32 = 3;

fn campaign() -> Campaign {
    Campaign::new(1)
}

fn kit() -> Kit {
    campaign().kit(Terms { max_tables: MAX_TABLES, until: NOW + 10, ..Terms::default() })
}

fn origin(generation: u32) -> Origin {
    campaign().origin(1, generation)
}

fn device(generation: u32, seed: u8) -> SigningKey {
    origin(generation).device_key(&Seed::from_bytes([seed; 32]))
}

fn log_of(bytes: &[u8]) -> Vec<Vec<u8>> {
    bytes.iter().map(|byte| fixtures::unsealed(*byte)).collect()
}

fn leaves(bytes: &[u8]) -> Vec<Hash> {
    log_of(bytes).iter().map(|entry| leaf_hash(entry)).collect()
}

fn frontier(bytes: &[u8]) -> Frontier {
    Frontier::of_leaves(leaves(bytes))
}

/// The batch from an index on of a log of entries that a byte each stands for.
fn batch_of(generation: u32, before: Option<&SigningKey>, log: &[u8], from: usize) -> VerifiedBatch {
    let how = Admitting { before, ..Admitting::default() };
    let device = Device::admitted(&kit(), origin(generation), &Seed::from_bytes([9; 32]), how);
    let (batch, _) = device.batch(&log_of(log), from);
    Batch::decode(&batch.encode()).unwrap().verify(campaign().root.verifier()).unwrap()
}

fn batch(log: &[u8], from: usize) -> VerifiedBatch {
    batch_of(1, None, log, from)
}

/// An admitted log that holds `stored`, as a batch meets it.
fn admitted(stored: &[u8], batch: &VerifiedBatch) -> LogView {
    let (from, to) = (batch.before.size() as usize, batch.after.size() as usize);
    let is_stored = from <= stored.len();
    LogView {
        is_revoked: false,
        candidate: None,
        size: stored.len() as u64,
        before: is_stored.then(|| frontier(&stored[..from])),
        overlap: if is_stored { leaves(&stored[from..to.min(stored.len())]) } else { Vec::new() },
        held_entries: 0,
    }
}

/// A candidate with nothing against it.
fn candidate(batch: &VerifiedBatch) -> Candidate {
    let papers = Papers { certificate: batch.certificate.clone(), admission: batch.admission.clone() };
    Candidate {
        papers,
        is_confirmed: false,
        other_tables: MAX_TABLES - 1,
        has_rival: false,
        devices_before: Vec::new(),
    }
}

/// A log that was not let in so far, with so many entries of nobody's concern.
fn waiting(candidate: Candidate, size: u64, held_entries: u64, batch: &VerifiedBatch) -> LogView {
    let before = Some(batch.before.clone());
    LogView { is_revoked: false, candidate: Some(candidate), size, before, overlap: Vec::new(), held_entries }
}

#[track_caller]
fn check(stored: &[u8], sent: &[u8], from: usize, expected: Decision) {
    let batch = batch(sent, from);
    assert_eq!(decide(&admitted(stored, &batch), &batch, NOW), expected);
}

#[test]
fn what_is_known_is_compared_and_what_is_new_appended() {
    check(&[], &[1, 2, 3], 0, Decision::Append { known: 0 });
    check(&[1, 2], &[1, 2, 3], 2, Decision::Append { known: 0 });
    check(&[1, 2], &[1, 2, 3], 1, Decision::Append { known: 1 });
    check(&[1, 2], &[1, 2, 3], 0, Decision::Append { known: 2 });
    check(&[1, 2, 3], &[1, 2], 1, Decision::Known);
    check(&[1, 2, 3], &[1, 2, 3], 0, Decision::Known);
    // An empty batch asks: at the end, and before it.
    check(&[1, 2, 3], &[1, 2, 3], 3, Decision::Known);
    check(&[1, 2, 3], &[1, 2], 2, Decision::Known);
    check(&[], &[], 0, Decision::Known);
}

#[test]
fn what_begins_past_the_end_is_rewound_to_it() {
    check(&[1, 2], &[1, 2, 3, 4], 3, Decision::Rewind { stored_size: 2 });
    check(&[], &[1], 1, Decision::Rewind { stored_size: 0 });
}

#[test]
fn another_log_is_a_fork_where_it_begins_to_differ() {
    check(&[1, 2, 3], &[1, 9, 3], 0, Decision::Forked { at: 1, shown: 1 });
    check(&[1, 2, 3], &[1, 2, 9, 4], 2, Decision::Forked { at: 2, shown: 2 });
    // Of 7 entries, the complete subtrees are of 4, 2 and 1.
    let stored = [1, 2, 3, 4, 5, 6, 7, 8];
    check(&stored, &[1, 2, 3, 9, 5, 6, 7, 8], 7, Decision::Forked { at: 0, shown: 6 });
    check(&stored, &[1, 2, 3, 4, 5, 9, 7, 8], 7, Decision::Forked { at: 4, shown: 6 });
    check(&stored, &[1, 2, 3, 4, 5, 6, 9, 8], 7, Decision::Forked { at: 6, shown: 6 });
    // The frontier comes before the overlap.
    check(&stored, &[1, 2, 9, 4, 5, 6, 7, 9], 3, Decision::Forked { at: 2, shown: 2 });
    check(&stored, &[1, 2, 9], 3, Decision::Forked { at: 2, shown: 2 });
}

#[test]
fn a_revoked_log_takes_nothing_whatever_comes() {
    for (stored, sent, from) in [(&[1, 2][..], &[1, 2, 3][..], 2), (&[1], &[1, 2, 3], 2), (&[1], &[9], 0)] {
        let batch = batch(sent, from);
        let view = LogView { is_revoked: true, ..admitted(stored, &batch) };
        assert_eq!(decide(&view, &batch, NOW), Decision::Revoked);
    }
}

#[track_caller]
fn check_admitted(is_admitted: bool, candidate: &Candidate) {
    assert_eq!(candidate.is_admitted(NOW), is_admitted, "{candidate:?}");
}

#[test]
fn a_first_generation_is_admitted_by_its_kit_alone() {
    let batch = batch(&[1], 0);
    check_admitted(true, &candidate(&batch));
    check_admitted(false, &Candidate { other_tables: MAX_TABLES, ..candidate(&batch) });
    check_admitted(false, &Candidate { has_rival: true, ..candidate(&batch) });
    assert!(!candidate(&batch).is_admitted(NOW + 10), "the certificate is over");
    let all_against = Candidate { other_tables: MAX_TABLES, has_rival: true, ..candidate(&batch) };
    let confirmed = Candidate { is_confirmed: true, ..all_against };
    assert!(confirmed.is_admitted(NOW + 10), "the organizer's word is enough");
}

#[test]
fn a_later_generation_is_admitted_only_by_an_admitted_device_of_the_one_before() {
    let (first, clone, stranger) = (device(1, 9), device(1, 7), device(1, 8));
    let known = |keys: &[&SigningKey]| -> Vec<VerifierKey> {
        keys.iter().map(|key| key.verifier().clone()).collect()
    };
    let signed = batch_of(2, Some(&first), &[1], 0);
    let with = |devices: &[&SigningKey]| Candidate { devices_before: known(devices), ..candidate(&signed) };
    check_admitted(true, &with(&[&first]));
    check_admitted(true, &with(&[&clone, &first]));
    check_admitted(false, &with(&[&stranger]));
    // The generation before is not known, or is itself held.
    check_admitted(false, &with(&[]));
    // A rival of its own generation is no reason: whoever holds the device before is the table.
    check_admitted(true, &Candidate { has_rival: true, ..with(&[&first]) });
    check_admitted(false, &Candidate { other_tables: MAX_TABLES, ..with(&[&first]) });
    let unsigned = batch_of(2, None, &[1], 0);
    check_admitted(false, &Candidate { devices_before: known(&[&first]), ..candidate(&unsigned) });
}

#[test]
fn what_is_held_is_stored_up_to_its_quota_and_looked_at_again() {
    let batch = batch(&[1, 2], 0);
    let held = || Candidate { other_tables: MAX_TABLES, ..candidate(&batch) };
    let stored = Decision::Hold { known: 0 };
    let with = |size, held_entries| decide(&waiting(held(), size, held_entries, &batch), &batch, NOW);
    assert_eq!(with(0, 0), stored);
    assert_eq!(with(HELD_BY_LOG - 2, 0), stored);
    assert_eq!(with(HELD_BY_LOG - 1, 0), Decision::Quota);
    assert_eq!(with(0, HELD_BY_CAMPAIGN - 2), stored);
    assert_eq!(with(0, HELD_BY_CAMPAIGN - 1), Decision::Quota);
    // What is let in has no quota, and what asks needs no room.
    let let_in = waiting(candidate(&batch), HELD_BY_LOG, HELD_BY_CAMPAIGN, &batch);
    assert_eq!(decide(&let_in, &batch, NOW), Decision::Append { known: 0 });
    let asking = batch_of(1, None, &[1, 2], 2);
    let full = waiting(held(), HELD_BY_LOG, HELD_BY_CAMPAIGN, &asking);
    assert_eq!(decide(&full, &asking, NOW), stored);
}

#[test]
fn a_fork_or_a_rewind_is_told_to_a_held_log_before_its_quota() {
    let full = |batch: &VerifiedBatch| LogView {
        candidate: Some(Candidate { has_rival: true, ..candidate(batch) }),
        held_entries: HELD_BY_CAMPAIGN,
        ..admitted(&[1, 2], batch)
    };
    let (forked, past) = (batch(&[1, 9, 3], 1), batch(&[1, 2, 3, 4], 3));
    assert_eq!(decide(&full(&forked), &forked, NOW), Decision::Forked { at: 1, shown: 1 });
    assert_eq!(decide(&full(&past), &past, NOW), Decision::Rewind { stored_size: 2 });
}
