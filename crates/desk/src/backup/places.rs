//! Where the backup lies, and keeping every file of it current.

use std::{
    fs,
    io::{ErrorKind, Write},
    path::{Path, PathBuf, absolute},
};

use lockbox::files::WholeFile;
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::{content::content, failure::BackupFailure, key::BackupKey};
use crate::{
    desk::Desk,
    error::DeskError,
    keys::Keys,
    storage::{
        self,
        backup::{self as stored, PlaceRow},
    },
};

/// The largest file that is read to see whether it is a backup.
const MOST_BYTES: u64 = 256 << 20;

/// Where the backup of a new desk is to lie, and what writes it.
pub struct NewBackup<'a> {
    /// The file, in a folder that is there.
    pub path: &'a Path,
    /// Its key, new.
    pub key: &'a BackupKey,
}

/// The backup, seen from the desk.
#[derive(Clone, Debug)]
pub struct BackupState {
    /// Every file of it, in the order in which they were first asked for.
    pub places: Vec<BackupPlace>,
}

impl BackupState {
    /// Whether some file holds everything that a backup must.
    pub fn is_current(&self) -> bool {
        self.places.iter().any(|place| place.is_current)
    }

    /// What kept the newest file from being written, where none is current.
    pub fn failure(&self) -> Option<BackupFailure> {
        if self.is_current() { None } else { self.places.iter().rev().find_map(|place| place.failure) }
    }
}

/// One file of the backup.
#[derive(Clone, Debug)]
pub struct BackupPlace {
    /// Where it lies.
    pub path: PathBuf,
    /// When it was last written, Unix seconds; none before the first time.
    pub written_at: Option<i64>,
    /// Whether it holds everything that a backup must.
    pub is_current: bool,
    /// Whether there is a file now: a stick may be out.
    pub is_there: bool,
    /// Why it was not written when that was last tried.
    pub failure: Option<BackupFailure>,
}

impl BackupPlace {
    /// Whether a file was ever written there.
    pub fn was_written(&self) -> bool {
        self.written_at.is_some()
    }
}

/// A backup that is whole and on the disk, beside the place that it is for. Dropped, it leaves nothing.
pub(crate) struct Prepared {
    file: WholeFile,
    path: PathBuf,
    digest: [u8; 32],
}

/// Writes a file of the backup beside its place, reads it back and opens it. `known` is the digest of what this desk left
/// at the place.
pub(crate) fn prepare(
    path: &Path,
    key: &BackupKey,
    content: &[u8],
    known: Option<[u8; 32]>,
) -> Result<Prepared, BackupFailure> {
    if !may_be_replaced(path, key, known)? {
        return Err(BackupFailure::Taken);
    }
    let bytes = key.seal(content).map_err(|_| BackupFailure::ReadBack)?;
    let mut file = WholeFile::new(path)?;
    file.write_all(bytes.as_bytes())?;
    let found = file.read_back()?;
    let opened = str::from_utf8(&found).ok().and_then(|found| key.open(found).ok());
    if opened.is_none_or(|opened| opened.as_slice() != content) {
        return Err(BackupFailure::ReadBack);
    }
    Ok(Prepared { file, path: path.to_owned(), digest: Sha256::digest(found).into() })
}

impl Prepared {
    /// Gives it its name, in the place of what was there; gives the row that says so.
    pub(crate) fn keep(self, changes: i64, now: i64) -> Result<PlaceRow, BackupFailure> {
        let path = text_of(&self.path)?;
        self.file.keep()?;
        Ok(PlaceRow { path, changes: Some(changes), written_at: Some(now), digest: Some(self.digest) })
    }
}

/// Whether nothing is lost when a file takes this place: there is none, or this desk wrote it.
fn may_be_replaced(path: &Path, key: &BackupKey, known: Option<[u8; 32]>) -> Result<bool, BackupFailure> {
    match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(true),
        Err(error) => return Err(error.into()),
        Ok(there) if !there.is_file() || there.len() > MOST_BYTES => return Ok(false),
        Ok(_) => {}
    }
    let bytes = fs::read(path)?;
    Ok(key.wrote(&bytes) || known.is_some_and(|known| known == *Sha256::digest(&bytes)))
}

