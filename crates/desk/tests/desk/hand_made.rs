//! A campaign and tables made by hand: what a table does, without the table.

use std::{fs, path::Path, sync::atomic::AtomicBool};

use desk::{BackupKey, Desk, ExplainedCount, Keys, LedgerFilter, Merged, NewBackup};
use fixtures::{Admitting, Device};
use petition::{Shift, Signature};
use proof::{Origin, Seed};
use rand::{SeedableRng, rngs::StdRng};
use sealing::PublicKey;
use tempfile::TempDir;
use uuid::Uuid;
use wire::{Kit, OpenKit};

/// Nobody stops it.
pub(crate) static GO_ON: AtomicBool = AtomicBool::new(false);
pub(crate) const NOW: i64 = 1_800_000_000;
pub(crate) const DAY: i64 = 24 * 60 * 60;

pub(crate) fn source(title: &str) -> String {
    format!("---\ntitle: {title}\nstarted_by: Us\naddressed_to: Them\n---\n\nWe ask for it.\n")
}

/// The passphrase of every backup here.
pub(crate) const PASSPHRASE: &str = "correct horse battery";

/// A key of a backup that is quickly made: scrypt's work is for those who guess.
pub(crate) fn backup_key(rng: &mut StdRng) -> BackupKey {
    BackupKey::with_work(PASSPHRASE, 1, rng).unwrap()
}

/// A new campaign, with its backup in the desk's folder.
pub(crate) fn found(folder: &Path, keys: &Keys, name: &str, rng: &mut StdRng) -> Desk {
    // Of its own randomness, so that what else is made stays the same.
    let (path, key) = (folder.join("backup"), backup_key(&mut StdRng::seed_from_u64(31)));
    let new = NewBackup { path: &path, key: &key };
    Desk::create(folder, keys.clone(), name, None, &new, NOW, rng).unwrap()
}

/// A campaign with two petitions and a kit, whose desk can be had any number of times.
pub(crate) struct HandMadeCampaign {
    folder: TempDir,
    pub(crate) keys: Keys,
    pub(crate) petitions: [Uuid; 2],
    pub(crate) kit: String,
}

impl HandMadeCampaign {
    pub(crate) fn new(seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::generate(&mut rng);
        let mut desk = found(folder.path(), &keys, "Hands", &mut rng);
        let petitions =
            ["Trees", "Buses"].map(|title| desk.add_petition(&source(title), NOW, &mut rng).unwrap());
        let (_, kit) = desk.make_kit("Kit", 9, NOW + 30 * DAY, NOW, &mut rng).unwrap();
        Self { folder, keys, petitions, kit }
    }

    /// A desk of its own, as it was before anything was merged.
    pub(crate) fn desk(&self) -> (TempDir, Desk) {
        let folder = quick_folder();
        self.copy_to(folder.path());
        let desk = Desk::open(folder.path(), self.keys.clone()).unwrap();
        (folder, desk)
    }

    /// Puts the database of a desk that has merged nothing into a folder.
    pub(crate) fn copy_to(&self, folder: &Path) {
        fs::copy(self.folder.path().join("desk.db"), folder.join("desk.db")).unwrap();
    }

    pub(crate) fn open_kit(&self) -> OpenKit {
        Kit::open(&self.kit, NOW, None).unwrap()
    }

    pub(crate) fn text_hash(&self, petition: usize) -> [u8; 32] {
        let title = ["Trees", "Buses"][petition];
        petition::Petition::parse(self.petitions[petition], 1, &source(title)).unwrap().text_hash()
    }

    pub(crate) fn signature(
        &self,
        number: u128,
        petition: usize,
        name: &str,
        email: Option<&str>,
    ) -> Signature {
        let id = Uuid::from_u128(number << 64 | 0x4000_8000_0000_0000_0000);
        let mut signature = fixtures::signature(id, self.petitions[petition], self.text_hash(petition), name);
        signature.signed_at = NOW as u64 / 60 * 60 + number as u64 % 7 * 60;
        signature.email = email.map(str::to_owned);
        signature.shift =
            Some(Shift { id: Uuid::from_u128(77), place: "Market".to_owned(), volunteer: "V".to_owned() });
        signature
    }
}

/// A folder of its own, in memory where there is such a file system.
pub(crate) fn quick_folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

