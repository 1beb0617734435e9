//! A campaign whose tables are written by hand: any bytes of an envelope's length will do, for an endpoint opens none.

use proof::{CampaignId, Checkpoint, Frontier, Hash, KeyKind, Origin, Seed, SigningKey, leaf_hash};
use uuid::Uuid;
use wire::{Admission, Batch, Campaign, Document, Kit, KitCertificate, Signed};

/// When everything is signed, Unix seconds.
pub(crate) const NOW: i64 = 1_790_000_000;

/// What the kits may do: how many tables, and until when.
pub(crate) const KITS: [(u32, i64); 3] = [(3, NOW + 900_000), (1, NOW + 900_000), (9, NOW + 1_000)];

/// Entries from here on differ by branch.
pub(crate) fn splits_at(branch: u8) -> usize {
    usize::from(branch) * 3
}

/// One entry: of the branch, if it lies past the split, else of all branches.
pub(crate) fn entry(branch: u8, index: usize) -> Vec<u8> {
    let branch = if index < splits_at(branch) { 0 } else { branch };
    let mut bytes = vec![branch; 1657];
    bytes[0] = 1;
    bytes[1..9].copy_from_slice(&(index as u64).to_be_bytes());
    bytes
}

/// Which log: table, generation and device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LogKey {
    pub(crate) table: u8,
    pub(crate) generation: u32,
    pub(crate) device: u8,
}

/// Who speaks for a log: by which kit, and which device of the generation before signed too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Papers {
    pub(crate) kit: u8,
    pub(crate) spoken_for_by: Option<u8>,
}

/// The organizer, and everybody's keys.
pub(crate) struct Organizer {
    pub(crate) root: SigningKey,
    pub(crate) campaign: CampaignId,
    /// What each kit may do: how many tables, and until when.
    pub(crate) kits: [(u32, i64); 3],
}

impl Organizer {
    pub(crate) fn new(seed: u8) -> Self {
        let root = SigningKey::root(&Seed::from_bytes([seed; 32]));
        let campaign = CampaignId::of_root(root.verifier().public_key());
        Self { root, campaign, kits: KITS }
    }

    pub(crate) fn note<D: Document>(&self, body: D) -> String {
        Signed::sign(self.campaign, NOW, body, &[&self.root]).unwrap().note()
    }

    pub(crate) fn about(&self) -> String {
        self.note(Campaign { name: "Neighbours".into(), root: self.root.verifier().clone() })
    }

    pub(crate) fn kit(&self, number: u8) -> Uuid {
        Uuid::from_u128(0xA00 + u128::from(number))
    }

    pub(crate) fn table(&self, number: u8) -> Uuid {
        Uuid::from_u128(0xB00 + u128::from(number))
    }

    pub(crate) fn origin(&self, log: LogKey) -> Origin {
        Origin { campaign: self.campaign, table: self.table(log.table), generation: log.generation }
    }

    pub(crate) fn device(&self, log: LogKey) -> SigningKey {
        self.origin(log).device_key(&Seed::from_bytes([40 + log.device; 32]))
    }

    fn kit_key(&self, number: u8) -> SigningKey {
        let name = Kit::key_name(self.campaign, self.kit(number));
        SigningKey::new(name, KeyKind::Signer, &Seed::from_bytes([20 + number; 32]))
    }

    pub(crate) fn certificate(&self, number: u8) -> String {
        let (max_tables, until) = self.kits[usize::from(number)];
        self.note(KitCertificate {
            kit: self.kit(number),
            label: format!("Kit {number}"),
            key: self.kit_key(number).verifier().clone(),
            max_tables,
            until,
            endpoint: None,
        })
    }

    pub(crate) fn admission(&self, log: LogKey, papers: Papers) -> String {
        let body = Admission {
            kit: self.kit(papers.kit),
            table: self.table(log.table),
            generation: log.generation,
            device: self.device(log).verifier().clone(),
            label: format!("Table {}", log.table),
        };
        let before = papers
            .spoken_for_by
            .map(|device| self.device(LogKey { generation: log.generation - 1, device, ..log }));
        let kit = self.kit_key(papers.kit);
        let keys: Vec<&SigningKey> = [&kit].into_iter().chain(&before).collect();
        Signed::sign(self.campaign, NOW, body, &keys).unwrap().note()
    }

    /// The entries of a branch from one index up to another, as a batch; with the checkpoint at its end.
    pub(crate) fn batch(
        &self,
        log: LogKey,
        papers: Papers,
        branch: u8,
        from: usize,
        to: usize,
    ) -> (Vec<u8>, Checkpoint) {
        let leaves: Vec<Hash> = (0..to).map(|index| leaf_hash(&entry(branch, index))).collect();
        let checkpoint = Checkpoint::at(self.origin(log), &Frontier::of_leaves(leaves.iter().copied()));
        let batch = Batch {
            certificate: self.certificate(papers.kit),
            admission: self.admission(log, papers),
            before: Frontier::of_leaves(leaves[..from].iter().copied()),
            entries: (from..to).map(|index| entry(branch, index)).collect(),
            checkpoint: checkpoint.signed(&self.device(log)).unwrap().to_string(),
        };
        (batch.encode(), checkpoint)
    }
}
