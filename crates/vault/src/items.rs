//! What a keyring can do.

use zeroize::Zeroizing;

use crate::VaultError;

/// One item of a keyring. Wiped when dropped.
pub(crate) type Secret = Zeroizing<Vec<u8>>;

/// What a keyring can do, one call at a time.
pub(crate) trait Items {
    /// The item of this name, if there is one.
    fn read(&mut self, item: &str) -> Result<Option<Secret>, VaultError>;
    /// Makes an item, or gives it another content.
    fn write(&mut self, item: &str, secret: &[u8]) -> Result<(), VaultError>;
    /// Removes an item, if it is there.
    fn remove(&mut self, item: &str) -> Result<(), VaultError>;
}
