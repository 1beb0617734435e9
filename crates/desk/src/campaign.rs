//! The desk itself: making it, opening it, and which campaign it is of.

use std::{
    collections::HashMap,
    fs::{self, File, OpenOptions, TryLockError},
    path::Path,
};

use proof::{CampaignId, SigningKey};
use rand::CryptoRng;
use rusqlite::Connection;
use sealing::{EpochId, Opener};
use wire::{Campaign, EndpointAddress, Signed};

use crate::{DeskError, Keys, epochs, petitions::KnownPetitions, storage};

const DATABASE: &str = "desk.db";
/// What is being made has another name until it is whole.
const UNFINISHED: &str = "desk.db.unfinished";
const LOCK: &str = "desk.lock";

/// The organizer's side of a campaign. One process at a time has it open.
pub struct Desk {
    pub(crate) db: Connection,
    pub(crate) keys: Keys,
    pub(crate) root: SigningKey,
    pub(crate) about: CampaignAbout,
    pub(crate) petitions: KnownPetitions,
    /// Openers of the epochs that were needed so far; their seeds are in memory only.
    pub(crate) openers: HashMap<EpochId, Opener>,
    /// The code of what failed when the endpoint was last told.
    pub(crate) untold: Option<&'static str>,
    /// What waited when the desk was opened, and need not any more, is merged.
    pub(crate) caught_up: bool,
    /// Last, so that the database is closed before another process may open it.
    _lock: File,
}

/// Which campaign a desk is of.
#[derive(Clone, Debug)]
pub struct CampaignAbout {
    /// Its id, which is also the fingerprint of its root key.
    pub id: CampaignId,
    /// The organisation's name for it.
    pub name: String,
    /// Where tables send to, if anywhere.
    pub endpoint: Option<EndpointAddress>,
    /// The campaign note, for the endpoint.
    pub note: String,
}

impl Desk {
    /// Whether there is a desk in this folder.
    pub fn exists(folder: &Path) -> bool {
        folder.join(DATABASE).exists()
    }

    /// Makes a desk and its campaign: the campaign note, and epochs of a week each for a year ahead, so that a
    /// backup made now opens all that is sealed in that year. `now` is in Unix seconds.
    ///
    /// Either the whole desk is there afterwards or none.
    pub fn create(
        folder: &Path,
        keys: Keys,
        name: &str,
        endpoint: Option<EndpointAddress>,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, DeskError> {
        let root = SigningKey::root(&keys.root);
        let note = campaign_note(&root, name, now)?;
        Self::make(folder, keys, |db, keys| {
            storage::campaign::insert(db, name, &note.note())?;
            storage::campaign::set_endpoint(db, endpoint.as_ref())?;
            epochs::make_until(db, keys, now, now + epochs::AHEAD, rng)
        })
    }

    /// Makes the database under another name, lets `fill` fill it, and gives it its name.
    pub(crate) fn make(
        folder: &Path,
        keys: Keys,
        fill: impl FnOnce(&Connection, &Keys) -> Result<(), DeskError>,
    ) -> Result<Self, DeskError> {
        make_private(folder)?;
        let lock = lock(folder)?;
        if Self::exists(folder) {
            return Err(DeskError::Exists);
        }
        let unfinished = folder.join(UNFINISHED);
        for suffix in ["", "-wal", "-shm"] {
            remove_if_there(&folder.join(format!("{UNFINISHED}{suffix}")))?;
        }
        let mut db = storage::create(&unfinished, &keys.database)?;
        let tx = storage::write(&mut db)?;
        fill(&tx, &keys)?;
        tx.commit()?;
        db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        db.close().map_err(|(_, error)| error)?;
        fs::rename(&unfinished, folder.join(DATABASE))?;
        #[cfg(unix)]
        File::open(folder)?.sync_all()?;
        Self::open_locked(folder, keys, lock)
    }

    /// Opens the desk in a folder.
    ///
    /// Errors: [`DeskError::InUse`], [`DeskError::WrongKey`], [`DeskError::Newer`], [`DeskError::OtherKeys`].
    pub fn open(folder: &Path, keys: Keys) -> Result<Self, DeskError> {
        if !Self::exists(folder) {
            return Err(DeskError::Missing);
        }
        let lock = lock(folder)?;
        Self::open_locked(folder, keys, lock)
    }

    fn open_locked(folder: &Path, keys: Keys, lock: File) -> Result<Self, DeskError> {
        let db = storage::open(&folder.join(DATABASE), &keys.database)?;
        let row = storage::campaign::get(&db)?;
        let root = SigningKey::root(&keys.root);
        let note = Signed::verify_campaign(&row.note).map_err(|_| DeskError::Damaged("campaign"))?;
        if note.body.root != *root.verifier() {
            return Err(DeskError::OtherKeys);
        }
        let about =
            CampaignAbout { id: note.campaign, name: row.name, endpoint: row.endpoint, note: row.note };
        let petitions = KnownPetitions::read(&db, about.id, root.verifier())?;
        Ok(Self {
            db,
            keys,
            root,
            about,
            petitions,
            openers: HashMap::new(),
            untold: None,
            caught_up: false,
            _lock: lock,
        })
    }

    /// Which campaign it is of.
    pub fn campaign(&self) -> CampaignAbout {
        self.about.clone()
    }

    /// Sets where the tables of kits made from now on send to.
    pub fn set_endpoint(&mut self, endpoint: Option<EndpointAddress>) -> Result<(), DeskError> {
        storage::campaign::set_endpoint(&self.db, endpoint.as_ref())?;
        self.about.endpoint = endpoint;
        Ok(())
    }

    /// When a merge last ended, Unix seconds.
    pub fn merged_at(&self) -> Result<Option<i64>, DeskError> {
        Ok(storage::campaign::get(&self.db)?.merged_at)
    }
}

pub(crate) fn campaign_note(root: &SigningKey, name: &str, now: i64) -> Result<Signed<Campaign>, DeskError> {
    let id = CampaignId::of_root(root.verifier().public_key());
    let body = Campaign { name: name.to_owned(), root: root.verifier().clone() };
    Ok(Signed::sign(id, now, body, &[root])?)
}

fn lock(folder: &Path) -> Result<File, DeskError> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(folder.join(LOCK))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(DeskError::InUse),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

fn make_private(folder: &Path) -> Result<(), DeskError> {
    fs::create_dir_all(folder)?;
    #[cfg(unix)]
    fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}

fn remove_if_there(path: &Path) -> Result<(), DeskError> {
    if path.exists() {
        fs::remove_file(path)?;
    }
    Ok(())
}
