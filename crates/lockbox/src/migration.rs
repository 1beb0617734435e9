//! Bringing a schema up to date: first on a copy that is thrown away, then in place, beside a copy that is kept.

use std::{
    fs::{self, File, OpenOptions},
    io,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, Error, Transaction, TransactionBehavior, backup::Backup, ffi};

use crate::{DatabaseKey, LockboxError, connection::connect};

/// One step of a schema: it brings `user_version` from n to n + 1 in one transaction. Steps are only ever added.
#[derive(Clone, Copy)]
pub struct Step<'a> {
    /// What is run.
    pub statements: &'a [&'a str],
    /// What is done then, in the same transaction.
    pub then: Option<AfterStep>,
}

/// Fills in what a step's statements alone cannot.
pub type AfterStep = fn(&Transaction<'_>) -> Result<(), Box<dyn std::error::Error + Send + Sync>>;

impl<'a> Step<'a> {
    /// A step that is its statements.
    pub const fn of(statements: &'a [&'a str]) -> Self {
        Self { statements, then: None }
    }
}

/// The schema's version. It is the first read, so a wrong key shows here.
pub(crate) fn version(db: &Connection) -> Result<usize, LockboxError> {
    match db.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0)) {
        Ok(version) => usize::try_from(version).map_err(|_| LockboxError::Newer),
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            Err(LockboxError::WrongKey)
        }
        Err(error) => Err(error.into()),
    }
}

/// Runs the steps that are missing.
pub(crate) fn migrate(db: &mut Connection, steps: &[Step<'_>]) -> Result<(), LockboxError> {
    // A table that others refer to can be built again only while nobody looks; each step is checked as a whole.
    db.execute_batch("PRAGMA foreign_keys = OFF;")?;
    for (done, step) in steps.iter().enumerate().skip(version(db)?) {
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        step.statements.iter().try_for_each(|statements| tx.execute_batch(statements))?;
        if let Some(then) = step.then {
            then(&tx).map_err(LockboxError::Step)?;
        }
        if tx.prepare("PRAGMA foreign_key_check")?.exists([])? {
            return Err(Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_CONSTRAINT_FOREIGNKEY), None).into());
        }
        tx.pragma_update(None, "user_version", i64::try_from(done + 1).map_err(|_| LockboxError::Newer)?)?;
        tx.commit()?;
    }
    db.execute_batch("PRAGMA foreign_keys = ON;")?;
    Ok(())
}

/// Keeps a copy of the database at `path`, as `…before-<version>.db`, and tries the steps on another one.
///
/// Nothing of the database itself is changed, whatever comes of it.
pub(crate) fn rehearse(
    db: &Connection,
    path: &Path,
    key: Option<&DatabaseKey>,
    steps: &[Step<'_>],
) -> Result<(), LockboxError> {
    let kept = path.with_extension(format!("before-{}.db", steps.len()));
    let (part, trial) = (kept.with_extension("part"), kept.with_extension("trial"));
    let clear = || [&part, &trial].into_iter().try_for_each(|left| remove(left));
    clear()?;
    let tried = copy(db, &part, key).and_then(|()| {
        fs::copy(&part, &trial)?;
        try_on(&trial, key, steps)?;
        remove(&trial)?;
        fs::rename(&part, &kept)?;
        Ok(crate::files::sync_folder(kept.parent().unwrap_or(Path::new(".")))?)
    });
    if tried.is_err() {
        // What went wrong counts; on a full disk this is the room that is needed to try again.
        let _cleared = clear();
    }
    tried
}

/// Copies page by page, with what only the write-ahead log holds, and reads the copy back.
fn copy(db: &Connection, to: &Path, key: Option<&DatabaseKey>) -> Result<(), LockboxError> {
    make_private(to)?;
    let mut copy = connect(to, key)?;
    Backup::new(db, &mut copy)?.run_to_completion(1_000, std::time::Duration::ZERO, None)?;
    copy.close().map_err(|(_, error)| error)?;
    // SQLite does not wait for every byte of a copy to be on the disk.
    File::options().write(true).open(to)?.sync_all()?;
    let written = connect(to, key)?;
    let state: String = written.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    let whole = state == "ok" && contents(&written)? == contents(db)?;
    written.close().map_err(|(_, error)| error)?;
    // Reading what was in WAL mode leaves empty files beside it.
    for left in beside(to) {
        remove(&left)?;
    }
    if whole { Ok(()) } else { Err(LockboxError::Copy) }
}

fn try_on(path: &Path, key: Option<&DatabaseKey>, steps: &[Step<'_>]) -> Result<(), LockboxError> {
    let mut db = connect(path, key)?;
    let tried = migrate(&mut db, steps).and_then(|()| {
        let state: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
        if state == "ok" { Ok(()) } else { Err(LockboxError::Copy) }
    });
    let closed = db.close().map_err(|(_, error)| error.into());
    beside(path).iter().try_for_each(|left| remove(left))?;
    tried.and(closed)
}

/// How many rows each table has, beside the version.
fn contents(db: &Connection) -> Result<(usize, Vec<(String, i64)>), LockboxError> {
    let mut select = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
    let tables: Vec<String> = select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let counted = tables.into_iter().map(|table| {
        let count = format!("SELECT count(*) FROM \"{table}\"");
        let rows = db.query_row(&count, [], |row| row.get(0))?;
        Ok((table, rows))
    });
    Ok((version(db)?, counted.collect::<rusqlite::Result<_>>()?))
}

/// An empty file that only its owner can read.
pub(crate) fn make_private(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// What SQLite keeps beside a database.
pub(crate) fn beside(path: &Path) -> [PathBuf; 3] {
    ["-wal", "-shm", "-journal"].map(|end| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    })
}

/// Removes a file if it is there.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}
