//! Seal at capture, open at the desk: HPKE over X-Wing (`docs/protocol.md` §4); and a kit under its code (§3.2).
//!
//! Pure: no I/O, no clock, no randomness source; a caller passes an RNG.

mod deposit;
mod envelope;
mod expanded;
mod key;
mod wrap;

pub use deposit::{OpenKitError, open_kit, seal_kit};
pub use envelope::{
    BUCKETS, Context, MAX_CONTENT, OpenError, Opened, Opener, SealError, Sealer, epoch_of, seal,
};
pub use key::{EpochId, NotASealingKey, PUBLIC_KEY_BYTES, PublicKey, SecretKey};
pub use wrap::{UnwrapError, unwrap_seed, wrap_seed};

pub(crate) type Kem = hpke::kem::XWing;
pub(crate) type Kdf = hpke::kdf::HkdfSha256;
pub(crate) type Aead = hpke::aead::ChaCha20Poly1305;

/// Bytes of an encapsulated key.
pub(crate) const ENC: usize = 1120;
