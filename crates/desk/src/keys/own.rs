//! The desk's keys. The caller keeps them in the keyring (`docs/protocol.md` §10).

use lockbox::DatabaseKey;
use proof::{CampaignId, Seed, SigningKey};
use rand::CryptoRng;
use sealing::SecretKey;
use zeroize::Zeroizing;

const DATABASE: &str = "desk/database";
const ROOT: &str = "desk/root";
const HOLDER: &str = "desk/holder";

/// All keys of a desk. Wiped when dropped; has no `Debug`.
#[derive(Clone)]
pub struct Keys {
    /// Of the database on this computer.
    pub database: DatabaseKey,
    /// Signs everything that the campaign says.
    pub root: Seed,
    /// Unwraps the seeds of epochs.
    pub holder: SecretKey,
}

impl Keys {
    /// New random keys: a new campaign.
    pub fn generate(rng: &mut impl CryptoRng) -> Self {
        Self {
            database: DatabaseKey::generate(rng),
            root: Seed::generate(rng),
            holder: SecretKey::generate(rng),
        }
    }

    /// The id of the campaign that they are of.
    pub fn campaign(&self) -> CampaignId {
        CampaignId::of_root(SigningKey::root(&self.root).verifier().public_key())
    }

    /// The keys, each under the name by which [`Keys::from_named`] asks for it.
    pub fn named(&self) -> [(&'static str, &[u8; 32]); 3] {
        [(DATABASE, self.database.expose()), (ROOT, self.root.expose()), (HOLDER, self.holder.expose())]
    }

    /// The keys out of where they are kept. Errors: why one of them cannot be had, as `get` says it.
    pub fn from_named<E>(get: impl Fn(&str) -> Result<Zeroizing<[u8; 32]>, E>) -> Result<Self, E> {
        Ok(Self {
            database: DatabaseKey::from_bytes(*get(DATABASE)?),
            root: Seed::from_bytes(*get(ROOT)?),
            holder: SecretKey::from_bytes(*get(HOLDER)?),
        })
    }
}
