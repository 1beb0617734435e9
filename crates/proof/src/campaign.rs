//! A campaign's id, which is its root key's fingerprint.

use std::{fmt, str::FromStr};

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A campaign's id: the fingerprint of its root key, so that it certifies that key by itself.
///
/// Text form: 32 lower-case hex characters (`docs/protocol.md` §2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct CampaignId([u8; 16]);

impl CampaignId {
    /// The id of the campaign that this 32-byte root public key makes.
    pub fn of_root(public_key: &[u8; 32]) -> Self {
        let digest =
            Sha256::new().chain_update(b"undersigned campaign v1\n").chain_update(public_key).finalize();
        let mut id = [0; 16];
        id.copy_from_slice(&digest[..16]);
        Self(id)
    }

    /// The name of the root key in notes.
    pub fn root_name(&self) -> String {
        format!("{self}/root")
    }

    /// The id out of its 16 bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The 16 bytes, as used in associated data.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Display for CampaignId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl FromStr for CampaignId {
    type Err = NotACampaignId;

    fn from_str(text: &str) -> Result<Self, NotACampaignId> {
        let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| NotACampaignId)?;
        Ok(Self(bytes.try_into().map_err(|_| NotACampaignId)?))
    }
}

impl From<CampaignId> for String {
    fn from(id: CampaignId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for CampaignId {
    type Error = NotACampaignId;

    fn try_from(text: String) -> Result<Self, NotACampaignId> {
        text.parse()
    }
}

/// The text is not 32 lower-case hex characters.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a campaign id: 32 lower-case hex characters are expected")]
pub struct NotACampaignId;
