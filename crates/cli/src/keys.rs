//! The profile's folders, and its keys out of the vault.

use std::{
    cell::RefCell,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use desk::Desk;
use jiff::Timestamp;
use table::Table;
use vault::Vault;
use zeroize::Zeroizing;

use crate::output::Refusal;

pub(crate) struct Profile {
    folder: PathBuf,
    passphrase_file: Option<PathBuf>,
    /// Held from the first use of the keys to the end of the command.
    held: RefCell<Option<vault::Profile>>,
}

impl Profile {
    pub(crate) fn new(folder: PathBuf, passphrase_file: Option<PathBuf>) -> Self {
        Self { folder, passphrase_file, held: RefCell::default() }
    }

    pub(crate) fn table_folder(&self) -> PathBuf {
        self.folder.join("table")
    }

    pub(crate) fn desk_folder(&self) -> PathBuf {
        self.folder.join("desk")
    }

    /// The keys. Makes the profile's folder where there is none, and nothing else.
    pub(crate) fn vault(&self) -> anyhow::Result<Vault> {
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
        if !Table::exists(&self.table_folder()) {
            return Err(Refusal::new("table/none", "this profile has no table yet: open a kit first").into());
        }
        let vault = self.vault()?;
        let keys = table::Keys::from_named(|name| vault.get_key(name))?;
        Ok(Table::open(&self.table_folder(), keys, now())?)
    }

    pub(crate) fn open_desk(&self) -> anyhow::Result<Desk> {
        if !Desk::exists(&self.desk_folder()) {
            return Err(
                Refusal::new("desk/none", "this profile has no desk yet: make a campaign first").into()
            );
        }
        let vault = self.vault()?;
        let keys = desk::Keys::from_named(|name| vault.get_key(name))?;
        Ok(Desk::open(&self.desk_folder(), keys)?)
    }
}

/// The first line of a file, as a secret.
pub(crate) fn passphrase(file: &Path) -> anyhow::Result<Zeroizing<String>> {
    let text = Zeroizing::new(fs::read_to_string(file).context("the passphrase file cannot be read")?);
    let line = text.lines().next().context("the passphrase file is empty")?;
    Ok(Zeroizing::new(line.to_owned()))
}

/// Now, in Unix seconds.
pub(crate) fn now() -> i64 {
    Timestamp::now().as_second()
}
