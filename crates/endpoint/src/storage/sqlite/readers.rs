//! Reading beside the writer: a few threads with a connection each, so that nobody waits for somebody else's long answer.
//! They stand back where the processor is short: a receipt is waited for at a table, a pull by a program.

use std::{
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
};

use rusqlite::Connection;
use tokio::sync::{Semaphore, oneshot};

use super::{database, work::WorkError};
use crate::{guard::guard, storage::StorageError};

/// So many read at once; more wait for one of them.
const MANY: usize = 4;

/// Reads, and says whether the connection may be used again.
type Work = Box<dyn FnOnce(rusqlite::Result<&Connection>) -> bool + Send>;

/// The threads that read. They end when this is dropped.
pub(super) struct Readers {
    places: Semaphore,
    queue: Sender<Work>,
}

impl Readers {
    /// For the database at a path.
    pub(super) fn new(path: PathBuf) -> Self {
        let (queue, works) = channel();
        let (path, works) = (Arc::new(path), Arc::new(Mutex::new(works)));
        for _ in 0..MANY {
            let (path, works) = (Arc::clone(&path), Arc::clone(&works));
            thread::spawn(move || run(&path, &works));
        }
        Self { places: Semaphore::new(MANY), queue }
    }

    /// Reads the database beside the threads that answer.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, WorkError> + Send + 'static,
    ) -> Result<T, StorageError> {
        let _place = self.places.acquire().await.map_err(|_| StorageError::Ending)?;
        let (sender, receiver) = oneshot::channel();
        let work: Work = Box::new(move |connection| {
            let done = connection.map_err(WorkError::from).and_then(work);
            // One that failed is not used again.
            let is_well = !matches!(done, Err(WorkError::Database(_)));
            // Nobody may wait for it any more.
            drop(sender.send(done.map_err(WorkError::told)));
            is_well
        });
        self.queue.send(work).map_err(|_| StorageError::Ending)?;
        receiver.await.unwrap_or(Err(StorageError::Failed))
    }
}

fn run(path: &Path, works: &Mutex<Receiver<Work>>) {
    stand_back();
    let mut kept = None;
    loop {
        let next = guard(works).recv();
        let Ok(work) = next else { return };
        // Work that panics fails alone: the others, and this thread, read on.
        let done = panic::catch_unwind(AssertUnwindSafe(|| read(path, kept.take(), work)));
        kept = done.unwrap_or_default();
    }
}

/// Gives the connection when it may be used again.
fn read(path: &Path, kept: Option<Connection>, work: Work) -> Option<Connection> {
    match kept.map_or_else(|| database::open_reader(path), Ok) {
        Ok(connection) => work(Ok(&connection)).then_some(connection),
        Err(error) => {
            work(Err(error));
            None
        }
    }
}

/// Lets everything else of this machine run first. Where the system has no such thing, readers are as the others.
fn stand_back() {
    #[cfg(target_os = "linux")]
    if rustix::process::setpriority_process(None, 10).is_err() {
        tracing::debug!("readers run as everything else");
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use super::{super::campaign, *};

    #[tokio::test]
    async fn a_long_read_keeps_no_other_from_reading() {
        let folder = tempfile::tempdir().unwrap();
        let path = database::file(folder.path());
        let _writer = database::open(folder.path()).unwrap();
        let readers = Arc::new(Readers::new(path));
        let (end, ended) = channel::<()>();
        let long = {
            let readers = Arc::clone(&readers);
            tokio::spawn(async move {
                readers
                    .read(move |_| {
                        ended.recv().unwrap_err();
                        Ok(())
                    })
                    .await
            })
        };
        for _ in 0..10 {
            readers.read(|connection| Ok(campaign::count(connection)?)).await.unwrap();
        }
        assert!(!long.is_finished());
        drop(end);
        long.await.unwrap().unwrap();
    }

    #[tokio::test]
    async fn a_read_that_panics_fails_alone() {
        let folder = tempfile::tempdir().unwrap();
        let _writer = database::open(folder.path()).unwrap();
        let readers = Readers::new(database::file(folder.path()));
        for _ in 0..2 * MANY {
            #[expect(clippy::panic, reason = "that is what is tested")]
            let broken = readers.read::<()>(|_| panic!("broken")).await;
            assert!(broken.is_err());
        }
        readers.read(|connection| Ok(campaign::count(connection)?)).await.unwrap();
    }
}