fn text_of(path: &Path) -> Result<String, BackupFailure> {
    path.to_str().map(str::to_owned).ok_or(BackupFailure::Refused(ErrorKind::InvalidFilename))
}

/// The place of a path as it is kept: absolute, so that it is found from any folder.
pub(crate) fn place_of(path: &Path) -> Result<String, BackupFailure> {
    text_of(&absolute(path)?)
}

/// Writes every file that is not current, in the caller's transaction, and gives those that could not be written.
pub(crate) fn keep_all(
    db: &Connection,
    keys: &Keys,
    now: i64,
) -> Result<Vec<(String, BackupFailure)>, DeskError> {
    let (Some(key), changes) = (find_key(db)?, stored::get_changes(db)?) else {
        return Ok(Vec::new());
    };
    let mut old: Vec<PlaceRow> = stored::list_places(db)?;
    old.retain(|row| !is_current(row, changes));
    if old.is_empty() {
        return Ok(Vec::new());
    }
    let content = content(db, keys, now)?;
    let mut failures = Vec::new();
    for row in old {
        let prepared = prepare(Path::new(&row.path), &key, &content, row.digest);
        match prepared.and_then(|prepared| prepared.keep(changes, now)) {
            Ok(written) => stored::set_place(db, &written)?,
            Err(failure) => failures.push((row.path, failure)),
        }
    }
    Ok(failures)
}

/// Whether a file holds everything, as far as is known. One that is gone from a folder that is there holds nothing; with the
/// folder, it lies on a stick in a drawer.
pub(crate) fn is_current(row: &PlaceRow, changes: i64) -> bool {
    let path = Path::new(&row.path);
    let was_removed = !path.exists() && path.parent().is_some_and(Path::exists);
    row.changes == Some(changes) && !was_removed
}

fn find_key(db: &Connection) -> Result<Option<BackupKey>, DeskError> {
    Ok(stored::find_key(db)?.map(|row| BackupKey { secret: row.secret, locked: row.locked }))
}

impl Desk {
    /// Writes every file of the backup that is not current. That one cannot be written undoes nothing:
    /// [`Desk::backup_state`] says it, and it is tried again with the next change. What changes the desk calls this itself.
    pub fn keep_backup(&mut self, now: i64) {
        match keep_all(&self.db, &self.keys, now) {
            Ok(failures) => self.backup_failures = failures,
            Err(error) => tracing::warn!(code = error.code(), "the backup is not looked after"),
        }
    }

    /// Where the backup lies, when each file was written and whether it is current.
    pub fn backup_state(&self) -> Result<BackupState, DeskError> {
        let changes = stored::get_changes(&self.db)?;
        let places = stored::list_places(&self.db)?.into_iter().map(|row| {
            let failure = self.backup_failures.iter().find(|(path, _)| *path == row.path);
            BackupPlace {
                written_at: row.written_at,
                is_current: is_current(&row, changes),
                is_there: Path::new(&row.path).is_file(),
                failure: failure.map(|(_, failure)| *failure),
                path: row.path.into(),
            }
        });
        Ok(BackupState { places: places.collect() })
    }

    /// Writes another file of the backup, which is kept current from now on; one that is known is written again.
    ///
    /// Errors: [`DeskError::NoBackup`]; [`DeskError::BackupFailed`].
    pub fn write_backup(&mut self, path: &Path, now: i64) -> Result<(), DeskError> {
        let key = find_key(&self.db)?.ok_or(DeskError::NoBackup)?;
        let place = place_of(path)?;
        let tx = storage::write(&mut self.db)?;
        let known = stored::list_places(&tx)?.into_iter().find(|row| row.path == place);
        let content = content(&tx, &self.keys, now)?;
        let prepared = prepare(Path::new(&place), &key, &content, known.and_then(|row| row.digest))?;
        let written = prepared.keep(stored::get_changes(&tx)?, now)?;
        stored::set_place(&tx, &written)?;
        tx.commit()?;
        self.backup_failures.retain(|(path, _)| *path != place);
        Ok(())
    }

    /// Sets another passphrase of the backup, by its new key, and writes every file again.
    pub fn set_backup_key(&mut self, key: &BackupKey, now: i64) -> Result<(), DeskError> {
        stored::set_key(&self.db, &key.secret, &key.locked)?;
        self.keep_backup(now);
        Ok(())
    }
}
