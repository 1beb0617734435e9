//! An epoch's secret, wrapped to a holder.

use hpke::{Deserializable, OpModeR, OpModeS, Serializable, single_shot_open, single_shot_seal_with_rng};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::{Aead, ENC, EpochId, Kdf, Kem, PublicKey, SealError, SecretKey};

const INFO: &[u8] = b"undersigned/epoch-seed/v1";

/// Wraps an epoch's secret to a holder: 1168 bytes that only the holder can unwrap.
pub fn wrap_seed(
    epoch: &SecretKey,
    campaign: [u8; 16],
    holder: &PublicKey,
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, SealError> {
    let id = epoch.public().map_err(|_| SealError::Sealing)?.epoch();
    let (enc, ciphertext) = single_shot_seal_with_rng::<Aead, Kdf, Kem>(
        &OpModeS::Base,
        &holder.key,
        INFO,
        epoch.expose(),
        &associated_data(campaign, id),
        rng,
    )
    .map_err(|_| SealError::Sealing)?;
    let mut wrapped = enc.to_bytes().to_vec();
    wrapped.extend_from_slice(&ciphertext);
    Ok(wrapped)
}

/// Unwraps what [`wrap_seed`] gave; the seed must be that of `epoch`.
pub fn unwrap_seed(
    wrapped: &[u8],
    campaign: [u8; 16],
    epoch: EpochId,
    holder: &SecretKey,
) -> Result<SecretKey, UnwrapError> {
    let (enc, ciphertext) = wrapped.split_at_checked(ENC).ok_or(UnwrapError)?;
    let enc = <Kem as hpke::Kem>::EncappedKey::from_bytes(enc).map_err(|_| UnwrapError)?;
    let private = holder.private().map_err(|_| UnwrapError)?;
    let aad = associated_data(campaign, epoch);
    let seed = single_shot_open::<Aead, Kdf, Kem>(&OpModeR::Base, &private, &enc, INFO, ciphertext, &aad)
        .map(Zeroizing::new)
        .map_err(|_| UnwrapError)?;
    let seed = SecretKey::from_bytes(seed.as_slice().try_into().map_err(|_| UnwrapError)?);
    let right = seed.public().is_ok_and(|public| public.epoch() == epoch);
    if right { Ok(seed) } else { Err(UnwrapError) }
}

fn associated_data(campaign: [u8; 16], epoch: EpochId) -> [u8; 24] {
    let mut data = [0; 24];
    data[..16].copy_from_slice(&campaign);
    data[16..].copy_from_slice(&epoch.0);
    data
}

/// Not wrapped to this holder, or changed.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the epoch key does not open with this holder's key")]
pub struct UnwrapError;
