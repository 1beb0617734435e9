//! A campaign and tables without a desk and without seals: an endpoint cannot open an envelope, so any bytes of an
//! envelope's length will do, and thousands of them are made at once.

use anyhow::Result;
use proof::{CampaignId, Checkpoint, Frontier, Hash, KeyKind, Origin, Seed, SigningKey, leaf_hash};
use uuid::Uuid;
use wire::{Admission, Batch, Campaign, Kit, KitCertificate, Signed};

const KIT: Uuid = Uuid::from_u128(0xA);
const MADE_AT: i64 = 1_790_000_000;
/// Long after every test has been run.
const UNTIL: i64 = 1 << 40;
/// The shortest of the five lengths.
const ENVELOPE: usize = 1657;

/// A campaign.
pub struct HandMade {
    root: SigningKey,
    kit: SigningKey,
    certificate: String,
    /// Its id.
    pub id: CampaignId,
}

impl HandMade {
    /// Made of the same keys each time.
    pub fn new() -> Result<Self> {
        let root = SigningKey::root(&Seed::from_bytes([1; 32]));
        let id = CampaignId::of_root(root.verifier().public_key());
        let kit = SigningKey::new(Kit::key_name(id, KIT), KeyKind::Signer, &Seed::from_bytes([2; 32]));
        let body = KitCertificate {
            kit: KIT,
            label: "Saturday".into(),
            key: kit.verifier().clone(),
            max_tables: 1_000_000,
            until: UNTIL,
            endpoint: None,
        };
        let certificate = Signed::sign(id, MADE_AT, body, &[&root])?.note();
        Ok(Self { root, kit, certificate, id })
    }

    /// The note that makes it known to an endpoint.
    pub fn note(&self) -> Result<String> {
        let body = Campaign { name: "Neighbours".into(), root: self.root.verifier().clone() };
        Ok(Signed::sign(self.id, MADE_AT, body, &[&self.root])?.note())
    }

    /// Its root key.
    pub fn root(&self) -> &SigningKey {
        &self.root
    }

    /// A table of it, in its first generation.
    pub fn table(&self, number: u64) -> Result<HandMadeTable> {
        let origin =
            Origin { campaign: self.id, table: Uuid::from_u128(u128::from(number) + 1), generation: 1 };
        let device = origin.device_key(&Seed::from_bytes([3; 32]));
        let body = Admission {
            kit: KIT,
            table: origin.table,
            generation: origin.generation,
            device: device.verifier().clone(),
            label: "Table".into(),
        };
        let admission = Signed::sign(self.id, MADE_AT, body, &[&self.kit])?.note();
        let certificate = self.certificate.clone();
        Ok(HandMadeTable {
            origin,
            number,
            device,
            certificate,
            admission,
            leaves: Vec::new(),
            end: Frontier::default(),
        })
    }
}

/// A table. Its log never ends: entry `n` is made of the table's number and of `n`.
pub struct HandMadeTable {
    /// Its log.
    pub origin: Origin,
    number: u64,
    device: SigningKey,
    certificate: String,
    admission: String,
    leaves: Vec<Hash>,
    /// At the end of the batch before: the next one mostly begins there.
    end: Frontier,
}

impl HandMadeTable {
    /// The entry at an index.
    pub fn entry(&self, index: u64) -> Vec<u8> {
        let mut envelope = vec![0; ENVELOPE];
        envelope[0] = 1;
        envelope[1..9].copy_from_slice(&self.number.to_be_bytes());
        envelope[9..17].copy_from_slice(&index.to_be_bytes());
        envelope
    }

    /// The bytes of the batch from one index up to another, and its checkpoint.
    pub fn batch(&mut self, from: u64, to: u64) -> Result<(Vec<u8>, Checkpoint)> {
        for index in self.leaves.len() as u64..to {
            let leaf = leaf_hash(&self.entry(index));
            self.leaves.push(leaf);
        }
        let (before, entries) = self.leaves[..to as usize].split_at(from as usize);
        let before = if self.end.size() == from {
            self.end.clone()
        } else {
            Frontier::of_leaves(before.iter().copied())
        };
        let mut after = before.clone();
        entries.iter().for_each(|leaf| after.push(*leaf));
        let checkpoint = Checkpoint::at(self.origin, &after);
        self.end = after;
        let batch = Batch {
            certificate: self.certificate.clone(),
            admission: self.admission.clone(),
            before,
            entries: (from..to).map(|index| self.entry(index)).collect(),
            checkpoint: checkpoint.signed(&self.device)?.to_string(),
        };
        Ok((batch.encode(), checkpoint))
    }
}
