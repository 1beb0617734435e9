//! The desk itself: what it has in memory, opening it, and which campaign it is of.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use lockbox::{Lock, Lockbox};
use proof::{CampaignId, SigningKey};
use rusqlite::Connection;
use sealing::{EpochId, Opener};
use uuid::Uuid;
use wire::{Campaign, EndpointAddress, Signed};

use crate::{
    backup::BackupFailure,
    error::DeskError,
    keys::Keys,
    petitions::known::KnownPetitions,
    review::Compared,
    storage::{self, SCHEMA},
    view::View,
};

/// The organizer's side of a campaign. One process at a time has it open.
///
/// - founding: [`found`](Desk::found), [`create`](Desk::create), [`bring_back`](Desk::bring_back),
///   [`go_on_founding`](Desk::go_on_founding), [`restore`](Desk::restore),
///   [`open`](Desk::open), [`campaign`](Desk::campaign), [`set_endpoint`](Desk::set_endpoint)
/// - keys and backup: [`rotate`](Desk::rotate), [`write_backup`](Desk::write_backup),
///   [`set_backup_key`](Desk::set_backup_key), [`backup_state`](Desk::backup_state)
/// - petitions: [`add_petition`](Desk::add_petition), [`correct_petition`](Desk::correct_petition),
///   [`end_petition`](Desk::end_petition), [`petitions`](Desk::petitions)
/// - tables: [`make_kit`](Desk::make_kit), [`make_kit_with_code`](Desk::make_kit_with_code), [`kit_code`](Desk::kit_code),
///   [`move_kit`](Desk::move_kit), [`kits`](Desk::kits), [`tables`](Desk::tables),
///   [`confirm_table`](Desk::confirm_table), [`revoke`](Desk::revoke), [`verify`](Desk::verify)
/// - merging: [`merge`](Desk::merge), [`merge_files`](Desk::merge_files), [`pull`](Desk::pull),
///   [`reopen_set_aside`](Desk::reopen_set_aside)
/// - the ledger: [`ledger`](Desk::ledger), [`count`](Desk::count), and [`reader`](Desk::reader) beside a merge
/// - who is one person: [`pile`](Desk::pile), [`decide`](Desk::decide), [`undo`](Desk::undo), [`decisions`](Desk::decisions),
///   [`rule`](Desk::rule), [`try_decision`](Desk::try_decision), [`take_decisions`](Desk::take_decisions)
/// - the roll: [`load_roll`](Desk::load_roll), [`look_up`](Desk::look_up), [`delete_roll`](Desk::delete_roll),
///   [`draw_sample`](Desk::draw_sample), [`qualify`](Desk::qualify)
/// - delivery: [`write_kit`](Desk::write_kit), [`export_csv`](Desk::export_csv), [`write_csv`](Desk::write_csv)
/// - the endpoint: [`client`](Desk::client), [`tell`](Desk::tell), [`tell_endpoint`](Desk::tell_endpoint),
///   [`untold`](Desk::untold), [`exchange_codes`](Desk::exchange_codes), [`tally`](Desk::tally),
///   [`publish_tally`](Desk::publish_tally), [`unpublished`](Desk::unpublished), [`publish_update`](Desk::publish_update)
pub struct Desk {
    pub(crate) db: Connection,
    pub(crate) folder: PathBuf,
    pub(crate) keys: Keys,
    pub(crate) root: SigningKey,
    pub(crate) about: CampaignAbout,
    pub(crate) petitions: KnownPetitions,
    /// Openers of the epochs that were needed so far; their seeds are in memory only.
    pub(crate) openers: HashMap<EpochId, Opener>,
    /// The code of what failed when the endpoint was last told.
    pub(crate) untold: Option<&'static str>,
    /// Files of the backup that could not be written when that was last tried.
    pub(crate) backup_failures: Vec<(String, BackupFailure)>,
    /// What waited when the desk was opened, and need not any more, is merged.
    pub(crate) caught_up: bool,
    /// The signers of petitions, as far as they were compared since the desk was opened.
    pub(crate) compared: HashMap<Uuid, Compared>,
    /// Last, so that the database is closed before another process may open it.
    pub(crate) lock: Arc<Lock>,
}

