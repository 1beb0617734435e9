//! Where this computer's keys rest: the OS keyring, or where it cannot keep them a file under a passphrase
//! (`docs/protocol.md` §10). Never a key in clear on disk.
//!
//! Nothing is made by reading. The first keys that are put decide where all of a profile are.

mod error;
mod items;
mod keyring;
mod keyring_keys;
mod profile;
mod sealed_file;
mod secrets;
mod small_file;
mod system;
mod vault;

pub use crate::{
    error::VaultError,
    profile::Profile,
    secrets::Key,
    vault::{MIN_PASSPHRASE, Place, Vault, Why},
};
