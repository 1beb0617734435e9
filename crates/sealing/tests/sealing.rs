//! What is sealed comes back to the right key in the right place, and to no other.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use proptest::prelude::*;
use rand::{SeedableRng, rngs::StdRng};
use sealing::{
    BUCKETS, Context, MAX_CONTENT, OpenError, Opener, SealError, SecretKey, seal, unwrap_seed, wrap_seed,
};

const CONTEXT: Context = Context { campaign: [1; 16], petition: [2; 16], table: [3; 16] };

fn secret(number: u8) -> SecretKey {
    SecretKey::from_bytes([number; 32])
}

fn sealed(content: &[u8], rng: u64) -> Vec<u8> {
    seal(content, &CONTEXT, &secret(7).public().unwrap(), &mut StdRng::seed_from_u64(rng)).unwrap()
}

fn open(envelope: &[u8]) -> Result<Vec<u8>, OpenError> {
    let opener = Opener::new(&secret(7)).unwrap();
    let petitions = [[9; 16], CONTEXT.petition, [8; 16]];
    let opened = opener.open(envelope, CONTEXT.campaign, CONTEXT.table, &petitions)?;
    assert_eq!(opened.petition, CONTEXT.petition);
    Ok(opened.content.to_vec())
}

#[test]
fn an_envelope_shows_one_of_five_lengths() {
    let lengths: Vec<usize> = [0, 510, 511, 1022, 1023, 2046, 4094, MAX_CONTENT]
        .iter()
        .map(|n| sealed(&vec![1; *n], 0).len())
        .collect();
    assert_eq!(lengths, [1657, 1657, 2169, 2169, 3193, 3193, 5241, 9337]);
    assert_eq!(BUCKETS.map(|bucket| bucket + 1145), [1657, 2169, 3193, 5241, 9337]);
    let too_long = seal(
        &vec![0; MAX_CONTENT + 1],
        &CONTEXT,
        &secret(7).public().unwrap(),
        &mut StdRng::seed_from_u64(0),
    );
    assert_eq!(too_long, Err(SealError::TooLong));
}

#[test]
fn another_campaign_table_petition_or_key_does_not_open() {
    let envelope = sealed(b"one", 1);
    let opener = Opener::new(&secret(7)).unwrap();
    let attempt = |campaign, table, petition| opener.open(&envelope, campaign, table, &[petition]).is_ok();
    assert!(attempt([1; 16], [3; 16], [2; 16]));
    assert!(!attempt([9; 16], [3; 16], [2; 16]));
    assert!(!attempt([1; 16], [9; 16], [2; 16]));
    assert!(!attempt([1; 16], [3; 16], [9; 16]));
    let Err(error) = Opener::new(&secret(8)).unwrap().open(&envelope, [1; 16], [3; 16], &[[2; 16]]) else {
        panic!("opened with another key");
    };
    assert_eq!(error, OpenError::OtherEpoch);
}

#[test]
fn the_same_content_twice_looks_different() {
    assert_ne!(sealed(b"one", 1), sealed(b"one", 2));
}

#[test]
fn an_epoch_seed_comes_back_to_its_holder_only() {
    let (epoch, holder) = (secret(7), secret(20));
    let id = epoch.public().unwrap().epoch();
    let mut rng = StdRng::seed_from_u64(3);
    let wrapped = wrap_seed(&epoch, [1; 16], &holder.public().unwrap(), &mut rng).unwrap();
    assert_eq!(wrapped.len(), 1168);
    assert_eq!(unwrap_seed(&wrapped, [1; 16], id, &holder).ok().unwrap().expose(), epoch.expose());
    assert!(unwrap_seed(&wrapped, [1; 16], id, &secret(21)).is_err());
    assert!(unwrap_seed(&wrapped, [2; 16], id, &holder).is_err());
    for at in (0..wrapped.len()).step_by(37) {
        let mut changed = wrapped.clone();
        changed[at] ^= 0x10;
        assert!(unwrap_seed(&changed, [1; 16], id, &holder).is_err(), "byte {at}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_sealed_opens_as_it_was(content in prop::collection::vec(any::<u8>(), 0..=MAX_CONTENT), rng: u64) {
        prop_assert_eq!(open(&sealed(&content, rng)).unwrap(), content);
    }

    #[test]
    fn any_flipped_bit_is_refused(content in prop::collection::vec(any::<u8>(), 0..600), at in any::<prop::sample::Index>(), bit in 0_usize..8) {
        let mut envelope = sealed(&content, 5);
        let at = at.index(envelope.len());
        envelope[at] ^= 1 << bit;
        prop_assert!(open(&envelope).is_err());
    }

    #[test]
    fn any_other_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..2400)) {
        prop_assert!(open(&bytes).is_err());
    }

    #[test]
    fn a_cut_or_lengthened_envelope_is_refused(cut in 1_usize..1657, more in 1_usize..600) {
        let envelope = sealed(b"one", 6);
        prop_assert!(open(&envelope[..envelope.len() - cut]).is_err());
        let mut longer = envelope;
        longer.resize(longer.len() + more, 0);
        prop_assert!(open(&longer).is_err());
    }
}
