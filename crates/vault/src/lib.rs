//! Where this computer's keys rest: the OS keyring, or where there is none a file under a passphrase
//! (`docs/protocol.md` §10). Never a key in clear on disk.

mod keyring_item;
mod sealed_file;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use data_encoding::BASE64;
use rand::CryptoRng;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The shortest passphrase that is taken, in characters.
pub const MIN_PASSPHRASE: usize = 10;

const MARKER: &str = "keyring-item";
const SEALED: &str = "keys.sealed";

/// Where the keys of a profile are, and what is needed to open them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the OS keyring: nothing is asked.
    Keyring,
    /// There is no keyring: a passphrase is to be chosen.
    ChoosePassphrase,
    /// There is no keyring: the passphrase chosen earlier is needed.
    AskPassphrase,
}

/// The open keys of one profile. Has no `Debug`; wiped when dropped.
pub struct Vault {
    profile: PathBuf,
    kept: Kept,
    secrets: Secrets,
}

enum Kept {
    InKeyring(Uuid),
    InFile(sealed_file::FileKey),
}

#[derive(Default, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct Secrets {
    // A map of zeroising values cannot be zeroised as a whole; pairs can.
    named: Vec<(String, String)>,
}

impl Vault {
    /// Looks where the keys of a profile are. Takes up to ten seconds where a keyring does not answer.
    pub fn place(profile: &Path) -> Result<Place, VaultError> {
        if profile.join(SEALED).exists() {
            return Ok(Place::AskPassphrase);
        }
        if profile.join(MARKER).exists() || keyring_item::is_there() {
            return Ok(Place::Keyring);
        }
        Ok(Place::ChoosePassphrase)
    }

    /// Opens the keys of a profile, or makes an empty place for them.
    ///
    /// `passphrase` is needed unless the keys are in the keyring.
    pub fn open(
        profile: &Path,
        passphrase: Option<&str>,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, VaultError> {
        fs::create_dir_all(profile)?;
        match Self::place(profile)? {
            Place::Keyring => Self::open_keyring(profile),
            Place::ChoosePassphrase | Place::AskPassphrase => {
                Self::open_with_passphrase(profile, passphrase.ok_or(VaultError::PassphraseNeeded)?, rng)
            }
        }
    }

    /// Opens the keys by a passphrase whether or not there is a keyring; chooses it when there is none yet.
    pub fn open_with_passphrase(
        profile: &Path,
        passphrase: &str,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, VaultError> {
        if profile.join(SEALED).exists() {
            Self::open_file(profile, passphrase)
        } else {
            Self::choose(profile, passphrase, rng)
        }
    }

    fn open_keyring(profile: &Path) -> Result<Self, VaultError> {
        let marker = profile.join(MARKER);
        let (item, secrets) = match fs::read_to_string(&marker) {
            Ok(text) => {
                let item = text.trim().parse().map_err(|_| VaultError::Damaged)?;
                let bytes = keyring_item::read(item)?.ok_or(VaultError::EntryLost)?;
                (item, Secrets::from_bytes(&bytes)?)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let item = Uuid::new_v4();
                let secrets = Secrets::default();
                keyring_item::write(item, secrets.to_bytes()?)?;
                sealed_file::write_atomically(&marker, format!("{item}\n").as_bytes())?;
                (item, secrets)
            }
            Err(error) => return Err(error.into()),
        };
        Ok(Self { profile: profile.to_owned(), kept: Kept::InKeyring(item), secrets })
    }

    fn choose(profile: &Path, passphrase: &str, rng: &mut impl CryptoRng) -> Result<Self, VaultError> {
        if passphrase.chars().count() < MIN_PASSPHRASE {
            return Err(VaultError::PassphraseShort);
        }
        let key = sealed_file::FileKey::of_new(passphrase, rng)?;
        let secrets = Secrets::default();
        sealed_file::write(&profile.join(SEALED), &key, &secrets.to_bytes()?, rng)?;
        Ok(Self { profile: profile.to_owned(), kept: Kept::InFile(key), secrets })
    }

    fn open_file(profile: &Path, passphrase: &str) -> Result<Self, VaultError> {
        let (key, bytes) = sealed_file::read(&profile.join(SEALED), passphrase)?;
        let secrets = Secrets::from_bytes(&bytes)?;
        Ok(Self { profile: profile.to_owned(), kept: Kept::InFile(key), secrets })
    }

    /// A 32-byte key by its name, for example `table/database`.
    pub fn find_key(&self, name: &str) -> Result<Option<Zeroizing<[u8; 32]>>, VaultError> {
        let Some((_, text)) = self.secrets.named.iter().find(|(known, _)| known == name) else {
            return Ok(None);
        };
        let bytes = Zeroizing::new(BASE64.decode(text.as_bytes()).map_err(|_| VaultError::Damaged)?);
        let mut key = Zeroizing::new([0; 32]);
        if bytes.len() != key.len() {
            return Err(VaultError::Damaged);
        }
        key.copy_from_slice(&bytes);
        Ok(Some(key))
    }

    /// Keeps 32-byte keys under their names, all or none, durably.
    pub fn put_keys(
        &mut self,
        keys: &[(&str, &[u8; 32])],
        rng: &mut impl CryptoRng,
    ) -> Result<(), VaultError> {
        let mut next = Secrets { named: self.secrets.named.clone() };
        for (name, key) in keys {
            next.named.retain(|(known, _)| known != name);
            next.named.push(((*name).to_owned(), BASE64.encode(*key)));
        }
        let bytes = next.to_bytes()?;
        match &self.kept {
            Kept::InKeyring(item) => keyring_item::write(*item, bytes)?,
            Kept::InFile(key) => sealed_file::write(&self.profile.join(SEALED), key, &bytes, rng)?,
        }
        self.secrets = next;
        Ok(())
    }
}

impl Secrets {
    fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        serde_json::to_vec(&self.named).map(Zeroizing::new).map_err(|_| VaultError::Damaged)
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, VaultError> {
        Ok(Self { named: serde_json::from_slice(bytes).map_err(|_| VaultError::Damaged)? })
    }
}

/// Why the keys could not be opened or kept.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// No passphrase was given, and there is no keyring.
    #[error("this computer has no keyring: a passphrase is needed")]
    PassphraseNeeded,
    /// Under ten characters.
    #[error("the passphrase is too short: at least ten characters are needed")]
    PassphraseShort,
    /// Another passphrase than the one chosen, or the file was changed.
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// The keyring that holds the keys does not answer.
    #[error("the system's keyring is locked or does not answer: log in again, or unlock it")]
    KeyringSilent,
    /// The keyring answers and does not hold the keys any more.
    #[error("the system's keyring does not hold this profile's keys any more")]
    EntryLost,
    /// What is kept is not of its shape.
    #[error("the kept keys are damaged")]
    Damaged,
    /// The file or folder.
    #[error("the keys' file cannot be read or written: {0}")]
    File(#[from] io::Error),
}

impl VaultError {
    /// Stable code for a screen or a script.
    pub fn code(&self) -> &'static str {
        match self {
            Self::PassphraseNeeded => "vault/passphrase-needed",
            Self::PassphraseShort => "vault/passphrase-short",
            Self::WrongPassphrase => "vault/wrong-passphrase",
            Self::KeyringSilent => "vault/keyring-silent",
            Self::EntryLost => "vault/entry-lost",
            Self::Damaged => "vault/damaged",
            Self::File(_) => "vault/file",
        }
    }
}
