//! The report of a shift that was closed: its record, and what has been received since.

use petition::{Closing, LogPlace, Note, NoteAbout, ShiftEvent, Sum};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    error::TableError,
    storage::{
        record,
        shift::{self, Shift},
    },
    table::Table,
};

/// So many closed shifts are listed.
const NEWEST: usize = 30;

/// The report of a shift that was closed.
#[derive(Clone, Serialize, TS)]
pub struct ShiftReport {
    /// Which.
    pub shift: ClosedShift,
    /// What it collected, by petition and method.
    pub petitions: Vec<ShiftPetition>,
    /// What happened in it, oldest first.
    pub events: Vec<RecordedEvent>,
    /// Its record.
    pub closing: Closing,
    /// The sums of the record that do not agree.
    pub differing: Vec<Sum>,
    /// Signatures of it that are covered by no receipt now.
    pub not_received: u64,
    /// The signed head of the log, with the record in it.
    pub checkpoint: String,
    /// The endpoint's receipt on it, once there is one.
    pub receipt: Option<String>,
    /// A receipt covers the record: this one, or one on a later head.
    pub is_received: bool,
}

/// A shift that was closed.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ClosedShift {
    /// Which.
    pub id: Uuid,
    /// Where.
    pub place: String,
    /// Name or initials of the volunteer who had it at the end; may be empty.
    pub volunteer: String,
    /// Unix seconds.
    pub started_at: i64,
    /// Unix seconds.
    pub ended_at: i64,
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

/// Something that happened in a shift.
#[derive(Clone, Serialize, TS)]
pub struct RecordedEvent {
    /// When, Unix seconds.
    pub at: i64,
    /// What.
    pub event: ShiftEvent,
}

impl Table {
    /// The newest of the shifts that were closed with a record, newest first.
    pub fn closed_shifts(&self) -> Result<Vec<ClosedShift>, TableError> {
        let closings = record::list_closings(&self.storage.connection, NEWEST)?;
        closings.iter().map(|kept| self.closed_shift(kept)).collect()
    }

    /// The report of a closed shift; the last one where none is named.
    ///
    /// Errors: [`TableError::NoReport`].
    pub fn report(&self, shift: Option<Uuid>) -> Result<ShiftReport, TableError> {
        let closings = record::list_closings(&self.storage.connection, NEWEST)?;
        for kept in closings {
            let is_it = match shift {
                Some(id) => self.closed_shift(&kept)?.id == id,
                None => true,
            };
            if is_it {
                return self.report_of(kept.shift);
            }
        }
        Err(TableError::NoReport)
    }

    pub(super) fn report_of(&self, shift: i64) -> Result<ShiftReport, TableError> {
        let (mut events, mut found) = (Vec::new(), None);
        for kept in record::list(&self.storage.connection, shift)? {
            let note = Note::from_cbor(&kept.cbor).map_err(|_| TableError::Damaged)?;
            match note.about {
                NoteAbout::Event(event) => events.push(RecordedEvent { at: kept.at, event }),
                NoteAbout::Closing(closing) => found = Some((kept, *closing)),
                NoteAbout::Strike(_) | NoteAbout::Sheet(_) | NoteAbout::Picture(_) => {}
            }
        }
        let (kept, closing) = found.ok_or(TableError::NoReport)?;
        let checkpoint = kept.checkpoint.clone().ok_or(TableError::Damaged)?;
        let (receipt, is_received) = self.receipt_of(&kept, closing.place)?;
        let not_received = match &closing.opening {
            Some(opening) => self.waiting_since(opening.place, closing.place)?,
            None if is_received => 0,
            None => closing.signatures.waiting,
        };
        Ok(ShiftReport {
            shift: self.closed_shift(&kept)?,
            petitions: self.by_method(shift)?,
            events,
            differing: closing.differing(),
            closing,
            not_received,
            checkpoint,
            receipt,
            is_received,
        })
    }

    fn closed_shift(&self, kept: &record::Row) -> Result<ClosedShift, TableError> {
        let Shift { uuid, place, volunteer, started_at, .. } =
            shift::get(&self.storage.connection, kept.shift)?;
        Ok(ClosedShift { id: uuid, place, volunteer, started_at, ended_at: kept.at })
    }

    /// The receipt on the head with a record in it, which is kept from when it is there; and whether any receipt covers the record.
    fn receipt_of(&self, kept: &record::Row, before: LogPlace) -> Result<(Option<String>, bool), TableError> {
        if kept.receipt.is_some() {
            return Ok((kept.receipt.clone(), true));
        }
        let Some(log) = self.find_log(before.generation) else { return Ok((None, false)) };
        // The record itself is an entry.
        let size = before.size + 1;
        let receipt = log.receipt.clone().filter(|_| log.received.size() == size);
        if let Some(receipt) = &receipt {
            record::set_receipt(&self.storage.connection, kept.shift, receipt)?;
        }
        Ok((receipt, log.received.size() >= size))
    }

    fn by_method(&self, shift: i64) -> Result<Vec<ShiftPetition>, TableError> {
        let mut petitions = Vec::new();
        for petition in self.petitions() {
            let (_, _, sums) = self.paper_sums(shift, petition.id())?;
            petitions.push(ShiftPetition {
                petition: petition.id(),
                title: petition.title().to_owned(),
                kiosk: self.saved_in(petition.id(), shift)?.saturating_sub(sums.entered),
                paper: sums.entered,
            });
        }
        Ok(petitions)
    }
}
