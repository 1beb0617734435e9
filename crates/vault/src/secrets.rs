//! Keys by their names, as one piece: what the file under a passphrase seals.

use data_encoding::BASE64;
use zeroize::Zeroizing;

use crate::VaultError;

/// A 32-byte key. Wiped when dropped.
pub type Key = Zeroizing<[u8; 32]>;

/// All keys of a file. Wiped when dropped; has no `Debug`.
#[derive(Default)]
pub(crate) struct Secrets(Vec<(String, Key)>);

impl Secrets {
    pub(crate) fn find(self, name: &str) -> Option<Key> {
        self.0.into_iter().find(|(known, _)| known == name).map(|(_, key)| key)
    }

    pub(crate) fn named(&self) -> Vec<(&str, &[u8; 32])> {
        self.0.iter().map(|(name, key)| (name.as_str(), &**key)).collect()
    }

    /// Adds keys, or gives those of the same names another content.
    pub(crate) fn put(&mut self, keys: &[(&str, &[u8; 32])]) {
        for (name, key) in keys {
            self.0.retain(|(known, _)| known != name);
            self.0.push(((*name).to_owned(), Zeroizing::new(**key)));
        }
    }

    /// As JSON: pairs of name and Base64.
    pub(crate) fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let pairs: Vec<(&str, Zeroizing<String>)> =
            self.0.iter().map(|(name, key)| (name.as_str(), Zeroizing::new(BASE64.encode(&**key)))).collect();
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, text)| (*name, text.as_str())).collect();
        serde_json::to_vec(&pairs).map(Zeroizing::new).map_err(|_| VaultError::Damaged)
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, VaultError> {
        let pairs: Vec<(String, String)> = serde_json::from_slice(bytes).map_err(|_| VaultError::Damaged)?;
        let mut secrets = Self::default();
        for (name, text) in pairs {
            let text = Zeroizing::new(text);
            let bytes =
                BASE64.decode(text.as_bytes()).map(Zeroizing::new).map_err(|_| VaultError::Damaged)?;
            secrets.0.push((name, key_of(&bytes)?));
        }
        Ok(secrets)
    }
}

/// A key out of what was kept.
pub(crate) fn key_of(bytes: &[u8]) -> Result<Key, VaultError> {
    Ok(Zeroizing::new(bytes.try_into().map_err(|_| VaultError::Damaged)?))
}
