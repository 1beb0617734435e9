//! The key of the backup: random, and locked by the organizer's passphrase.

use age::{DecryptError, secrecy::SecretString};
use data_encoding::BASE32_NOPAD;
use rand::CryptoRng;
use zeroize::Zeroizing;

use crate::{error::DeskError, limits::MIN_PASSPHRASE};

/// Work of scrypt over the organizer's passphrase, as a power of two: about a second on a laptop of today.
const WORK: u8 = 18;
/// The most work that is done for a file from elsewhere.
const MOST_WORK: u8 = 22;
/// Work over the backup key, which nobody can guess.
const KEY_WORK: u8 = 10;

/// How a backup of version 1 begins: one age file that is no text.
const FIRST_VERSION: &[u8] = b"age-encryption.org/v1\n";

/// How each of the two parts of a backup file begins and ends.
const BEGIN: &str = "-----BEGIN AGE ENCRYPTED FILE-----";
const END: &str = "-----END AGE ENCRYPTED FILE-----\n";

/// What writes the backup of one desk without its passphrase. Wiped when dropped; has no `Debug`.
#[derive(Clone)]
pub struct BackupKey {
    /// The key as text: the passphrase of the file's second part.
    pub(crate) secret: Zeroizing<String>,
    /// The file's first part: the key under the organizer's passphrase.
    pub(crate) locked: String,
}

impl BackupKey {
    /// A new random key under a passphrase. Takes about a second.
    ///
    /// Errors: [`DeskError::PassphraseShort`].
    pub fn new(passphrase: &str, rng: &mut impl CryptoRng) -> Result<Self, DeskError> {
        Self::with_work(passphrase, WORK, rng)
    }

    /// The same with another work of scrypt, as a power of two: little of it is for tests alone.
    pub fn with_work(passphrase: &str, work: u8, rng: &mut impl CryptoRng) -> Result<Self, DeskError> {
        if passphrase.chars().count() < MIN_PASSPHRASE {
            return Err(DeskError::PassphraseShort);
        }
        let mut bytes = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *bytes);
        let secret = Zeroizing::new(BASE32_NOPAD.encode(&*bytes));
        let locked = encrypt(passphrase, work, secret.as_bytes())?;
        Ok(Self { secret, locked })
    }

    /// A backup file with this content.
    pub(crate) fn seal(&self, content: &[u8]) -> Result<String, DeskError> {
        Ok(format!("{}{}", self.locked, encrypt(&self.secret, KEY_WORK, content)?))
    }

    /// The content of a file that this key wrote.
    pub(crate) fn open(&self, file: &str) -> Result<Zeroizing<Vec<u8>>, DeskError> {
        let (locked, content) = parts(file).ok_or(DeskError::Backup)?;
        if locked != self.locked {
            return Err(DeskError::Backup);
        }
        decrypt(&self.secret, KEY_WORK, content.as_bytes())
    }

    /// Whether a file is one that this key wrote, as far as its first part says.
    pub(crate) fn wrote(&self, file: &[u8]) -> bool {
        file.starts_with(self.locked.as_bytes())
    }
}

/// The content of a backup file of any version. Takes about a second.
pub(crate) fn open(file: &[u8], passphrase: &str) -> Result<Zeroizing<Vec<u8>>, DeskError> {
    if file.starts_with(FIRST_VERSION) {
        return decrypt(passphrase, MOST_WORK, file);
    }
    let (locked, content) = str::from_utf8(file).ok().and_then(parts).ok_or(DeskError::Backup)?;
    let secret = decrypt(passphrase, MOST_WORK, locked.as_bytes())?;
    let secret = str::from_utf8(&secret).map_err(|_| DeskError::Backup)?;
    decrypt(secret, KEY_WORK, content.as_bytes())
}

/// The two parts of a backup file.
fn parts(file: &str) -> Option<(&str, &str)> {
    let (locked, content) = file.split_at(file.find(END)? + END.len());
    let is_whole = locked.starts_with(BEGIN) && content.starts_with(BEGIN) && content.ends_with(END);
    is_whole.then_some((locked, content))
}

fn encrypt(passphrase: &str, work: u8, content: &[u8]) -> Result<String, DeskError> {
    let mut recipient = age::scrypt::Recipient::new(SecretString::from(passphrase));
    recipient.set_work_factor(work);
    age::encrypt_and_armor(&recipient, content).map_err(|_| DeskError::Backup)
}

fn decrypt(passphrase: &str, most_work: u8, bytes: &[u8]) -> Result<Zeroizing<Vec<u8>>, DeskError> {
    let mut identity = age::scrypt::Identity::new(SecretString::from(passphrase));
    identity.set_max_work_factor(most_work);
    age::decrypt(&identity, bytes).map(Zeroizing::new).map_err(|error| match error {
        DecryptError::DecryptionFailed
        | DecryptError::KeyDecryptionFailed
        | DecryptError::InvalidMac
        | DecryptError::NoMatchingKeys => DeskError::BackupPassphrase,
        // What follows the header was changed, and authenticates no more.
        DecryptError::Io(_) => DeskError::BackupPassphrase,
        _ => DeskError::Backup,
    })
}
