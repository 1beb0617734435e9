//! The folder that holds this computer's table, desk and keys: one process has it at a time.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use lockbox::{Lock, LockboxError, files};

use crate::VaultError;

/// A profile's folder, held by this process until the last copy of this is dropped, or the process dies.
#[derive(Clone)]
pub struct Profile(Arc<Held>);

struct Held {
    folder: PathBuf,
    /// Between reading the keys and writing them again, nobody else writes.
    writing: Mutex<()>,
    _lock: Lock,
}

impl Profile {
    /// Takes a profile, whose folder is made where there is none, readable by nobody else.
    ///
    /// Errors: [`VaultError::ProfileInUse`] while another process, or this one, has it; [`VaultError::FileSystem`]; [`VaultError::File`].
    pub fn hold(folder: &Path) -> Result<Self, VaultError> {
        if !folder.exists() {
            files::private_folder(folder).map_err(why)?;
        }
        let lock = Lock::take(folder, "profile").map_err(why)?;
        Ok(Self(Arc::new(Held { folder: folder.to_owned(), writing: Mutex::new(()), _lock: lock })))
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.0.folder
    }

    pub(crate) fn writing(&self) -> MutexGuard<'_, ()> {
        self.0.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn why(error: LockboxError) -> VaultError {
    match error {
        LockboxError::InUse => VaultError::ProfileInUse,
        LockboxError::FileSystem => VaultError::FileSystem,
        LockboxError::File(error) => error.into(),
        other => VaultError::File(std::io::Error::other(other)),
    }
}
