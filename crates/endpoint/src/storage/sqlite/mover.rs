//! Moving what was committed from the write-ahead log into the database's own file, beside the writer: it is a copy of
//! many pages and waits for the disk twice, and nobody's answer shall wait for that.

use std::{
    path::Path,
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::{self, JoinHandle},
};

use rusqlite::Connection;

use crate::guard::guard;

/// Pages are moved when there are so many.
const SOME: i64 = 1_000;
/// While commits never pause, the log never starts over: from so many pages on, the writer itself moves what is left.
const MANY: i64 = 16_000;

/// A thread that moves. It ends when this is dropped.
pub(super) struct Mover {
    wake: Option<SyncSender<()>>,
    /// Only one moves at a time: SQLite turns a second one away.
    turn: Arc<Mutex<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Mover {
    /// For the database at a path.
    pub(super) fn start(path: &Path) -> rusqlite::Result<Self> {
        let connection = Connection::open(path)?;
        connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;")?;
        let (wake, woken) = sync_channel(1);
        let turn = Arc::new(Mutex::new(()));
        let of_thread = Arc::clone(&turn);
        let thread = thread::spawn(move || run(&connection, &woken, &of_thread));
        Ok(Self { wake: Some(wake), turn, thread: Some(thread) })
    }

    /// To be called by the writer after each commit, with its connection.
    pub(super) fn committed(&self, writer: &Connection) {
        let log = step(writer, "PRAGMA wal_checkpoint(NOOP)");
        if log.is_ok_and(|log| log.pages > MANY) {
            move_all(writer, &self.turn);
        }
        // Whoever is awake already looks once more.
        let _awake = self.wake.as_ref().map(|wake| wake.try_send(()));
    }

    /// To be called by the writer at its end, with its connection: whoever copies the database's own file then has all of it.
    pub(super) fn ended(&self, writer: &Connection) {
        let _turn = guard(&self.turn);
        match step(writer, "PRAGMA wal_checkpoint(TRUNCATE)") {
            Ok(Log { busy: false, .. }) => {}
            // A reader that does not end, for one. Nothing is lost: it is in two files.
            Ok(_) => tracing::warn!("the database was left in two files: somebody reads it still"),
            Err(error) => {
                tracing::warn!(code = ?error.sqlite_error_code(), "the database was left in two files");
            }
        }
    }
}

impl Drop for Mover {
    fn drop(&mut self) {
        drop(self.wake.take());
        let _ended = self.thread.take().map(JoinHandle::join);
    }
}

fn run(connection: &Connection, woken: &Receiver<()>, turn: &Mutex<()>) {
    while woken.recv().is_ok() {
        let log = step(connection, "PRAGMA wal_checkpoint(NOOP)");
        if !log.is_ok_and(|log| log.pages - log.moved < SOME) {
            move_all(connection, turn);
        }
    }
}

/// Moves all that no reader needs where it is. A failure keeps the log as long as it is; nothing is lost.
fn move_all(connection: &Connection, turn: &Mutex<()>) {
    let _turn = guard(turn);
    if let Err(error) = step(connection, "PRAGMA wal_checkpoint(PASSIVE)") {
        tracing::warn!(code = ?error.sqlite_error_code(), "the write-ahead log could not be moved");
    }
}

/// The write-ahead log.
struct Log {
    /// It was not moved whole, since somebody else uses it.
    busy: bool,
    pages: i64,
    /// Of these.
    moved: i64,
}

fn step(connection: &Connection, pragma: &str) -> rusqlite::Result<Log> {
    connection
        .prepare_cached(pragma)?
        .query_row([], |row| Ok(Log { busy: row.get(0)?, pages: row.get(1)?, moved: row.get(2)? }))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::{
        super::{campaign, database},
        *,
    };

    #[test]
    fn what_has_ended_is_in_one_file_with_idle_readers_open_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = database::file(folder.path());
        let connection = database::open(folder.path()).unwrap().connection;
        let mover = Mover::start(&path).unwrap();
        let reader = database::open_reader(&path).unwrap();
        connection.execute_batch("CREATE TABLE filler (bytes BLOB) STRICT;").unwrap();
        assert_eq!(campaign::count(&reader).unwrap(), 0);
        // The mover is at it while the writer ends.
        mover.committed(&connection);
        mover.ended(&connection);
        drop(mover);
        drop(connection);
        assert_eq!(std::fs::metadata(path.with_extension("db-wal")).map_or(0, |log| log.len()), 0);
    }

    #[test]
    fn the_write_ahead_log_does_not_grow_with_what_is_committed() {
        let folder = tempfile::tempdir().unwrap();
        let path = database::file(folder.path());
        let connection = database::open(folder.path()).unwrap().connection;
        let mover = Mover::start(&path).unwrap();
        connection
            .execute_batch("PRAGMA synchronous = OFF; CREATE TABLE filler (bytes BLOB) STRICT;")
            .unwrap();
        let mut longest = 0;
        for _ in 0..150 {
            // A commit of 500 pages: 75,000 in all.
            connection.execute("INSERT INTO filler (bytes) VALUES (zeroblob(2048000))", []).unwrap();
            mover.committed(&connection);
            longest = longest.max(step(&connection, "PRAGMA wal_checkpoint(NOOP)").unwrap().pages);
        }
        assert!(longest <= MANY + 600, "{longest} pages");
    }
}
