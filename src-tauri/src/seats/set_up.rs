//! This computer becomes a table or a desk.

use std::{fs, path::Path};

use desk::{BackupKey, CampaignId, Desk, DeskError, EndpointAddress, Founding, NewBackup};
use table::{DatabaseKey, KitCode, RecoveryWords, Seed, Table, TableError, fetch_kit, forget_claims};
use tauri::{AppHandle, async_runtime::block_on};
use vault::Vault;
use zeroize::Zeroizing;

use super::{LentDesk, Seats, guard, now};
use crate::failure::Failure;

impl Seats {
    /// Sets this computer up as a table: from the text of a kit file, or by the code of a kit, which is fetched.
    pub(crate) fn open_kit(&self, app: &AppHandle, kit: &str, pin: &str, name: &str) -> Result<(), Failure> {
        // Before anything is asked of an endpoint: a code is good once.
        self.expect_no_table()?;
        let fetched = self.fetched(kit)?;
        let kit = fetched.as_ref().map_or(kit, |fetched| fetched.as_str());
        // Until the table is there, nobody else's keys may take the place of its own.
        let mut vault = guard(&self.0.vault);
        self.expect_no_table()?;
        let set_up = table::SetUp::new(kit, name, Some(pin), now())?;
        let keep_keys = |keys: &[(&str, &[u8; 32])]| put_keys(&mut vault, keys);
        let table = Table::set_up(&self.table_folder(), set_up, keep_keys, now(), &mut rand::rng())?;
        forget_claims(self.folder())?;
        self.seat_table(app, table)
    }

    /// The text of the kit file that a code fetches; none where the text is no code.
    fn fetched(&self, text: &str) -> Result<Option<Zeroizing<String>>, Failure> {
        let code: KitCode = match text.parse() {
            Ok(code) => code,
            Err(error) if KitCode::is_meant(text) => return Err(TableError::KitCode(error).into()),
            Err(_) => return Ok(None),
        };
        // Nobody else claims for this profile.
        self.profile()?;
        Ok(Some(block_on(fetch_kit(&code, self.folder(), now(), &mut rand::rng()))?))
    }

    fn expect_no_table(&self) -> Result<(), Failure> {
        if Table::exists(&self.table_folder()) {
            return Err(Failure::new("table/exists", "this computer is a table already"));
        }
        Ok(())
    }

    /// Opens the table by its recovery words, where its keys are lost, and keeps them again.
    pub(crate) fn recover_table(&self, app: &AppHandle, words: &str) -> Result<(), Failure> {
        let mut vault = guard(&self.0.vault);
        if self.table().is_ok() {
            return Err(Failure::new("table/exists", "the table is open already"));
        }
        // A start in the locked kiosk has closed them.
        if vault.is_none() {
            self.open_vault(&mut vault, None)?;
        }
        let recovered = self.recovered(&mut vault, words);
        if self.is_locked() {
            *vault = None;
        }
        self.seat_table(app, recovered?)
    }

    fn recovered(&self, vault: &mut Option<Vault>, words: &str) -> Result<Table, Failure> {
        // One that cannot be had is another's from now on.
        let device = vault.as_ref().and_then(|vault| vault.find_key(table::Keys::DEVICE).ok().flatten());
        let device = device.map(|key| Seed::from_bytes(*key));
        let keep_keys = |keys: &[(&str, &[u8; 32])]| put_keys(vault, keys);
        Table::recover(&self.table_folder(), words, device, keep_keys, now(), &mut rand::rng())
    }

    /// The recovery words of the table's database, while its keys are open.
    pub(crate) fn recovery_words(&self) -> Result<RecoveryWords, Failure> {
        let vault = guard(&self.0.vault);
        let vault = vault.as_ref().ok_or_else(keys_closed)?;
        let key = DatabaseKey::from_bytes(*vault.get_key(table::Keys::DATABASE)?);
        Ok(RecoveryWords::of(&key)?)
    }

    /// Sets this computer up as a desk, with its backup in a folder. Where that stopped before its backup was written, it goes on.
    pub(crate) fn new_desk(
        &self,
        name: &str,
        endpoint: Option<EndpointAddress>,
        passphrase: &str,
        folder: &Path,
    ) -> Result<LentDesk, Failure> {
        let mut rng = rand::rng();
        let key = &BackupKey::new(passphrase, &mut rng)?;
        // Until the desk is there, nobody else's keys may take the place of its own.
        let mut vault = guard(&self.0.vault);
        if Desk::exists(&self.desk_folder()) {
            let desk = self.desk()?;
            let mut made = guard(&desk);
            let path = &folder.join(backup_name(made.campaign().id));
            made.go_on_founding(name, endpoint, &NewBackup { path, key }, now())?;
            drop(made);
            return Ok(desk);
        }
        let founding = Founding { name, endpoint, backup_key: key };
        let place = |campaign| folder.join(backup_name(campaign));
        let keep_keys = |keys: &[(&str, &[u8; 32])]| put_keys(&mut vault, keys);
        let desk = Desk::found(&self.desk_folder(), founding, place, keep_keys, now(), &mut rng)?;
        self.seat_desk(desk)?;
        self.desk()
    }

    /// Sets this computer up as the desk of a campaign that comes back from its backup.
    pub(crate) fn restore_desk(&self, path: &Path, passphrase: &str) -> Result<(), Failure> {
        let file = fs::read(path)
            .map_err(|error| Failure::new("io/cannot-read", &format!("the backup: {}", error.kind())))?;
        let folder = self.desk_folder();
        // From then on until the desk is there, nobody else's keys may take the place of its own.
        let mut vault = None;
        let keep_keys = |keys: &[(&str, &[u8; 32])]| {
            let vault = vault.insert(guard(&self.0.vault));
            if Desk::exists(&folder) { Err(DeskError::Exists.into()) } else { put_keys(vault, keys) }
        };
        let desk = Desk::bring_back(&folder, (path, &file), passphrase, keep_keys, now(), &mut rand::rng())?;
        self.seat_desk(desk)
    }
}

fn put_keys(vault: &mut Option<Vault>, keys: &[(&str, &[u8; 32])]) -> Result<(), Failure> {
    let vault = vault.as_mut().ok_or_else(keys_closed)?;
    Ok(vault.put_keys(keys, &mut rand::rng())?)
}

fn keys_closed() -> Failure {
    Failure::new("vault/closed", "the keys are not open yet")
}

/// What the file of a campaign's backup is called.
pub(crate) fn backup_name(campaign: CampaignId) -> String {
    format!("undersigned-{}.backup", &campaign.to_string()[..8])
}
