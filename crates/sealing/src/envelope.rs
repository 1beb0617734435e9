//! Envelopes: sealed, padded, and bound to what they are for.

use hpke::{
    Deserializable, OpModeR, OpModeS, Serializable, aead::AeadCtxS, setup_receiver, setup_sender_with_rng,
};
use rand_core::CryptoRng;
use zeroize::{Zeroize, Zeroizing};

use crate::{
    Aead, ENC, EpochId, Kdf, Kem, NotASealingKey, PublicKey, SecretKey,
    expanded::{ExpandedKey, ExpandedXWing},
};

/// What a plaintext is padded to, in bytes.
pub const BUCKETS: [usize; 5] = [512, 1024, 2048, 4096, 8192];
/// The longest content that fits an envelope.
pub const MAX_CONTENT: usize = 8192 - LENGTH;

const SUITE: u8 = 1;
const INFO: &[u8] = b"undersigned/envelope/v1";
const LENGTH: usize = 2;
const TAG: usize = 16;
const HEAD: usize = 1 + 8;

/// What an envelope is bound to beside its content. A mismatch in any of them cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    /// The campaign's id.
    pub campaign: [u8; 16],
    /// The petition signed.
    pub petition: [u8; 16],
    /// The table that collects.
    pub table: [u8; 16],
}

impl Context {
    fn associated_data(&self, epoch: EpochId) -> [u8; 57] {
        let mut data = [0; 57];
        data[0] = SUITE;
        data[1..17].copy_from_slice(&self.campaign);
        data[17..33].copy_from_slice(&self.petition);
        data[33..41].copy_from_slice(&epoch.0);
        data[41..].copy_from_slice(&self.table);
        data
    }
}

/// Seals content of at most [`MAX_CONTENT`] bytes to an epoch's key: an envelope of one of five lengths.
pub fn seal(
    content: &[u8],
    context: &Context,
    epoch: &PublicKey,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, SealError> {
    Sealer::new(epoch, rng)?.seal(content, context)
}

/// A key that is agreed on with an epoch's, for one envelope and no more: most of the work of sealing, done before there is
/// anything to seal. Wiped when dropped; has no `Debug`.
pub struct Sealer {
    epoch: EpochId,
    enc: <Kem as hpke::Kem>::EncappedKey,
    sender: AeadCtxS<Aead, Kdf, Kem>,
}

impl Sealer {
    /// Agrees on a key (RFC 9180, section 5.1: `SetupBaseS`).
    pub fn new(epoch: &PublicKey, rng: &mut impl CryptoRng) -> Result<Self, SealError> {
        let (enc, sender) = setup_sender_with_rng::<Aead, Kdf, Kem>(&OpModeS::Base, &epoch.key, INFO, rng)
            .map_err(|_| SealError::Sealing)?;
        Ok(Self { epoch: epoch.epoch(), enc, sender })
    }

    /// The epoch whose key it was agreed on with.
    pub fn epoch(&self) -> EpochId {
        self.epoch
    }

    /// Seals content of at most [`MAX_CONTENT`] bytes: an envelope of one of five lengths.
    pub fn seal(mut self, content: &[u8], context: &Context) -> Result<Vec<u8>, SealError> {
        let plaintext = pad(content)?;
        let aad = context.associated_data(self.epoch);
        let ciphertext = self.sender.seal(&plaintext, &aad).map_err(|_| SealError::Sealing)?;
        let mut envelope = Vec::with_capacity(HEAD + ENC + ciphertext.len());
        envelope.push(SUITE);
        envelope.extend_from_slice(&self.epoch.0);
        envelope.extend_from_slice(&self.enc.to_bytes());
        envelope.extend_from_slice(&ciphertext);
        Ok(envelope)
    }
}

/// The epoch that an envelope says it is sealed to.
pub fn epoch_of(envelope: &[u8]) -> Result<EpochId, OpenError> {
    Ok(Parts::of(envelope)?.epoch)
}

/// Opens envelopes of one epoch. Made once for many of them: its key is kept expanded. Wiped when dropped; has no `Debug`.
pub struct Opener {
    epoch: EpochId,
    // In its own place in memory: an opener that is moved leaves no copy of a secret behind.
    key: Box<ExpandedKey>,
}

/// What was in an envelope.
pub struct Opened {
    /// Which of the petitions that were tried it is for.
    pub petition: [u8; 16],
    /// The content; wiped when dropped.
    pub content: Zeroizing<Vec<u8>>,
}

impl Opener {
    /// An opener for the envelopes sealed to this key.
    pub fn new(secret: &SecretKey) -> Result<Self, NotASealingKey> {
        let public = secret.public()?;
        Ok(Self { epoch: public.epoch(), key: Box::new(ExpandedKey::expand(secret, &public.key)) })
    }

    /// Which epoch it opens.
    pub fn epoch(&self) -> EpochId {
        self.epoch
    }

    /// Opens an envelope of a campaign's table, trying its petitions in turn; the key is agreed on once.
    pub fn open(
        &self,
        envelope: &[u8],
        campaign: [u8; 16],
        table: [u8; 16],
        petitions: &[[u8; 16]],
    ) -> Result<Opened, OpenError> {
        let parts = Parts::of(envelope)?;
        if parts.epoch != self.epoch {
            return Err(OpenError::OtherEpoch);
        }
        let enc = <Kem as hpke::Kem>::EncappedKey::from_bytes(parts.enc).map_err(|_| OpenError::Broken)?;
        let mut receiver = setup_receiver::<Aead, Kdf, ExpandedXWing>(&OpModeR::Base, &self.key, &enc, INFO)
            .map_err(|_| OpenError::Broken)?;
        for petition in petitions {
            let context = Context { campaign, petition: *petition, table };
            // A failed open leaves the receiver as it was, so the next petition can be tried with it.
            if let Ok(plaintext) = receiver.open(parts.ciphertext, &context.associated_data(parts.epoch)) {
                let content = unpad(Zeroizing::new(plaintext))?;
                return Ok(Opened { petition: *petition, content });
            }
        }
        Err(OpenError::Broken)
    }
}

struct Parts<'a> {
    epoch: EpochId,
    enc: &'a [u8],
    ciphertext: &'a [u8],
}

