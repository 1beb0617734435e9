//! The profile's folders, and its keys out of the vault.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use desk::Desk;
use jiff::Timestamp;
use table::Table;
use vault::Vault;
use zeroize::Zeroizing;

pub(crate) struct Profile {
    pub(crate) folder: PathBuf,
    pub(crate) passphrase_file: Option<PathBuf>,
}

impl Profile {
    pub(crate) fn table_folder(&self) -> PathBuf {
        self.folder.join("table")
    }

    pub(crate) fn desk_folder(&self) -> PathBuf {
        self.folder.join("desk")
    }

    pub(crate) fn vault(&self) -> anyhow::Result<Vault> {
        let mut rng = rand::rng();
        Ok(match &self.passphrase_file {
            Some(file) => Vault::open_with_passphrase(&self.make_folder()?, &passphrase(file)?, &mut rng)?,
            None => Vault::open(&self.folder, None, &mut rng)?,
        })
    }

    pub(crate) fn open_table(&self) -> anyhow::Result<Table> {
        let vault = self.vault()?;
        let keys = table::Keys::from_named(|name| vault.find_key(name).ok().flatten())
            .context("this profile has no table yet: open a kit first")?;
        Ok(Table::open(&self.table_folder(), keys, now())?)
    }

    pub(crate) fn open_desk(&self) -> anyhow::Result<Desk> {
        let vault = self.vault()?;
        let keys = desk::Keys::from_named(|name| vault.find_key(name).ok().flatten())
            .context("this profile has no desk yet: make a campaign first")?;
        Ok(Desk::open(&self.desk_folder(), keys)?)
    }

    fn make_folder(&self) -> anyhow::Result<PathBuf> {
        fs::create_dir_all(&self.folder)?;
        Ok(self.folder.clone())
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
