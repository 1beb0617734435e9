//! Who sits at this computer: the open keys, the table with its sender, the desk.

mod desk_seat;
mod guard;
mod places;
mod set_up;
mod state;
mod table_seat;

use std::{
    fs,
    hint::black_box,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, atomic::AtomicBool},
    time::Duration,
};

use desk::Desk;
use jiff::Timestamp;
use table::Table;
use tauri::{AppHandle, async_runtime};
use uuid::Uuid;
use vault::{Place, Profile, Vault, VaultError, Why};

pub(crate) use desk_seat::LentDesk;
pub(crate) use guard::guard;
pub(crate) use set_up::backup_name;
pub(crate) use state::{Keys, StartState};
pub(crate) use table_seat::TableSeat;

use desk_seat::DeskSeat;
use places::Places;

use crate::{failure::Failure, kiosk::visit::Visit};

/// How long a desk that is to be closed waits for the commands that work with it: a page of the ledger takes less, and a merge
/// is not to be ended by the way.
const PATIENCE: Duration = Duration::from_secs(3);

/// All that the commands share. Its clones are the same.
#[derive(Clone)]
pub(crate) struct Seats(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    profile: Mutex<Option<Profile>>,
    vault: Mutex<Option<Vault>>,
    table: Mutex<Option<TableSeat>>,
    desk: Arc<DeskSeat>,
    places: Mutex<Places>,
    visit: Mutex<Visit>,
    /// Asks the merge that runs to stop.
    stop: AtomicBool,
}

