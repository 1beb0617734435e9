//! Keys in the system's keyring: one item a key, and a file in the profile that says which there are.

use std::path::{Path, PathBuf};

use lockbox::files;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Key, VaultError,
    items::Secret,
    keyring,
    secrets::{Secrets, key_of},
    small_file::read_small,
};

const VERSION: u32 = 2;

/// The file of a profile whose keys are in the keyring.
pub(crate) fn marker(folder: &Path) -> PathBuf {
    folder.join("keyring-item")
}

/// What the file says: which items are this profile's. No secret.
#[derive(Serialize, Deserialize)]
pub(crate) struct KeyringKeys {
    v: u32,
    profile: Uuid,
    /// The names of the keys that were kept. One that is here and not in the keyring is lost.
    keys: Vec<String>,
}

impl KeyringKeys {
    /// For a profile that keeps nothing yet. Nothing is written.
    pub(crate) fn new() -> Self {
        Self { v: VERSION, profile: Uuid::new_v4(), keys: Vec::new() }
    }

    /// Which items are the profile's; those of the first form, one item for all, are moved over.
    pub(crate) fn find(folder: &Path) -> Result<Option<Self>, VaultError> {
        let Some(bytes) = read_small(&marker(folder))? else { return Ok(None) };
        let text = std::str::from_utf8(&bytes).map_err(|_| VaultError::Damaged)?;
        if let Ok(item) = text.trim().parse::<Uuid>() {
            return Self::move_over(folder, item).map(Some);
        }
        let keys: Self = serde_json::from_str(text).map_err(|_| VaultError::Damaged)?;
        if keys.v == VERSION { Ok(Some(keys)) } else { Err(VaultError::Damaged) }
    }

    fn move_over(folder: &Path, item: Uuid) -> Result<Self, VaultError> {
        let mut keys = Self { v: VERSION, profile: item, keys: Vec::new() };
        let all = keyring::system().read(item.to_string())?.ok_or(VaultError::EntryLost)?;
        keys.put(folder, &Secrets::from_bytes(&all)?.named())?;
        // What it held is kept twice now. That it cannot be removed is no matter.
        let _left = keyring::system().remove(item.to_string());
        Ok(keys)
    }

    /// A key by its name. It is lost where it was kept and the keyring has no such item.
    pub(crate) fn read(&self, name: &str) -> Result<Option<Key>, VaultError> {
        match keyring::system().read(self.item(name))? {
            Some(secret) => Ok(Some(key_of(&secret)?)),
            None if self.keys.iter().any(|kept| kept == name) => Err(VaultError::EntryLost),
            None => Ok(None),
        }
    }

    /// Keeps keys: they are in the keyring, and were read back from it, before the profile says so.
    pub(crate) fn put(&mut self, folder: &Path, keys: &[(&str, &[u8; 32])]) -> Result<(), VaultError> {
        let secrets = keys.iter().map(|(name, key)| (self.item(name), Secret::new(key.to_vec()))).collect();
        keyring::system().write(secrets)?;
        for (name, _) in keys {
            if !self.keys.iter().any(|kept| kept == name) {
                self.keys.push((*name).to_owned());
            }
        }
        let text = serde_json::to_vec(self).map_err(|_| VaultError::Damaged)?;
        Ok(files::write_private(&marker(folder), &text)?)
    }

    fn item(&self, name: &str) -> String {
        format!("{}/{name}", self.profile)
    }
}
