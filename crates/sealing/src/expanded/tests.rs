//! The expanded key beside hpke's own: the same secrets from the same bytes, whatever the bytes.
#![expect(clippy::unwrap_used, reason = "tests")]

use hpke::{
    Deserializable, HpkeError, Kem, OpModeR, OpModeS, Serializable, kem::XWing, single_shot_open,
    single_shot_seal_with_rng,
};
use proptest::prelude::*;
use rand::{SeedableRng, rngs::StdRng};
use subtle::ConstantTimeEq;

use super::{ExpandedKey, ExpandedXWing};
use crate::{Aead, ENC, Kdf};

type Theirs = <XWing as Kem>::PrivateKey;
type Public = <XWing as Kem>::PublicKey;

fn keys(seed: [u8; 32]) -> (ExpandedKey, Theirs, Public) {
    let theirs = Theirs::from_bytes(&seed).unwrap();
    let public = XWing::sk_to_pk(&theirs);
    (ExpandedKey::from_bytes(&seed).unwrap(), theirs, public)
}

/// What both make of an encapsulated key, which must be one and the same.
fn both(ours: &ExpandedKey, theirs: &Theirs, encapped: &[u8]) -> [u8; 32] {
    let encapped = <XWing as Kem>::EncappedKey::from_bytes(encapped).unwrap();
    let secret = ExpandedXWing::decap(ours, None, &encapped).unwrap().0.0;
    assert_eq!(secret, XWing::decap(theirs, None, &encapped).unwrap().0.0);
    secret
}

fn sealed<K: Kem>(public: &K::PublicKey, content: &[u8], rng: u64) -> (Vec<u8>, Vec<u8>) {
    let rng = &mut StdRng::seed_from_u64(rng);
    let (enc, ciphertext) =
        single_shot_seal_with_rng::<Aead, Kdf, K>(&OpModeS::Base, public, b"info", content, b"aad", rng)
            .unwrap();
    (enc.to_bytes().to_vec(), ciphertext)
}

fn opened<K: Kem>(key: &K::PrivateKey, enc: &[u8], ciphertext: &[u8]) -> Result<Vec<u8>, HpkeError> {
    let enc = K::EncappedKey::from_bytes(enc)?;
    single_shot_open::<Aead, Kdf, K>(&OpModeR::Base, key, &enc, b"info", ciphertext, b"aad")
}

#[test]
fn points_of_small_order_give_the_secret_that_hpke_gives() {
    let (ours, theirs, public) = keys([7; 32]);
    let (encapped, _) = sealed::<XWing>(&public, b"", 1);
    // RFC 7748, section 6.1: what these share is zero. 2²⁵⁵ − 19 is zero, not reduced; the last has a bit that is to be ignored.
    let mut unreduced = [0xff; 32];
    (unreduced[0], unreduced[31]) = (0xed, 0x7f);
    let mut one = [0; 32];
    one[0] = 1;
    for point in [[0; 32], one, unreduced, [0xff; 32]] {
        both(&ours, &theirs, &[&encapped[..ENC - 32], &point].concat());
    }
}

#[test]
fn a_key_is_written_compared_and_derived_as_hpke_does() {
    let (ours, theirs, public) = keys([7; 32]);
    assert_eq!(ours.to_bytes(), theirs.to_bytes());
    assert!(ExpandedXWing::sk_to_pk(&ours) == public);
    assert!(bool::from(ours.ct_eq(&ours.clone())));
    assert!(!bool::from(ours.ct_eq(&keys([8; 32]).0)));
    assert!(ExpandedKey::from_bytes(&[7; 31]).is_err());
    let ((ours, public), (theirs, their_public)) =
        (ExpandedXWing::derive_keypair(b"material"), XWing::derive_keypair(b"material"));
    assert_eq!(ours.to_bytes(), theirs.to_bytes());
    assert!(public == their_public);
}

#[test]
fn a_sender_that_would_be_authenticated_is_refused() {
    let (ours, _, public) = keys([7; 32]);
    let (enc, ciphertext) = sealed::<XWing>(&public, b"content", 1);
    let enc = <XWing as Kem>::EncappedKey::from_bytes(&enc).unwrap();
    let mode = OpModeR::Auth(public.clone());
    let opened =
        single_shot_open::<Aead, Kdf, ExpandedXWing>(&mode, &ours, &enc, b"info", &ciphertext, b"aad");
    assert_eq!(opened, Err(HpkeError::DecapError));
    let rng = &mut StdRng::seed_from_u64(1);
    let encapped = ExpandedXWing::encap_with_rng(&public, Some((&ours, &public)), rng);
    assert!(matches!(encapped, Err(HpkeError::EncapError)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_either_seals_the_other_opens(seed: [u8; 32], content in prop::collection::vec(any::<u8>(), 0..600), rng: u64) {
        let (ours, theirs, public) = keys(seed);
        let by_hpke = sealed::<XWing>(&public, &content, rng);
        let by_us = sealed::<ExpandedXWing>(&public, &content, rng);
        prop_assert_eq!(&by_us, &by_hpke);
        prop_assert_eq!(opened::<ExpandedXWing>(&ours, &by_hpke.0, &by_hpke.1).unwrap(), &content[..]);
        prop_assert_eq!(opened::<XWing>(&theirs, &by_us.0, &by_us.1).unwrap(), &content[..]);
    }

    #[test]
    fn what_was_changed_is_refused_by_both_alike(seed: [u8; 32], rng: u64, at in any::<prop::sample::Index>(), bit in 0_usize..8) {
        let (ours, theirs, public) = keys(seed);
        let (mut enc, mut ciphertext) = sealed::<XWing>(&public, b"content", rng);
        let secret = both(&ours, &theirs, &enc);
        let at = at.index(enc.len() + ciphertext.len());
        match at.checked_sub(enc.len()) {
            None => enc[at] ^= 1 << bit,
            Some(at) => ciphertext[at] ^= 1 << bit,
        }
        prop_assert_eq!(opened::<ExpandedXWing>(&ours, &enc, &ciphertext), Err(HpkeError::OpenError));
        prop_assert_eq!(opened::<XWing>(&theirs, &enc, &ciphertext), Err(HpkeError::OpenError));
        prop_assert_eq!(both(&ours, &theirs, &enc) == secret, at >= enc.len());
    }

    #[test]
    fn any_bytes_give_the_secret_that_hpke_gives(seed: [u8; 32], encapped in prop::collection::vec(any::<u8>(), ENC)) {
        let (ours, theirs, _) = keys(seed);
        both(&ours, &theirs, &encapped);
    }
}
