//! A table: set up from a kit, opened, and what it is.

use std::path::Path;

use data_encoding::BASE64;
use lockbox::Lockbox;
use petition::Petition;
use proof::{CampaignId, Frontier, Origin, Seed, SigningKey, VerifierKey};
use rand::CryptoRng;
use sealing::PublicKey;
use uuid::Uuid;
use wire::{Admission, Kit, OpenKit, Signed, Tally};
use zeroize::Zeroizing;

use crate::{
    Keys, Shift, TableError, kiosk_pin,
    storage::{SCHEMA, again, generation, kit, pin, shift, stride, tally},
};

/// The most characters that a table is called by.
const LABEL_MAX: usize = 60;

/// A table: the one writer of its folder.
pub struct Table {
    pub(crate) storage: Lockbox,
    pub(crate) device: Seed,
    pub(crate) kit: OpenKit,
    pub(crate) about: KitAbout,
    pub(crate) id: Uuid,
    pub(crate) label: String,
    pub(crate) petitions: Vec<Petition>,
    pub(crate) epochs: Vec<Epoch>,
    /// The generation that it appends to.
    pub(crate) log: generation::Row,
    /// Those before, oldest first.
    pub(crate) older: Vec<generation::Row>,
    /// What was appended again in a later generation.
    pub(crate) runs: Vec<again::Run>,
    pub(crate) shift: Option<Shift>,
    pub(crate) tally: Option<Signed<Tally>>,
}

/// The kit that a table works by.
#[derive(Clone, Debug)]
pub struct KitAbout {
    /// The campaign.
    pub campaign: CampaignId,
    /// Its name.
    pub campaign_name: String,
    /// The kit's label.
    pub label: String,
    /// Where to send to; none means hand-carry only.
    pub endpoint: Option<wire::EndpointAddress>,
    /// When the desk made it, Unix seconds.
    pub made_at: i64,
    /// Unix seconds.
    pub until: i64,
}

/// What a table is set up from, checked whole before anything is made.
pub struct SetUp {
    kit: OpenKit,
    text: Zeroizing<String>,
    label: String,
    pin: Option<Zeroizing<String>>,
}

impl SetUp {
    /// A kit file's text, what the table is called, and the PIN that takes it back from signers: one without is not handed to
    /// them. At a time, Unix seconds.
    ///
    /// Errors: [`TableError::Kit`], [`TableError::Petition`], [`TableError::Label`], and those of a PIN.
    pub fn new(kit: &str, label: &str, pin: Option<&str>, now: i64) -> Result<Self, TableError> {
        let open = Kit::open(kit, now, None)?;
        readable(&open)?;
        let label = label.trim();
        let characters = label.chars().count();
        if !(1..=LABEL_MAX).contains(&characters) || label.chars().any(char::is_control) {
            return Err(TableError::Label);
        }
        pin.map_or(Ok(()), kiosk_pin::check_strength)?;
        Ok(Self {
            kit: open,
            text: Zeroizing::new(kit.to_owned()),
            label: label.to_owned(),
            pin: pin.map(|pin| Zeroizing::new(pin.to_owned())),
        })
    }
}

pub(crate) struct Epoch {
    pub(crate) key: PublicKey,
    pub(crate) from: i64,
}

impl Table {
    /// Whether there is a table in a folder.
    pub fn exists(folder: &Path) -> bool {
        SCHEMA.exists(folder)
    }

