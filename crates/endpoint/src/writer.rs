//! The one writer: it takes what waits, does it in one transaction, and answers after the commit (group commit).

use std::{
    sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    thread::{self, JoinHandle},
};

use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::oneshot;
use wire::ProblemCode;

use crate::problem::Refusal;

/// So many requests may wait; more are told to come back.
const QUEUE: usize = 256;
/// So many share a commit at most.
const GROUP: usize = 64;

type Answer = Box<dyn FnOnce() + Send>;
type Work = Box<dyn FnOnce(&Connection) -> Answer + Send>;

/// The way to the writer. Dropping every one of them ends it, after what waits.
#[derive(Clone)]
pub(crate) struct Writer {
    queue: SyncSender<Work>,
}

impl Writer {
    pub(crate) fn start(connection: Connection) -> (Self, JoinHandle<()>) {
        let (queue, works) = sync_channel(QUEUE);
        let thread = thread::spawn(move || run(connection, &works));
        (Self { queue }, thread)
    }

    /// Does `work` in a transaction, and gives its result once it is durable. A refusal undoes what it did.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let (sender, receiver) = oneshot::channel();
        let work: Work = Box::new(move |connection| {
            let result = in_savepoint(connection, work);
            // Nobody may wait for it any more; it is stored all the same.
            Box::new(move || drop(sender.send(result)))
        });
        match self.queue.try_send(work) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => {
                return Err(Refusal::later(ProblemCode::Busy, "too much is waiting to be stored", 2));
            }
            Err(TrySendError::Disconnected(_)) => {
                return Err(Refusal::later(ProblemCode::Busy, "the endpoint is shutting down", 10));
            }
        }
        // The answers of a failed commit are dropped.
        receiver.await.unwrap_or_else(|_| Err(Refusal::later(ProblemCode::Fault, "nothing was stored", 30)))
    }
}

fn run(mut connection: Connection, works: &Receiver<Work>) {
    while let Ok(first) = works.recv() {
        let group = std::iter::once(first).chain(works.try_iter().take(GROUP - 1));
        match commit(&mut connection, group) {
            Ok(answers) => answers.into_iter().for_each(|answer| answer()),
            Err(error) => tracing::error!(code = ?error.sqlite_error_code(), "a commit failed"),
        }
    }
}

fn commit(connection: &mut Connection, group: impl Iterator<Item = Work>) -> rusqlite::Result<Vec<Answer>> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let answers = group.map(|work| work(&transaction)).collect();
    transaction.commit()?;
    Ok(answers)
}

fn in_savepoint<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    connection.execute_batch("SAVEPOINT work")?;
    let result = work(connection);
    if result.is_err() {
        connection.execute_batch("ROLLBACK TO work")?;
    }
    connection.execute_batch("RELEASE work")?;
    result
}
