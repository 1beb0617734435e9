//! Boxes that are opened, made, brought up to date, and left half-way.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::{fs, path::Path};

use lockbox::{DatabaseKey, Lockbox, LockboxError, Schema, Step, rusqlite::Connection};

const FIRST: Step<'_> = Step::of(&[
    "CREATE TABLE page (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;",
    "CREATE TABLE note (page INTEGER NOT NULL REFERENCES page (id)) STRICT;",
]);
const SECOND: Step<'_> = Step::of(&["ALTER TABLE page ADD COLUMN length INTEGER NOT NULL DEFAULT 0;"]);

fn schema<'a>(steps: &'a [Step<'a>]) -> Schema<'a> {
    Schema { name: "book", steps, settings: "PRAGMA cache_size = -1024;" }
}

fn key(byte: u8) -> DatabaseKey {
    DatabaseKey::from_bytes([byte; 32])
}

fn write(text: &str) -> impl FnOnce(&rusqlite::Transaction<'_>) -> Result<(), LockboxError> {
    move |tx| {
        tx.execute("INSERT INTO page (id, text) VALUES (1, ?1)", [text])?;
        tx.execute("INSERT INTO note (page) VALUES (1)", [])?;
        Ok(())
    }
}

fn open(folder: &Path, key: Option<&DatabaseKey>, steps: &[Step<'_>]) -> Result<Lockbox, LockboxError> {
    Lockbox::open(folder, key, &schema(steps))
}

fn texts(db: &Connection) -> Vec<String> {
    let mut select = db.prepare("SELECT text FROM page ORDER BY id").unwrap();
    select.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// A box of the first step as a program leaves it that is killed: the last pages are in the write-ahead log alone.
fn killed(folder: &Path, key: Option<&DatabaseKey>, pages: i64) {
    let running = tempfile::tempdir().unwrap();
    let made = Lockbox::create(running.path(), key, &schema(&[FIRST]), write("first")).unwrap();
    made.connection.execute_batch("PRAGMA wal_autocheckpoint = 0;").unwrap();
    for id in 2..=pages {
        made.connection.execute("INSERT INTO page (id, text) VALUES (?1, 'later')", [id]).unwrap();
    }
    fs::create_dir_all(folder).unwrap();
    for end in [".db", ".db-wal"] {
        let name = format!("book{end}");
        fs::copy(running.path().join(&name), folder.join(&name)).unwrap();
    }
}

#[test]
fn the_copy_of_before_holds_what_only_the_log_of_a_killed_program_held() {
    for key in [None, Some(key(1))] {
        let folder = tempfile::tempdir().unwrap();
        killed(folder.path(), key.as_ref(), 500);
        let opened = open(folder.path(), key.as_ref(), &[FIRST, SECOND]).unwrap();
        assert_eq!(texts(&opened.connection).len(), 500);
        drop(opened);
        assert_eq!(names(folder.path()), ["book.before-2.db", "book.db", "book.lock"]);
        // As somebody would bring it back.
        let back = tempfile::tempdir().unwrap();
        fs::copy(folder.path().join("book.before-2.db"), back.path().join("book.db")).unwrap();
        let opened = open(back.path(), key.as_ref(), &[FIRST]).unwrap();
        assert_eq!(texts(&opened.connection).len(), 500);
    }
}

#[test]
fn a_step_that_fails_changes_nothing_and_leaves_nothing() {
    let refers: Step<'_> = Step::of(&["DELETE FROM page;"]);
    let then = Step { statements: &[], then: Some(|_| Err("no".into())) };
    for bad in [Step::of(&["NOT SQL"]), refers, then] {
        let folder = tempfile::tempdir().unwrap();
        killed(folder.path(), Some(&key(1)), 5);
        let before = fs::read(folder.path().join("book.db")).unwrap();
        let log = fs::read(folder.path().join("book.db-wal")).unwrap();
        assert!(open(folder.path(), Some(&key(1)), &[FIRST, SECOND, bad]).is_err());
        // The log may have been moved into the file as it was closed; the content is that of before.
        let opened = open(folder.path(), Some(&key(1)), &[FIRST]).unwrap();
        assert_eq!(texts(&opened.connection).len(), 5);
        drop(opened);
        assert!(!before.is_empty() && !log.is_empty());
        assert_eq!(names(folder.path()), ["book.db", "book.lock"]);
    }
}

#[test]
fn a_newer_one_and_a_wrong_key_are_told_and_leave_it_untouched() {
    let folder = tempfile::tempdir().unwrap();
    drop(Lockbox::create(folder.path(), Some(&key(1)), &schema(&[FIRST, SECOND]), write("kept")).unwrap());
    let path = folder.path().join("book.db");
    let before = fs::read(&path).unwrap();
    assert!(matches!(open(folder.path(), Some(&key(1)), &[FIRST]), Err(LockboxError::Newer)));
    assert!(matches!(open(folder.path(), Some(&key(2)), &[FIRST, SECOND]), Err(LockboxError::WrongKey)));
    assert!(matches!(open(folder.path(), None, &[FIRST, SECOND]), Err(LockboxError::WrongKey)));
    assert_eq!(fs::read(&path).unwrap(), before);
    assert!(!before.starts_with(b"SQLite format 3"));
}

#[test]
fn it_is_made_whole_or_not_at_all_and_can_be_made_after_a_try_that_failed() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("box");
    let fails = |tx: &rusqlite::Transaction<'_>| {
        write("half")(tx)?;
        Err(LockboxError::Copy)
    };
    assert!(Lockbox::create(&inside, Some(&key(1)), &schema(&[FIRST]), fails).is_err());
    assert_eq!(names(&inside), ["book.lock"]);
    assert!(matches!(open(&inside, Some(&key(1)), &[FIRST]), Err(LockboxError::Missing)));
    // What a program leaves that is killed while it makes one; and what one of before left that had not begun.
    for left in ["book.db.unfinished", "book.db.unfinished-wal", "book.db.unfinished-shm"] {
        fs::write(inside.join(left), b"half of something").unwrap();
    }
    fs::write(inside.join("book.db"), b"").unwrap();
    let made = Lockbox::create(&inside, Some(&key(2)), &schema(&[FIRST]), write("whole")).unwrap();
    assert_eq!(texts(&made.connection), ["whole"]);
    drop(made);
    assert_eq!(names(&inside), ["book.db", "book.lock"]);
    let again = Lockbox::create(&inside, Some(&key(2)), &schema(&[FIRST]), write("again"));
    assert!(matches!(again, Err(LockboxError::Exists)));
    assert_eq!(texts(&open(&inside, Some(&key(2)), &[FIRST]).unwrap().connection), ["whole"]);
}

#[test]
fn one_process_at_a_time_has_it_and_only_its_owner_can_look() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("box");
    let made = Lockbox::create(&inside, Some(&key(1)), &schema(&[FIRST]), write("mine")).unwrap();
    assert!(matches!(open(&inside, Some(&key(1)), &[FIRST]), Err(LockboxError::InUse)));
    let again = Lockbox::create(&inside, Some(&key(1)), &schema(&[FIRST]), write("again"));
    assert!(matches!(again, Err(LockboxError::InUse)));
    drop(made);
    let opened = open(&inside, Some(&key(1)), &[FIRST]).unwrap();
    opened.connection.execute("INSERT INTO page (id, text) VALUES (2, 'more')", []).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&inside), 0o700);
        for name in names(&inside) {
            assert_eq!(mode(&inside.join(&name)), 0o600, "{name}");
        }
    }
}