impl<'a> Parts<'a> {
    fn of(envelope: &'a [u8]) -> Result<Self, OpenError> {
        let (suite, rest) = envelope.split_first().ok_or(OpenError::Shape)?;
        if *suite != SUITE {
            return Err(OpenError::Suite);
        }
        let (epoch, rest) = rest.split_first_chunk::<8>().ok_or(OpenError::Shape)?;
        let (enc, ciphertext) = rest.split_at_checked(ENC).ok_or(OpenError::Shape)?;
        if !BUCKETS.iter().any(|bucket| bucket + TAG == ciphertext.len()) {
            return Err(OpenError::Shape);
        }
        Ok(Self { epoch: EpochId(*epoch), enc, ciphertext })
    }
}

fn pad(content: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let length = u16::try_from(content.len()).map_err(|_| SealError::TooLong)?;
    let bucket = bucket_for(content.len()).ok_or(SealError::TooLong)?;
    let mut plaintext = Zeroizing::new(Vec::with_capacity(bucket));
    plaintext.extend_from_slice(&length.to_be_bytes());
    plaintext.extend_from_slice(content);
    plaintext.resize(bucket, 0);
    Ok(plaintext)
}

fn unpad(mut plaintext: Zeroizing<Vec<u8>>) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let (length, rest) = plaintext.split_first_chunk::<LENGTH>().ok_or(OpenError::Padding)?;
    let length = usize::from(u16::from_be_bytes(*length));
    let (_, padding) = rest.split_at_checked(length).ok_or(OpenError::Padding)?;
    if padding.iter().any(|byte| *byte != 0) || bucket_for(length) != Some(plaintext.len()) {
        return Err(OpenError::Padding);
    }
    plaintext.copy_within(LENGTH..LENGTH + length, 0);
    plaintext[length..].zeroize();
    plaintext.truncate(length);
    Ok(plaintext)
}

fn bucket_for(content: usize) -> Option<usize> {
    BUCKETS.into_iter().find(|bucket| content + LENGTH <= *bucket)
}

/// Why content was not sealed.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Over [`MAX_CONTENT`] bytes.
    #[error("the content is too long to be sealed")]
    TooLong,
    /// The key cannot be sealed to.
    #[error("sealing failed: the sealing key is not usable")]
    Sealing,
}

/// Why an envelope was not opened.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// No envelope by its length.
    #[error("not an envelope")]
    Shape,
    /// A sealing suite that this version does not know.
    #[error("the envelope is of an unknown suite")]
    Suite,
    /// Sealed to another key.
    #[error("the envelope is sealed to another epoch")]
    OtherEpoch,
    /// Changed, of another table, campaign or petition, or sealed to another key under this name.
    #[error("the envelope does not open: it was changed, or is not of this table")]
    Broken,
    /// Opened, and not padded as it must be.
    #[error("the envelope's padding is wrong")]
    Padding,
}
