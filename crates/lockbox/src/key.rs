//! The raw key of a database.

use data_encoding::HEXLOWER;
use rand::CryptoRng;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The raw 256-bit key of a database (SQLCipher). Wiped when dropped; has no `Debug`.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct DatabaseKey([u8; 32]);

impl DatabaseKey {
    /// A new random key.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// A key kept elsewhere.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The secret bytes, for keeping them.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// The statement that gives the key, before anything else is asked of the file.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        let hex = Zeroizing::new(HEXLOWER.encode(&self.0));
        // As long as it will be: a string that grows leaves the key behind where it was.
        let mut pragma = Zeroizing::new(String::with_capacity(96));
        for part in ["PRAGMA key = \"x'", &hex, "'\";"] {
            pragma.push_str(part);
        }
        pragma
    }
}
