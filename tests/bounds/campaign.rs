//! A campaign and tables of it that are sealed by nobody: any bytes of an envelope's length will do for an endpoint.

use std::time::{Duration, SystemTime};

use fixtures::{Admitting, Device, Kit, Terms};
use proof::{CampaignId, Checkpoint, Frontier, Hash, Origin, Seed, leaf_hash};
use wire::{Client, EndpointAddress, Pull, SendAnswer, Token};

use super::wait;

pub(crate) struct Campaign {
    made: fixtures::Campaign,
    kit: Kit,
    address: EndpointAddress,
    client: Client,
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
        let made = fixtures::Campaign::at(1, now());
        let kit = made.kit(Terms { until: now() + 86_400, ..Terms::default() });
        let key = Client::new(url).unwrap().identify().await.unwrap();
        let address = EndpointAddress { url: url.to_owned(), key };
        let client = Client::of(&address).unwrap();
        client.put_campaign(made.id, made.about().note()).await.unwrap();
        Self { made, kit, address, client }
    }

    pub(crate) fn id(&self) -> CampaignId {
        self.made.id
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// The organizer's token for pulls.
    pub(crate) async fn token(&self) -> Token {
        let nonce = self.client.challenge(self.made.id).await.unwrap().nonce;
        let pull = Pull { nonce, endpoint: self.address.key.clone() };
        self.client.token(&self.made.sign(pull)).await.unwrap()
    }

    /// The path that a log is pulled by, from its start.
    pub(crate) fn pull_of(&self, table: usize) -> String {
        let device = self.device(table).key().verifier().to_string().replace('+', "%2B").replace('/', "%2F");
        let device = device.replace('=', "%3D");
        let log = self.origin(table);
        format!("/v1/campaigns/{}/logs/{}/1/batches?from=0&device={device}", self.made.id, log.table)
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
        self.made.origin(table as u128, 1)
    }

    fn device(&self, table: usize) -> Device {
        let how = Admitting { at: now(), ..Admitting::default() };
        Device::admitted(&self.kit, self.origin(table), &Seed::from_bytes([9; 32]), how)
    }

    fn batch(&self, table: usize, entries: &Entries) -> (Vec<u8>, Checkpoint) {
        let after = Frontier::of_leaves(entries.leaves.iter().copied());
        let envelopes = entries.envelopes.clone();
        let (batch, checkpoint) = self.device(table).batch_between(Frontier::default(), envelopes, &after);
        (batch.encode(), checkpoint)
    }
}

fn now() -> i64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs() as i64
}