/// A table with its log.
pub(crate) struct HandMadeTable {
    pub(crate) origin: Origin,
    pub(crate) device: Device,
    epoch: PublicKey,
    pub(crate) envelopes: Vec<Vec<u8>>,
    rng: StdRng,
}

impl HandMadeTable {
    pub(crate) fn new(campaign: &HandMadeCampaign, number: u128, generation: u32) -> Self {
        Self::labelled(campaign, number, generation, &format!("Table {number}"), NOW)
    }

    pub(crate) fn labelled(
        campaign: &HandMadeCampaign,
        number: u128,
        generation: u32,
        label: &str,
        at: i64,
    ) -> Self {
        let kit = campaign.open_kit();
        let table = Uuid::from_u128(number << 64 | 0x4000_8000_0000_0000_0000);
        let origin = Origin { campaign: kit.campaign.campaign, table, generation };
        let epoch = fixtures::epoch_key(&kit.epochs[0].body);
        let mut rng = StdRng::seed_from_u64(number as u64 * 100 + u64::from(generation));
        let seed = Seed::generate(&mut rng);
        let how = Admitting { label, at, before: None };
        let device = Device::admitted(&kit.into(), origin, &seed, how);
        Self { origin, device, epoch, envelopes: Vec::new(), rng }
    }

    /// Seals to another of the kit's epochs from now on.
    pub(crate) fn take_epoch(&mut self, campaign: &HandMadeCampaign, epoch: usize) {
        self.epoch = fixtures::epoch_key(&campaign.open_kit().epochs[epoch].body);
    }

    /// The same computer once more: the same keys, and the first entries of its log.
    pub(crate) fn cloned(&self, entries: usize) -> Self {
        Self {
            origin: self.origin,
            device: self.device.clone(),
            epoch: self.epoch.clone(),
            envelopes: self.envelopes[..entries].to_vec(),
            rng: StdRng::seed_from_u64(4242),
        }
    }

    /// Becomes another device that claims the same table and generation, under a label of its own.
    pub(crate) fn take_another_device(&mut self, campaign: &HandMadeCampaign, label: &str) {
        let how = Admitting { label, at: NOW, before: None };
        let kit = campaign.open_kit().into();
        self.device = Device::admitted(&kit, self.origin, &Seed::from_bytes([9; 32]), how);
    }

    pub(crate) fn append(&mut self, signature: &Signature) {
        self.append_content(&signature.to_cbor().unwrap(), signature.petition);
    }

    pub(crate) fn append_content(&mut self, content: &[u8], petition: Uuid) {
        self.envelopes.push(fixtures::seal(content, &self.origin, petition, &self.epoch, &mut self.rng));
    }

    pub(crate) fn size(&self) -> usize {
        self.envelopes.len()
    }

    /// The batch of entries `from` up to `to`.
    pub(crate) fn batch(&self, from: usize, to: usize) -> Vec<u8> {
        self.device.batch(&self.envelopes[..to], from).0.encode()
    }

    pub(crate) fn whole(&self) -> Vec<u8> {
        self.batch(0, self.size())
    }
}

#[track_caller]
pub(crate) fn merge(desk: &mut Desk, batch: &[u8]) -> Merged {
    desk.merge("test.batch", batch, NOW).unwrap()
}

/// New entries, known entries, new signatures, set aside.
#[track_caller]
pub(crate) fn taken(merged: &Merged) -> (u64, u64, u64, u64) {
    match merged {
        Merged::Taken { new_entries, known_entries, new_signatures, set_aside, .. } => {
            (*new_entries, *known_entries, *new_signatures, *set_aside)
        }
        other => unreachable!("not taken: {other:?}"),
    }
}

#[track_caller]
pub(crate) fn refusal(merged: &Merged) -> &'static str {
    match merged {
        Merged::Refused { code, .. } => code,
        other => unreachable!("not refused: {other:?}"),
    }
}

pub(crate) fn csv(desk: &Desk) -> String {
    let mut bytes = Vec::new();
    desk.export_csv(&LedgerFilter::default(), &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

pub(crate) fn counts(desk: &Desk, campaign: &HandMadeCampaign) -> [ExplainedCount; 3] {
    let [one, two] = campaign.petitions;
    [None, Some(one), Some(two)].map(|petition| desk.count(petition).unwrap())
}

pub(crate) fn files_of(folder: &Path) -> Vec<Vec<u8>> {
    fs::read_dir(folder).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap()).collect()
}
