//! A shift begins.

use petition::{Check, Checks};
use proof::Checkpoint;
use rand::CryptoRng;
use rusqlite::TransactionBehavior;
use serde::Deserialize;
use ts_rs::TS;

use super::{names, readiness::Around};
use crate::{
    error::TableError,
    random::random_uuid,
    storage::{
        opening, practice,
        shift::{self, Shift},
        visit::{self, VisitEnd},
    },
    table::Table,
};

/// What is said as a shift begins. All but the place may be left out.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
pub struct ShiftStart {
    /// Where.
    pub place: String,
    /// Name or initials of the volunteer.
    pub volunteer: String,
    /// The other person who is there.
    pub witness: String,
    /// The number on the laptop's seal.
    pub laptop_seal: String,
    /// The number on the stick's seal.
    pub stick_seal: String,
    /// Paper sheets that are handed out.
    pub issued: Option<u32>,
}

impl Table {
    /// Starts a shift of which nothing but place and volunteer is told: [`Table::open_shift`].
    pub fn start_shift(
        &mut self,
        place: &str,
        volunteer: &str,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<(), TableError> {
        let start =
            ShiftStart { place: place.to_owned(), volunteer: volunteer.to_owned(), ..ShiftStart::default() };
        self.open_shift(&start, Around::default(), now, rng)
    }

    /// Starts a shift at a time (Unix seconds), and keeps what was looked at before: `around` is what only the program around
    /// the table can know.
    ///
    /// What warns keeps nobody from starting. Refused is a shift while the table is practised at: what is signed then counts for
    /// nothing. The attempt is kept, and told the organizer.
    ///
    /// Errors: [`TableError::ShiftRuns`], [`TableError::PracticeOpen`], [`TableError::NoPlace`];
    /// [`TableError::PlaceLong`], [`TableError::VolunteerLong`] and [`TableError::SealLong`] for more than a note carries.
    pub fn open_shift(
        &mut self,
        start: &ShiftStart,
        around: Around,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<(), TableError> {
        if self.shift.is_some() {
            return Err(TableError::ShiftRuns);
        }
        if practice::is_open(&self.storage.connection)? {
            practice::add_refused(&self.storage.connection)?;
            tracing::warn!(code = TableError::PracticeOpen.code(), "a shift was refused");
            return Err(TableError::PracticeOpen);
        }
        let (place, volunteer) = names::place_and_volunteer(&start.place, &start.volunteer)?;
        let opening = self.opening(start, around, now)?;
        let mut shift =
            Shift { id: 0, uuid: random_uuid(rng), place, volunteer, started_at: now, paused_at: None };
        let transaction =
            self.storage.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        shift.id = shift::insert(&transaction, &shift)?;
        opening::insert(&transaction, shift.id, &opening)?;
        practice::forget_refused(&transaction)?;
        transaction.commit()?;
        self.shift = Some(shift);
        Ok(())
    }

    /// The running shift.
    pub fn shift(&self) -> Option<&Shift> {
        self.shift.as_ref()
    }

    /// The running shift, in which somebody may sign now.
    ///
    /// Errors: [`TableError::NoShift`], [`TableError::Paused`].
    pub(crate) fn collecting(&self) -> Result<&Shift, TableError> {
        let shift = self.shift.as_ref().ok_or(TableError::NoShift)?;
        if shift.paused_at.is_some() { Err(TableError::Paused) } else { Ok(shift) }
    }

    /// Counts a visit at the kiosk that begins, in the running shift.
    ///
    /// Errors: [`TableError::NoShift`].
    pub fn begin_visit(&mut self) -> Result<(), TableError> {
        let shift = self.shift.as_ref().ok_or(TableError::NoShift)?;
        Ok(visit::add_begun(&self.storage.connection, shift.id)?)
    }

    /// Counts a visit at the kiosk that has ended, in the running shift.
    ///
    /// Errors: [`TableError::NoShift`].
    pub fn end_visit(&mut self, end: VisitEnd) -> Result<(), TableError> {
        self.forget_shown_before();
        let shift = self.shift.as_ref().ok_or(TableError::NoShift)?;
        Ok(visit::add_one(&self.storage.connection, shift.id, end)?)
    }

    fn opening(&self, start: &ShiftStart, around: Around, now: i64) -> Result<opening::Row, TableError> {
        let place = self.log_place();
        let checks: Checks = self.checks(around, now)?;
        let given = |text: Option<String>| text.unwrap_or_default();
        let warned = [checks.clock, checks.disk, checks.battery, checks.kit, checks.texts, checks.log];
        if warned.contains(&Some(Check::Warned)) {
            tracing::info!("a shift began with a warning");
        }
        Ok(opening::Row {
            at: now,
            generation: place.generation,
            size: place.size,
            root: place.root,
            checkpoint: self.signed_head(&self.log.head)?,
            checks: serde_json::to_string(&checks).map_err(|_| TableError::Damaged)?,
            witness: given(names::name(&start.witness)?),
            laptop_seal: given(names::seal(&start.laptop_seal)?),
            stick_seal: given(names::seal(&start.stick_seal)?),
            issued: start.issued,
            refused: practice::refused(&self.storage.connection)?,
        })
    }

    /// A head of the log that it appends to, signed by the device.
    pub(crate) fn signed_head(&self, head: &proof::Frontier) -> Result<String, TableError> {
        let signed = Checkpoint::at(self.origin(), head).signed(&self.device_key());
        Ok(signed.map_err(|_| TableError::Damaged)?.to_string())
    }
}
