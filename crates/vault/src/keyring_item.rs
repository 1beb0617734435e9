//! One item of the OS keyring. Every call runs beside, for a locked keyring may wait for a person.

use std::{sync::mpsc, thread, time::Duration};

use keyring::{Entry, Error};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::VaultError;

const SERVICE: &str = "undersigned";
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) fn is_there() -> bool {
    // A store may exist and hold no default collection, so the test is a look-up.
    beside(|| {
        Entry::store_status().is_ok()
            && matches!(entry(Uuid::nil()).and_then(|entry| entry.get_secret()), Ok(_) | Err(Error::NoEntry))
    })
    .unwrap_or(false)
}

pub(crate) fn read(item: Uuid) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
    beside(move || match entry(item).and_then(|entry| entry.get_secret()) {
        Ok(secret) => Ok(Some(Zeroizing::new(secret))),
        Err(Error::NoEntry) => Ok(None),
        Err(_) => Err(VaultError::KeyringSilent),
    })
    .unwrap_or(Err(VaultError::KeyringSilent))
}

pub(crate) fn write(item: Uuid, secret: Zeroizing<Vec<u8>>) -> Result<(), VaultError> {
    beside(move || {
        entry(item).and_then(|entry| entry.set_secret(&secret)).map_err(|_| VaultError::KeyringSilent)
    })
    .unwrap_or(Err(VaultError::KeyringSilent))
}

fn entry(item: Uuid) -> keyring::Result<Entry> {
    Entry::new(SERVICE, &item.to_string())
}

fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(work()));
    receiver.recv_timeout(PATIENCE).ok()
}