impl Seats {
    /// Nobody sits here yet. `folder` is the profile's.
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self(Arc::new(Inner {
            folder,
            profile: Mutex::default(),
            vault: Mutex::default(),
            table: Mutex::default(),
            desk: Arc::default(),
            places: Mutex::default(),
            visit: Mutex::default(),
            stop: AtomicBool::default(),
        }))
    }

    /// Does work that waits for a disk, for the network or for other work, where no other command waits for it.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let seats = self.clone();
        let done = async_runtime::spawn_blocking(move || {
            let done = work(&seats);
            overwrite_stack();
            done
        })
        .await;
        done.unwrap_or_else(|_| Err(Failure::new("app/unexpected", "the work ended before it was done")))
    }

    /// Opens what this computer is set up for, as far as the keys allow, and says how far that is. While the kiosk is open
    /// that is its table alone, and the keys are closed again.
    pub(crate) fn start(&self, app: &AppHandle, passphrase: Option<&str>) -> Result<StartState, Failure> {
        let mut vault = guard(&self.0.vault);
        // Read under the guard: a hand-over closes what is opened here before it, and nothing is opened after it.
        let kiosk_locked = self.is_locked();
        let is_open = vault.is_some() || (kiosk_locked && self.table().is_ok());
        let keys = if is_open { Keys::Open } else { self.open_vault(&mut vault, passphrase)? };
        let opened = vault.as_ref().map_or(Ok(()), |vault| {
            self.open_table(app, vault)?;
            if kiosk_locked { Ok(()) } else { self.open_desk(vault) }
        });
        if kiosk_locked {
            *vault = None;
        }
        opened?;
        Ok(StartState {
            keys,
            table: Table::exists(&self.table_folder()),
            desk: Desk::exists(&self.desk_folder()),
            table_open: guard(&self.0.table).is_some(),
            kiosk_locked,
        })
    }

    /// Closes what is not the kiosk's: the desk with its database and keys, the vault, and the folders that pages know of.
    ///
    /// Errors: `desk/busy` where a merge runs; nothing is closed then.
    pub(crate) fn close_the_rest(&self) -> Result<(), Failure> {
        let mut vault = guard(&self.0.vault);
        if !self.0.desk.close(PATIENCE) {
            return Err(Failure::new("desk/busy", "a command of the desk runs"));
        }
        *vault = None;
        *guard(&self.0.places) = Places::default();
        Ok(())
    }

    fn open_vault(&self, vault: &mut Option<Vault>, passphrase: Option<&str>) -> Result<Keys, Failure> {
        let mut rng = rand::rng();
        let profile = self.profile()?;
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

    /// The profile, this program's from the first time on: another window or program cannot have it meanwhile.
    fn profile(&self) -> Result<Profile, Failure> {
        let mut ours = guard(&self.0.profile);
        let profile = match ours.take() {
            Some(profile) => profile,
            None => Profile::hold(&self.0.folder)?,
        };
        *ours = Some(profile.clone());
        Ok(profile)
    }

    fn open_table(&self, app: &AppHandle, vault: &Vault) -> Result<(), Failure> {
        if guard(&self.0.table).is_some() || !Table::exists(&self.table_folder()) {
            return Ok(());
        }
        let keys = table::Keys::from_named(|name| vault.get_key(name)).map_err(|error| match error {
            VaultError::EntryLost | VaultError::KeyMissing => {
                Failure::new("table/keys-lost", "the keys of the table are not kept any more")
            }
            error => error.into(),
        })?;
        let table = Table::open(&self.table_folder(), keys, now())?;
        self.seat_table(app, table)
    }

    fn seat_table(&self, app: &AppHandle, table: Table) -> Result<(), Failure> {
        *guard(&self.0.table) = Some(TableSeat::take(app, table)?);
        Ok(())
    }

    fn open_desk(&self, vault: &Vault) -> Result<(), Failure> {
        if self.0.desk.is_open() || !Desk::exists(&self.desk_folder()) {
            return Ok(());
        }
        let keys = desk::Keys::from_named(|name| vault.get_key(name))?;
        self.seat_desk(Desk::open(&self.desk_folder(), keys)?)
    }

    fn seat_desk(&self, mut desk: Desk) -> Result<(), Failure> {
        // A roll whose day has come is deleted; where that cannot be done now, the desk opens all the same.
        if let Err(error) = desk.roll(now()) {
            tracing::warn!(code = error.code(), "an old roll could not be deleted");
        }
        Ok(self.0.desk.seat(desk)?)
    }

    /// The table, or the word that there is none.
    pub(crate) fn table(&self) -> Result<TableSeat, Failure> {
        guard(&self.0.table)
            .clone()
            .ok_or_else(|| Failure::new("table/none", "this computer is not set up as a table yet"))
    }

    /// The desk, or the word that there is none, or that it is closed.
    pub(crate) fn desk(&self) -> Result<LentDesk, Failure> {
        self.0.desk.lend().ok_or_else(|| {
            if Desk::exists(&self.desk_folder()) {
                Failure::new("desk/closed", "the desk is closed while the table is with signers")
            } else {
                Failure::new("desk/none", "this computer is not set up as a desk yet")
            }
        })
    }

    /// What pages know a folder or file by. The same one gives the same, until the table is handed to signers.
    pub(crate) fn token_of(&self, path: PathBuf) -> Uuid {
        guard(&self.0.places).token_of(path)
    }

    /// The folder or file of a token.
    pub(crate) fn place(&self, token: Uuid) -> Result<PathBuf, Failure> {
        let places = guard(&self.0.places);
        let found = places.find(token).map(Path::to_owned);
        found.ok_or_else(|| Failure::new("place/unknown", "no folder or file has this token any more"))
    }

    /// What a merge looks at between batches, and what loads a roll between entries: once it is true, it ends early.
    pub(crate) fn stop(&self) -> &AtomicBool {
        &self.0.stop
    }

    /// The visit that the kiosk is in.
    pub(crate) fn visit(&self) -> MutexGuard<'_, Visit> {
        guard(&self.0.visit)
    }

    /// Whether the kiosk is open. It is a file, so that a crash or a power cut comes back locked; so does a disk that does
    /// not answer.
    pub(crate) fn is_locked(&self) -> bool {
        self.lock_file().try_exists().unwrap_or(true)
    }

    /// Whether a page may look through a camera: for the code of a kit, while this computer is no table yet.
    pub(crate) fn may_use_camera(&self) -> bool {
        !self.is_locked() && !Table::exists(&self.table_folder())
    }

    pub(crate) fn set_locked(&self, locked: bool) -> io::Result<()> {
        match (locked, self.is_locked()) {
            (true, false) => self.write_lock(b""),
            (false, true) => fs::remove_file(self.lock_file()),
            _ => Ok(()),
        }
    }

    /// Locks it for practice.
    pub(crate) fn set_practising(&self) -> io::Result<()> {
        if self.is_locked() { Ok(()) } else { self.write_lock(PRACTICE) }
    }

    /// Whether what is signed now is practice. Where that cannot be known, nothing is signed.
    pub(crate) fn is_practising(&self) -> io::Result<bool> {
        match fs::read(self.lock_file()) {
            Ok(found) => Ok(found == PRACTICE),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn write_lock(&self, content: &[u8]) -> io::Result<()> {
        use std::io::Write;
        let mut file = fs::File::create(self.lock_file())?;
        file.write_all(content)?;
        file.sync_all()
    }

    /// The profile's folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.0.folder
    }

    fn lock_file(&self) -> PathBuf {
        self.0.folder.join("kiosk.lock")
    }

    fn table_folder(&self) -> PathBuf {
        self.0.folder.join("table")
    }

    fn desk_folder(&self) -> PathBuf {
        self.0.folder.join("desk")
    }
}

/// What the lock's file holds while the kiosk is open for practice.
const PRACTICE: &[u8] = b"practice";

/// Overwrites what the work before left on this thread's stack: the thread may rest for long, or end and leave its stack to
/// nobody, with a piece of what a person typed in it.
#[inline(never)]
fn overwrite_stack() {
    const DEPTH: usize = 512 * 1024;
    // A variable: a constant would lie elsewhere, and nothing of the stack would be written.
    let mut stack = [0_u8; DEPTH];
    black_box(&mut stack);
}

/// Now, in Unix seconds.
pub(crate) fn now() -> i64 {
    Timestamp::now().as_second()
}
