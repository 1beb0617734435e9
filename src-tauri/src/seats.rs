//! Who sits at this computer: the open keys, the table with its sender, the desk.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use desk::{BackupKey, CampaignId, Client, Desk, DeskError, EndpointAddress, Founding, NewBackup};
use jiff::Timestamp;
use table::{Table, sending};
use tauri::{AppHandle, Emitter};
use uuid::Uuid;
use vault::{Place, Profile, Vault, Why};

use crate::views::{Failure, Keys, StartState};

/// Says to the window that the table has news.
const TABLE_CHANGED: &str = "table-changed";

/// All that the commands share.
pub(crate) struct Seats {
    profile: PathBuf,
    held: Mutex<Option<Profile>>,
    vault: Mutex<Option<Vault>>,
    table: Mutex<Option<TableSeat>>,
    desk: Mutex<Option<Arc<Mutex<Desk>>>>,
    visit: Mutex<Visit>,
}

/// What one person at the kiosk has signed so far, so that nothing counts twice: each petition, and the signature's id.
#[derive(Default)]
pub(crate) struct Visit {
    id: Uuid,
    signed: BTreeMap<Uuid, Uuid>,
}

impl Visit {
    /// The petitions signed in the visit of this id. Another id than the last one begins a new visit.
    pub(crate) fn signed_in(&mut self, id: Uuid) -> &mut BTreeMap<Uuid, Uuid> {
        if self.id != id {
            *self = Self { id, signed: BTreeMap::new() };
        }
        &mut self.signed
    }
}

/// The table, and the sender that works beside it.
#[derive(Clone)]
pub(crate) struct TableSeat {
    pub(crate) table: Arc<Mutex<Table>>,
    /// None where the kit names no endpoint.
    pub(crate) sender: Option<sending::Handle>,
}

impl Seats {
    pub(crate) fn new(profile: PathBuf) -> Self {
        Self {
            profile,
            held: Mutex::default(),
            vault: Mutex::default(),
            table: Mutex::default(),
            desk: Mutex::default(),
            visit: Mutex::default(),
        }
    }

    /// Opens what this computer is set up for, as far as the keys allow, and says how far that is.
    pub(crate) fn start(&self, app: &AppHandle, passphrase: Option<&str>) -> Result<StartState, Failure> {
        let mut vault = held(&self.vault);
        let keys = if vault.is_some() { Keys::Open } else { self.open_vault(&mut vault, passphrase)? };
        if let Some(vault) = vault.as_ref() {
            self.open_table(app, vault)?;
            self.open_desk(vault)?;
        }
        Ok(StartState {
            keys,
            table: Table::exists(&self.table_folder()),
            desk: Desk::exists(&self.desk_folder()),
            kiosk_locked: self.is_locked(),
        })
    }

    fn open_vault(&self, vault: &mut Option<Vault>, passphrase: Option<&str>) -> Result<Keys, Failure> {
        let mut rng = rand::rng();
        let profile = self.hold()?;
        if passphrase.is_none() {
            match Vault::place(&profile, &mut rng)? {
                Place::Keyring => {}
                Place::AskPassphrase => return Ok(Keys::AskPassphrase),
                Place::ChoosePassphrase(Why::NoKeyring) => return Ok(Keys::ChoosePassphrase),
                Place::ChoosePassphrase(Why::KeepsNothing) => return Ok(Keys::KeyringKeepsNothing),
                Place::ChoosePassphrase(Why::Locked) => return Ok(Keys::KeyringLocked),
            }
        }
        *vault = Some(Vault::open(&profile, passphrase, &mut rng)?);
        Ok(Keys::Open)
    }

    /// The profile, held from the first time on: another window or program cannot have it meanwhile.
    fn hold(&self) -> Result<Profile, Failure> {
        let mut held = held(&self.held);
        let profile = match held.take() {
            Some(profile) => profile,
            None => Profile::hold(&self.profile)?,
        };
        *held = Some(profile.clone());
        Ok(profile)
    }

    fn open_table(&self, app: &AppHandle, vault: &Vault) -> Result<(), Failure> {
        if held(&self.table).is_some() || !Table::exists(&self.table_folder()) {
            return Ok(());
        }
        let keys = table::Keys::from_named(|name| vault.get_key(name))?;
        let table = Table::open(&self.table_folder(), keys, now())?;
        self.seat_table(app, table)
    }

    fn seat_table(&self, app: &AppHandle, table: Table) -> Result<(), Failure> {
        let address = table.kit().endpoint.clone();
        let table = Arc::new(Mutex::new(table));
        let sender = match address {
            None => None,
            Some(address) => {
                let app = app.clone();
                let on_change = move || {
                    // A window that is gone needs no news.
                    let _ = app.emit(TABLE_CHANGED, ());
                };
                let client = Client::of(&address)?;
                let (handle, work) = sending::drive(Arc::clone(&table), client, on_change);
                tauri::async_runtime::spawn(work);
                Some(handle)
            }
        };
        *held(&self.table) = Some(TableSeat { table, sender });
        Ok(())
    }

    fn open_desk(&self, vault: &Vault) -> Result<(), Failure> {
        let mut seat = held(&self.desk);
        if seat.is_some() || !Desk::exists(&self.desk_folder()) {
            return Ok(());
        }
        let keys = desk::Keys::from_named(|name| vault.get_key(name))?;
        *seat = Some(Arc::new(Mutex::new(Desk::open(&self.desk_folder(), keys)?)));
        Ok(())
    }

