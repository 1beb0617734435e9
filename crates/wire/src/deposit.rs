//! Names of sealed kits at the endpoint, and of those who claim them: `docs/protocol.md` §8.9.

use std::{fmt, str::FromStr};

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};

/// The media type of a sealed kit.
pub const SEALED_KIT_TYPE: &str = "application/vnd.undersigned.sealed-kit";
/// A kit file is a note, of 1 MiB at most; and a little.
pub const MAX_SEALED_KIT_BYTES: usize = (1 << 20) + (64 << 10);

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        ///
        /// Text form: 32 lower-case hex characters.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name(pub [u8; 16]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&HEXLOWER.encode(&self.0))
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| NotAnId)?;
                Ok(Self(bytes.try_into().map_err(|_| NotAnId)?))
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;

            fn try_from(text: String) -> Result<Self, NotAnId> {
                text.parse()
            }
        }
    )*};
}

ids! {
    /// A sealed kit at the endpoint.
    DepositId,
    /// Who claims a deposit: the same each time it asks.
    ClaimId,
}

/// The text is not 32 lower-case hex characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id: 32 lower-case hex characters are expected")]
pub struct NotAnId;
