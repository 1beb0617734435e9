//! The desk's database: SQLCipher, one file of queries for each of its tables.
//!
//! Raw 256-bit key, WAL, `synchronous=FULL`. Steps of the schema only add; each is one transaction.

pub(crate) mod campaign;
pub(crate) mod confirmation;
pub(crate) mod content;
pub(crate) mod counts;
pub(crate) mod endpoint_log;
pub(crate) mod entry;
pub(crate) mod envelope;
pub(crate) mod epoch;
pub(crate) mod frontier;
pub(crate) mod kit;
pub(crate) mod log;
pub(crate) mod petition;
#[cfg(test)]
mod plans;
pub(crate) mod revocation;
pub(crate) mod signature;
pub(crate) mod waiting;

use std::{
    fs::{self, OpenOptions},
    path::Path,
};

use data_encoding::HEXLOWER;
use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::{DatabaseKey, DeskError};

/// The steps of the schema: step n brings `user_version` from n to n + 1.
const STEPS: &[&[&str]] = &[
    &[
        campaign::CREATE,
        petition::CREATE,
        epoch::CREATE,
        kit::CREATE,
        revocation::CREATE,
        log::CREATE,
        entry::CREATE,
        envelope::CREATE,
        waiting::CREATE,
        endpoint_log::CREATE,
        signature::CREATE,
        content::CREATE,
    ],
    &[endpoint_log::STEP_2],
    &[confirmation::CREATE, campaign::STEP_3],
    &[log::STEP_4],
    &[frontier::CREATE, counts::CREATE],
    &[campaign::STEP_6],
];

/// The step, counted from 0, after which the frontiers of what was merged before are filled in.
const FRONTIERS: usize = 4;

/// Makes the file, readable by its owner only, and the newest schema in it.
pub(crate) fn create(path: &Path, key: &DatabaseKey) -> Result<Connection, DeskError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?;
    open(path, key)
}

/// Opens the file and brings its schema up to date. A newer schema is refused and left as it is.
pub(crate) fn open(path: &Path, key: &DatabaseKey) -> Result<Connection, DeskError> {
    open_with(path, key, STEPS)
}

fn open_with(path: &Path, key: &DatabaseKey, steps: &[&[&str]]) -> Result<Connection, DeskError> {
    let mut db = Connection::open(path)?;
    unlock(&db, key)?;
    let version = version(&db)?;
    if version > steps.len() {
        return Err(DeskError::Newer);
    }
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;
         PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;
         PRAGMA cache_size = -65536;",
    )?;
    db.set_prepared_statement_cache_capacity(64);
    if version > 0 && version < steps.len() {
        copy_before_migration(&db, path, version)?;
    }
    for (step, statements) in steps.iter().enumerate().skip(version) {
        let tx = write(&mut db)?;
        statements.iter().try_for_each(|statement| tx.execute_batch(statement))?;
        if step == FRONTIERS {
            frontier::backfill(&tx)?;
        }
        tx.pragma_update(None, "user_version", number(step as u64 + 1))?;
        tx.commit()?;
    }
    Ok(db)
}

/// Gives the key, before anything else is asked of the file.
fn unlock(db: &Connection, key: &DatabaseKey) -> Result<(), DeskError> {
    // A wrong key is an error that is told; SQLCipher need not print it too.
    db.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    let hex = Zeroizing::new(HEXLOWER.encode(key.expose()));
    let mut pragma = Zeroizing::new(String::with_capacity(96));
    for part in ["PRAGMA key = \"x'", &hex, "'\""] {
        pragma.push_str(part);
    }
    db.execute_batch(&pragma)?;
    Ok(())
}

/// The schema's version; the first read, so a wrong key shows here.
fn version(db: &Connection) -> Result<usize, DeskError> {
    match db.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0)) {
        Ok(version) => usize::try_from(version).map_err(|_| DeskError::Newer),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => Err(DeskError::WrongKey),
        Err(error) => Err(error.into()),
    }
}

fn copy_before_migration(db: &Connection, path: &Path, version: usize) -> Result<(), DeskError> {
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".before-{}", version + 1));
    // A copy keeps the permissions of what it copies.
    fs::copy(path, path.with_file_name(name))?;
    Ok(())
}

/// A write transaction; it takes the lock at its start.
pub(crate) fn write(db: &mut Connection) -> rusqlite::Result<Transaction<'_>> {
    db.transaction_with_behavior(TransactionBehavior::Immediate)
}

