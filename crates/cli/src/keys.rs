//! The profile's folders, and its keys out of the vault.

use std::{
    cell::RefCell,
    path::{Path, PathBuf},
};

use desk::Desk;
use jiff::Timestamp;
use table::{RecoveryWords, Seed, Table};
use vault::Vault;
use zeroize::Zeroizing;

use crate::{files::first_line, output::Refusal};

/// The name of the window's folder among those of all programs: its identifier.
const WINDOWS_OWN: &str = "org.undersigned.desktop";

pub(crate) struct Profile {
    folder: PathBuf,
    passphrase_file: Option<PathBuf>,
    /// Held from the first use of the keys to the end of the command.
    held: RefCell<Option<vault::Profile>>,
}

impl Profile {
    /// A folder, or the window's own; and the file that has the passphrase of its keys.
    pub(crate) fn new(folder: Option<PathBuf>, passphrase_file: Option<PathBuf>) -> anyhow::Result<Self> {
        let own = || dirs::data_local_dir().map(|data| data.join(WINDOWS_OWN));
        let folder = folder.or_else(own).ok_or_else(|| {
            Refusal::new(
                "profile/none",
                "this computer names no folder for programs' own data: say --profile FOLDER",
            )
        })?;
        Ok(Self { folder, passphrase_file, held: RefCell::default() })
    }

    pub(crate) fn table_folder(&self) -> PathBuf {
        self.folder.join("table")
    }

    pub(crate) fn desk_folder(&self) -> PathBuf {
        self.folder.join("desk")
    }

    /// The profile's folder, held from now to the end of the command.
    pub(crate) fn held_folder(&self) -> anyhow::Result<&Path> {
        let mut held = self.held.borrow_mut();
        if held.is_none() {
            *held = Some(vault::Profile::hold(&self.folder)?);
        }
        Ok(&self.folder)
    }

    /// Keeps the keys of what is about to be made, unless it is there: that is asked once no other program can make it
    /// meanwhile, so that nobody's keys take the place of keys in use. Fails with `exists` where it is.
    pub(crate) fn keep_keys(
        &self,
        is_there: impl FnOnce() -> bool,
        exists: impl Into<anyhow::Error>,
        keys: &[(&str, &[u8; 32])],
    ) -> anyhow::Result<()> {
        let mut vault = self.vault()?;
        if is_there() {
            return Err(exists.into());
        }
        Ok(vault.put_keys(keys, &mut rand::rng())?)
    }

    /// The keys. Makes the profile's folder where there is none, and nothing else.
    fn vault(&self) -> anyhow::Result<Vault> {
        let passphrase = self.passphrase_file.as_deref().map(passphrase).transpose()?;
        let mut held = self.held.borrow_mut();
        let profile = match held.take() {
            Some(profile) => profile,
            None => vault::Profile::hold(&self.folder)?,
        };
        let passphrase = passphrase.as_ref().map(|passphrase| passphrase.as_str());
        let vault = Vault::open(held.insert(profile), passphrase, &mut rand::rng())?;
        Ok(vault)
    }

    pub(crate) fn open_table(&self) -> anyhow::Result<Table> {
        Ok(Table::open(&self.table_folder(), self.table_keys()?, now())?)
    }

    /// The table, and the recovery words of its database.
    pub(crate) fn open_table_and_words(&self) -> anyhow::Result<(Table, RecoveryWords)> {
        let keys = self.table_keys()?;
        let words = RecoveryWords::of(&keys.database)?;
        Ok((Table::open(&self.table_folder(), keys, now())?, words))
    }

    /// Opens the table by its recovery words, and keeps its keys again.
    pub(crate) fn recover_table(&self, words: &str) -> anyhow::Result<Table> {
        self.expect_table()?;
        let mut vault = self.vault()?;
        // One that cannot be had is another's from now on.
        let device = vault.find_key(table::Keys::DEVICE).ok().flatten().map(|key| Seed::from_bytes(*key));
        let keep_keys = |keys: &[(&str, &[u8; 32])]| -> anyhow::Result<()> {
            Ok(vault.put_keys(keys, &mut rand::rng())?)
        };
        Table::recover(&self.table_folder(), words, device, keep_keys, now(), &mut rand::rng())
    }

    fn table_keys(&self) -> anyhow::Result<table::Keys> {
        self.expect_table()?;
        let vault = self.vault()?;
        Ok(table::Keys::from_named(|name| vault.get_key(name))?)
    }

    fn expect_table(&self) -> anyhow::Result<()> {
        if Table::exists(&self.table_folder()) {
            return Ok(());
        }
        Err(Refusal::new("table/none", "this profile is not set up as a table yet").into())
    }

    pub(crate) fn open_desk(&self) -> anyhow::Result<Desk> {
        if !Desk::exists(&self.desk_folder()) {
            return Err(Refusal::new("desk/none", "this profile has no campaign yet").into());
        }
        let vault = self.vault()?;
        let keys = desk::Keys::from_named(|name| vault.get_key(name))?;
        let mut desk = Desk::open(&self.desk_folder(), keys)?;
        // One whose day has come is deleted.
        desk.roll(Timestamp::now().as_second())?;
        Ok(desk)
    }
}

/// The passphrase in the first line of a file.
pub(crate) fn passphrase(file: &Path) -> Result<Zeroizing<String>, Refusal> {
    first_line(file, "the passphrase file")
}

/// Now, in Unix seconds.
pub(crate) fn now() -> i64 {
    Timestamp::now().as_second()
}
