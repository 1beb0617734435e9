//! A file of the vault's: small, and wiped from memory.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use zeroize::Zeroizing;

use crate::VaultError;

/// No file of ours is longer, in bytes.
const MAX_FILE: u64 = 64 * 1024;

/// A file of the vault's; none where there is none.
pub(crate) fn read_small(path: &Path) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
    let file = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    let mut bytes = Zeroizing::new(Vec::new());
    if file.take(MAX_FILE + 1).read_to_end(&mut bytes)? as u64 > MAX_FILE {
        return Err(VaultError::Damaged);
    }
    Ok(Some(bytes))
}
