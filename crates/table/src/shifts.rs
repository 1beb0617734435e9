//! Shifts: the work periods of a table.

use petition::{PLACE_MAX_BYTES, VOLUNTEER_MAX_BYTES};
use proof::Checkpoint;
use rand::CryptoRng;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    counts::Counts,
    error::TableError,
    random::random_uuid,
    storage::{
        sheet,
        shift::{self, Shift},
        visit::{self, VisitEnd, Visits},
    },
    table::Table,
};

/// The end of a shift.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ShiftEnd {
    /// Which.
    pub shift: Shift,
    /// Unix seconds.
    pub ended_at: i64,
    /// Saved in it.
    pub saved: u64,
    /// The same by petition and method.
    pub petitions: Vec<ShiftPetition>,
    /// How the visits at the kiosk ended.
    pub visits: Visits,
    /// The paper sheets that were closed in it.
    pub sheets: ShiftSheets,
    /// Of the whole table, covered by no receipt yet.
    pub not_received: u64,
    /// The signed head of the log.
    pub checkpoint: String,
    /// The endpoint's receipt on it, where all is received.
    pub receipt: Option<String>,
}

/// What a shift collected of a petition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ShiftPetition {
    /// Which.
    pub petition: Uuid,
    /// Its title.
    pub title: String,
    /// Signed at the kiosk.
    pub kiosk: u64,
    /// Entered from paper.
    pub paper: u64,
}

/// The paper sheets of a shift, and their lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct ShiftSheets {
    /// Sheets that were closed.
    pub sheets: u64,
    /// Lines that are signatures.
    pub entered: u64,
    /// Lines with nothing.
    pub blank: u64,
    /// Lines struck out on the paper.
    pub struck: u64,
    /// Lines that nobody can read.
    pub illegible: u64,
}

impl Table {
    /// Starts a shift at a place, at a time (Unix seconds).
    ///
    /// Errors: [`TableError::ShiftRuns`], [`TableError::NoPlace`]; [`TableError::PlaceLong`] and
    /// [`TableError::VolunteerLong`] for more than a signature carries.
    pub fn start_shift(
        &mut self,
        place: &str,
        volunteer: &str,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<(), TableError> {
        if self.shift.is_some() {
            return Err(TableError::ShiftRuns);
        }
        let (place, volunteer) = place_and_volunteer(place, volunteer)?;
        let mut shift = Shift { id: 0, uuid: random_uuid(rng), place, volunteer, started_at: now };
        shift.id = shift::insert(&self.storage.connection, &shift)?;
        self.shift = Some(shift);
        Ok(())
    }

    /// The running shift.
    pub fn shift(&self) -> Option<&Shift> {
        self.shift.as_ref()
    }

    /// Ends the shift: its counts, the log's checkpoint, and the receipt if it covers all.
    ///
    /// Errors: [`TableError::NoShift`]; [`TableError::SheetOpen`] as long as a paper sheet is being typed.
    pub fn end_shift(&mut self, now: i64) -> Result<ShiftEnd, TableError> {
        let shift = self.shift.clone().ok_or(TableError::NoShift)?;
        if sheet::find_open(&self.storage.connection)?.is_some() {
            return Err(TableError::SheetOpen);
        }
        let counts = self.counts()?;
        let (petitions, sheets) = self.by_method(shift.id, &counts)?;
        let visits = visit::get(&self.storage.connection, shift.id)?;
        let checkpoint = Checkpoint::at(self.origin(), &self.log.head)
            .signed(&self.device_key())
            .map_err(|_| TableError::Damaged)?
            .to_string();
        let receipt = self.log.receipt.clone().filter(|_| counts.entries_waiting == 0);
        shift::set_ended(&self.storage.connection, shift.id, now)?;
        self.shift = None;
        Ok(ShiftEnd {
            shift,
            ended_at: now,
            saved: counts.this_shift,
            petitions,
            visits,
            sheets,
            not_received: counts.waiting,
            checkpoint,
            receipt,
        })
    }

    /// Counts a visit at the kiosk that has ended, in the running shift.
    ///
    /// Errors: [`TableError::NoShift`].
    pub fn end_visit(&mut self, end: VisitEnd) -> Result<(), TableError> {
        self.forget_shown_before();
        let shift = self.shift.as_ref().ok_or(TableError::NoShift)?;
        Ok(visit::add_one(&self.storage.connection, shift.id, end)?)
    }

    fn by_method(
        &self,
        shift: i64,
        counts: &Counts,
    ) -> Result<(Vec<ShiftPetition>, ShiftSheets), TableError> {
        let (mut petitions, mut all) = (Vec::new(), ShiftSheets::default());
        for petition in self.petitions() {
            let (sheets, sums) = sheet::sums_of_shift(&self.storage.connection, shift, petition.id())?;
            all.sheets += sheets;
            all.entered += sums.entered;
            all.blank += sums.blank;
            all.struck += sums.struck;
            all.illegible += sums.illegible;
            petitions.push(ShiftPetition {
                petition: petition.id(),
                title: petition.title().to_owned(),
                kiosk: counts.petition(petition.id()).this_shift.saturating_sub(sums.entered),
                paper: sums.entered,
            });
        }
        Ok((petitions, all))
    }
}

/// Place and volunteer, tidied, where a signature can carry all of them.
pub(crate) fn place_and_volunteer(place: &str, volunteer: &str) -> Result<(String, String), TableError> {
    let (place, volunteer) = (place.trim(), volunteer.trim());
    if place.is_empty() {
        return Err(TableError::NoPlace);
    }
    if !is_line(place, PLACE_MAX_BYTES) {
        return Err(TableError::PlaceLong);
    }
    if !is_line(volunteer, VOLUNTEER_MAX_BYTES) {
        return Err(TableError::VolunteerLong);
    }
    Ok((place.to_owned(), volunteer.to_owned()))
}

/// Whether a text is one line of so many bytes at the most.
fn is_line(text: &str, most: usize) -> bool {
    text.len() <= most && !text.chars().any(char::is_control)
}
