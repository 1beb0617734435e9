//! A running endpoint, a campaign that it knows, and tables that are sealed by nobody: any bytes of an
//! envelope's length will do, for the endpoint cannot open one.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use endpoint::{Bounds, Options, Running, start};
use fixtures::{Admitting, Campaign, Device, Kit, Terms};
use proof::{CampaignId, Checkpoint, Origin, Seed, SigningKey};
use tempfile::TempDir;
use uuid::Uuid;
use wire::{
    Client, Confirmation, Document, EndpointAddress, Enrolment, LogRow, LogState, Pull, SendAnswer, Token,
};

pub(crate) use fixtures::NOW;
const KIT: Uuid = Uuid::from_u128(0xA);

pub(crate) struct World {
    pub(crate) running: Running,
    pub(crate) client: Client,
    pub(crate) campaign: Campaign,
    pub(crate) id: CampaignId,
    pub(crate) clock: Arc<AtomicI64>,
    pub(crate) folder: TempDir,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::within(Bounds::default()).await
    }

    /// One that lets its callers use so much.
    pub(crate) async fn within(bounds: Bounds) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(AtomicI64::new(NOW));
        let (running, client) = serve(folder.path(), &clock, bounds).await;
        let campaign = Campaign::new(1);
        let id = campaign.id;
        client.put_campaign(id, campaign.about().note()).await.unwrap();
        Self { running, client, campaign, id, clock, folder }
    }

    /// The same endpoint after a stop.
    pub(crate) async fn restarted(self) -> Self {
        let Self { running, campaign, id, clock, folder, .. } = self;
        running.stop().await;
        let (running, client) = serve(folder.path(), &clock, Bounds::default()).await;
        Self { running, client, campaign, id, clock, folder }
    }

    pub(crate) async fn say(&self, body: impl Document) -> Result<(), wire::ClientError> {
        self.client.post_document(self.id, self.campaign.note(body)).await.map(|_| ())
    }

    pub(crate) fn kit(&self, kit: Uuid, max_tables: u32) -> Kit {
        self.campaign.kit(Terms { kit, max_tables, ..Terms::default() })
    }

    /// A token for pulling.
    pub(crate) async fn token(&self) -> Token {
        let nonce = self.client.challenge(self.id).await.unwrap().nonce;
        let body = Pull { nonce, endpoint: self.running.key().clone() };
        let pull = self.campaign.sign(body);
        self.client.token(&pull).await.unwrap()
    }

    /// The endpoint's logs, as a desk sees them.
    pub(crate) async fn logs(&self) -> Vec<LogRow> {
        self.client.logs(self.id, &self.token().await).await.unwrap()
    }

    /// A table of this campaign: its log is whatever it is told.
    pub(crate) fn table(&self, number: u128) -> Log<'_> {
        Log {
            world: self,
            number,
            generation: 1,
            max_tables: 1_000,
            spoken_for: true,
            kit: KIT,
            seed: 9,
            entries: Vec::new(),
        }
    }
}

async fn serve(folder: &Path, clock: &Arc<AtomicI64>, bounds: Bounds) -> (Running, Client) {
    let clock = Arc::clone(clock);
    let options = Options {
        data: folder.join("endpoint"),
        clock: Arc::new(move || clock.load(Ordering::Relaxed)),
        bounds,
        ..Options::default()
    };
    let running = start(options).await.unwrap();
    let address = EndpointAddress { url: running.url(), key: running.key().clone() };
    (running, Client::of(&address).unwrap())
}

/// A table's log, as the table has it.
#[derive(Clone)]
pub(crate) struct Log<'a> {
    world: &'a World,
    number: u128,
    pub(crate) generation: u32,
    pub(crate) max_tables: u32,
    /// From generation 2 on: the generation before has signed the admission too.
    pub(crate) spoken_for: bool,
    pub(crate) kit: Uuid,
    /// Of its device key: another one is another device.
    pub(crate) seed: u8,
    pub(crate) entries: Vec<Vec<u8>>,
}

impl Log<'_> {
    pub(crate) fn signed(mut self, entries: impl IntoIterator<Item = u8>) -> Self {
        self.entries.extend(entries.into_iter().map(fixtures::unsealed));
        self
    }

    pub(crate) fn origin(&self) -> Origin {
        Origin { campaign: self.world.id, table: Uuid::from_u128(self.number), generation: self.generation }
    }

    /// Its key.
    pub(crate) fn device(&self) -> SigningKey {
        self.admitted().key()
    }

    fn admitted(&self) -> Device {
        let (origin, seed) = (self.origin(), Seed::from_bytes([self.seed; 32]));
        let before = Origin { generation: self.generation.saturating_sub(1), ..origin }.device_key(&seed);
        let before = (self.generation > 1 && self.spoken_for).then_some(&before);
        let kit = self.world.kit(self.kit, self.max_tables);
        Device::admitted(&kit, origin, &seed, Admitting { before, ..Admitting::default() })
    }

    /// Certificate and admission.
    pub(crate) fn papers(&self) -> Enrolment {
        self.admitted().papers()
    }

    pub(crate) fn batch(&self, from: usize, to: usize) -> (Vec<u8>, Checkpoint) {
        let (batch, checkpoint) = self.admitted().batch(&self.entries[..to], from);
        (batch.encode(), checkpoint)
    }

    pub(crate) async fn enrol(&self) -> Result<LogState, wire::ClientError> {
        let (origin, papers) = (self.origin(), self.papers());
        self.world.client.enrol(origin.campaign, origin.table, origin.generation, &papers).await
    }

    /// The organizer's word that lets it in.
    pub(crate) async fn confirm(&self) {
        let device = self.device().verifier().clone();
        let word = Confirmation { table: self.origin().table, generation: self.generation, device };
        self.world.say(word).await.unwrap();
    }

    pub(crate) async fn send(&self, from: usize, to: usize) -> SendAnswer {
        let (bytes, checkpoint) = self.batch(from, to);
        self.world.client.send_batch(bytes, &checkpoint).await
    }
}
