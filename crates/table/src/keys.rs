//! The keys of a table.

use lockbox::DatabaseKey;
use proof::Seed;
use rand::CryptoRng;
use zeroize::Zeroizing;

const DATABASE: &str = "table/database";
const DEVICE: &str = "table/device";

/// What a table needs of the keyring. The caller keeps them; the table never writes them.
pub struct Keys {
    /// Of its database.
    pub database: DatabaseKey,
    /// Of its device, which signs checkpoints.
    pub device: Seed,
}

impl Keys {
    /// The name of the database's key.
    pub const DATABASE: &str = DATABASE;
    /// The name of the device's key.
    pub const DEVICE: &str = DEVICE;

    /// New random keys.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self { database: DatabaseKey::generate(rng), device: Seed::generate(rng) }
    }

    /// Each key under the name that a keyring keeps it by.
    pub fn named(&self) -> [(&'static str, &[u8; 32]); 2] {
        [(DATABASE, self.database.expose()), (DEVICE, self.device.expose())]
    }

    /// The keys out of where they are kept. Errors: why one of them cannot be had, as `get` says it.
    pub fn from_named<E>(get: impl Fn(&str) -> Result<Zeroizing<[u8; 32]>, E>) -> Result<Self, E> {
        let (database, device) = (get(DATABASE)?, get(DEVICE)?);
        Ok(Self { database: DatabaseKey::from_bytes(*database), device: Seed::from_bytes(*device) })
    }
}
