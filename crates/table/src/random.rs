//! Bytes and ids that are random.

use rand::CryptoRng;
use uuid::Uuid;

/// A new id, version 4.
pub(crate) fn random_uuid(rng: &mut impl CryptoRng) -> Uuid {
    uuid::Builder::from_random_bytes(random(rng)).into_uuid()
}

/// Random bytes.
pub(crate) fn random<const N: usize>(rng: &mut impl CryptoRng) -> [u8; N] {
    let mut bytes = [0; N];
    rng.fill_bytes(&mut bytes);
    bytes
}