    /// Sets a table up, at a time (Unix seconds); no network is needed. Either the whole table is there afterwards or none.
    pub fn create(
        folder: &Path,
        keys: Keys,
        set_up: SetUp,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, TableError> {
        let SetUp { kit: open, text, label, pin } = set_up;
        let id = uuid::Builder::from_random_bytes(random(rng)).into_uuid();
        let origin = Origin { campaign: open.campaign.campaign, table: id, generation: 1 };
        let log = new_generation(&open, origin, &keys.device, None, &label, now)?;
        let pin = pin.map(|digits| kiosk_pin::new_pin(&digits, rng)).transpose()?;
        let row = kit::Row { table: id, label, text };
        let storage = Lockbox::create(folder, Some(&keys.database), &SCHEMA, |transaction| {
            kit::insert(transaction, &row)?;
            generation::insert(transaction, &log)?;
            pin.map_or(Ok(()), |pin| pin::set(transaction, &pin))
        })?;
        Self::from_parts(storage, keys.device, open, row)
    }

    /// Opens the table of a folder. A device key that is not the one admitted starts the next generation.
    pub fn open(folder: &Path, keys: Keys, now: i64) -> Result<Self, TableError> {
        let mut storage = Lockbox::open(folder, Some(&keys.database), &SCHEMA)?;
        stride::backfill(&mut storage.connection)?;
        let row = kit::get(&storage.connection)?;
        // A kit that has expired since still holds the table's petitions and keys: nothing is locked away.
        let open = Kit::open(&row.text, i64::MIN, None)?;
        let mut table = Self::from_parts(storage, keys.device, open, row)?;
        if !table.log.is_ours {
            table.start_generation(now)?;
        }
        Ok(table)
    }

    fn from_parts(storage: Lockbox, device: Seed, kit: OpenKit, row: kit::Row) -> Result<Self, TableError> {
        let (petitions, epochs) = readable(&kit)?;
        let about = KitAbout {
            campaign: kit.campaign.campaign,
            campaign_name: kit.campaign.body.name.clone(),
            label: kit.certificate.body.label.clone(),
            endpoint: kit.certificate.body.endpoint.clone(),
            made_at: kit.certificate.at,
            until: kit.certificate.body.until,
        };
        let mut older = generation::list(&storage.connection)?;
        for log in &mut older {
            let origin = Origin { campaign: about.campaign, table: row.table, generation: log.generation };
            log.is_ours = origin.device_key(&device).verifier() == &log.device;
        }
        let log = older.pop().ok_or(TableError::Damaged)?;
        let runs = again::list(&storage.connection)?;
        let shift = shift::find_running(&storage.connection)?;
        // A kept tally that does not hold is none: the next one comes from the endpoint, and nobody is kept from signing.
        let tally = tally::find(&storage.connection)?
            .and_then(|note| Signed::verify_root(&note, about.campaign, &kit.campaign.body.root).ok());
        Ok(Self {
            storage,
            device,
            kit,
            about,
            id: row.table,
            label: row.label,
            petitions,
            epochs,
            log,
            older,
            runs,
            shift,
            tally,
        })
    }

    /// Its id.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// What it is called.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The kit it works by.
    pub fn kit(&self) -> &KitAbout {
        &self.about
    }

    /// Its petitions, in the kit's order.
    pub fn petitions(&self) -> &[Petition] {
        &self.petitions
    }

    /// One of its petitions.
    pub fn petition(&self, id: Uuid) -> Option<&Petition> {
        self.petitions.iter().find(|petition| petition.id() == id)
    }

    /// The log that it appends to.
    pub fn origin(&self) -> Origin {
        Origin { campaign: self.about.campaign, table: self.id, generation: self.log.generation }
    }

    pub(crate) fn device_key(&self) -> SigningKey {
        self.origin().device_key(&self.device)
    }

    /// A generation of its log.
    pub(crate) fn find_log(&self, generation: u32) -> Option<&generation::Row> {
        self.older.iter().chain([&self.log]).find(|log| log.generation == generation)
    }

    pub(crate) fn get_log(&self, generation: u32) -> Result<&generation::Row, TableError> {
        self.find_log(generation).ok_or(TableError::Damaged)
    }

    /// Puts a generation in the place of the one of its number.
    pub(crate) fn set_log(&mut self, row: generation::Row) {
        let mut logs = self.older.iter_mut().chain([&mut self.log]);
        if let Some(log) = logs.find(|log| log.generation == row.generation) {
            *log = row;
        }
    }

    pub(crate) fn root_key(&self) -> &VerifierKey {
        &self.kit.campaign.body.root
    }
}

/// The newest version of each petition, and the epochs, of a kit.
fn readable(kit: &OpenKit) -> Result<(Vec<Petition>, Vec<Epoch>), TableError> {
    let mut petitions: Vec<Petition> = Vec::new();
    for note in &kit.petitions {
        let body = &note.body;
        let petition =
            Petition::parse(body.petition, body.version, &body.source).map_err(|_| TableError::Petition)?;
        if petition.text_hash_hex() != body.text_hash {
            return Err(TableError::Petition);
        }
        match petitions.iter_mut().find(|known| known.id() == petition.id()) {
            Some(known) if known.version() < petition.version() => *known = petition,
            Some(_) => {}
            None => petitions.push(petition),
        }
    }
    let epochs = kit.epochs.iter().map(|note| {
        let bytes = BASE64.decode(note.body.key.as_bytes()).map_err(|_| wire::KitError::NoEpoch)?;
        let key = PublicKey::from_bytes(&bytes).map_err(|_| wire::KitError::NoEpoch)?;
        Ok(Epoch { key, from: note.body.from })
    });
    Ok((petitions, epochs.collect::<Result<_, wire::KitError>>()?))
}

/// A generation's first state: its device key, admitted by the kit key and by the generation before.
pub(crate) fn new_generation(
    kit: &OpenKit,
    origin: Origin,
    device: &Seed,
    before: Option<&SigningKey>,
    label: &str,
    now: i64,
) -> Result<generation::Row, TableError> {
    let device = origin.device_key(device).verifier().clone();
    let body = Admission {
        kit: kit.certificate.body.kit,
        table: origin.table,
        generation: origin.generation,
        device: device.clone(),
        label: label.to_owned(),
    };
    let keys: Vec<&SigningKey> = [&kit.key].into_iter().chain(before).collect();
    Ok(generation::Row {
        generation: origin.generation,
        device,
        is_ours: true,
        admission: Signed::sign(origin.campaign, now, body, &keys)?.note(),
        head: Frontier::default(),
        received: Frontier::default(),
        receipt: None,
        received_at: None,
        stored: 0,
        due: None,
    })
}

pub(crate) fn random<const N: usize>(rng: &mut impl CryptoRng) -> [u8; N] {
    let mut bytes = [0; N];
    rng.fill_bytes(&mut bytes);
    bytes
}
