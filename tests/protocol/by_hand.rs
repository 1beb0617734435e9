//! A campaign whose tables are written by hand: any bytes of an envelope's length will do, for an endpoint opens none.

use data_encoding::{BASE64, HEXLOWER};
use fixtures::{Admitting, Campaign, Device, Kit, Terms};
use proof::{Checkpoint, Origin, Seed, SigningKey};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use wire::{Deposit, DepositId, Deposited, Document};

/// When everything is signed, Unix seconds.
pub(crate) use fixtures::NOW;

/// What the kits may do: how many tables, and until when.
pub(crate) const KITS: [(u32, i64); 3] = [(3, NOW + 900_000), (1, NOW + 900_000), (9, NOW + 1_000)];

/// Entries from here on differ by branch.
pub(crate) fn splits_at(branch: u8) -> usize {
    usize::from(branch) * 3
}

/// One entry: of the branch, if it lies past the split, else of all branches.
pub(crate) fn entry(branch: u8, index: usize) -> Vec<u8> {
    let branch = if index < splits_at(branch) { 0 } else { branch };
    let mut bytes = fixtures::unsealed(branch);
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
    pub(crate) campaign: Campaign,
    /// What each kit may do: how many tables, and until when.
    pub(crate) kits: [(u32, i64); 3],
}

impl Organizer {
    pub(crate) fn new(seed: u8) -> Self {
        Self { campaign: Campaign::new(seed), kits: KITS }
    }

    pub(crate) fn note<D: Document>(&self, body: D) -> String {
        self.campaign.note(body)
    }

    pub(crate) fn about(&self) -> String {
        self.campaign.about().note()
    }

    pub(crate) fn kit(&self, number: u8) -> Uuid {
        Uuid::from_u128(0xA00 + u128::from(number))
    }

    pub(crate) fn table(&self, number: u8) -> Uuid {
        Uuid::from_u128(0xB00 + u128::from(number))
    }

    pub(crate) fn origin(&self, log: LogKey) -> Origin {
        Origin { campaign: self.campaign.id, table: self.table(log.table), generation: log.generation }
    }

    pub(crate) fn device(&self, log: LogKey) -> SigningKey {
        self.origin(log).device_key(&seed(log))
    }

    fn kit_of(&self, number: u8) -> Kit {
        let (max_tables, until) = self.kits[usize::from(number)];
        self.campaign.kit(Terms {
            kit: self.kit(number),
            seed: 20 + number,
            label: format!("Kit {number}"),
            max_tables,
            until,
            endpoint: None,
            pin_reset: None,
        })
    }

    fn admitted(&self, log: LogKey, papers: Papers) -> Device {
        let before = papers
            .spoken_for_by
            .map(|device| self.device(LogKey { generation: log.generation - 1, device, ..log }));
        let label = format!("Table {}", log.table);
        let how = Admitting { label: &label, before: before.as_ref(), ..Admitting::default() };
        Device::admitted(&self.kit_of(papers.kit), self.origin(log), &seed(log), how)
    }

    /// A deposit of a kit, good for as long as the kit.
    pub(crate) fn deposited(&self, number: u8, kit: u8) -> Deposited {
        let note = self.note(Deposit {
            deposit: DepositId([number; 16]),
            kit: self.kit(kit),
            until: self.kits[usize::from(kit)].1,
            sealed: HEXLOWER.encode(&Sha256::digest(sealed(number))),
        });
        Deposited { deposit: note, sealed: BASE64.encode(&sealed(number)) }
    }

    pub(crate) fn certificate(&self, number: u8) -> String {
        self.kit_of(number).certificate.note()
    }

    pub(crate) fn admission(&self, log: LogKey, papers: Papers) -> String {
        self.admitted(log, papers).admission.note()
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
        let entries: Vec<_> = (0..to).map(|index| entry(branch, index)).collect();
        let (batch, checkpoint) = self.admitted(log, papers).batch(&entries, from);
        (batch.encode(), checkpoint)
    }
}

/// What is sealed in a deposit: an endpoint cannot tell it from a kit.
pub(crate) fn sealed(number: u8) -> [u8; 100] {
    [number; 100]
}

fn seed(log: LogKey) -> Seed {
    Seed::from_bytes([40 + log.device; 32])
}
