//! X-Wing with a secret key that stays expanded: for opening many envelopes with one key.
//!
//! hpke's own key is the 32-byte seed, and is expanded anew at each decapsulation: a third of what opening an envelope costs. What it
//! expands to may be kept (draft-connolly-cfrg-xwing-kem, "Keeping expanded decapsulation key around"). The same algorithm, identifier
//! and bytes: all but the expansion and the decapsulation is hpke's, and the tests hold these two against hpke's.

#[cfg(test)]
mod tests;

use hpke::{
    Deserializable, HpkeError, Kem, Serializable,
    kem::{SharedSecret, XWing},
};
use ml_kem::{Decapsulate, KeyInit, MlKem768, ml_kem_768};
use rand_core::CryptoRng;
use sha3::{Digest, Sha3_256};
use shake::{ExtendableOutput, Shake256};
use subtle::{Choice, ConstantTimeEq};
use x25519_dalek::StaticSecret;
use zeroize::{ZeroizeOnDrop, Zeroizing};

use crate::SecretKey;

/// The last that is hashed into a shared secret (the draft's `XWingLabel`).
const LABEL: &[u8] = br"\.//^\";
const ML_KEM_SEED: usize = 64;
const X25519_SECRET: usize = 32;

/// X-Wing, opening with an [`ExpandedKey`].
pub(crate) struct ExpandedXWing;

/// A secret key and what it expands to. Wiped when dropped; has no `Debug`.
#[derive(Clone, ZeroizeOnDrop)]
pub(crate) struct ExpandedKey {
    seed: SecretKey,
    ml_kem: ml_kem_768::DecapsulationKey,
    x25519: StaticSecret,
    #[zeroize(skip)]
    x25519_public: x25519_dalek::PublicKey,
    #[zeroize(skip)]
    public: <XWing as Kem>::PublicKey,
}

impl ExpandedKey {
    /// Expands a key (the draft's `expandDecapsulationKey`), whose public half this is.
    pub(crate) fn expand(secret: &SecretKey, public: &<XWing as Kem>::PublicKey) -> Self {
        let mut expanded = Zeroizing::new([0; ML_KEM_SEED + X25519_SECRET]);
        Shake256::digest_xof(secret.expose(), &mut *expanded);
        let (mut ml_kem, mut x25519) = (Zeroizing::new([0; ML_KEM_SEED]), Zeroizing::new([0; X25519_SECRET]));
        ml_kem.copy_from_slice(&expanded[..ML_KEM_SEED]);
        x25519.copy_from_slice(&expanded[ML_KEM_SEED..]);
        let x25519 = StaticSecret::from(*x25519);
        Self {
            seed: secret.clone(),
            ml_kem: ml_kem_768::DecapsulationKey::new((&*ml_kem).into()),
            x25519_public: (&x25519).into(),
            x25519,
            public: public.clone(),
        }
    }

    fn of(seed: &<XWing as Kem>::PrivateKey) -> Self {
        Self::expand(&SecretKey::from_bytes(seed.to_bytes().0), &XWing::sk_to_pk(seed))
    }
}

impl Serializable for ExpandedKey {
    type OutputSize = <<XWing as Kem>::PrivateKey as Serializable>::OutputSize;

    fn write_exact(&self, buf: &mut [u8]) {
        buf.copy_from_slice(self.seed.expose());
    }
}

impl Deserializable for ExpandedKey {
    fn from_bytes(encoded: &[u8]) -> Result<Self, HpkeError> {
        let seed = <XWing as Kem>::PrivateKey::from_bytes(encoded)?;
        Ok(Self::of(&seed))
    }
}

impl ConstantTimeEq for ExpandedKey {
    fn ct_eq(&self, other: &Self) -> Choice {
        self.seed.expose().ct_eq(other.seed.expose())
    }
}

impl Kem for ExpandedXWing {
    type PublicKey = <XWing as Kem>::PublicKey;
    type PrivateKey = ExpandedKey;
    type EncappedKey = <XWing as Kem>::EncappedKey;
    type NSecret = <XWing as Kem>::NSecret;

    const KEM_ID: u16 = XWing::KEM_ID;

    fn sk_to_pk(key: &ExpandedKey) -> Self::PublicKey {
        key.public.clone()
    }

    fn derive_keypair(ikm: &[u8]) -> (ExpandedKey, Self::PublicKey) {
        let (seed, public) = XWing::derive_keypair(ikm);
        (ExpandedKey::of(&seed), public)
    }

    /// A changed encapsulated key gives another secret, not an error: the envelope's tag does not fit it then.
    fn decap(
        key: &ExpandedKey,
        sender: Option<&Self::PublicKey>,
        encapped: &Self::EncappedKey,
    ) -> Result<SharedSecret<Self>, HpkeError> {
        if sender.is_some() {
            return Err(HpkeError::DecapError);
        }
        let encapped = encapped.to_bytes();
        let (ml_kem, x25519) = encapped.split_ref::<<MlKem768 as ml_kem::Kem>::CiphertextSize>();
        let of_ml_kem = Zeroizing::new(key.ml_kem.decapsulate(ml_kem).0);
        let of_x25519 = key.x25519.diffie_hellman(&x25519.0.into());
        let secret = Sha3_256::new()
            .chain_update(&of_ml_kem[..])
            .chain_update(&of_x25519)
            .chain_update(x25519)
            .chain_update(key.x25519_public)
            .chain_update(LABEL);
        Ok(SharedSecret(secret.finalize()))
    }

    fn encap_with_rng(
        public: &Self::PublicKey,
        sender: Option<(&ExpandedKey, &Self::PublicKey)>,
        rng: &mut impl CryptoRng,
    ) -> Result<(SharedSecret<Self>, Self::EncappedKey), HpkeError> {
        if sender.is_some() {
            return Err(HpkeError::EncapError);
        }
        let (secret, encapped) = XWing::encap_with_rng(public, None, rng)?;
        Ok((SharedSecret(secret.0), encapped))
    }
}
