//! Reading beside the writer: a few connections, so that nobody waits for somebody else's long answer.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rusqlite::Connection;
use tokio::sync::Semaphore;
use wire::ProblemCode;

use crate::{
    problem::{Refusal, WorkError},
    server::off_thread,
    storage,
};

/// So many read at once; more wait for one of them.
const MANY: usize = 4;

/// Connections are made when they are needed, and kept.
pub(crate) struct Readers {
    path: PathBuf,
    places: Semaphore,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    /// For the database at a path.
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path, places: Semaphore::new(MANY), idle: Mutex::default() }
    }

    /// Reads the database beside the threads that answer.
    pub(crate) async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Connection) -> Result<T, WorkError> + Send + 'static,
    ) -> Result<T, Refusal> {
        let closed = |_| Refusal::later(ProblemCode::Busy, "the endpoint is shutting down", 10);
        let _place = self.places.acquire().await.map_err(closed)?;
        let readers = Arc::clone(self);
        off_thread(move || readers.read_here(work).map_err(WorkError::into_refusal)).await
    }

    fn read_here<T>(&self, work: impl FnOnce(&Connection) -> Result<T, WorkError>) -> Result<T, WorkError> {
        let idle = self.idle().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => storage::open_reader(&self.path)?,
        };
        let result = work(&connection);
        // One that failed is not used again.
        if !matches!(result, Err(WorkError::Storage(_))) {
            self.idle().push(connection);
        }
        result
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use std::sync::mpsc::channel;

    use super::*;

    #[tokio::test]
    async fn a_long_read_keeps_no_other_from_reading() {
        let folder = tempfile::tempdir().unwrap();
        let path = storage::file(folder.path());
        let _writer = storage::open(folder.path()).unwrap();
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
            readers.read(|connection| Ok(storage::campaign::count(connection)?)).await.unwrap();
        }
        assert!(!long.is_finished());
        drop(end);
        long.await.unwrap().unwrap();
        assert!(readers.idle().len() <= 2, "a connection is used again");
    }
}
