//! A pause in a shift, and the table in other hands: each is told the organizer as it happens, and stands in the record.

use petition::{EventKind, NoteAbout, ShiftEvent};
use rand::CryptoRng;
use rusqlite::Transaction;

use super::names;
use crate::{
    error::TableError,
    storage::{record, shift},
    table::Table,
};

impl Table {
    /// Nobody signs until the shift goes on. Sending goes on.
    ///
    /// Errors: [`TableError::NoShift`], [`TableError::Paused`]; [`TableError::SheetOpen`] while a paper sheet is being typed.
    pub fn pause_shift(&mut self, now: i64, rng: &mut impl CryptoRng) -> Result<(), TableError> {
        self.collecting()?;
        if self.has_open_sheet()? {
            return Err(TableError::SheetOpen);
        }
        self.tell(event(EventKind::Paused), now, rng, |_, _| Ok(()))?;
        self.set_paused(Some(now));
        Ok(())
    }

    /// People sign again.
    ///
    /// Errors: [`TableError::NoShift`], [`TableError::NotPaused`].
    pub fn resume_shift(&mut self, now: i64, rng: &mut impl CryptoRng) -> Result<(), TableError> {
        let shift = self.shift.as_ref().ok_or(TableError::NoShift)?;
        shift.paused_at.ok_or(TableError::NotPaused)?;
        self.tell(event(EventKind::Resumed), now, rng, |_, _| Ok(()))?;
        self.set_paused(None);
        Ok(())
    }

    /// The table goes into other hands: who gives and who takes, and the numbers on the seals of laptop and stick. What is signed from now
    /// on is of the volunteer who takes it.
    ///
    /// Errors: [`TableError::NoShift`], [`TableError::TwoNames`], [`TableError::VolunteerLong`], [`TableError::SealLong`].
    pub fn hand_over(
        &mut self,
        (gives, takes): (&str, &str),
        (laptop_seal, stick_seal): (&str, &str),
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<(), TableError> {
        let (Some(gives), Some(takes)) = (names::name(gives)?, names::name(takes)?) else {
            return Err(TableError::TwoNames);
        };
        let event = ShiftEvent {
            gives: Some(gives),
            takes: Some(takes.clone()),
            laptop_seal: names::seal(laptop_seal)?,
            stick_seal: names::seal(stick_seal)?,
            ..event(EventKind::HandedOver)
        };
        self.tell(event, now, rng, |transaction, shift| shift::set_volunteer(transaction, shift, &takes))?;
        if let Some(shift) = &mut self.shift {
            shift.volunteer = takes;
        }
        Ok(())
    }

    /// Tells an event, and keeps it with what `more` writes: all or nothing.
    fn tell(
        &mut self,
        event: ShiftEvent,
        now: i64,
        rng: &mut impl CryptoRng,
        more: impl FnOnce(&Transaction<'_>, i64) -> rusqlite::Result<()>,
    ) -> Result<(), TableError> {
        let shift = self.shift.as_ref().ok_or(TableError::NoShift)?.id;
        let kind = match event.what {
            EventKind::Paused => record::PAUSED,
            EventKind::Resumed => record::RESUMED,
            EventKind::HandedOver => record::HANDED_OVER,
        };
        let so_far = self.counts()?.this_shift;
        let note = self.note(NoteAbout::Event(ShiftEvent { so_far, ..event }), now, rng)?;
        let cbor = note.to_cbor().map_err(|_| TableError::Sealing)?;
        let sealed = self.seal_written(&cbor, now, rng)?;
        let kept = record::Row {
            shift,
            kind: kind.to_owned(),
            at: now,
            cbor: cbor.to_vec(),
            checkpoint: None,
            receipt: None,
        };
        self.append(&[sealed], |transaction| {
            record::insert(transaction, &kept)?;
            more(transaction, shift)
        })
    }

    fn set_paused(&mut self, since: Option<i64>) {
        if let Some(shift) = &mut self.shift {
            shift.paused_at = since;
        }
    }
}

fn event(what: EventKind) -> ShiftEvent {
    ShiftEvent { what, so_far: 0, gives: None, takes: None, laptop_seal: None, stick_seal: None }
}