/// Which campaign a desk is of.
#[derive(Clone, Debug)]
pub struct CampaignAbout {
    /// Its id, which is also the fingerprint of its root key.
    pub id: CampaignId,
    /// The organisation's name for it.
    pub name: String,
    /// Where tables send to, if anywhere.
    pub endpoint: Option<EndpointAddress>,
    /// The campaign note, for the endpoint.
    pub note: String,
}

impl Desk {
    /// The version of the schema that an open one has.
    pub const SCHEMA_VERSION: usize = SCHEMA.steps.len();

    /// Whether there is a desk in this folder.
    pub fn exists(folder: &Path) -> bool {
        SCHEMA.exists(folder)
    }

    /// Makes the desk with what `fill` writes, whole or not at all.
    pub(crate) fn make(
        folder: &Path,
        keys: Keys,
        fill: impl FnOnce(&Connection, &Keys) -> Result<(), DeskError>,
    ) -> Result<Self, DeskError> {
        let storage =
            Lockbox::create(folder, Some(&keys.database), &SCHEMA, |transaction| fill(transaction, &keys))?;
        Self::of_storage(folder, storage, keys)
    }

    /// Opens the desk in a folder.
    ///
    /// Errors: [`DeskError::Missing`], [`DeskError::InUse`], [`DeskError::WrongKey`], [`DeskError::Newer`],
    /// [`DeskError::OtherKeys`].
    pub fn open(folder: &Path, keys: Keys) -> Result<Self, DeskError> {
        let storage = Lockbox::open(folder, Some(&keys.database), &SCHEMA)?;
        Self::of_storage(folder, storage, keys)
    }

    fn of_storage(folder: &Path, storage: Lockbox, keys: Keys) -> Result<Self, DeskError> {
        let Lockbox { connection: db, lock } = storage;
        storage::prepare(&db);
        let row = storage::campaign::get(&db)?;
        let root = SigningKey::root(&keys.root);
        let note = Signed::verify_campaign(&row.note).map_err(|_| DeskError::Damaged("campaign"))?;
        if note.body.root != *root.verifier() {
            return Err(DeskError::OtherKeys);
        }
        let about =
            CampaignAbout { id: note.campaign, name: row.name, endpoint: row.endpoint, note: row.note };
        let petitions = KnownPetitions::read(&db, about.id, root.verifier())?;
        // Where that cannot be written now, they are forgotten another time.
        let _ = storage::facets::forget_changes(&db);
        Ok(Self {
            db,
            folder: folder.to_owned(),
            keys,
            root,
            about,
            petitions,
            openers: HashMap::new(),
            untold: None,
            backup_failures: Vec::new(),
            caught_up: false,
            compared: HashMap::new(),
            lock: Arc::new(lock),
        })
    }

    /// The ledger and the tables as they are now.
    pub(crate) fn view(&self) -> View<'_> {
        View { db: &self.db, petitions: &self.petitions }
    }

    /// Which campaign it is of.
    pub fn campaign(&self) -> CampaignAbout {
        self.about.clone()
    }

    /// Sets where the tables of kits made from now on send to.
    pub fn set_endpoint(&mut self, endpoint: Option<EndpointAddress>, now: i64) -> Result<(), DeskError> {
        storage::campaign::set_endpoint(&self.db, endpoint.as_ref())?;
        self.about.endpoint = endpoint;
        self.keep_backup(now);
        Ok(())
    }

    /// When a merge last ended, Unix seconds.
    pub fn merged_at(&self) -> Result<Option<i64>, DeskError> {
        Ok(storage::campaign::get(&self.db)?.merged_at)
    }
}

/// What says that there is a campaign, signed by its root key.
pub(crate) fn campaign_note(root: &SigningKey, name: &str, now: i64) -> Result<Signed<Campaign>, DeskError> {
    let id = CampaignId::of_root(root.verifier().public_key());
    let body = Campaign { name: name.to_owned(), root: root.verifier().clone() };
    Ok(Signed::sign(id, now, body, &[root])?)
}
