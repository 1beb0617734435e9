//! Keys to seal to, and to open with.

use std::{fmt, str::FromStr};

use data_encoding::HEXLOWER;
use hpke::{Deserializable, Kem as _, Serializable};
use rand_core::CryptoRng;
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::Kem;

/// Bytes of an X-Wing public key.
pub const PUBLIC_KEY_BYTES: usize = 1216;

/// The first 8 bytes of SHA-256 of an epoch's public key. Text form: 16 lower-case hex characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EpochId(pub [u8; 8]);

impl fmt::Display for EpochId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl FromStr for EpochId {
    type Err = NotASealingKey;

    fn from_str(text: &str) -> Result<Self, NotASealingKey> {
        let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| NotASealingKey)?;
        Ok(Self(bytes.try_into().map_err(|_| NotASealingKey)?))
    }
}

/// The public half of an epoch or holder key: what one seals to.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    pub(crate) key: <Kem as hpke::Kem>::PublicKey,
    id: EpochId,
}

impl PublicKey {
    /// Reads the 1216 bytes of an X-Wing public key.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotASealingKey> {
        let key = <Kem as hpke::Kem>::PublicKey::from_bytes(bytes).map_err(|_| NotASealingKey)?;
        Ok(Self::of(key))
    }

    fn of(key: <Kem as hpke::Kem>::PublicKey) -> Self {
        let digest = Sha256::digest(key.to_bytes());
        let mut id = [0; 8];
        id.copy_from_slice(&digest[..8]);
        Self { key, id: EpochId(id) }
    }

    /// The 1216 bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.key.to_bytes().to_vec()
    }

    /// The id that this key has as an epoch.
    pub fn epoch(&self) -> EpochId {
        self.id
    }
}

/// The 32-byte seed of an epoch or holder key. Wiped when dropped; has no `Debug`.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct SecretKey([u8; 32]);

impl SecretKey {
    /// A new random key.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut seed = [0; 32];
        rng.fill_bytes(&mut seed);
        Self(seed)
    }

    /// A key kept elsewhere.
    pub fn from_bytes(seed: [u8; 32]) -> Self {
        Self(seed)
    }

    /// The seed, for keeping it.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// What others seal to.
    pub fn public(&self) -> Result<PublicKey, NotASealingKey> {
        Ok(PublicKey::of(Kem::sk_to_pk(&self.private()?)))
    }

    pub(crate) fn private(&self) -> Result<<Kem as hpke::Kem>::PrivateKey, NotASealingKey> {
        <Kem as hpke::Kem>::PrivateKey::from_bytes(&self.0).map_err(|_| NotASealingKey)
    }
}

/// The bytes are no X-Wing key, or the text no epoch id.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a sealing key")]
pub struct NotASealingKey;
