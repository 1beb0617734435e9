//! The key of the backup, where it lies, and how often anything changed that it must hold.

use rusqlite::{Connection, OptionalExtension};
use zeroize::Zeroizing;

/// What follows a change of a table that the backup holds.
macro_rules! counted {
    ($($table:literal $($columns:literal)?),*) => {
        concat!(
            "CREATE TABLE backup (
                one INTEGER PRIMARY KEY CHECK (one = 1),
                changes INTEGER NOT NULL,
                secret TEXT,
                locked TEXT
            ) STRICT;
            INSERT INTO backup (one, changes) VALUES (1, 1);
            CREATE TABLE backup_place (
                place INTEGER PRIMARY KEY,
                path TEXT NOT NULL UNIQUE,
                changes INTEGER,
                written_at INTEGER,
                digest BLOB
            ) STRICT;",
            $(
                "CREATE TRIGGER ", $table, "_inserted AFTER INSERT ON ", $table,
                " BEGIN UPDATE backup SET changes = changes + 1; END;
                CREATE TRIGGER ", $table, "_updated AFTER UPDATE ", $("OF ", $columns,)? " ON ", $table,
                " BEGIN UPDATE backup SET changes = changes + 1; END;
                CREATE TRIGGER ", $table, "_deleted AFTER DELETE ON ", $table,
                " BEGIN UPDATE backup SET changes = changes + 1; END;",
            )*
        )
    };
}

/// A tally is numbered above what the endpoint has, and tables ask there: it is held, but makes no backup old.
pub(super) const CREATE: &str = counted!(
    "campaign" "name, note, endpoint_url, endpoint_key",
    "petition", "epoch", "kit", "revocation", "confirmation"
);

/// The backup key, and the first part of the file: the same under the organizer's passphrase.
pub(crate) struct KeyRow {
    pub(crate) secret: Zeroizing<String>,
    pub(crate) locked: String,
}

/// A file that is, or is to become, a backup of this desk.
pub(crate) struct PlaceRow {
    pub(crate) path: String,
    /// The number of changes that it holds; none before it was written here.
    pub(crate) changes: Option<i64>,
    /// Unix seconds.
    pub(crate) written_at: Option<i64>,
    /// SHA-256 of the file that was written, or that the desk was restored from.
    pub(crate) digest: Option<[u8; 32]>,
}

/// Grows whenever anything changes that the backup must hold.
pub(crate) fn get_changes(db: &Connection) -> rusqlite::Result<i64> {
    db.prepare_cached("SELECT changes FROM backup")?.query_row([], |row| row.get("changes"))
}

pub(crate) fn find_key(db: &Connection) -> rusqlite::Result<Option<KeyRow>> {
    db.prepare_cached("SELECT secret, locked FROM backup WHERE secret IS NOT NULL AND locked IS NOT NULL")?
        .query_row([], |row| {
            Ok(KeyRow { secret: row.get::<_, String>("secret")?.into(), locked: row.get("locked")? })
        })
        .optional()
}

/// Takes another key: no file is current any more.
pub(crate) fn set_key(db: &Connection, secret: &str, locked: &str) -> rusqlite::Result<()> {
    db.execute("UPDATE backup SET secret = ?1, locked = ?2, changes = changes + 1", (secret, locked))?;
    Ok(())
}

/// Adds a place, or says again what lies there.
pub(crate) fn set_place(db: &Connection, row: &PlaceRow) -> rusqlite::Result<()> {
    db.execute(
        "INSERT INTO backup_place (path, changes, written_at, digest) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (path) DO UPDATE SET changes = excluded.changes, written_at = excluded.written_at,
            digest = excluded.digest",
        (&row.path, row.changes, row.written_at, row.digest),
    )?;
    Ok(())
}

/// The places, in the order in which they were added.
pub(crate) fn list_places(db: &Connection) -> rusqlite::Result<Vec<PlaceRow>> {
    db.prepare_cached("SELECT path, changes, written_at, digest FROM backup_place ORDER BY place")?
        .query_map([], |row| {
            Ok(PlaceRow {
                path: row.get("path")?,
                changes: row.get("changes")?,
                written_at: row.get("written_at")?,
                digest: row.get("digest")?,
            })
        })?
        .collect()
}