/// A size or time as SQLite keeps numbers. Whatever comes from outside is checked to fit before.
pub(crate) fn number(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A size or time as it was before [`number`].
pub(crate) fn size(row: &rusqlite::Row<'_>, column: &str) -> rusqlite::Result<u64> {
    Ok(row.get::<_, i64>(column)?.try_into().unwrap_or_default())
}

/// An id as it is kept: 16 bytes.
pub(crate) fn uuid(row: &rusqlite::Row<'_>, column: &str) -> rusqlite::Result<Uuid> {
    Ok(Uuid::from_bytes(row.get(column)?))
}

/// An id that may be absent.
pub(crate) fn optional_uuid(row: &rusqlite::Row<'_>, column: &str) -> rusqlite::Result<Option<Uuid>> {
    Ok(row.get::<_, Option<[u8; 16]>>(column)?.map(Uuid::from_bytes))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use proof::{Frontier, Hash, Origin, Seed};

    use super::{
        entry::{NewEntry, Outcome},
        log::LogHead,
        *,
    };

    fn key(byte: u8) -> DatabaseKey {
        DatabaseKey::from_bytes([byte; 32])
    }

    fn made() -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        create(&path, &key(1)).unwrap();
        (folder, path)
    }

    #[test]
    fn a_wrong_key_is_told_apart_and_changes_nothing() {
        let (_folder, path) = made();
        let before = fs::read(&path).unwrap();
        assert!(matches!(open(&path, &key(2)), Err(DeskError::WrongKey)));
        assert_eq!(fs::read(&path).unwrap(), before);
        open(&path, &key(1)).unwrap();
    }

    #[test]
    fn a_newer_database_is_refused_untouched() {
        let (_folder, path) = made();
        let db = open(&path, &key(1)).unwrap();
        db.pragma_update(None, "user_version", 99).unwrap();
        drop(db);
        let before = fs::read(&path).unwrap();
        assert!(matches!(open(&path, &key(1)), Err(DeskError::Newer)));
        assert_eq!(fs::read(&path).unwrap(), before);
    }

    #[test]
    fn the_file_is_copied_before_a_migration_and_the_copy_is_of_before() {
        let (_folder, path) = made();
        let mut steps = STEPS.to_vec();
        steps.push(&["CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;"]);
        let migrated = open_with(&path, &key(1), &steps).unwrap();
        assert_eq!(version(&migrated).unwrap(), STEPS.len() + 1);
        migrated.execute("INSERT INTO later VALUES (1)", []).unwrap();
        let copy = open(&path.with_file_name(format!("a.db.before-{}", STEPS.len() + 1)), &key(1)).unwrap();
        assert!(copy.prepare("SELECT * FROM later").is_err());
    }

    #[test]
    fn a_migration_that_fails_leaves_the_version_before() {
        let (_folder, path) = made();
        let mut steps = STEPS.to_vec();
        steps.push(&["CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;", "NOT SQL"]);
        assert!(open_with(&path, &key(1), &steps).is_err());
        let db = open(&path, &key(1)).unwrap();
        assert!(db.prepare("SELECT * FROM later").is_err());
    }

    #[test]
    fn nothing_on_disk_reads_as_sqlite_or_is_open_to_others() {
        let (_folder, path) = made();
        assert!(!fs::read(&path).unwrap().starts_with(b"SQLite format 3"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    fn device() -> proof::VerifierKey {
        let campaign = "00112233445566778899aabbccddeeff".parse().unwrap();
        let origin = Origin { campaign, table: Uuid::from_u128(7), generation: 1 };
        origin.device_key(&Seed::from_bytes([3; 32])).verifier().clone()
    }

    fn leaf(index: u64) -> Hash {
        proof::leaf_hash(&index.to_be_bytes())
    }

    #[test]
    fn a_log_of_before_gets_its_device_out_of_its_admission() {
        let (folder, key) = (tempfile::tempdir().unwrap(), key(1));
        let path = folder.path().join("a.db");
        let db = open_with(&path, &key, &STEPS[..3]).unwrap();
        let admission = format!("{{\"kind\":\"admission\",\"device\":\"{}\"}}\n\n— line\n", device());
        db.execute(
            "INSERT INTO log VALUES (1, zeroblob(16), 1, zeroblob(16), 'Table', '', ?1, 0, 0, x'', '', NULL)",
            [admission],
        )
        .unwrap();
        drop(db);
        let db = open(&path, &key).unwrap();
        let known: String = db.query_row("SELECT device FROM log", [], |row| row.get(0)).unwrap();
        assert_eq!(known, device().to_string());
    }

    #[test]
    fn frontiers_and_counts_of_what_was_merged_before_are_filled_in() {
        let (folder, key) = (tempfile::tempdir().unwrap(), key(1));
        let path = folder.path().join("a.db");
        let mut db = open_with(&path, &key, &STEPS[..FRONTIERS]).unwrap();
        let tx = write(&mut db).unwrap();
        let whole = Frontier::of_leaves((0..2_500).map(leaf));
        let device = device();
        let head = LogHead {
            table: Uuid::from_u128(7),
            generation: 1,
            kit: Uuid::from_u128(8),
            device: &device,
            label: "Table",
            certificate: "",
            admission: "",
            admitted_at: 0,
            frontier: &whole,
            checkpoint: "",
        };
        let log = log::put(&tx, &head).unwrap();
        for index in 0..2_500_u64 {
            let outcome = match index % 100 {
                0 => Outcome::SetAside("envelope/broken"),
                1 => Outcome::Resent,
                _ => Outcome::Canonical,
            };
            let petition = index.is_multiple_of(200).then_some(Uuid::from_u128(9));
            let new = NewEntry { log, index, leaf: leaf(index), outcome, petition, signature: None };
            entry::insert(&tx, &new).unwrap();
        }
        tx.commit().unwrap();
        drop(db);
        let db = open(&path, &key).unwrap();
        assert_eq!(counts::count_set_aside(&db, log).unwrap(), 25);
        assert_eq!(counts::count_beside(&db, None).unwrap(), (25, 25));
        assert_eq!(counts::count_beside(&db, Some(Uuid::from_u128(9))).unwrap(), (0, 13));
        for size in [0, 1, 1_023, 1_024, 1_025, 2_047, 2_048, 2_500] {
            entry::LEAVES_ASKED.set(0);
            let found = frontier::at(&db, log, size).unwrap();
            assert_eq!(found, Frontier::of_leaves((0..size).map(leaf)));
            assert!(entry::LEAVES_ASKED.get() < frontier::STRIDE, "at {size}");
        }
    }
}
