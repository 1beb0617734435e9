use data_encoding::HEXLOWER;
use proof::Seed;
use rand::CryptoRng;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

const DATABASE: &str = "table/database";
const DEVICE: &str = "table/device";

/// The raw 256-bit key of the table's database. Wiped when dropped; has no `Debug`.
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

    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        let hex = Zeroizing::new(HEXLOWER.encode(&self.0));
        Zeroizing::new(format!("PRAGMA key = \"x'{}'\";", hex.as_str()))
    }
}

/// What a table needs of the keyring. The caller keeps them; the table never writes them.
pub struct Keys {
    /// Of its database.
    pub database: DatabaseKey,
    /// Of its device, which signs checkpoints.
    pub device: Seed,
}

impl Keys {
    /// New random keys.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self { database: DatabaseKey::generate(rng), device: Seed::generate(rng) }
    }

    /// Each key under the name that a keyring keeps it by.
    pub fn named(&self) -> [(&'static str, &[u8; 32]); 2] {
        [(DATABASE, self.database.expose()), (DEVICE, self.device.expose())]
    }

    /// The keys out of a keyring; none when one is missing.
    pub fn from_named(find: impl Fn(&str) -> Option<Zeroizing<[u8; 32]>>) -> Option<Self> {
        let (database, device) = (find(DATABASE)?, find(DEVICE)?);
        Some(Self { database: DatabaseKey::from_bytes(*database), device: Seed::from_bytes(*device) })
    }
}
