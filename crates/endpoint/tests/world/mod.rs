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
use proof::{CampaignId, Checkpoint, Frontier, KeyKind, Origin, Seed, SigningKey, leaf_hash};
use tempfile::TempDir;
use uuid::Uuid;
use wire::{
    Admission, Batch, Campaign, Client, Confirmation, Document, EndpointAddress, Enrolment, Kit,
    KitCertificate, LogRow, LogState, Pull, SendAnswer, Signed, Token,
};

pub(crate) const NOW: i64 = 1_790_000_000;
const KIT: Uuid = Uuid::from_u128(0xA);

pub(crate) struct World {
    pub(crate) running: Running,
    pub(crate) client: Client,
    pub(crate) root: SigningKey,
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
        let root = SigningKey::root(&Seed::from_bytes([1; 32]));
        let id = CampaignId::of_root(root.verifier().public_key());
        let about = Campaign { name: "Neighbours".into(), root: root.verifier().clone() };
        let note = Signed::sign(id, NOW, about, &[&root]).unwrap().note();
        client.put_campaign(id, note).await.unwrap();
        Self { running, client, root, id, clock, folder }
    }

    /// The same endpoint after a stop.
    pub(crate) async fn restarted(self) -> Self {
        let Self { running, root, id, clock, folder, .. } = self;
        running.stop().await;
        let (running, client) = serve(folder.path(), &clock, Bounds::default()).await;
        Self { running, client, root, id, clock, folder }
    }

    pub(crate) async fn say(&self, body: impl Document) -> Result<(), wire::ClientError> {
        let note = Signed::sign(self.id, NOW, body, &[&self.root]).unwrap().note();
        self.client.post_document(self.id, note).await.map(|_| ())
    }

    pub(crate) fn certificate(&self, kit: Uuid, max_tables: u32) -> Signed<KitCertificate> {
        let body = KitCertificate {
            kit,
            label: "Saturday".into(),
            key: self.kit_key(kit).verifier().clone(),
            max_tables,
            until: NOW + 86_400,
            endpoint: None,
        };
        Signed::sign(self.id, NOW, body, &[&self.root]).unwrap()
    }

    pub(crate) fn kit_key(&self, kit: Uuid) -> SigningKey {
        SigningKey::new(Kit::key_name(self.id, kit), KeyKind::Signer, &Seed::from_bytes([2; 32]))
    }

    /// A token for pulling.
    pub(crate) async fn token(&self) -> Token {
        let nonce = self.client.challenge(self.id).await.unwrap().nonce;
        let body = Pull { nonce, endpoint: self.running.key().clone() };
        let pull = Signed::sign(self.id, NOW, body, &[&self.root]).unwrap();
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
        self.entries.extend(entries.into_iter().map(|byte| {
            let mut entry = vec![byte; 1657];
            entry[0] = 1;
            entry
        }));
        self
    }

    pub(crate) fn origin(&self) -> Origin {
        Origin { campaign: self.world.id, table: Uuid::from_u128(self.number), generation: self.generation }
    }

    fn device_of(&self, generation: u32) -> SigningKey {
        Origin { generation, ..self.origin() }.device_key(&Seed::from_bytes([self.seed; 32]))
    }

    pub(crate) fn device(&self) -> SigningKey {
        self.device_of(self.generation)
    }

    /// Certificate and admission.
    pub(crate) fn papers(&self) -> Enrolment {
        let device = self.device();
        let body = Admission {
            kit: self.kit,
            table: self.origin().table,
            generation: self.generation,
            device: device.verifier().clone(),
            label: "Table".into(),
        };
        let (kit, before) = (self.world.kit_key(self.kit), self.device_of(self.generation.saturating_sub(1)));
        let keys: Vec<&SigningKey> =
            [&kit].into_iter().chain((self.generation > 1 && self.spoken_for).then_some(&before)).collect();
        Enrolment {
            certificate: self.world.certificate(self.kit, self.max_tables).note(),
            admission: Signed::sign(self.world.id, NOW, body, &keys).unwrap().note(),
        }
    }

    pub(crate) fn batch(&self, from: usize, to: usize) -> (Vec<u8>, Checkpoint) {
        let leaves: Vec<_> = self.entries[..to].iter().map(|entry| leaf_hash(entry)).collect();
        let checkpoint = Checkpoint::at(self.origin(), &Frontier::of_leaves(leaves.iter().copied()));
        let Enrolment { certificate, admission } = self.papers();
        let batch = Batch {
            certificate,
            admission,
            before: Frontier::of_leaves(leaves[..from].iter().copied()),
            entries: self.entries[from..to].to_vec(),
            checkpoint: checkpoint.signed(&self.device()).unwrap().to_string(),
        };
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