#[test]
fn what_a_box_does_not_need_is_given_back_and_its_copies_are_removed() {
    for key in [None, Some(key(1))] {
        let folder = tempfile::tempdir().unwrap();
        let schema = schema(&[FIRST]);
        let made = Lockbox::create(folder.path(), key.as_ref(), &schema, write("first")).unwrap();
        let db = &made.connection;
        let long = "long ".repeat(2_000);
        (2..=200).for_each(|id| {
            db.execute("INSERT INTO page (id, text) VALUES (?1, ?2)", (id, &long)).unwrap();
        });
        let before = made.pages().unwrap();
        assert_eq!(before.free(), 0);
        db.execute("DELETE FROM page WHERE id > 1", []).unwrap();
        let deleted = made.pages().unwrap();
        assert_eq!(deleted.all(), before.all());
        assert!(deleted.free() > 1_900_000 && deleted.used() < 100_000, "{deleted:?}");
        made.write_anew().unwrap();
        let file = fs::metadata(folder.path().join("book.db")).unwrap().len();
        assert_eq!((made.pages().unwrap().all(), made.pages().unwrap().free()), (file, 0));
        assert!(file < 100_000, "{file}");
        assert_eq!(texts(db), ["first"]);

        fs::write(folder.path().join("book.before-2.db"), [0; 500]).unwrap();
        fs::write(folder.path().join("another.before-2.db"), [0; 500]).unwrap();
        assert_eq!(made.copies_bytes().unwrap(), 500);
        made.remove_copies().unwrap();
        assert_eq!(made.copies_bytes().unwrap(), 0);
        assert!(folder.path().join("another.before-2.db").exists());
    }
}
