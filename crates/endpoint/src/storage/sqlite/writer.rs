//! The one writer: it takes what waits, does it in one transaction, and answers after the commit (group commit).

use std::{
    iter, process,
    sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    thread::{self, JoinHandle},
};

use rusqlite::{Connection, Error, TransactionBehavior, ffi};
use tokio::sync::oneshot;

use super::{mover::Mover, work::WorkError};
use crate::storage::StorageError;

/// So many requests may wait; more are told to come back.
const QUEUE: usize = 256;
/// So many share a commit at most.
const GROUP: usize = 64;

/// Told after the commit, and dropped without one: whoever waits for it then hears of a fault.
type Answer = Box<dyn FnOnce(&Connection) + Send>;
/// An error is one of the database, and ends the whole group.
type Work = Box<dyn FnOnce(&Connection) -> rusqlite::Result<Answer> + Send>;

/// The way to the writer. Dropping every one of them ends it, after what waits.
#[derive(Clone)]
pub(super) struct Writer {
    queue: SyncSender<Work>,
}

impl Writer {
    /// `lock` is let go when the database is closed.
    pub(super) fn start(
        connection: Connection,
        mover: Mover,
        lock: impl Send + 'static,
    ) -> (Self, JoinHandle<()>) {
        let (queue, works) = sync_channel(QUEUE);
        let thread = thread::spawn(move || {
            run(connection, &works, &mover);
            drop((mover, lock));
        });
        (Self { queue }, thread)
    }

    /// Does `work` in a transaction, and gives its result once it is durable. Damage undoes what it did; an error of the
    /// database undoes its whole group.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, WorkError> + Send + 'static,
    ) -> Result<T, StorageError> {
        self.write_and_read_back(work, |_, done| Ok(done)).await
    }

    /// The same; what is told in the end is what `read_back` finds in the database after the commit.
    pub(super) async fn write_and_read_back<D: Send + 'static, T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<D, WorkError> + Send + 'static,
        read_back: impl FnOnce(&Connection, D) -> Result<T, WorkError> + Send + 'static,
    ) -> Result<T, StorageError> {
        let (sender, receiver) = oneshot::channel();
        let work: Work = Box::new(move |connection| {
            let done = in_savepoint(connection, work)?;
            Ok(Box::new(move |connection| {
                let found = done.and_then(|done| read_back(connection, done).map_err(WorkError::told));
                // Nobody may wait for it any more; it is stored all the same.
                drop(sender.send(found));
            }))
        });
        match self.queue.try_send(work) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => return Err(StorageError::Busy),
            Err(TrySendError::Disconnected(_)) => return Err(StorageError::Ending),
        }
        receiver.await.unwrap_or(Err(StorageError::Failed))
    }
}

fn run(mut connection: Connection, works: &Receiver<Work>, mover: &Mover) {
    let _guard = EndsTheProcess;
    while let Ok(first) = works.recv() {
        let group = iter::once(first).chain(works.try_iter().take(GROUP - 1));
        match commit(&mut connection, group) {
            Ok(answers) => {
                answers.into_iter().for_each(|answer| answer(&connection));
                mover.committed(&connection);
            }
            Err(error) => {
                tracing::error!(code = ?error.sqlite_error_code(), "the storage failed; nothing of a group was stored");
            }
        }
        if !connection.is_autocommit() {
            tracing::error!("a transaction can be neither committed nor undone; the endpoint ends");
            process::abort();
        }
    }
    mover.ended(&connection);
}

/// All of a group or nothing: its answers may be told only when this gives them.
fn commit(connection: &mut Connection, group: impl Iterator<Item = Work>) -> rusqlite::Result<Vec<Answer>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let answers = group.map(|work| work(&transaction)).collect::<rusqlite::Result<_>>()?;
    transaction.commit()?;
    Ok(answers)
}

/// Only damage is undone by itself. After an error of the database nobody can say what is left of the transaction:
/// SQLite may have rolled all of it back, its savepoints too.
fn in_savepoint<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, WorkError>,
) -> rusqlite::Result<Result<T, StorageError>> {
    let savepoint = |statement| connection.prepare_cached(statement)?.execute([]);
    savepoint("SAVEPOINT work")?;
    let result = match work(connection) {
        Ok(done) => Ok(done),
        Err(WorkError::Damaged) => Err(StorageError::Damaged),
        Err(WorkError::Database(error)) => return Err(error),
    };
    if connection.is_autocommit() {
        let rolled_back = ffi::Error::new(ffi::SQLITE_ABORT_ROLLBACK);
        return Err(Error::SqliteFailure(rolled_back, None));
    }
    if result.is_err() {
        savepoint("ROLLBACK TO work")?;
    }
    savepoint("RELEASE work")?;
    Ok(result)
}

