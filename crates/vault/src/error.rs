//! Why keys could not be opened or kept, with a stable code for each.

use std::io;

use lockbox::files::is_full;

/// Why the keys could not be opened or kept.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// Another window or program has the profile.
    #[error(
        "this profile is open in another window or program: close that one, or wait until it ends, and try again"
    )]
    ProfileInUse,
    /// The profile's folder is where files cannot be locked.
    #[error(
        "the folder is on a drive that lacks what a database needs, such as a network drive or some sticks: use a folder on this computer's own disk"
    )]
    FileSystem,
    /// The keys are in a file under a passphrase, and none was given.
    #[error("the keys of this profile are under a passphrase, which is needed (--passphrase-file)")]
    PassphraseNeeded,
    /// Under ten characters.
    #[error("the passphrase is too short: at least ten characters are needed")]
    PassphraseShort,
    /// Another passphrase than the one chosen, or the file was changed.
    #[error("the passphrase is wrong: try again, nothing was changed")]
    WrongPassphrase,
    /// A passphrase was given for keys that are in the keyring.
    #[error(
        "the keys of this profile are in the system's keyring: try again without a passphrase (without --passphrase-file)"
    )]
    InKeyring,
    /// No keyring runs.
    #[error(
        "this computer has no keyring that runs: where no keys are kept yet, use a passphrase (--passphrase-file); \
         otherwise log in to the desktop and try again"
    )]
    NoKeyring,
    /// The keyring answers, and what is written to it is not there afterwards.
    #[error("the system's keyring cannot keep a key here: use a passphrase (--passphrase-file)")]
    KeyringKeepsNothing,
    /// The keyring is locked, and was not unlocked when it asked.
    #[error(
        "the system's keyring is locked: unlock it and try again; where no keys are kept yet, a passphrase will do \
         (--passphrase-file)"
    )]
    KeyringLocked,
    /// The keyring does not answer in time, or not as it should.
    #[error("the system's keyring does not answer: look whether it asks for a password, and try again")]
    KeyringSilent,
    /// The keyring answers and does not hold a key that was kept in it.
    #[error(
        "the system's keyring does not hold this profile's keys any more; nothing was changed: bring this user's keyring \
         back, for example from a backup of the system"
    )]
    EntryLost,
    /// The key was never kept here.
    #[error(
        "the keys of this table or desk are not kept in this profile; nothing was changed: use the profile that its folder \
         comes from"
    )]
    KeyMissing,
    /// What is kept is malformed.
    #[error(
        "the kept keys are damaged; nothing was changed: leave everything as it is, a backup of the system may hold them \
         whole"
    )]
    Damaged,
    /// The file under the passphrase is not the one that was opened.
    #[error("the keys were changed by another program: close this one and start it again")]
    Changed,
    /// No room: nothing was kept.
    #[error("the disk is full: make room, then try again; the keys kept before are safe")]
    DiskFull,
    /// A file or folder. The kind only, because a message can hold a path.
    #[error("the keys' file cannot be read or written ({}): look whether the disk is full and the folder is yours", .0.kind())]
    File(#[source] io::Error),
}

impl VaultError {
    /// Stable code for a screen or a script.
    pub fn code(&self) -> &'static str {
        match self {
            Self::ProfileInUse => "profile/in-use",
            Self::FileSystem => "profile/file-system",
            Self::PassphraseNeeded => "vault/passphrase-needed",
            Self::PassphraseShort => "vault/passphrase-short",
            Self::WrongPassphrase => "vault/wrong-passphrase",
            Self::InKeyring => "vault/in-keyring",
            Self::NoKeyring => "vault/no-keyring",
            Self::KeyringKeepsNothing => "vault/keyring-keeps-nothing",
            Self::KeyringLocked => "vault/keyring-locked",
            Self::KeyringSilent => "vault/keyring-silent",
            Self::EntryLost => "vault/entry-lost",
            Self::KeyMissing => "vault/key-missing",
            Self::Damaged => "vault/damaged",
            Self::Changed => "vault/changed",
            Self::DiskFull => "vault/disk-full",
            Self::File(_) => "vault/file",
        }
    }
}

impl From<io::Error> for VaultError {
    fn from(error: io::Error) -> Self {
        if is_full(error.kind()) { Self::DiskFull } else { Self::File(error) }
    }
}
