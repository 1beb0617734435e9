//! A campaign and tables made by hand: what a table does, without the table.

use std::{fs, path::Path, sync::atomic::AtomicBool};

use desk::{BackupKey, Desk, ExplainedCount, Keys, Merged, NewBackup};
use petition::{Address, Consents, Method, Shift, Signature};
use proof::{Checkpoint, Frontier, Origin, Seed, SigningKey};
use rand::{SeedableRng, rngs::StdRng};
use sealing::{Context, PublicKey, seal};
use tempfile::TempDir;
use uuid::Uuid;
use wire::{Admission, Batch, Kit, OpenKit, Signed};

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
        Signature {
            id: Uuid::from_u128(number << 64 | 0x4000_8000_0000_0000_0000),
            petition: self.petitions[petition],
            text_hash: self.text_hash(petition),
            signed_at: NOW as u64 / 60 * 60 + number as u64 % 7 * 60,
            language: "en".to_owned(),
            method: Method::Kiosk,
            full_name: name.to_owned(),
            email: email.map(str::to_owned),
            phone: None,
            address: Address::default(),
            comment: None,
            of_age: None,
            ink: None,
            typed_signature: None,
            consents: Consents::default(),
            shift: Some(Shift {
                id: Uuid::from_u128(77),
                place: "Market".to_owned(),
                volunteer: "V".to_owned(),
            }),
            withdrawal_code: None,
            paper: None,
        }
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
    pub(crate) device: Seed,
    certificate: String,
    admission: String,
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
        let mut rng = StdRng::seed_from_u64(number as u64 * 100 + u64::from(generation));
        let device = Seed::generate(&mut rng);
        let body = Admission {
            kit: kit.certificate.body.kit,
            table,
            generation,
            device: origin.device_key(&device).verifier().clone(),
            label: label.to_owned(),
        };
        let admission = Signed::sign(origin.campaign, at, body, &[&kit.key]).unwrap();
        Self {
            origin,
            device,
            certificate: kit.certificate.note(),
            admission: admission.note(),
            epoch: public_key(&kit.epochs[0].body.key),
            envelopes: Vec::new(),
            rng,
        }
    }

    /// Seals to another of the kit's epochs from now on.
    pub(crate) fn take_epoch(&mut self, campaign: &HandMadeCampaign, epoch: usize) {
        self.epoch = public_key(&campaign.open_kit().epochs[epoch].body.key);
    }

    /// The same computer once more: the same keys, and the first entries of its log.
    pub(crate) fn cloned(&self, entries: usize) -> Self {
        Self {
            origin: self.origin,
            device: self.device.clone(),
            certificate: self.certificate.clone(),
            admission: self.admission.clone(),
            epoch: self.epoch.clone(),
            envelopes: self.envelopes[..entries].to_vec(),
            rng: StdRng::seed_from_u64(4242),
        }
    }

    /// Becomes another device that claims the same table and generation, under a label of its own.
    pub(crate) fn take_another_device(&mut self, campaign: &HandMadeCampaign, label: &str) {
        self.device = Seed::from_bytes([9; 32]);
        let kit = campaign.open_kit();
        let body = Admission {
            kit: kit.certificate.body.kit,
            table: self.origin.table,
            generation: self.origin.generation,
            device: self.origin.device_key(&self.device).verifier().clone(),
            label: label.to_owned(),
        };
        self.admission = Signed::sign(self.origin.campaign, NOW, body, &[&kit.key]).unwrap().note();
    }

    pub(crate) fn append(&mut self, signature: &Signature) {
        self.append_content(&signature.to_cbor().unwrap(), signature.petition);
    }

    pub(crate) fn append_content(&mut self, content: &[u8], petition: Uuid) {
        let context = Context {
            campaign: *self.origin.campaign.as_bytes(),
            petition: petition.into_bytes(),
            table: self.origin.table.into_bytes(),
        };
        let envelope = seal(content, &context, &self.epoch, &mut self.rng).unwrap();
        self.envelopes.push(envelope);
    }

    pub(crate) fn size(&self) -> usize {
        self.envelopes.len()
    }

    /// The batch of entries `from` up to `to`.
    pub(crate) fn batch(&self, from: usize, to: usize) -> Vec<u8> {
        self.batch_signed_by(from, to, &self.origin.device_key(&self.device))
    }

    pub(crate) fn batch_signed_by(&self, from: usize, to: usize, device: &SigningKey) -> Vec<u8> {
        let leaves =
            |to: usize| Frontier::of_leaves(self.envelopes[..to].iter().map(|e| proof::leaf_hash(e)));
        Batch {
            certificate: self.certificate.clone(),
            admission: self.admission.clone(),
            before: leaves(from),
            entries: self.envelopes[from..to].to_vec(),
            checkpoint: Checkpoint::at(self.origin, &leaves(to)).signed(device).unwrap().to_string(),
        }
        .encode()
    }

    pub(crate) fn whole(&self) -> Vec<u8> {
        self.batch(0, self.size())
    }
}

fn public_key(base64: &str) -> PublicKey {
    PublicKey::from_bytes(&data_encoding::BASE64.decode(base64.as_bytes()).unwrap()).unwrap()
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
    desk.export_csv(&mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

pub(crate) fn counts(desk: &Desk, campaign: &HandMadeCampaign) -> [ExplainedCount; 3] {
    let [one, two] = campaign.petitions;
    [None, Some(one), Some(two)].map(|petition| desk.count(petition).unwrap())
}

pub(crate) fn files_of(folder: &Path) -> Vec<Vec<u8>> {
    fs::read_dir(folder).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap()).collect()
}
