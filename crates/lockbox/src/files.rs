//! Folders and files that are private to their owner. A file appears whole or not at all, and what had its name before
//! stays until then.

#[cfg(unix)]
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::{
    fs::{self, File},
    io::{self, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use crate::LockboxError;

/// Makes a folder that only its owner can look into, with those above it where they are missing.
///
/// Errors: [`LockboxError::FileSystem`] where files cannot be kept from anybody, as on FAT; [`LockboxError::File`].
pub fn private_folder(folder: &Path) -> Result<(), LockboxError> {
    fs::create_dir_all(folder)?;
    #[cfg(unix)]
    if let Err(error) = fs::set_permissions(folder, PermissionsExt::from_mode(0o700)) {
        return Err(match error.kind() {
            io::ErrorKind::Unsupported => LockboxError::FileSystem,
            // A folder's owner may always, where there are such permissions.
            io::ErrorKind::PermissionDenied if is_own(folder)? => LockboxError::FileSystem,
            _ => error.into(),
        });
    }
    Ok(())
}

#[cfg(unix)]
fn is_own(folder: &Path) -> io::Result<bool> {
    Ok(fs::metadata(folder)?.uid() == rustix::process::geteuid().as_raw())
}

/// Writes a file that only its owner can read: all of it is on the disk under its name, or the name is as it was.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = WholeFile::new(path)?;
    file.write_all(bytes)?;
    file.keep()
}

/// A file that is written beside its place and takes it at the end. Dropped before, it leaves nothing.
///
/// Where the system knows owners, only the owner can read it.
pub struct WholeFile {
    file: BufWriter<NamedTempFile>,
    path: PathBuf,
}

impl WholeFile {
    /// For a path in a folder that is there.
    pub fn new(path: &Path) -> io::Result<Self> {
        let beside = NamedTempFile::new_in(folder_of(path))?;
        Ok(Self { file: BufWriter::new(beside), path: path.to_owned() })
    }

    /// What is on the disk of it, read back past the memory that the system keeps of files, where it lets that be
    /// forgotten (Linux): to be looked at before it takes its place.
    pub fn read_back(&mut self) -> io::Result<Vec<u8>> {
        self.file.flush()?;
        let file = self.file.get_ref();
        file.as_file().sync_all()?;
        #[cfg(target_os = "linux")]
        rustix::fs::fadvise(file.as_file(), 0, None, rustix::fs::Advice::DontNeed)?;
        let mut found = Vec::new();
        file.reopen()?.read_to_end(&mut found)?;
        Ok(found)
    }

    /// Gives it its name; on the disk when this returns.
    pub fn keep(self) -> io::Result<()> {
        let file = self.file.into_inner().map_err(|error| error.into_error())?;
        file.as_file().sync_all()?;
        file.persist(&self.path).map_err(|error| error.error)?;
        sync_folder(folder_of(&self.path))
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Brings the names of a folder to the disk. Where a file system has no such thing, there is nothing to wait for.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    match File::open(folder)?.sync_all() {
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {}
        synced => synced?,
    }
    #[cfg(not(unix))]
    let _nothing_to_wait_for: (&Path, Option<File>) = (folder, None);
    Ok(())
}

/// Whether this is the fault of a disk or stick that has no room, or none for this user or a file of this size.
pub fn is_full(kind: io::ErrorKind) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(kind, StorageFull | QuotaExceeded | FileTooLarge)
}

/// The folder that a path is in.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        names.map(|name| name.into_string().unwrap()).collect()
    }

    #[test]
    fn a_file_that_is_not_finished_leaves_what_was_there_and_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list");
        write_private(&path, b"of before").unwrap();
        let mut file = WholeFile::new(&path).unwrap();
        file.write_all(&[b'n'; 100_000]).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"of before");
        assert_eq!(file.read_back().unwrap(), [b'n'; 100_000]);
        drop(file);
        assert_eq!(fs::read(&path).unwrap(), b"of before");
        assert_eq!(names(folder.path()), ["list"]);
    }

    #[test]
    #[cfg(unix)]
    fn only_the_owner_can_read_it_even_where_others_could_read_what_was_there() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list");
        fs::write(&path, b"of before").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        write_private(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let private = folder.path().join("a").join("b");
        private_folder(&private).unwrap();
        assert_eq!(fs::metadata(&private).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error_and_not_made() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("away").join("list");
        assert_eq!(write_private(&path, b"new").unwrap_err().kind(), io::ErrorKind::NotFound);
        assert!(names(folder.path()).is_empty());
    }
}
