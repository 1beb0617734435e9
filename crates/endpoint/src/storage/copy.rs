//! The copy of the database before its schema changes: whole, with what is still in the write-ahead log, or none.

use std::{
    fs::{self, File},
    io,
    path::Path,
};

use rusqlite::{Connection, OpenFlags};

use crate::StartError;

/// Keeps a copy of the database at `path` beside it, as `…before-<version>.db`.
///
/// Errors: [`StartError::Copy`] when what was written is not what is there; then nothing else may change.
pub(super) fn keep(connection: &Connection, path: &Path, version: usize) -> Result<(), StartError> {
    let copy = path.with_extension(format!("before-{version}.db"));
    let unfinished = copy.with_extension("part");
    if unfinished.exists() {
        fs::remove_file(&unfinished)?;
    }
    let name = unfinished.to_str().ok_or(io::ErrorKind::InvalidFilename).map_err(io::Error::from)?;
    connection.execute("VACUUM INTO ?1", [name])?;
    // SQLite does not wait for this file to be on the disk.
    File::options().write(true).open(&unfinished)?.sync_all()?;
    let written = Connection::open_with_flags(&unfinished, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let state: String = written.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    if state != "ok" || contents(&written)? != contents(connection)? {
        return Err(StartError::Copy);
    }
    drop(written);
    fs::rename(&unfinished, &copy)?;
    Ok(())
}

/// The version of a database, and how many rows each of its tables has.
fn contents(connection: &Connection) -> rusqlite::Result<(u32, Vec<(String, i64)>)> {
    let version = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let mut select =
        connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
    let tables = select.query_map([], |row| row.get::<_, String>(0))?;
    let counted = tables.map(|table| {
        let table = table?;
        let count = format!("SELECT count(*) FROM \"{table}\"");
        Ok((table, connection.query_row(&count, [], |row| row.get(0))?))
    });
    Ok((version, counted.collect::<rusqlite::Result<_>>()?))
}
