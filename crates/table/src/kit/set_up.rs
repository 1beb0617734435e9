//! Setting a table up from a kit.

use std::path::Path;

use lockbox::Lockbox;
use proof::Origin;
use rand::CryptoRng;
use wire::{Kit, OpenKit};
use zeroize::Zeroizing;

use super::contents::WorksBy;
use crate::{
    error::TableError,
    keys::Keys,
    kiosk_pin,
    log::generations::new_generation,
    random::random_uuid,
    storage::{SCHEMA, generation, kit, pin},
    table::Table,
};

/// The most characters that a table is called by.
const LABEL_MAX: usize = 60;

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
        WorksBy::kit(&open)?;
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

impl Table {
    /// Sets a table up in a folder: new keys, which `keep_keys` keeps, and [`Table::create`]. Keys are kept before they are used:
    /// a crash between the two leaves keys without a table, never the reverse.
    pub fn set_up<E: From<TableError>>(
        folder: &Path,
        set_up: SetUp,
        keep_keys: impl FnOnce(&[(&str, &[u8; 32])]) -> Result<(), E>,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, E> {
        let keys = Keys::generate(rng);
        keep_keys(&keys.named())?;
        Ok(Self::create(folder, keys, set_up, now, rng)?)
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
        let id = random_uuid(rng);
        let origin = Origin { campaign: open.campaign.campaign, table: id, generation: 1 };
        let log = new_generation(&open, origin, &keys.device, None, &label, now)?;
        let pin = pin.map(|digits| kiosk_pin::new_pin(&digits, rng)).transpose()?;
        let row = kit::Row { table: id, label, text };
        let storage = Lockbox::create(folder, Some(&keys.database), &SCHEMA, |transaction| {
            kit::insert(transaction, &row)?;
            generation::insert(transaction, &log)?;
            Ok::<_, TableError>(pin.map_or(Ok(()), |pin| pin::set(transaction, &pin))?)
        })?;
        Self::from_parts(storage, keys.device, open, row)
    }
}
