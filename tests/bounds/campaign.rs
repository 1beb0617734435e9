//! A campaign and tables of it that are sealed by nobody: any bytes of an envelope's length will do for an endpoint.

use std::time::{Duration, SystemTime};

use proof::{CampaignId, Checkpoint, Frontier, Hash, KeyKind, Origin, Seed, SigningKey, leaf_hash};
use uuid::Uuid;
use wire::{
    Admission, Batch, Client, Document, EndpointAddress, Kit, KitCertificate, Pull, SendAnswer, Signed, Token,
};

use super::wait;

const KIT: Uuid = Uuid::from_u128(0xA);

pub(crate) struct Campaign {
    root: SigningKey,
    kit: SigningKey,
    id: CampaignId,
    address: EndpointAddress,
    client: Client,
    certificate: String,
}

/// Entries of a log, and their leaves.
pub(crate) struct Entries {
    envelopes: Vec<Vec<u8>>,
    leaves: Vec<Hash>,
}

/// So many entries of so many bytes.
pub(crate) fn entries(count: usize, size: usize) -> Entries {
    let envelopes: Vec<Vec<u8>> = (0..count)
        .map(|number| {
            let mut bytes = vec![0; size];
            bytes[0] = 1;
            bytes[1..9].copy_from_slice(&(number as u64).to_be_bytes());
            bytes
        })
        .collect();
    let leaves = envelopes.iter().map(|envelope| leaf_hash(envelope)).collect();
    Entries { envelopes, leaves }
}

impl Campaign {
    /// Makes one and tells it to an endpoint.
    pub(crate) async fn at(url: &str) -> Self {
        let root = SigningKey::root(&Seed::from_bytes([1; 32]));
        let id = CampaignId::of_root(root.verifier().public_key());
        let kit = SigningKey::new(Kit::key_name(id, KIT), KeyKind::Signer, &Seed::from_bytes([2; 32]));
        let key = Client::new(url).unwrap().identify().await.unwrap();
        let address = EndpointAddress { url: url.to_owned(), key };
        let client = Client::of(&address).unwrap();
        let body = KitCertificate {
            kit: KIT,
            label: "Saturday".into(),
            key: kit.verifier().clone(),
            max_tables: 1_000,
            until: now() + 86_400,
            endpoint: None,
        };
        let certificate = sign(id, body, &root);
        let about = wire::Campaign { name: "Neighbours".into(), root: root.verifier().clone() };
        client.put_campaign(id, sign(id, about, &root)).await.unwrap();
        Self { root, kit, id, address, client, certificate }
    }

    pub(crate) fn id(&self) -> CampaignId {
        self.id
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// The organizer's token for pulls.
    pub(crate) async fn token(&self) -> Token {
        let nonce = self.client.challenge(self.id).await.unwrap().nonce;
        let pull = Pull { nonce, endpoint: self.address.key.clone() };
        let pull = Signed::sign(self.id, now(), pull, &[&self.root]).unwrap();
        self.client.token(&pull).await.unwrap()
    }

    /// The path that a log is pulled by, from its start.
    pub(crate) fn pull_of(&self, table: usize) -> String {
        let device = self.device(table).verifier().to_string().replace('+', "%2B").replace('/', "%2F");
        let device = device.replace('=', "%3D");
        let log = self.origin(table);
        format!("/v1/campaigns/{}/logs/{}/1/batches?from=0&device={device}", self.id, log.table)
    }

    /// Sends all entries of a table, over a connection of its own.
    pub(crate) async fn send(&self, table: usize, entries: &Entries) -> SendAnswer {
        let (batch, checkpoint) = self.batch(table, entries);
        Client::of(&self.address).unwrap().send_batch(batch, &checkpoint).await
    }

    /// The same, and comes again when it is told to.
    pub(crate) async fn send_until_received(&self, table: usize, entries: &Entries) {
        let (batch, checkpoint) = self.batch(table, entries);
        let client = Client::of(&self.address).unwrap();
        loop {
            match client.send_batch(batch.clone(), &checkpoint).await {
                SendAnswer::Received { receipt, .. } => {
                    assert_eq!(receipt.size(), entries.envelopes.len() as u64);
                    return;
                }
                SendAnswer::Busy { after } => wait(after.unwrap_or(Duration::from_secs(1))).await,
                other => unreachable!("neither received nor told to come again: {other:?}"),
            }
        }
    }

    fn origin(&self, table: usize) -> Origin {
        Origin { campaign: self.id, table: Uuid::from_u128(table as u128), generation: 1 }
    }

    fn device(&self, table: usize) -> SigningKey {
        self.origin(table).device_key(&Seed::from_bytes([9; 32]))
    }

    fn batch(&self, table: usize, entries: &Entries) -> (Vec<u8>, Checkpoint) {
        let device = self.device(table);
        let body = Admission {
            kit: KIT,
            table: self.origin(table).table,
            generation: 1,
            device: device.verifier().clone(),
            label: "Table".into(),
        };
        let after = Frontier::of_leaves(entries.leaves.iter().copied());
        let checkpoint = Checkpoint::at(self.origin(table), &after);
        let batch = Batch {
            certificate: self.certificate.clone(),
            admission: sign(self.id, body, &self.kit),
            before: Frontier::default(),
            entries: entries.envelopes.clone(),
            checkpoint: checkpoint.signed(&device).unwrap().to_string(),
        };
        (batch.encode(), checkpoint)
    }
}

fn sign(campaign: CampaignId, body: impl Document, key: &SigningKey) -> String {
    Signed::sign(campaign, now(), body, &[key]).unwrap().note()
}

fn now() -> i64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs() as i64
}
