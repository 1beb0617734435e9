//! Batches and kits: what is whole is taken, what was touched is refused by its name.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod campaign;

use campaign::{campaign, kit, whole_batch};
use proof::{Frontier, leaf_hash};
use proptest::prelude::*;
use wire::{Batch, BatchError, Kit, KitError};

#[test]
fn a_whole_batch_verifies() {
    let (bytes, entries) = whole_batch(3, 4);
    let batch = Batch::decode(&bytes).unwrap().verify(campaign().root.verifier()).unwrap();
    assert_eq!((batch.before.size(), batch.after.size(), batch.checkpoint.size), (3, 7, 7));
    assert_eq!(batch.entries, entries[3..]);
    assert_eq!(batch.after, Frontier::of_leaves(entries.iter().map(|entry| leaf_hash(entry))));
}

#[test]
fn every_single_changed_byte_refuses_a_batch() {
    let (bytes, _) = whole_batch(1, 2);
    let root = campaign().root;
    let mut codes = std::collections::BTreeSet::new();
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 0x21;
        let Err(error) = Batch::decode(&changed).and_then(|batch| batch.verify(root.verifier())) else {
            panic!("byte {at} of {} was changed and nobody noticed", bytes.len());
        };
        codes.insert(error.code());
    }
    assert!(codes.len() >= 7, "{codes:?}");
}

#[test]
fn a_batch_cut_or_lengthened_anywhere_is_refused() {
    let (bytes, _) = whole_batch(0, 2);
    for length in 0..bytes.len() {
        assert!(Batch::decode(&bytes[..length]).is_err(), "cut to {length}");
    }
    let longer = [&bytes[..], b"\0"].concat();
    assert_eq!(Batch::decode(&longer), Err(BatchError::Shape("end")));
}

#[test]
fn a_batch_of_another_campaign_is_refused() {
    let (bytes, _) = whole_batch(0, 1);
    let other = proof::SigningKey::root(&proof::Seed::from_bytes([99; 32]));
    let error = Batch::decode(&bytes).unwrap().verify(other.verifier()).unwrap_err();
    assert_eq!(error.code(), "batch/document");
}

#[test]
fn what_is_no_envelope_is_refused_by_its_index() {
    for entry in [vec![1; 100], vec![2; 1657]] {
        let bytes = campaign().batch(&[vec![1; 1657], vec![1; 1657], entry], 2);
        let error = Batch::decode(&bytes).unwrap().verify(campaign().root.verifier()).unwrap_err();
        assert_eq!(error, BatchError::Entry(2));
    }
}

#[track_caller]
fn check_kit(text: &str, now: i64, expected: KitError) {
    match Kit::open(text, now, None) {
        Ok(_) => panic!("the kit opened"),
        Err(error) => assert_eq!(error, expected),
    }
}

#[test]
fn a_kit_opens_offline_and_says_what_is_wrong_with_it() {
    let text = kit(1, 1);
    let open = Kit::open(&text, 1_000, Some(campaign().id)).ok().unwrap();
    assert_eq!((open.petitions.len(), open.epochs.len()), (1, 1));
    check_kit(&text, 2_000_000, KitError::Expired);
    check_kit("a shopping list\n", 1_000, KitError::NotAKit);
    check_kit(&kit(0, 1), 1_000, KitError::NoPetition);
    check_kit(&kit(1, 0), 1_000, KitError::NoEpoch);
    let other =
        proof::SigningKey::root(&proof::Seed::from_bytes([99; 32])).verifier().public_key().to_owned();
    let other = proof::CampaignId::of_root(&other);
    assert_eq!(Kit::open(&text, 1_000, Some(other)).err(), Some(KitError::OtherCampaign));
}

proptest! {
    #[test]
    fn a_kit_with_a_changed_byte_does_not_open(at in any::<prop::sample::Index>(), to in 0x20_u8..0x7f) {
        let text = kit(1, 1);
        let mut bytes = text.into_bytes();
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != to);
        bytes[at] = to;
        let opened = String::from_utf8(bytes).is_ok_and(|text| Kit::open(&text, 1_000, None).is_ok());
        prop_assert!(!opened);
    }

    #[test]
    fn any_bytes_that_read_as_a_batch_are_written_as_themselves(
        before in 0_usize..20, count in 0_usize..6, tail in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let (bytes, _) = whole_batch(before, count);
        prop_assert_eq!(Batch::decode(&bytes).unwrap().encode(), bytes);
        let odd = [b"UNDB\x01", &tail[..]].concat();
        if let Ok(batch) = Batch::decode(&odd) {
            prop_assert_eq!(batch.encode(), odd);
        }
    }
}
