//! The room that a box takes on the disk, and giving back what it does not need.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use rusqlite::types::{FromSql, ValueRef};

use crate::{Lockbox, LockboxError, files, migration::remove};

/// The pages of a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pages {
    size: u64,
    all: u64,
    free: u64,
}

impl Pages {
    /// Bytes of all of them.
    pub fn all(&self) -> u64 {
        self.size * self.all
    }

    /// Bytes of those that hold something.
    pub fn used(&self) -> u64 {
        self.size * self.all.saturating_sub(self.free)
    }

    /// Bytes of those that what is written next can have.
    pub fn free(&self) -> u64 {
        self.size * self.free
    }
}

impl Lockbox {
    /// The pages of its database.
    pub fn pages(&self) -> Result<Pages, LockboxError> {
        let pragma = |name| {
            self.connection.query_row(&format!("PRAGMA {name}"), [], |row| match row.get_ref(0)? {
                // SQLCipher tells the size of its pages as a text.
                ValueRef::Text(text) => {
                    std::str::from_utf8(text)?.parse().map_err(|_| rusqlite::Error::InvalidQuery)
                }
                other => Ok(u64::column_result(other)?),
            })
        };
        Ok(Pages { size: pragma("page_size")?, all: pragma("page_count")?, free: pragma("freelist_count")? })
    }

    /// Writes the database anew without its free pages, which the disk has back then: all of it, or nothing where it
    /// is broken off. It takes as long as what it holds, and as much memory and room.
    pub fn write_anew(&self) -> Result<(), LockboxError> {
        self.connection.execute_batch("VACUUM;")?;
        self.empty_log()
    }

    /// Bytes of the copies of before an update.
    pub fn copies_bytes(&self) -> Result<u64, LockboxError> {
        self.copies()?.iter().try_fold(0, |sum, copy| Ok(sum + fs::metadata(copy)?.len()))
    }

    /// Removes the copies of before an update: the database holds what they do.
    pub fn remove_copies(&self) -> Result<(), LockboxError> {
        let copies = self.copies()?;
        copies.iter().try_for_each(|copy| remove(copy))?;
        if let Some(folder) = copies.first().and_then(|copy| copy.parent()) {
            files::sync_folder(folder)?;
        }
        Ok(())
    }

    fn copies(&self) -> Result<Vec<PathBuf>, LockboxError> {
        let path = self.connection.path().map(Path::new).unwrap_or(Path::new(""));
        let (Some(folder), Some(name)) = (path.parent(), path.file_stem()) else { return Ok(Vec::new()) };
        let begin = format!("{}.before-", name.to_string_lossy());
        let entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
        let is_copy = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            name.starts_with(&begin) && name.ends_with(".db")
        };
        Ok(entries.into_iter().filter(is_copy).collect())
    }
}