    /// Sets this computer up as a table.
    pub(crate) fn open_kit(&self, app: &AppHandle, kit: &str, pin: &str) -> Result<(), Failure> {
        // Until the table is there, nobody else's keys may take the place of its own.
        let mut vault = held(&self.vault);
        if Table::exists(&self.table_folder()) {
            return Err(Failure::new("table/exists", "this computer is a table already"));
        }
        let set_up = table::SetUp::new(kit, "Table", Some(pin), now())?;
        let keep_keys = |keys: &[(&str, &[u8; 32])]| put_keys(&mut vault, keys);
        let table = Table::set_up(&self.table_folder(), set_up, keep_keys, now(), &mut rand::rng())?;
        self.seat_table(app, table)
    }

    /// Sets this computer up as a desk, with its backup in a folder. Where that stopped before its backup was written, it goes on.
    pub(crate) fn new_desk(
        &self,
        name: &str,
        endpoint: Option<EndpointAddress>,
        passphrase: &str,
        folder: &Path,
    ) -> Result<Arc<Mutex<Desk>>, Failure> {
        let mut rng = rand::rng();
        let key = &BackupKey::new(passphrase, &mut rng)?;
        // Until the desk is there, nobody else's keys may take the place of its own.
        let mut vault = held(&self.vault);
        if Desk::exists(&self.desk_folder()) {
            let desk = self.desk()?;
            let mut made = held(&desk);
            let path = &folder.join(backup_name(made.campaign().id));
            made.go_on_founding(name, endpoint, &NewBackup { path, key }, now())?;
            drop(made);
            return Ok(desk);
        }
        let founding = Founding { name, endpoint, backup_key: key };
        let place = |campaign| folder.join(backup_name(campaign));
        let keep_keys = |keys: &[(&str, &[u8; 32])]| put_keys(&mut vault, keys);
        let desk = Desk::found(&self.desk_folder(), founding, place, keep_keys, now(), &mut rng)?;
        let desk = Arc::new(Mutex::new(desk));
        *held(&self.desk) = Some(Arc::clone(&desk));
        Ok(desk)
    }

    /// Sets this computer up as the desk of a campaign that comes back from its backup.
    pub(crate) fn restore_desk(&self, path: &Path, passphrase: &str) -> Result<(), Failure> {
        let file = fs::read(path)
            .map_err(|error| Failure::new("io/cannot-read", &format!("the backup: {}", error.kind())))?;
        let folder = self.desk_folder();
        // From then on until the desk is there, nobody else's keys may take the place of its own.
        let mut vault = None;
        let keep_keys = |keys: &[(&str, &[u8; 32])]| {
            let vault = vault.insert(held(&self.vault));
            if Desk::exists(&folder) { Err(DeskError::Exists.into()) } else { put_keys(vault, keys) }
        };
        let desk = Desk::bring_back(&folder, (path, &file), passphrase, keep_keys, now(), &mut rand::rng())?;
        *held(&self.desk) = Some(Arc::new(Mutex::new(desk)));
        Ok(())
    }

    /// The table, or the word that there is none.
    pub(crate) fn table(&self) -> Result<TableSeat, Failure> {
        held(&self.table).clone().ok_or_else(|| Failure::new("table/none", "this computer is no table yet"))
    }

    /// The desk, or the word that there is none.
    pub(crate) fn desk(&self) -> Result<Arc<Mutex<Desk>>, Failure> {
        held(&self.desk).clone().ok_or_else(|| Failure::new("desk/none", "this computer has no desk yet"))
    }

    /// The visit that the kiosk is in.
    pub(crate) fn visit(&self) -> MutexGuard<'_, Visit> {
        held(&self.visit)
    }

    /// Whether the kiosk is open. It is a file, so that a crash or a power cut comes back locked; so does a disk that does
    /// not answer.
    pub(crate) fn is_locked(&self) -> bool {
        self.lock_file().try_exists().unwrap_or(true)
    }

    pub(crate) fn set_locked(&self, locked: bool) -> io::Result<()> {
        match (locked, self.is_locked()) {
            (true, false) => fs::File::create(self.lock_file())?.sync_all(),
            (false, true) => fs::remove_file(self.lock_file()),
            _ => Ok(()),
        }
    }

    /// The profile's folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.profile
    }

    fn lock_file(&self) -> PathBuf {
        self.profile.join("kiosk.lock")
    }

    fn table_folder(&self) -> PathBuf {
        self.profile.join("table")
    }

    fn desk_folder(&self) -> PathBuf {
        self.profile.join("desk")
    }
}

fn put_keys(vault: &mut Option<Vault>, keys: &[(&str, &[u8; 32])]) -> Result<(), Failure> {
    let vault = vault.as_mut().ok_or_else(|| Failure::new("vault/closed", "the keys are not open yet"))?;
    Ok(vault.put_keys(keys, &mut rand::rng())?)
}

/// What the file of a campaign's backup is called.
pub(crate) fn backup_name(campaign: CampaignId) -> String {
    format!("undersigned-{}.backup", &campaign.to_string()[..8])
}

/// Locks a mutex whose content is whole even when a thread died while holding it: every write is a transaction.
pub(crate) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Now, in Unix seconds.
pub(crate) fn now() -> i64 {
    Timestamp::now().as_second()
}
