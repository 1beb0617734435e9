//! Keys that sign notes, and that verify them.

use std::{fmt, str::FromStr};

use data_encoding::{BASE64, HEXLOWER};
use ed25519_dalek::{Signature, Signer};
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::CampaignId;

/// The 32 secret bytes of an Ed25519 key (RFC 8032 §5.1.5). Wiped when dropped; has no `Debug`.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Seed([u8; 32]);

impl Seed {
    /// A new random seed.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// A seed kept elsewhere.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The secret bytes, for keeping them in a keyring.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

/// What a key of a note signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// Signs notes: type 0x01.
    Signer,
    /// Cosigns checkpoints: type 0x04.
    Cosigner,
}

impl KeyKind {
    fn byte(self) -> u8 {
        match self {
            Self::Signer => 0x01,
            Self::Cosigner => 0x04,
        }
    }
}

/// A named Ed25519 key that can sign. Has no `Debug`; its secret is wiped when dropped.
pub struct SigningKey {
    public: VerifierKey,
    secret: ed25519_dalek::SigningKey,
}

impl SigningKey {
    /// The key of a seed, under a name without white space or `+`.
    pub fn new(name: impl Into<String>, kind: KeyKind, seed: &Seed) -> Self {
        let secret = ed25519_dalek::SigningKey::from_bytes(seed.expose());
        let public = VerifierKey { name: name.into(), kind, key: secret.verifying_key() };
        Self { public, secret }
    }

    /// The root key of the campaign that this seed makes; its name follows from it.
    pub fn root(seed: &Seed) -> Self {
        let public = ed25519_dalek::SigningKey::from_bytes(seed.expose()).verifying_key();
        let campaign = CampaignId::of_root(public.as_bytes());
        Self::new(campaign.root_name(), KeyKind::Signer, seed)
    }

    /// An endpoint's cosigning key; its name follows from it.
    pub fn endpoint(seed: &Seed) -> Self {
        let public = ed25519_dalek::SigningKey::from_bytes(seed.expose()).verifying_key();
        let digest = Sha256::digest(public.as_bytes());
        Self::new(format!("endpoint/{}", HEXLOWER.encode(&digest[..8])), KeyKind::Cosigner, seed)
    }

    /// The key that verifies what this one signs.
    pub fn verifier(&self) -> &VerifierKey {
        &self.public
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.secret.sign(message).to_bytes()
    }
}

/// A named Ed25519 key that verifies (C2SP signed-note, "verifier keys").
///
/// Text form: `<name>+<8 hex>+<base64 of type ‖ key>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct VerifierKey {
    name: String,
    kind: KeyKind,
    key: ed25519_dalek::VerifyingKey,
}

impl VerifierKey {
    /// Whether this is a campaign's root key: its name and its public key both.
    pub fn is_root_of(&self, campaign: CampaignId) -> bool {
        self.name == campaign.root_name() && CampaignId::of_root(self.public_key()) == campaign
    }

    /// The name that stands on signature lines.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it signs notes or cosigns checkpoints.
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The 32-byte public key.
    pub fn public_key(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// The first four bytes of SHA-256(name ‖ newline ‖ type ‖ key).
    pub fn id(&self) -> [u8; 4] {
        let digest = Sha256::new()
            .chain_update(self.name.as_bytes())
            .chain_update([b'\n', self.kind.byte()])
            .chain_update(self.key.as_bytes())
            .finalize();
        [digest[0], digest[1], digest[2], digest[3]]
    }

    pub(crate) fn accepts(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.key.verify_strict(message, &Signature::from_bytes(signature)).is_ok()
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = [0; 33];
        bytes[0] = self.kind.byte();
        bytes[1..].copy_from_slice(self.key.as_bytes());
        write!(f, "{}+{}+{}", self.name, HEXLOWER.encode(&self.id()), BASE64.encode(&bytes))
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyError::Shape);
        };
        if !is_key_name(name) {
            return Err(KeyError::Shape);
        }
        let bytes = BASE64.decode(key.as_bytes()).map_err(|_| KeyError::Shape)?;
        let (kind, key) = match bytes.split_first() {
            Some((0x01, key)) => (KeyKind::Signer, key),
            Some((0x04, key)) => (KeyKind::Cosigner, key),
            Some(_) => return Err(KeyError::Algorithm),
            None => return Err(KeyError::Shape),
        };
        let key: [u8; 32] = key.try_into().map_err(|_| KeyError::Shape)?;
        let key = ed25519_dalek::VerifyingKey::from_bytes(&key).map_err(|_| KeyError::Point)?;
        let parsed = Self { name: name.to_owned(), kind, key };
        if id == HEXLOWER.encode(&parsed.id()) { Ok(parsed) } else { Err(KeyError::Id) }
    }
}

impl From<VerifierKey> for String {
    fn from(key: VerifierKey) -> Self {
        key.to_string()
    }
}

impl TryFrom<String> for VerifierKey {
    type Error = KeyError;

    fn try_from(text: String) -> Result<Self, KeyError> {
        text.parse()
    }
}

pub(crate) fn is_key_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+')
}

/// Why a text is no verifier key.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not `<name>+<id>+<base64>`.
    #[error("not a verifier key: <name>+<id>+<key> is expected")]
    Shape,
    /// A signature type that this version does not know.
    #[error("the key is of an unknown type")]
    Algorithm,
    /// The bytes are no point of the curve.
    #[error("the key is no Ed25519 public key")]
    Point,
    /// The key id does not belong to the name and key.
    #[error("the key id does not belong to the key")]
    Id,
}
