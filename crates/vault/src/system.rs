//! The keyring that the system has: Secret Service, macOS Keychain or Windows Credential Manager.

use std::sync::Arc;

use keyring_core::{CredentialStore, Entry, Error};
use zeroize::Zeroizing;

use crate::{
    VaultError,
    items::{Items, Secret},
};

const SERVICE: &str = "undersigned";

/// The system's keyring. A connection that failed is made again: a keyring may be started, or started again, while the
/// program runs.
#[derive(Default)]
pub(crate) struct System {
    store: Option<Arc<CredentialStore>>,
}

impl Items for System {
    fn read(&mut self, item: &str) -> Result<Option<Secret>, VaultError> {
        self.call(item, |entry| match entry.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(fault(&error)),
        })
    }

    fn write(&mut self, item: &str, secret: &[u8]) -> Result<(), VaultError> {
        self.call(item, |entry| entry.set_secret(secret).map_err(|error| fault(&error)))
    }

    fn remove(&mut self, item: &str) -> Result<(), VaultError> {
        self.call(item, |entry| match entry.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(fault(&error)),
        })
    }
}

impl System {
    fn call<T>(
        &mut self,
        item: &str,
        work: impl FnOnce(&Entry) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        let store = match self.store.take() {
            Some(store) => store,
            None => connect().map_err(|_| VaultError::NoKeyring)?,
        };
        let entry = store.build(SERVICE, item, None).map_err(|error| fault(&error))?;
        let done = work(&entry)?;
        self.store = Some(store);
        Ok(done)
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn connect() -> keyring_core::Result<Arc<CredentialStore>> {
    let store = zbus_secret_service_keyring_store::Store::new()?;
    Ok(store)
}

#[cfg(target_os = "macos")]
fn connect() -> keyring_core::Result<Arc<CredentialStore>> {
    let store = apple_native_keyring_store::keychain::Store::new()?;
    Ok(store)
}

#[cfg(windows)]
fn connect() -> keyring_core::Result<Arc<CredentialStore>> {
    let store = windows_native_keyring_store::Store::new()?;
    Ok(store)
}

/// What a person is to be told. What the keyring itself says may hold names of items and paths.
fn fault(error: &Error) -> VaultError {
    match error {
        Error::NoStorageAccess(inner) | Error::PlatformFailure(inner) => match inner_fault(inner.as_ref()) {
            Some(fault) => fault,
            None if matches!(error, Error::NoStorageAccess(_)) => VaultError::KeyringLocked,
            None => VaultError::KeyringSilent,
        },
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::BadStoreFormat(_) | Error::Ambiguous(_) => {
            VaultError::Damaged
        }
        Error::NoEntry | Error::TooLong(..) | Error::Invalid(..) | Error::NotSupportedByStore(_) => {
            VaultError::KeyringKeepsNothing
        }
        _ => VaultError::KeyringSilent,
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn inner_fault(inner: &(dyn std::error::Error + Send + Sync + 'static)) -> Option<VaultError> {
    use secret_service::Error as Service;
    match inner.downcast_ref::<Service>()? {
        // There is no default collection, so no place for an item.
        Service::NoResult => Some(VaultError::KeyringKeepsNothing),
        // A prompt to unlock it that was dismissed, or that there was no screen for.
        Service::Locked | Service::Prompt => Some(VaultError::KeyringLocked),
        Service::Unavailable => Some(VaultError::NoKeyring),
        _ => Some(VaultError::KeyringSilent),
    }
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn inner_fault(_inner: &(dyn std::error::Error + Send + Sync + 'static)) -> Option<VaultError> {
    None
}
