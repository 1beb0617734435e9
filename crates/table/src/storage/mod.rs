//! The table's database: SQLCipher, one file per table of the schema, one writer.

pub(crate) mod again;
pub(crate) mod aside;
pub(crate) mod entry;
pub(crate) mod generation;
pub(crate) mod kit;
pub(crate) mod pin;
pub(crate) mod saved;
pub(crate) mod shift;
pub(crate) mod stride;
pub(crate) mod tally;

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags};

use crate::{DatabaseKey, TableError};

/// The steps of the schema; `user_version` counts those done. Steps are only ever added.
const STEPS: [&[&str]; 2] = [
    &[
        kit::STEP_1,
        generation::STEP_1,
        entry::STEP_1,
        shift::STEP_1,
        saved::STEP_1,
        tally::STEP_1,
        pin::STEP_1,
    ],
    &[generation::STEP_2, again::STEP_2, stride::STEP_2, aside::STEP_2, shift::STEP_2],
];

/// The open database, and the lock that keeps other programs from it.
pub(crate) struct Storage {
    pub(crate) connection: Connection,
    _lock: File,
}

/// The database's file in a table's folder.
pub(crate) fn file(folder: &Path) -> PathBuf {
    folder.join("table.db")
}

impl Storage {
    /// Opens the database, which is made when `create` is set, and brings its schema up to date.
    pub(crate) fn open(folder: &Path, key: &DatabaseKey, create: bool) -> Result<Self, TableError> {
        let lock = lock(folder)?;
        let path = file(folder);
        if create {
            OpenOptions::new().write(true).create_new(true).open(&path)?;
            make_private(&path)?;
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(&path, flags)?;
        // A wrong key is an answer, not something to write on a terminal.
        connection.execute_batch("PRAGMA cipher_log_level = NONE;")?;
        connection.execute_batch(&key.pragma())?;
        // The first read tells whether the key is right; it changes nothing.
        let version: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let version = version as usize;
        if version > STEPS.len() {
            return Err(TableError::Newer);
        }
        connection.execute_batch(
            "PRAGMA temp_store = MEMORY; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             PRAGMA fullfsync = ON; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;",
        )?;
        if version > 0 && version < STEPS.len() {
            keep_copy(&connection, &path, &folder.join(format!("table.before-{}.db", STEPS.len())))?;
        }
        migrate(&mut connection, version)?;
        stride::backfill(&mut connection)?;
        Ok(Self { connection, _lock: lock })
    }
}

/// Copies the database as it is. What is still beside it, in the write-ahead log, is brought into it first.
fn keep_copy(connection: &Connection, path: &Path, copy: &Path) -> Result<(), TableError> {
    let busy: bool = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy {
        return Err(TableError::InUse);
    }
    fs::copy(path, copy)?;
    File::open(copy)?.sync_all()?;
    Ok(())
}

fn migrate(connection: &mut Connection, version: usize) -> Result<(), TableError> {
    for (number, step) in STEPS.iter().enumerate().skip(version) {
        let transaction = connection.transaction()?;
        step.iter().try_for_each(|statements| transaction.execute_batch(statements))?;
        transaction.pragma_update(None, "user_version", number as u32 + 1)?;
        transaction.commit()?;
    }
    Ok(())
}

fn lock(folder: &Path) -> Result<File, TableError> {
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join("lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(TableError::InUse),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

#[cfg(unix)]
pub(crate) fn make_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = if path.is_dir() { 0o700 } else { 0o600 };
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
pub(crate) fn make_private(_path: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    /// The statements in the sources of this folder: string literals that begin with a verb of SQL.
    fn statements() -> Vec<(String, String)> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/storage");
        let mut found = Vec::new();
        for file in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = file.file_name().to_string_lossy().into_owned();
            if name == "mod.rs" {
                continue;
            }
            let text = fs::read_to_string(file.path()).unwrap();
            // Every second part is within quotes.
            assert!(text.matches('"').count().is_multiple_of(2), "{name}");
            let literals = text.split('"').skip(1).step_by(2);
            let is_statement = |literal: &&str| {
                ["SELECT", "INSERT", "UPDATE", "DELETE"].iter().any(|verb| literal.starts_with(verb))
            };
            found.extend(literals.filter(is_statement).map(|sql| (name.clone(), sql.to_owned())));
        }
        found
    }

    #[test]
    fn no_statement_reads_a_whole_table() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, 0).unwrap();
        let statements = statements();
        assert!(statements.len() >= 30, "{}", statements.len());
        for (file, sql) in statements {
            let mut explain = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let mut rows = explain.raw_query();
            while let Some(row) = rows.next().unwrap() {
                let plan: String = row.get(3).unwrap();
                assert!(!plan.starts_with("SCAN"), "{file}: {plan}\n{sql}");
            }
        }
    }
}
