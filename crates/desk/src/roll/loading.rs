//! A roll is loaded: begun at the desk, filled from its file while the desk does other things, and kept whole or not at all.

use std::{
    cell::Cell,
    fs::{self, File},
    io::{self, Read},
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use jiff::civil::Date;
use lockbox::{DatabaseKey, Lockbox};
use rand::CryptoRng;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    layout::RollLayout,
    reading,
    row::{NewRoll, RollLoaded, row_of},
    store::{Filling, SCHEMA},
};
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

/// So many entries come between two words of progress.
const STEP: u64 = 10_000;

/// What the folders of rolls begin with.
const FOLDER: &str = "roll-";
/// And of one that is not whole yet.
const FILLING: &str = "filling-roll-";

/// How far the reading of a roll's file is.
#[derive(Clone, Copy, Debug)]
pub struct RollProgress {
    /// Entries that were read.
    pub entries: u64,
    /// Bytes that were read.
    pub done: u64,
    /// Of so many bytes.
    pub of: u64,
}

/// A roll that is being loaded: it is in nobody's way, and nobody sees it. Holds its key: it has no `Debug`.
pub struct RollBegun {
    id: Uuid,
    key: DatabaseKey,
    /// Of the desk.
    folder: PathBuf,
    name: String,
    as_of: String,
    delete_by: i64,
}

/// A roll whose file was read to its end. Holds its key: it has no `Debug`.
pub struct RollFilled {
    begun: RollBegun,
    hash: [u8; 32],
    entries: u64,
    passed_over: u64,
}

impl Desk {
    /// Loads a roll from a file, in the place of the one before; what was found in that one stays found. Nothing changes where it
    /// fails. `progress` is told how far it is, and may break it off. `now` is in Unix seconds.
    ///
    /// Errors: [`DeskError::Name`], [`DeskError::RollDates`], [`DeskError::RollUnreadable`], [`DeskError::RollColumns`],
    /// [`DeskError::RollEmpty`], [`DeskError::Cancelled`].
    pub fn load_roll(
        &mut self,
        file: &Path,
        new: NewRoll<'_>,
        now: i64,
        rng: &mut impl CryptoRng,
        progress: impl FnMut(RollProgress) -> ControlFlow<()>,
    ) -> Result<RollLoaded, DeskError> {
        let filled = self.begin_roll(new, now, rng)?.fill(file, new.layout, progress)?;
        self.keep_roll(filled, now)
    }

    /// Begins to load a roll: the first part of [`Desk::load_roll`].
    pub fn begin_roll(
        &self,
        new: NewRoll<'_>,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<RollBegun, DeskError> {
        let name = one_line(new.name, MAX_NAME).ok_or(DeskError::Name)?.to_owned();
        if new.as_of.parse::<Date>().is_err() || new.delete_by <= now {
            return Err(DeskError::RollDates);
        }
        self.remove_rolls(|name| name.starts_with(FILLING))?;
        Ok(RollBegun {
            id: random_uuid(rng),
            key: DatabaseKey::generate(rng),
            folder: self.folder.clone(),
            name,
            as_of: new.as_of.to_owned(),
            delete_by: new.delete_by,
        })
    }

    /// Keeps a roll in the place of the one before: the last part of [`Desk::load_roll`].
    pub fn keep_roll(&mut self, filled: RollFilled, now: i64) -> Result<RollLoaded, DeskError> {
        let RollFilled { begun, hash, entries, passed_over } = filled;
        fs::rename(begun.filling(), self.roll_folder(begun.id)).map_err(DeskError::File)?;
        let RollBegun { id, key, name, as_of, delete_by, .. } = begun;
        let kept = RollKept { roll: id, key, name, as_of, delete_by, loaded_at: now, hash, entries };
        let tx = storage::write(&mut self.db)?;
        roll::set(&tx, &kept)?;
        tx.commit()?;
        self.tidy_rolls()?;
        Ok(RollLoaded { roll: row_of(&kept), passed_over })
    }

    pub(super) fn roll_folder(&self, id: Uuid) -> PathBuf {
        self.folder.join(format!("{FOLDER}{id}"))
    }

    /// Removes every roll but the one whose key is here.
    pub(super) fn tidy_rolls(&self) -> Result<(), DeskError> {
        let own = roll::find(&self.db)?.map(|kept| format!("{FOLDER}{}", kept.roll));
        self.remove_rolls(|name| name.starts_with(FOLDER) && own.as_deref() != Some(name))
    }

    fn remove_rolls(&self, is_one: impl Fn(&str) -> bool) -> Result<(), DeskError> {
        for found in fs::read_dir(&self.folder).map_err(DeskError::File)? {
            let path = found.map_err(DeskError::File)?.path();
            if path.file_name().is_some_and(|name| is_one(&name.to_string_lossy())) {
                fs::remove_dir_all(&path).map_err(DeskError::File)?;
            }
        }
        Ok(())
    }
}

impl RollBegun {
    /// Fills it from its file: the middle part of [`Desk::load_roll`].
    pub fn fill(
        self,
        file: &Path,
        layout: &RollLayout,
        progress: impl FnMut(RollProgress) -> ControlFlow<()>,
    ) -> Result<RollFilled, DeskError> {
        let filled = self.read(file, layout, progress);
        match filled {
            Ok((hash, entries, passed_over)) => Ok(RollFilled { begun: self, hash, entries, passed_over }),
            Err(error) => {
                let _removed = fs::remove_dir_all(self.filling());
                Err(error)
            }
        }
    }

    /// Gives the hash of the file, how many entries there are, and how many lines were passed over.
    fn read(
        &self,
        file: &Path,
        layout: &RollLayout,
        mut progress: impl FnMut(RollProgress) -> ControlFlow<()>,
    ) -> Result<([u8; 32], u64, u64), DeskError> {
        let file = File::open(file).map_err(|_| DeskError::RollUnreadable)?;
        let of = file.metadata().map_err(|_| DeskError::RollUnreadable)?.len();
        let done = Cell::new(0);
        let mut hashed = Hashed { file, hash: Sha256::new(), done: &done };
        let (mut entries, mut passed_over) = (0, 0);
        let made = Lockbox::create(&self.filling(), Some(&self.key), &SCHEMA, |db| {
            let mut filling = Filling::new(db);
            passed_over = reading::read(&mut hashed, layout, |entry| {
                filling.add(&entry)?;
                entries += 1;
                let is_told = u64::is_multiple_of(entries, STEP);
                if is_told && progress(RollProgress { entries, done: done.get(), of }).is_break() {
                    return Err(DeskError::Cancelled);
                }
                Ok(())
            })?;
            entries = filling.end()?;
            if entries == 0 { Err(DeskError::RollEmpty) } else { Ok(()) }
        });
        drop(made?);
        Ok((hashed.hash.finalize().into(), entries, passed_over))
    }

    fn filling(&self) -> PathBuf {
        self.folder.join(format!("{FILLING}{}", self.id))
    }
}

/// A file that is hashed as it is read.
struct Hashed<'a> {
    file: File,
    hash: Sha256,
    /// Bytes that were read.
    done: &'a Cell<u64>,
}

impl Read for Hashed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.hash.update(buffer.get(..read).unwrap_or_default());
        self.done.set(self.done.get() + read as u64);
        Ok(read)
    }
}
