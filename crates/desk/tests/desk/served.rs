//! A real endpoint in this process, on a socket and a folder of its own.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use endpoint::{Clock, Options, Running, start};
use proof::{CampaignId, Checkpoint, Frontier, leaf_hash};
use tempfile::TempDir;
use wire::{Client, EndpointAddress, SendAnswer};

use crate::hand_made::{HandMadeTable, NOW};

pub(crate) struct Served {
    running: Running,
    folder: TempDir,
    clock: Clock,
}

impl Served {
    /// One whose time stands still.
    pub(crate) async fn new() -> Self {
        Self::by(Arc::new(|| NOW)).await
    }

    /// One whose time can be set.
    pub(crate) async fn at_any_time() -> (Self, Arc<AtomicI64>) {
        let time = Arc::new(AtomicI64::new(NOW));
        let told = Arc::clone(&time);
        (Self::by(Arc::new(move || told.load(Ordering::Relaxed))).await, time)
    }

    /// One that goes by this clock.
    pub(crate) async fn by(clock: Clock) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let running = serve(&folder, &clock, Vec::new()).await;
        Self { running, folder, clock }
    }

    /// One that takes these campaigns only.
    pub(crate) async fn with_a_list(allow: Vec<CampaignId>) -> Self {
        let (folder, clock): (_, Clock) = (tempfile::tempdir().unwrap(), Arc::new(|| NOW));
        let running = serve(&folder, &clock, allow).await;
        Self { running, folder, clock }
    }

    pub(crate) fn address(&self) -> EndpointAddress {
        EndpointAddress { url: self.running.url(), key: self.running.key().clone() }
    }

    pub(crate) fn client(&self) -> Client {
        Client::of(&self.address()).unwrap()
    }

    /// The same endpoint, with the same key, on a new disk.
    pub(crate) async fn forgotten(self) -> Self {
        let Self { running, folder, clock } = self;
        running.stop().await;
        let new = tempfile::tempdir().unwrap();
        std::fs::copy(folder.path().join("endpoint.key"), new.path().join("endpoint.key")).unwrap();
        let running = serve(&new, &clock, Vec::new()).await;
        Self { running, folder: new, clock }
    }

    /// Damages an entry of the log that came first.
    pub(crate) fn damage_first_log(&self, index: i64) {
        let db = rusqlite::Connection::open(self.folder.path().join("endpoint.db")).unwrap();
        let damage = "UPDATE entry SET envelope = zeroblob(length(envelope)) WHERE place = (1 << 40) + ?1";
        assert_eq!(db.execute(damage, [index]).unwrap(), 1);
    }

    /// Sends entries of a table, as the table does.
    pub(crate) async fn take(&self, table: &HandMadeTable, from: usize, to: usize) -> SendAnswer {
        let leaves = table.envelopes[..to].iter().map(|envelope| leaf_hash(envelope));
        let checkpoint = Checkpoint::at(table.origin, &Frontier::of_leaves(leaves));
        self.client().send_batch(table.batch(from, to), &checkpoint).await
    }

    /// Sends the whole log of a table that must be admitted, in batches of so many entries.
    pub(crate) async fn receives(&self, table: &HandMadeTable, step: usize) {
        for from in (0..table.size()).step_by(step) {
            let answer = self.take(table, from, (from + step).min(table.size())).await;
            assert!(matches!(answer, SendAnswer::Received { .. }), "{:?}: {answer:?}", table.origin);
        }
    }
}

async fn serve(folder: &TempDir, clock: &Clock, allow: Vec<CampaignId>) -> Running {
    let data = folder.path().to_owned();
    start(Options { data, allow, clock: Arc::clone(clock), ..Options::default() }).await.unwrap()
}
