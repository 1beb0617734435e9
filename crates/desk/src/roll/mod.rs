//! The roll: a list of those whose signatures count, as the target keeps it. It is at this desk alone, in an encrypted file under a key of
//! its own, until a day on which it is deleted; no kit, batch, backup or endpoint has any of it.

mod layout;
mod looking;
mod qualify;
mod reading;
mod store;

use std::{
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use jiff::civil::Date;
use lockbox::{DatabaseKey, Lockbox};
use rand::CryptoRng;
use serde::Serialize;
use sha2::{Digest, Sha256};
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    desk::Desk,
    error::DeskError,
    limits::{MAX_NAME, one_line},
    random::random_uuid,
    storage::{
        self,
        roll::{self, RollKept},
    },
};
use store::{Filling, SCHEMA};

pub use layout::{ROLL_LAYOUTS, RollColumns, RollLayout};
pub use looking::{NotOnRoll, RollCount};
pub use qualify::{Qualification, RuleFinding, Sample, ValidEstimate};

/// So many entries come between two words of progress.
const STEP: u64 = 10_000;

/// A roll that is to be loaded.
#[derive(Clone, Copy, Debug)]
pub struct NewRoll<'a> {
    /// What it is called.
    pub name: &'a str,
    /// The day of which it is, RFC 3339: who came on it later is not in it.
    pub as_of: &'a str,
    /// When it is deleted, Unix seconds.
    pub delete_by: i64,
    /// How its file is laid out.
    pub layout: &'a RollLayout,
}

/// The roll that is here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RollRow {
    /// What it is called.
    pub name: String,
    /// The day of which it is, RFC 3339.
    pub as_of: String,
    /// When it is deleted, Unix seconds.
    pub delete_by: i64,
    /// When it was loaded, Unix seconds.
    pub loaded_at: i64,
    /// Hex: SHA-256 of the file that it was read from.
    pub hash: String,
    /// How many entries it has.
    pub entries: u64,
}

/// A roll that was loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RollLoaded {
    /// The roll.
    pub roll: RollRow,
    /// Lines that are not in it: of entries that had ended, or without a name.
    pub passed_over: u64,
}

impl Desk {
    /// Loads a roll from a file, in the place of the one before; what was found in that one stays found. Nothing changes where it
    /// fails. `progress` is told how many entries are read. `now` is in Unix seconds.
    ///
    /// Errors: [`DeskError::Name`], [`DeskError::RollDates`], [`DeskError::RollUnreadable`], [`DeskError::RollColumns`],
    /// [`DeskError::RollEmpty`].
    pub fn load_roll(
        &mut self,
        file: &Path,
        new: NewRoll<'_>,
        now: i64,
        rng: &mut impl CryptoRng,
        mut progress: impl FnMut(u64),
    ) -> Result<RollLoaded, DeskError> {
        let name = one_line(new.name, MAX_NAME).ok_or(DeskError::Name)?.to_owned();
        if new.as_of.parse::<Date>().is_err() || new.delete_by <= now {
            return Err(DeskError::RollDates);
        }
        let file = File::open(file).map_err(|_| DeskError::RollUnreadable)?;
        self.tidy_rolls()?;
        let (id, key) = (random_uuid(rng), DatabaseKey::generate(rng));
        let folder = self.roll_folder(id);
        let mut hashed = Hashed { file, hash: Sha256::new() };
        let (mut entries, mut passed_over) = (0, 0);
        let made = Lockbox::create(&folder, Some(&key), &SCHEMA, |db| {
            let mut filling = Filling::new(db);
            passed_over = reading::read(&mut hashed, new.layout, |entry| {
                filling.add(&entry)?;
                entries += 1;
                if u64::is_multiple_of(entries, STEP) {
                    progress(entries);
                }
                Ok(())
            })?;
            entries = filling.end()?;
            if entries == 0 { Err(DeskError::RollEmpty) } else { Ok(()) }
        });
        drop(made.inspect_err(|_| {
            let _removed = fs::remove_dir_all(&folder);
        })?);
        let hash = hashed.hash.finalize().into();
        let (as_of, delete_by) = (new.as_of.to_owned(), new.delete_by);
        let kept = RollKept { roll: id, key, name, as_of, delete_by, loaded_at: now, hash, entries };
        let tx = storage::write(&mut self.db)?;
        roll::set(&tx, &kept)?;
        tx.commit()?;
        self.tidy_rolls()?;
        Ok(RollLoaded { roll: row_of(&kept), passed_over })
    }

    /// The roll that is here. One whose day has come is deleted. `now` is in Unix seconds.
    pub fn roll(&mut self, now: i64) -> Result<Option<RollRow>, DeskError> {
        let kept = roll::find(&self.db)?;
        if kept.as_ref().is_some_and(|kept| kept.delete_by <= now) {
            self.delete_roll()?;
            return Ok(None);
        }
        Ok(kept.as_ref().map(row_of))
    }

    /// Deletes the roll: its key, then its file. What came of looking signatures up stays.
    pub fn delete_roll(&mut self) -> Result<(), DeskError> {
        roll::delete(&self.db)?;
        self.tidy_rolls()
    }

    fn roll_folder(&self, id: Uuid) -> PathBuf {
        self.folder.join(format!("{FOLDER}{id}"))
    }

    /// Removes every roll but the one whose key is here.
    fn tidy_rolls(&self) -> Result<(), DeskError> {
        let own = roll::find(&self.db)?.map(|kept| self.roll_folder(kept.roll));
        for found in fs::read_dir(&self.folder).map_err(DeskError::File)? {
            let path = found.map_err(DeskError::File)?.path();
            let is_roll = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(FOLDER));
            if is_roll && own.as_ref() != Some(&path) {
                fs::remove_dir_all(&path).map_err(DeskError::File)?;
            }
        }
        Ok(())
    }
}

/// What the folders of rolls begin with.
const FOLDER: &str = "roll-";

fn row_of(kept: &RollKept) -> RollRow {
    RollRow {
        name: kept.name.clone(),
        as_of: kept.as_of.clone(),
        delete_by: kept.delete_by,
        loaded_at: kept.loaded_at,
        hash: data_encoding::HEXLOWER.encode(&kept.hash),
        entries: kept.entries,
    }
}

/// A file that is hashed as it is read.
struct Hashed {
    file: File,
    hash: Sha256,
}

impl Read for Hashed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.hash.update(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}
