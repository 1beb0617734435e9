//! The keys under a passphrase: Argon2id (RFC 9106) and ChaCha20-Poly1305 (RFC 8439).

use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{
    ChaCha20Poly1305,
    aead::{Aead, KeyInit, Payload},
};
use lockbox::files;
use rand::CryptoRng;
use zeroize::Zeroizing;

use crate::{VaultError, secrets::Secrets, small_file::read_small};

const MAGIC: [u8; 5] = *b"UNDV\x01";
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;
/// More than these is no file of ours, and would only exhaust memory and time.
const MAX_MEMORY_KIB: u32 = 256 * 1024;
const MAX_PASSES: u32 = 16;
const MAX_LANES: u32 = 4;
const SALT: usize = 16;
const NONCE: usize = 12;
const HEAD: usize = MAGIC.len() + 12 + SALT;

/// The file of a profile whose keys are under a passphrase.
pub(crate) fn path(folder: &Path) -> PathBuf {
    folder.join("keys.sealed")
}

/// The key that a passphrase gives, with the parameters it was made by.
pub(crate) struct FileKey {
    key: Zeroizing<[u8; 32]>,
    head: [u8; HEAD],
}

impl FileKey {
    pub(crate) fn of_new(passphrase: &str, rng: &mut impl CryptoRng) -> Result<Self, VaultError> {
        let mut head = [0; HEAD];
        head[..5].copy_from_slice(&MAGIC);
        head[5..9].copy_from_slice(&MEMORY_KIB.to_be_bytes());
        head[9..13].copy_from_slice(&PASSES.to_be_bytes());
        head[13..17].copy_from_slice(&LANES.to_be_bytes());
        rng.fill_bytes(&mut head[17..]);
        Self::derive(passphrase, head)
    }

    /// The key of the file that is there; the passphrase is right.
    pub(crate) fn of_file(folder: &Path, passphrase: &str) -> Result<Self, VaultError> {
        let bytes = read_small(&path(folder))?.ok_or(VaultError::Changed)?;
        let head = bytes.first_chunk::<HEAD>().ok_or(VaultError::Damaged)?;
        let key = Self::derive(passphrase, *head)?;
        let plain = key.open(&bytes)?.ok_or(VaultError::WrongPassphrase)?;
        Secrets::from_bytes(&plain)?;
        Ok(key)
    }

    /// The keys that the file holds now.
    pub(crate) fn read(&self, folder: &Path) -> Result<Secrets, VaultError> {
        let bytes = read_small(&path(folder))?.ok_or(VaultError::Changed)?;
        if bytes.first_chunk::<HEAD>() != Some(&self.head) {
            return Err(VaultError::Changed);
        }
        Secrets::from_bytes(&self.open(&bytes)?.ok_or(VaultError::Damaged)?)
    }

    /// Writes the file whole, and reads it back.
    pub(crate) fn write(
        &self,
        folder: &Path,
        secrets: &Secrets,
        rng: &mut impl CryptoRng,
    ) -> Result<(), VaultError> {
        let plain = secrets.to_bytes()?;
        let mut nonce = [0; NONCE];
        rng.fill_bytes(&mut nonce);
        let mut bytes = self.head.to_vec();
        bytes.extend_from_slice(&nonce);
        let payload = Payload { msg: &plain, aad: &bytes };
        let sealed = self.cipher().encrypt(&nonce.into(), payload).map_err(|_| VaultError::Damaged)?;
        bytes.extend_from_slice(&sealed);
        files::write_private(&path(folder), &bytes)?;
        if read_small(&path(folder))?.as_deref() == Some(&bytes) { Ok(()) } else { Err(VaultError::Damaged) }
    }

    fn derive(passphrase: &str, head: [u8; HEAD]) -> Result<Self, VaultError> {
        let number = |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        let (memory, passes, lanes) = (number(5), number(9), number(13));
        if head[..5] != MAGIC || memory > MAX_MEMORY_KIB || passes > MAX_PASSES || lanes > MAX_LANES {
            return Err(VaultError::Damaged);
        }
        let params = Params::new(memory, passes, lanes, Some(32)).map_err(|_| VaultError::Damaged)?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.as_bytes(), &head[17..], key.as_mut_slice())
            .map_err(|_| VaultError::Damaged)?;
        Ok(Self { key, head })
    }

    /// None where it does not open: another passphrase, or changed bytes.
    fn open(&self, bytes: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        let (head, rest) = bytes.split_at_checked(HEAD).ok_or(VaultError::Damaged)?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or(VaultError::Damaged)?;
        let aad = [head, nonce].concat();
        let payload = Payload { msg: sealed, aad: &aad };
        Ok(self.cipher().decrypt(&(*nonce).into(), payload).ok().map(Zeroizing::new))
    }

    fn cipher(&self) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new((&*self.key).into())
    }
}
