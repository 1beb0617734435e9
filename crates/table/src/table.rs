//! The table itself: what it has in memory, opening it, and what it is.

use std::path::Path;

use lockbox::Lockbox;
use petition::Petition;
use proof::{Origin, Seed, SigningKey, VerifierKey};
use uuid::Uuid;
use wire::{Kit, OpenKit, OpenUpdate, Signed, Tally};

use crate::{
    error::TableError,
    keys::Keys,
    kit::{
        News,
        contents::{KitAbout, WorksBy},
    },
    signing::Ready,
    storage::{
        SCHEMA, again, erased, generation, kit,
        shift::{self, Shift},
        stride, tally, update,
    },
};

/// A table: the one writer of its folder.
///
/// - setting up: [`set_up`](Table::set_up), [`create`](Table::create), [`open`](Table::open), [`kit`](Table::kit), [`kit_time`](Table::kit_time),
///   [`clock_off`](Table::clock_off), [`petitions`](Table::petitions), [`accept_update`](Table::accept_update),
///   [`news`](Table::news)
/// - shifts: [`checks`](Table::checks), [`log_state`](Table::log_state), [`open_shift`](Table::open_shift),
///   [`start_shift`](Table::start_shift), [`shift`](Table::shift), [`pause_shift`](Table::pause_shift), [`resume_shift`](Table::resume_shift),
///   [`hand_over`](Table::hand_over), [`shift_sums`](Table::shift_sums), [`end_shift`](Table::end_shift),
///   [`closed_shifts`](Table::closed_shifts), [`report`](Table::report), [`begin_visit`](Table::begin_visit),
///   [`end_visit`](Table::end_visit)
/// - the kiosk: [`set_pin`](Table::set_pin), [`reset_pin`](Table::reset_pin), [`check_pin`](Table::check_pin),
///   [`check_hand_over`](Table::check_hand_over), [`begin_practice`](Table::begin_practice),
///   [`end_practice`](Table::end_practice), [`is_practising`](Table::is_practising)
/// - signing: [`check`](Table::check), [`make_ready`](Table::make_ready), [`forget_ready`](Table::forget_ready), [`sign`](Table::sign)
/// - notes: [`newest`](Table::newest), [`strike`](Table::strike)
/// - paper: [`next_heading`](Table::next_heading), [`open_sheet`](Table::open_sheet), [`sheet`](Table::sheet),
///   [`set_line`](Table::set_line), [`close_sheet`](Table::close_sheet), [`drop_sheet`](Table::drop_sheet),
///   [`add_picture`](Table::add_picture), [`picture`](Table::picture), [`remove_picture`](Table::remove_picture)
/// - counts: [`counts`](Table::counts), [`saved_today`](Table::saved_today), [`goal`](Table::goal), [`recommended`](Table::recommended),
///   [`accept_tally`](Table::accept_tally)
/// - the log: [`logs`](Table::logs), [`next_batch`](Table::next_batch), [`accept_receipt`](Table::accept_receipt),
///   [`rewind`](Table::rewind), [`start_generation`](Table::start_generation), [`leave_fork`](Table::leave_fork),
///   [`carry`](Table::carry), [`look_at`](Table::look_at); [`sending`](crate::sending) brings it to the endpoint
/// - the disk: [`room`](Table::room), [`make_room`](crate::make_room)
pub struct Table {
    pub(crate) storage: Lockbox,
    pub(crate) device: Seed,
    pub(crate) kit: OpenKit,
    pub(crate) about: KitAbout,
    pub(crate) id: Uuid,
    pub(crate) label: String,
    pub(crate) works_by: WorksBy,
    /// What updates replaced or ended, for the visit that had begun by then.
    pub(crate) shown_before: Vec<Petition>,
    pub(crate) news: Vec<News>,
    /// The code of why the last update was not taken.
    pub(crate) update_fault: Option<&'static str>,
    /// The generation that it appends to.
    pub(crate) log: generation::Row,
    /// Those before, oldest first.
    pub(crate) older: Vec<generation::Row>,
    /// What was appended again in a later generation.
    pub(crate) runs: Vec<again::Run>,
    pub(crate) shift: Option<Shift>,
    pub(crate) tally: Option<Signed<Tally>>,
    /// What the next signature needs, while a person types.
    pub(crate) ready: Option<Ready>,
    /// Seconds by which this computer's clock was ahead of the endpoint's at the last receipt.
    pub(crate) clock_ahead: Option<i64>,
}

impl Table {
    /// The version of the schema that an open one has.
    pub const SCHEMA_VERSION: usize = SCHEMA.steps.len();

    /// Whether there is a table in a folder.
    pub fn exists(folder: &Path) -> bool {
        SCHEMA.exists(folder)
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

    pub(crate) fn from_parts(
        storage: Lockbox,
        device: Seed,
        kit: OpenKit,
        row: kit::Row,
    ) -> Result<Self, TableError> {
        let of_kit = WorksBy::kit(&kit)?;
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
            log.erased = erased::get(&storage.connection, log.generation)?;
            log.is_ours = origin.device_key(&device).verifier() == &log.device;
        }
        let log = older.pop().ok_or(TableError::Damaged)?;
        let runs = again::list(&storage.connection)?;
        let shift = shift::find_running(&storage.connection)?;
        // A kept tally that does not hold is none: the next one comes from the endpoint, and nobody is kept from signing.
        let tally = tally::find(&storage.connection)?
            .and_then(|note| Signed::verify_root(&note, about.campaign, &kit.campaign.body.root).ok());
        let kept = update::find(&storage.connection)?;
        // As with the tally: one that does not hold is none.
        let updated = kept.as_ref().and_then(|kept| {
            let found = OpenUpdate::verify(&kept.note, about.campaign, &kit.campaign.body.root).ok()?;
            WorksBy::updated(&kit, &found).ok().filter(|updated| updated.update > kit.update)
        });
        let news = kept.and_then(|kept| serde_json::from_str(&kept.news).ok()).unwrap_or_default();
        let mut table = Self {
            storage,
            device,
            kit,
            about,
            id: row.table,
            label: row.label,
            works_by: updated.unwrap_or(of_kit),
            shown_before: Vec::new(),
            news,
            update_fault: None,
            log,
            older,
            runs,
            shift,
            tally,
            ready: None,
            clock_ahead: None,
        };
        table.work_by_certificate();
        Ok(table)
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

    /// Its petitions, in the organizer's order, those that have ended too.
    pub fn petitions(&self) -> &[Petition] {
        &self.works_by.petitions
    }

    /// One of its petitions, with its newest text.
    pub fn petition(&self, id: Uuid) -> Option<&Petition> {
        self.petitions().iter().find(|petition| petition.id() == id)
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
