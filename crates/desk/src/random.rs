//! Ids that are random.

use rand::CryptoRng;
use uuid::Uuid;

/// A new id, version 4.
pub(crate) fn random_uuid(rng: &mut impl CryptoRng) -> Uuid {
    let mut bytes = [0; 16];
    rng.fill_bytes(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}
