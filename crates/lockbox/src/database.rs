//! The database of a box: WAL, `synchronous=FULL`, one process.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::{
    DatabaseKey, Lock, LockboxError,
    connection::{connect, connect_to_read},
    files,
    migration::{Step, beside, make_private, migrate, rehearse, remove, version},
};

/// Set of every box: what is committed is on the disk, what is deleted is overwritten, nothing goes into temporary files.
const SETTINGS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;
     PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;";

/// What is kept in a box.
pub struct Schema<'a> {
    /// The database is `<name>.db`, and the lock `<name>.lock`.
    pub name: &'a str,
    /// The steps of the schema; `user_version` counts those done.
    pub steps: &'a [Step<'a>],
    /// Settings (`PRAGMA …;`) beside those of every box.
    pub settings: &'a str,
}

impl Schema<'_> {
    /// Its database in a folder.
    pub fn database(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}.db", self.name))
    }

    /// Whether there is a database in a folder. An empty file is none: what leaves one has not begun.
    pub fn exists(&self, folder: &Path) -> bool {
        fs::metadata(self.database(folder)).is_ok_and(|file| file.len() > 0)
    }
}

/// An open database, and the lock that keeps other processes from it.
pub struct Lockbox {
    /// The one that writes.
    pub connection: Connection,
    /// To be dropped last, so that the database is closed before another process may open it.
    pub lock: Lock,
}

impl Lockbox {
    /// Opens the database of a folder and brings its schema up to date: the steps are tried on a copy first, and a copy of
    /// before is kept beside it.
    ///
    /// Errors: [`LockboxError::Missing`], [`LockboxError::InUse`], [`LockboxError::WrongKey`]; [`LockboxError::Newer`],
    /// [`LockboxError::Copy`] and [`LockboxError::Step`] with the database left as it was.
    pub fn open(folder: &Path, key: Option<&DatabaseKey>, schema: &Schema<'_>) -> Result<Self, LockboxError> {
        if !schema.exists(folder) {
            return Err(LockboxError::Missing);
        }
        let lock = Lock::take(folder, schema.name)?;
        Self::open_locked(folder, key, schema, lock)
    }

    /// Makes the folder and a database in it, with what `fill` writes: whole, or not there. What an earlier try left half-made
    /// is in nobody's way.
    ///
    /// Errors: [`LockboxError::Exists`], [`LockboxError::InUse`], and what `fill` gives.
    pub fn create<E: From<LockboxError>>(
        folder: &Path,
        key: Option<&DatabaseKey>,
        schema: &Schema<'_>,
        fill: impl FnOnce(&Transaction<'_>) -> Result<(), E>,
    ) -> Result<Self, E> {
        files::private_folder(folder)?;
        let lock = Lock::take(folder, schema.name)?;
        if schema.exists(folder) {
            return Err(LockboxError::Exists.into());
        }
        let unfinished = folder.join(format!("{}.db.unfinished", schema.name));
        clear(&unfinished)?;
        if let Err(error) = make(&unfinished, key, schema, fill) {
            // On a full disk this is the room that is needed to try again.
            let _cleared = clear(&unfinished);
            return Err(error);
        }
        fs::rename(&unfinished, schema.database(folder))
            .and_then(|()| files::sync_folder(folder))
            .map_err(LockboxError::from)?;
        Ok(Self::open_locked(folder, key, schema, lock)?)
    }

    /// Another connection to the database of a folder that this process has open. It can only read, and sees what was
    /// committed before each of its transactions began: it never waits for the one that writes. To be dropped before the lock.
    pub fn reader(
        folder: &Path,
        key: Option<&DatabaseKey>,
        schema: &Schema<'_>,
    ) -> Result<Connection, LockboxError> {
        let db = connect_to_read(&schema.database(folder), key)?;
        db.execute_batch("PRAGMA temp_store = MEMORY;")?;
        db.execute_batch(schema.settings)?;
        Ok(db)
    }

    /// Brings what the write-ahead log holds into the database and empties the log, so that nothing of what was deleted
    /// stands there.
    pub fn empty_log(&self) -> Result<(), LockboxError> {
        empty_log(&self.connection)
    }

    fn open_locked(
        folder: &Path,
        key: Option<&DatabaseKey>,
        schema: &Schema<'_>,
        lock: Lock,
    ) -> Result<Self, LockboxError> {
        let path = schema.database(folder);
        let mut connection = connect(&path, key)?;
        let version = version(&connection)?;
        if version > schema.steps.len() {
            return Err(LockboxError::Newer);
        }
        if version > 0 && version < schema.steps.len() {
            rehearse(&connection, &path, key, schema.steps)?;
        }
        set_up(&connection, schema)?;
        migrate(&mut connection, schema.steps)?;
        Ok(Self { connection, lock })
    }
}

fn make<E: From<LockboxError>>(
    path: &Path,
    key: Option<&DatabaseKey>,
    schema: &Schema<'_>,
    fill: impl FnOnce(&Transaction<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut db = begin(path, key, schema)?;
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(LockboxError::from)?;
    fill(&tx)?;
    tx.commit().map_err(LockboxError::from)?;
    Ok(end(db)?)
}

fn begin(path: &Path, key: Option<&DatabaseKey>, schema: &Schema<'_>) -> Result<Connection, LockboxError> {
    make_private(path)?;
    let mut db = connect(path, key)?;
    set_up(&db, schema)?;
    migrate(&mut db, schema.steps)?;
    Ok(db)
}

/// Everything is in the one file that is renamed.
fn end(db: Connection) -> Result<(), LockboxError> {
    empty_log(&db)?;
    db.close().map_err(|(_, error)| error)?;
    Ok(())
}

fn empty_log(db: &Connection) -> Result<(), LockboxError> {
    let busy: bool = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy { Err(LockboxError::InUse) } else { Ok(()) }
}

fn clear(path: &Path) -> Result<(), LockboxError> {
    remove(path)?;
    beside(path).iter().try_for_each(|left| remove(left))?;
    Ok(())
}

fn set_up(db: &Connection, schema: &Schema<'_>) -> Result<(), LockboxError> {
    db.execute_batch(SETTINGS)?;
    db.execute_batch(schema.settings)?;
    Ok(())
}
