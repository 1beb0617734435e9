//! The profile's folders, and its keys out of the vault.

use std::{
    cell::RefCell,
    path::{Path, PathBuf},
};

use desk::Desk;
use jiff::Timestamp;
use table::Table;
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
        if !Table::exists(&self.table_folder()) {
            return Err(Refusal::new("table/none", "this profile is not set up as a table yet").into());
        }
        let vault = self.vault()?;
        let keys = table::Keys::from_named(|name| vault.get_key(name))?;
        Ok(Table::open(&self.table_folder(), keys, now())?)
    }

    pub(crate) fn open_desk(&self) -> anyhow::Result<Desk> {
        if !Desk::exists(&self.desk_folder()) {
            return Err(Refusal::new("desk/none", "this profile has no campaign yet").into());
        }
        let vault = self.vault()?;
        let keys = desk::Keys::from_named(|name| vault.get_key(name))?;
        Ok(Desk::open(&self.desk_folder(), keys)?)
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
