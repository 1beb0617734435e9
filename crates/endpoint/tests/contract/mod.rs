//! The tests of the storage's contract, for any back end.

pub(crate) mod batches;
pub(crate) mod campaigns;
pub(crate) mod deposits;
pub(crate) mod races;

use std::sync::Arc;

use bytes::Bytes;
use endpoint::{
    log::admission::Papers,
    storage::{BatchOutcome, CampaignOutcome, NewCampaign, PullOutcome, Storage, StorageError},
};
use fixtures::{Admitting, Campaign, Device, Kit, NOW, Terms};
use proof::{Checkpoint, Origin, Seed, SigningKey};
use uuid::Uuid;
use wire::{Batch, Confirmation, LogRow, Revocation, VerifiedBatch};

/// A back end under test, with data of its own.
pub(crate) trait BackEnd: Sized {
    /// One with nothing in it.
    async fn new() -> Self;

    /// An instance on its data: one of its own each time, where the back end takes several.
    fn instance(&self) -> Arc<dyn Storage>;

    /// The same data, after everything that was on it has ended. No instance is used any more.
    async fn restarted(self) -> Self;
}

/// A campaign that a back end knows.
pub(crate) struct Known {
    pub(crate) campaign: Campaign,
}

impl Known {
    pub(crate) async fn at(storage: &dyn Storage) -> Self {
        let known = Self { campaign: Campaign::new(1) };
        assert_eq!(storage.insert_campaign(known.new_campaign(), 1).await, Ok(CampaignOutcome::Inserted));
        known
    }

    pub(crate) fn new_campaign(&self) -> NewCampaign {
        new_campaign(&self.campaign)
    }

    pub(crate) fn kit(&self, number: u128, max_tables: u32) -> Kit {
        self.campaign.kit(Terms { kit: Uuid::from_u128(number), max_tables, ..Terms::default() })
    }

    /// A device of a table of a kit with room, in its first generation.
    pub(crate) fn device(&self, table: u128) -> Device {
        self.device_of(&self.kit(0xA, 1_000), table, 9)
    }

    pub(crate) fn device_of(&self, kit: &Kit, table: u128, seed: u8) -> Device {
        Device::new(kit, self.campaign.origin(table, 1), &Seed::from_bytes([seed; 32]))
    }

    /// A device that says that it follows another of its table, and does not bring its word.
    pub(crate) fn next_of_nobody(&self, table: u128) -> Device {
        let origin = Origin { generation: 2, ..self.campaign.origin(table, 2) };
        Device::admitted(&self.kit(0xA, 1_000), origin, &Seed::from_bytes([9; 32]), Admitting::default())
    }

    pub(crate) fn verified(&self, device: &Device, log: &[Vec<u8>], from: usize) -> VerifiedBatch<Bytes> {
        verified(&device.batch(log, from).0, &self.campaign.root)
    }

    pub(crate) async fn append(
        &self,
        storage: &dyn Storage,
        device: &Device,
        log: &[Vec<u8>],
        from: usize,
    ) -> Result<BatchOutcome, StorageError> {
        storage.append(self.verified(device, log, from), NOW).await
    }

    pub(crate) async fn confirm(&self, storage: &dyn Storage, device: &Device) -> bool {
        let Origin { table, generation, .. } = device.origin;
        let key = device.key().verifier().clone();
        let note = self.campaign.note(Confirmation { table, generation, device: key.clone() });
        storage.insert_confirmation(device.origin, key, note).await.unwrap()
    }

    pub(crate) async fn revoke(&self, storage: &dyn Storage, subject: Uuid) -> bool {
        let said = Revocation { kit: None, table: Some(subject), reason: "lost".into() };
        let note = self.campaign.note(said);
        storage.insert_revocation(self.campaign.id, vec![subject], note).await.unwrap()
    }

    /// All entries of a log, by pulling it to its end.
    pub(crate) async fn pulled(&self, storage: &dyn Storage, device: &Device) -> Vec<Vec<u8>> {
        let mut log: Vec<Vec<u8>> = Vec::new();
        loop {
            match pull(storage, device, log.len() as u64).await {
                PullOutcome::Batch(bytes) => {
                    let batch = verified(&Batch::decode(&bytes).unwrap(), &self.campaign.root);
                    assert!(batch.before.size() <= log.len() as u64 && batch.after.size() > log.len() as u64);
                    log.truncate(usize::try_from(batch.before.size()).unwrap());
                    log.extend(batch.entries.iter().map(|entry| entry.to_vec()));
                }
                PullOutcome::End => return log,
                PullOutcome::Held | PullOutcome::Unknown => unreachable!("it is known and admitted"),
            }
        }
    }

    pub(crate) async fn logs(&self, storage: &dyn Storage) -> Vec<LogRow> {
        storage.list_logs(self.campaign.id).await.unwrap()
    }
}

pub(crate) fn new_campaign(campaign: &Campaign) -> NewCampaign {
    let about = campaign.about();
    NewCampaign { id: campaign.id, root: campaign.root.verifier().clone(), note: about.note() }
}

pub(crate) fn papers(device: &Device) -> Papers {
    Papers { certificate: device.certificate.clone(), admission: device.admission.clone() }
}

pub(crate) async fn pull(storage: &dyn Storage, device: &Device, from: u64) -> PullOutcome {
    storage.find_batch(device.origin, device.key().verifier().clone(), from).await.unwrap()
}

/// So many entries, of bytes that count from one on.
pub(crate) fn entries(from: u8, count: usize) -> Vec<Vec<u8>> {
    (0..count).map(|number| fixtures::unsealed(from.wrapping_add(number as u8))).collect()
}

fn verified(batch: &Batch, root: &SigningKey) -> VerifiedBatch<Bytes> {
    let bytes = Bytes::from(batch.encode());
    Batch::decode_shared(&bytes).unwrap().verify(root.verifier()).unwrap()
}

/// The checkpoint in a note that a device has signed.
pub(crate) fn checkpoint(note: &str, device: &Device) -> Checkpoint {
    Checkpoint::verify(&note.parse().unwrap(), device.key().verifier()).unwrap()
}
