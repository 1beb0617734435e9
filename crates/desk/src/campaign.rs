//! The desk itself: making it, opening it, and which campaign it is of.

use std::{collections::HashMap, path::Path};

use lockbox::{Lock, Lockbox};
use proof::{CampaignId, SigningKey};
use rand::CryptoRng;
use rusqlite::Connection;
use sealing::{EpochId, Opener};
use wire::{Campaign, EndpointAddress, Signed};

use crate::{
    Backup, BackupFailure, BackupPlace, DeskError, Keys, NewBackup,
    backup::{self, Prepared},
    epochs,
    petitions::KnownPetitions,
    storage::{
        self, SCHEMA,
        backup::{PlaceRow, get_changes, put_place, set_key},
    },
};

/// The longest name of a campaign, in characters.
pub(crate) const MAX_NAME: usize = 120;

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
    /// Files of the backup that could not be written when that was last tried.
    pub(crate) backup_failures: Vec<(String, BackupFailure)>,
    /// What waited when the desk was opened, and need not any more, is merged.
    pub(crate) caught_up: bool,
    /// Last, so that the database is closed before another process may open it.
    _lock: Lock,
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
        SCHEMA.exists(folder)
    }

    /// Makes a desk and its campaign: the campaign note, epochs of a week each for a year ahead, and the backup. `now` is
    /// in Unix seconds.
    ///
    /// Either the whole desk is there afterwards or none. The backup is written beside its place and read back before
    /// there is a desk; [`Desk::backup_state`] says whether it could then take its place.
    ///
    /// Errors: [`DeskError::Name`]; [`DeskError::BackupFailed`]; [`DeskError::Exists`].
    pub fn create(
        folder: &Path,
        keys: Keys,
        name: &str,
        endpoint: Option<EndpointAddress>,
        new: &NewBackup<'_>,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, DeskError> {
        Self::check_new(name, new)?;
        let name = name.trim();
        let note = campaign_note(&SigningKey::root(&keys.root), name, now)?;
        let path = backup::place_of(new.path)?;
        let mut prepared = None;
        let mut desk = Self::make(folder, keys, |db, keys| {
            storage::campaign::insert(db, name, &note.note())?;
            storage::campaign::set_endpoint(db, endpoint.as_ref())?;
            epochs::make_until(db, keys, now, now + epochs::AHEAD, rng)?;
            set_key(db, &new.key.secret, &new.key.locked)?;
            put_place(db, &PlaceRow { path: path.clone(), changes: None, written_at: None, digest: None })?;
            let content = backup::content(db, keys, now)?;
            prepared = Some(backup::prepare(path.as_ref(), new.key, &content, None)?);
            Ok(())
        })?;
        if let Some(prepared) = prepared {
            desk.put_in_place(&path, prepared, now)?;
        }
        Ok(desk)
    }

    /// Checks what a new campaign is to be made of, before any key is kept anywhere: its name, and that a backup can be
    /// written at its place.
    pub fn check_new(name: &str, new: &NewBackup<'_>) -> Result<(), DeskError> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
            return Err(DeskError::Name);
        }
        backup::prepare(backup::place_of(new.path)?.as_ref(), new.key, b"", None)?;
        Ok(())
    }

    /// Goes on where making this campaign stopped: there is a desk, and no file of its backup was ever written.
    ///
    /// Errors: [`DeskError::Exists`] where nothing stopped, or the campaign has another name.
    pub fn go_on_founding(
        &mut self,
        name: &str,
        endpoint: Option<EndpointAddress>,
        new: &NewBackup<'_>,
        now: i64,
    ) -> Result<(), DeskError> {
        if self.about.name != name.trim() || self.backup_state()?.places.iter().any(BackupPlace::was_written)
        {
            return Err(DeskError::Exists);
        }
        // A file that was there already when it stopped is known from now on.
        self.keep_backup(now);
        if endpoint.is_some() {
            storage::campaign::set_endpoint(&self.db, endpoint.as_ref())?;
            self.about.endpoint = endpoint;
        }
        self.set_backup_key(new.key, now)?;
        self.write_backup(new.path, now)
    }

    fn put_in_place(&mut self, path: &str, prepared: Prepared, now: i64) -> Result<(), DeskError> {
        match prepared.keep(get_changes(&self.db)?, now) {
            Ok(written) => put_place(&self.db, &written)?,
            Err(failure) => self.backup_failures = vec![(path.to_owned(), failure)],
        }
        Ok(())
    }

    /// Brings a campaign back from its backup, into a folder without a desk. The ledger is empty: merging the
    /// batches again fills it. `keys` are those of [`Backup::keys`]; `new` is the file of the backup, which is kept
    /// current from here on, and a new key under its passphrase.
    pub fn restore(
        folder: &Path,
        keys: Keys,
        backup: &Backup,
        new: &NewBackup<'_>,
        now: i64,
    ) -> Result<Self, DeskError> {
        if !backup.is_of(&keys) {
            return Err(DeskError::OtherKeys);
        }
        let path = backup::place_of(new.path)?;
        let mut desk = Self::make(folder, keys, |db, _| {
            backup.fill(db, now)?;
            set_key(db, &new.key.secret, &new.key.locked)?;
            let changes = if backup.is_complete() { Some(get_changes(db)?) } else { None };
            let (written_at, digest) = (backup.written_at(), Some(backup.digest()));
            Ok(put_place(db, &PlaceRow { path, changes, written_at, digest })?)
        })?;
        desk.keep_backup(now);
        Ok(desk)
    }

    /// Makes the desk with what `fill` writes, whole or not at all.
    pub(crate) fn make(
        folder: &Path,
        keys: Keys,
        fill: impl FnOnce(&Connection, &Keys) -> Result<(), DeskError>,
    ) -> Result<Self, DeskError> {
        let storage =
            Lockbox::create(folder, Some(&keys.database), &SCHEMA, |transaction| fill(transaction, &keys))?;
        Self::of_storage(storage, keys)
    }

    /// Opens the desk in a folder.
    ///
    /// Errors: [`DeskError::Missing`], [`DeskError::InUse`], [`DeskError::WrongKey`], [`DeskError::Newer`],
    /// [`DeskError::OtherKeys`].
    pub fn open(folder: &Path, keys: Keys) -> Result<Self, DeskError> {
        let storage = Lockbox::open(folder, Some(&keys.database), &SCHEMA)?;
        Self::of_storage(storage, keys)
    }

    fn of_storage(storage: Lockbox, keys: Keys) -> Result<Self, DeskError> {
        let Lockbox { connection: db, lock } = storage;
        storage::prepare(&db);
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
            backup_failures: Vec::new(),
            caught_up: false,
            _lock: lock,
        })
    }

    /// Which campaign it is of.
    pub fn campaign(&self) -> CampaignAbout {
        self.about.clone()
    }

    /// Sets where the tables of kits made from now on send to.
    pub fn set_endpoint(&mut self, endpoint: Option<EndpointAddress>, now: i64) -> Result<(), DeskError> {
        storage::campaign::set_endpoint(&self.db, endpoint.as_ref())?;
        self.about.endpoint = endpoint;
        self.keep_backup(now);
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
