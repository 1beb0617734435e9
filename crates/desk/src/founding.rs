//! Making a campaign, and bringing one back from its backup.

use std::path::{Path, PathBuf};

use proof::{CampaignId, SigningKey};
use rand::CryptoRng;
use wire::EndpointAddress;

use crate::{
    backup::{self, Backup, BackupKey, BackupPlace, NewBackup, Prepared},
    desk::{Desk, campaign_note},
    error::DeskError,
    keys::{Keys, epochs},
    limits::MAX_NAME,
    storage::{
        self,
        backup::{PlaceRow, get_changes, set_key, set_place},
    },
};

/// What a campaign is founded with.
pub struct Founding<'a> {
    /// The organisation's name for it.
    pub name: &'a str,
    /// Where its tables send to, if anywhere.
    pub endpoint: Option<EndpointAddress>,
    /// The key of its backup, new.
    pub backup_key: &'a BackupKey,
}

impl Desk {
    /// Founds a campaign in a folder: new keys, which `keep_keys` keeps, and [`Desk::create`]. `place` says where the backup of
    /// a campaign is to lie. `now` is in Unix seconds.
    ///
    /// Keys are kept before they are used, and after all else was checked: a crash between the two leaves keys without a desk,
    /// never the reverse.
    pub fn found<E: From<DeskError>>(
        folder: &Path,
        founding: Founding<'_>,
        place: impl FnOnce(CampaignId) -> PathBuf,
        keep_keys: impl FnOnce(&[(&str, &[u8; 32])]) -> Result<(), E>,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, E> {
        let Founding { name, endpoint, backup_key } = founding;
        let keys = Keys::generate(rng);
        let new = NewBackup { path: &place(keys.campaign()), key: backup_key };
        Self::check_new(name, &new)?;
        keep_keys(&keys.named())?;
        Ok(Self::create(folder, keys, name, endpoint, &new, now, rng)?)
    }

    /// Brings a campaign back from the bytes of its backup, which lie at `path`: keys, which `keep_keys` keeps, and
    /// [`Desk::restore`]. Takes two seconds.
    pub fn bring_back<E: From<DeskError>>(
        folder: &Path,
        (path, bytes): (&Path, &[u8]),
        passphrase: &str,
        keep_keys: impl FnOnce(&[(&str, &[u8; 32])]) -> Result<(), E>,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, E> {
        let backup = Backup::open(bytes, passphrase)?;
        let key = BackupKey::new(passphrase, rng)?;
        let keys = backup.keys(rng);
        keep_keys(&keys.named())?;
        Ok(Self::restore(folder, keys, &backup, &NewBackup { path, key: &key }, now)?)
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
            set_place(db, &PlaceRow { path: path.clone(), changes: None, written_at: None, digest: None })?;
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
            Ok(written) => set_place(&self.db, &written)?,
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
            Ok(set_place(db, &PlaceRow { path, changes, written_at, digest })?)
        })?;
        desk.keep_backup(now);
        Ok(desk)
    }
}
