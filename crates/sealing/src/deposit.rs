//! A kit sealed with the key in its code, to rest at the endpoint until its table asks for it (`docs/protocol.md` §3.2).

use chacha20poly1305::{
    ChaCha20Poly1305,
    aead::{Aead, KeyInit, Payload},
};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::SealError;

const MAGIC: [u8; 5] = *b"UNDK\x01";
const NONCE: usize = 12;

/// Seals a kit file with the key of a code.
pub fn seal_kit(
    kit: &[u8],
    campaign: [u8; 16],
    deposit: [u8; 16],
    key: &[u8; 32],
    rng: &mut impl CryptoRng,
) -> Result<Vec<u8>, SealError> {
    let mut nonce = [0; NONCE];
    rng.fill_bytes(&mut nonce);
    let payload = Payload { msg: kit, aad: &associated_data(campaign, deposit) };
    let ciphertext =
        ChaCha20Poly1305::new(key.into()).encrypt(&nonce.into(), payload).map_err(|_| SealError::Sealing)?;
    Ok([&MAGIC[..], &nonce, &ciphertext].concat())
}

/// Opens what [`seal_kit`] gave.
pub fn open_kit(
    sealed: &[u8],
    campaign: [u8; 16],
    deposit: [u8; 16],
    key: &[u8; 32],
) -> Result<Zeroizing<Vec<u8>>, OpenKitError> {
    let rest = sealed.strip_prefix(&MAGIC).ok_or(OpenKitError::NotASealedKit)?;
    let (nonce, ciphertext) = rest.split_first_chunk::<NONCE>().ok_or(OpenKitError::Changed)?;
    let payload = Payload { msg: ciphertext, aad: &associated_data(campaign, deposit) };
    let kit = ChaCha20Poly1305::new(key.into()).decrypt(&(*nonce).into(), payload);
    kit.map(Zeroizing::new).map_err(|_| OpenKitError::Changed)
}

fn associated_data(campaign: [u8; 16], deposit: [u8; 16]) -> [u8; 37] {
    let mut data = [0; 37];
    data[..5].copy_from_slice(&MAGIC);
    data[5..21].copy_from_slice(&campaign);
    data[21..].copy_from_slice(&deposit);
    data
}

/// Why nothing is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenKitError {
    /// Other bytes, or of a newer version.
    #[error("this is no sealed kit that this version knows")]
    NotASealedKit,
    /// Changed, cut short, or sealed with another key.
    #[error("the sealed kit does not open with this key")]
    Changed,
}
