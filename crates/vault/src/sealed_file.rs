//! The keys under a passphrase: Argon2id (RFC 9106) and ChaCha20-Poly1305 (RFC 8439).

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{
    ChaCha20Poly1305,
    aead::{Aead, KeyInit, Payload},
};
use rand::CryptoRng;
use zeroize::Zeroizing;

use crate::VaultError;

const MAGIC: [u8; 5] = *b"UNDV\x01";
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;
/// More than this is no file of ours, and would only exhaust the memory.
const MAX_MEMORY_KIB: u32 = 1024 * 1024;
const SALT: usize = 16;
const NONCE: usize = 12;
const HEAD: usize = MAGIC.len() + 12 + SALT;

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

    fn derive(passphrase: &str, head: [u8; HEAD]) -> Result<Self, VaultError> {
        let number = |at: usize| u32::from_be_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        if head[..5] != MAGIC || number(5) > MAX_MEMORY_KIB {
            return Err(VaultError::Damaged);
        }
        let params =
            Params::new(number(5), number(9), number(13), Some(32)).map_err(|_| VaultError::Damaged)?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.as_bytes(), &head[17..], key.as_mut_slice())
            .map_err(|_| VaultError::Damaged)?;
        Ok(Self { key, head })
    }

    fn cipher(&self) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new((&*self.key).into())
    }
}

pub(crate) fn write(
    path: &Path,
    key: &FileKey,
    plain: &[u8],
    rng: &mut impl CryptoRng,
) -> Result<(), VaultError> {
    let mut nonce = [0; NONCE];
    rng.fill_bytes(&mut nonce);
    let mut bytes = key.head.to_vec();
    bytes.extend_from_slice(&nonce);
    let payload = Payload { msg: plain, aad: &bytes };
    let sealed = key.cipher().encrypt(&nonce.into(), payload).map_err(|_| VaultError::Damaged)?;
    bytes.extend_from_slice(&sealed);
    Ok(write_atomically(path, &bytes)?)
}

pub(crate) fn read(path: &Path, passphrase: &str) -> Result<(FileKey, Zeroizing<Vec<u8>>), VaultError> {
    let bytes = fs::read(path)?;
    let (head, rest) = bytes.split_first_chunk::<HEAD>().ok_or(VaultError::Damaged)?;
    let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or(VaultError::Damaged)?;
    let key = FileKey::derive(passphrase, *head)?;
    let payload = Payload { msg: sealed, aad: &bytes[..HEAD + NONCE] };
    let plain = key.cipher().decrypt(&(*nonce).into(), payload).map_err(|_| VaultError::WrongPassphrase)?;
    Ok((key, Zeroizing::new(plain)))
}

/// The old content or the new, never a half: written beside, synced, renamed.
pub(crate) fn write_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    File::open(folder)?.sync_all()
}
