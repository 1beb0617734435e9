//! One process at a time.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::Path,
};

use crate::LockboxError;

/// Keeps other processes out of a folder while it lives. A process that dies lets go.
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of this name in a folder that is there. Its file stays; it holds nothing.
    ///
    /// Errors: [`LockboxError::InUse`]; [`LockboxError::FileSystem`]; [`LockboxError::File`].
    pub fn take(folder: &Path, name: &str) -> Result<Self, LockboxError> {
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(folder.join(format!("{name}.lock")))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(LockboxError::InUse),
            Err(TryLockError::Error(error)) if has_no_locks(&error) => Err(LockboxError::FileSystem),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

/// Whether files cannot be locked where this one is.
fn has_no_locks(error: &io::Error) -> bool {
    #[cfg(target_os = "linux")]
    if rustix::io::Errno::from_io_error(error) == Some(rustix::io::Errno::NOLCK) {
        return true;
    }
    error.kind() == io::ErrorKind::Unsupported
}
