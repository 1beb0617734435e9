//! What a desk derives from its root seed for a kit, so that it need not keep it: the same after a restore.

use hmac::{Hmac, KeyInit, Mac};
use proof::Seed;
use sha2::Sha256;
use uuid::Uuid;
use zeroize::{Zeroize, Zeroizing};

/// The first bytes of HMAC-SHA256(root seed, purpose ‖ kit): at most 32.
pub(crate) fn derived<const BYTES: usize>(root: &Seed, purpose: &[u8], kit: Uuid) -> Zeroizing<[u8; BYTES]> {
    // A key shorter than the hash's block is filled up with zeros (RFC 2104 §2).
    let mut key = Zeroizing::new([0; 64]);
    key[..32].copy_from_slice(root.expose());
    let mac = Hmac::<Sha256>::new((&*key).into()).chain_update(purpose).chain_update(kit.as_bytes());
    let mut whole = mac.finalize().into_bytes();
    let mut first = Zeroizing::new([0; BYTES]);
    first.copy_from_slice(&whole[..BYTES]);
    whole.as_mut_slice().zeroize();
    first
}