/// Without its writer an endpoint is of no use: who runs it shall see it end, and start it again.
struct EndsTheProcess;

impl Drop for EndsTheProcess {
    fn drop(&mut self) {
        if thread::panicking() {
            tracing::error!("the writer panicked; the endpoint ends");
            process::abort();
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use std::{
        env, future,
        sync::mpsc::{Sender, channel},
        time::Duration,
    };

    use tempfile::TempDir;
    use tokio::{join, time};

    use super::*;

    /// A writer on a database that holds `pages` pages at most.
    fn writer(pages: u32) -> (TempDir, Writer, JoinHandle<()>) {
        let folder = tempfile::tempdir().unwrap();
        let connection = Connection::open(folder.path().join("test.db")).unwrap();
        let full = format!("PRAGMA journal_mode = WAL; PRAGMA max_page_count = {pages};");
        connection.execute_batch(&full).unwrap();
        connection
            .execute_batch(
                "CREATE TABLE entry (
                    place INTEGER PRIMARY KEY,
                    next INTEGER REFERENCES entry (place) DEFERRABLE INITIALLY DEFERRED,
                    bytes BLOB NOT NULL
                ) STRICT;",
            )
            .unwrap();
        let mover = Mover::start(&folder.path().join("test.db")).unwrap();
        let (writer, thread) = Writer::start(connection, mover, ());
        (folder, writer, thread)
    }

    /// Inserts an entry of so many bytes. `next` need not be there before the commit.
    async fn insert(writer: &Writer, place: i64, next: Option<i64>, bytes: i64) -> Result<(), StorageError> {
        writer
            .write(move |connection| {
                let mut insert = connection
                    .prepare("INSERT INTO entry (place, next, bytes) VALUES (?1, ?2, zeroblob(?3))")?;
                insert.execute((place, next, bytes))?;
                Ok(())
            })
            .await
    }

    fn is_stored(folder: &TempDir, place: i64) -> bool {
        let connection = Connection::open(folder.path().join("test.db")).unwrap();
        connection.prepare("SELECT 1 FROM entry WHERE place = ?1").unwrap().exists([place]).unwrap()
    }

    /// Keeps the writer busy until the returned end is dropped: what is asked of it meanwhile is one group.
    async fn hold(writer: &Writer) -> Sender<()> {
        let (started, has_started) = channel();
        let (end, ended) = channel();
        let work = writer.clone();
        tokio::spawn(async move {
            let hold = move |_: &Connection| {
                started.send(()).unwrap();
                ended.recv().unwrap_err();
                Ok(())
            };
            // Its answer is that of its group, and nobody's concern.
            let _of_its_group = work.write(hold).await;
        });
        tokio::task::spawn_blocking(move || has_started.recv().unwrap()).await.unwrap();
        end
    }

    #[tokio::test]
    async fn nothing_is_called_stored_when_the_disk_fills_up_in_the_middle_of_its_group() {
        let (folder, writer, _thread) = writer(40);
        let held = hold(&writer).await;
        // The second rolls the whole transaction back. The third then is alone in one of its own, which cannot be
        // committed yet and stays open; the fourth mends that, and a COMMIT succeeds: on nothing of the first.
        let (one, two, three, four, ()) = join!(
            insert(&writer, 1, None, 10),
            insert(&writer, 2, None, 1 << 20),
            insert(&writer, 3, Some(4), 10),
            insert(&writer, 4, None, 10),
            async move { drop(held) },
        );
        assert_eq!(two.unwrap_err(), StorageError::Failed);
        for (place, answer) in [(1, one), (3, three), (4, four)] {
            assert!(answer.is_err() || is_stored(&folder, place), "{place} is called stored, and is not");
        }
        insert(&writer, 5, None, 10).await.unwrap();
        assert!(is_stored(&folder, 5));
    }

    /// Set where this test runs itself again, to be the process that ends.
    const ENDS: &str = "UNDERSIGNED_TEST_WRITER_PANICS";

    #[tokio::test]
    #[expect(clippy::panic, reason = "that is what it is about")]
    async fn a_writer_that_panics_ends_the_process() {
        if env::var_os(ENDS).is_some() {
            let (_folder, writer, _thread) = writer(40);
            let _answer: Result<(), StorageError> = writer.write(|_| panic!("a fault of the program")).await;
            // The answer is dropped a moment before the process ends.
            let _not_ended = time::timeout(Duration::from_secs(20), future::pending::<()>()).await;
            return;
        }
        let own = env::current_exe().unwrap();
        let test = "storage::sqlite::writer::tests::a_writer_that_panics_ends_the_process";
        let ended = process::Command::new(own).args([test, "--exact"]).env(ENDS, "1").output().unwrap();
        assert_eq!(ended.status.code(), None, "it ended by itself: {}", ended.status);
    }
}
