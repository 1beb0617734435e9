//! The keys of one profile: found, put and read where they are kept.

use rand::CryptoRng;
use uuid::Uuid;

use crate::{
    Key, Profile, VaultError,
    items::Secret,
    keyring,
    keyring_keys::KeyringKeys,
    sealed_file::{self, FileKey},
    secrets::Secrets,
};

/// The shortest passphrase that is taken, in characters.
pub const MIN_PASSPHRASE: usize = 10;

/// Where the keys of a profile are, or can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the OS keyring, or nowhere yet and the keyring can keep them: nothing is asked.
    Keyring,
    /// In a file: the passphrase chosen earlier is needed.
    AskPassphrase,
    /// Nowhere yet, and the keyring cannot keep them: a passphrase is to be chosen.
    ChoosePassphrase(Why),
}

/// Why a keyring cannot keep keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// There is none.
    NoKeyring,
    /// It answers, and nothing stays in it: for example without a default collection.
    KeepsNothing,
    /// It is locked, or waits for somebody to unlock it.
    Locked,
}

/// Where the keys of a profile are kept.
enum Kept {
    Nowhere,
    InKeyring(KeyringKeys),
    InFile,
}

/// The keys of one profile. It holds none of them: each is read where it is kept. Has no `Debug`.
pub struct Vault {
    profile: Profile,
    /// Of the file that is there, or of the one that the first keys will make.
    file_key: Option<FileKey>,
}

impl Vault {
    /// Looks where the keys of a profile are. Where there are none it tries the keyring out, with an item that it removes
    /// again. Takes up to 30 seconds where a keyring does not answer, or asks for a password.
    ///
    /// Errors: [`VaultError::Damaged`], [`VaultError::File`], and those of the keyring that keys are moved over in.
    pub fn place(profile: &Profile, rng: &mut impl CryptoRng) -> Result<Place, VaultError> {
        let _alone = profile.writing();
        Ok(match kept(profile)? {
            Kept::InKeyring(_) => Place::Keyring,
            Kept::InFile => Place::AskPassphrase,
            Kept::Nowhere => {
                let mut secret = Secret::new(vec![0; 32]);
                rng.fill_bytes(&mut secret);
                match keyring::system().try_out(format!("{}/trial", Uuid::new_v4()), secret) {
                    Ok(()) => Place::Keyring,
                    Err(VaultError::NoKeyring) => Place::ChoosePassphrase(Why::NoKeyring),
                    Err(VaultError::KeyringLocked | VaultError::KeyringSilent) => {
                        Place::ChoosePassphrase(Why::Locked)
                    }
                    Err(_) => Place::ChoosePassphrase(Why::KeepsNothing),
                }
            }
        })
    }

    /// Opens the keys of a profile. Makes nothing: where there are none, the first that are put go into the keyring, or
    /// with a passphrase into a file under it.
    ///
    /// Errors: [`VaultError::PassphraseNeeded`], [`VaultError::WrongPassphrase`], [`VaultError::PassphraseShort`] for a new
    /// one; [`VaultError::InKeyring`] for a passphrase where the keys are in the keyring; [`VaultError::Damaged`];
    /// [`VaultError::File`].
    pub fn open(
        profile: &Profile,
        passphrase: Option<&str>,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, VaultError> {
        let _alone = profile.writing();
        let file_key = match (kept(profile)?, passphrase) {
            (Kept::InKeyring(_), Some(_)) => return Err(VaultError::InKeyring),
            (Kept::InFile, None) => return Err(VaultError::PassphraseNeeded),
            (Kept::InKeyring(_) | Kept::Nowhere, None) => None,
            (Kept::InFile, Some(passphrase)) => Some(FileKey::of_file(profile.folder(), passphrase)?),
            (Kept::Nowhere, Some(passphrase)) => {
                if passphrase.chars().count() < MIN_PASSPHRASE {
                    return Err(VaultError::PassphraseShort);
                }
                Some(FileKey::of_new(passphrase, rng)?)
            }
        };
        Ok(Self { profile: profile.clone(), file_key })
    }

    /// A key by its name, for example `table/database`; none where it was never kept.
    ///
    /// Errors: [`VaultError::Damaged`]; [`VaultError::EntryLost`], [`VaultError::KeyringLocked`] and the like of a keyring;
    /// [`VaultError::Changed`], [`VaultError::File`] of a file.
    pub fn find_key(&self, name: &str) -> Result<Option<Key>, VaultError> {
        match kept(&self.profile)? {
            Kept::Nowhere => Ok(None),
            Kept::InKeyring(keys) => keys.read(name),
            Kept::InFile => Ok(self.file_key()?.read(self.profile.folder())?.find(name)),
        }
    }

    /// A key that is to be here. Errors: [`VaultError::KeyMissing`]; those of [`Vault::find_key`].
    pub fn get_key(&self, name: &str) -> Result<Key, VaultError> {
        self.find_key(name)?.ok_or(VaultError::KeyMissing)
    }

    /// Keeps keys under their names beside those that are kept: durable, and read back. What had such a name before is
    /// replaced. After an error or a power cut each is either kept or not, so a key is used only once this has
    /// returned.
    ///
    /// Errors: [`VaultError::KeyringKeepsNothing`], [`VaultError::NoKeyring`], [`VaultError::KeyringLocked`] and
    /// [`VaultError::KeyringSilent`], after which another try or a passphrase may do; [`VaultError::Changed`],
    /// [`VaultError::Damaged`], [`VaultError::File`].
    pub fn put_keys(
        &mut self,
        keys: &[(&str, &[u8; 32])],
        rng: &mut impl CryptoRng,
    ) -> Result<(), VaultError> {
        let _alone = self.profile.writing();
        let folder = self.profile.folder();
        let mut secrets = match (kept(&self.profile)?, &self.file_key) {
            (Kept::InKeyring(_), Some(_)) => return Err(VaultError::Changed),
            (Kept::InKeyring(mut kept), None) => return kept.put(folder, keys),
            (Kept::Nowhere, None) => return KeyringKeys::new().put(folder, keys),
            (Kept::Nowhere, Some(_)) => Secrets::default(),
            (Kept::InFile, _) => self.file_key()?.read(folder)?,
        };
        secrets.put(keys);
        self.file_key()?.write(folder, &secrets, rng)
    }

    fn file_key(&self) -> Result<&FileKey, VaultError> {
        self.file_key.as_ref().ok_or(VaultError::Changed)
    }
}

fn kept(profile: &Profile) -> Result<Kept, VaultError> {
    let folder = profile.folder();
    Ok(match KeyringKeys::find(folder)? {
        Some(keys) => Kept::InKeyring(keys),
        None if sealed_file::path(folder).try_exists()? => Kept::InFile,
        None => Kept::Nowhere,
    })
}
