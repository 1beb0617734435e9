//! What is looked at before a shift begins. Most of it warns, and keeps nobody from beginning.

use petition::{Check, Checks, LogPlace, Note, NoteAbout};
use serde::Serialize;
use ts_rs::TS;

use crate::{
    error::TableError,
    kit::KitTime,
    storage::{practice, record},
    table::Table,
};

/// What only the program around a table can know; none where nobody looked.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around {
    /// Room on the disk.
    pub disk: Option<Check>,
    /// The battery.
    pub battery: Option<Check>,
    /// The endpoint, and the way to it. What the kit itself says of it comes first.
    pub endpoint: Option<Check>,
    /// The organizer has ended the table or its kit, by the endpoint's word.
    pub is_revoked: bool,
    /// The printer.
    pub printer: Option<Check>,
}

/// The log before a shift begins.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LogState {
    /// The generation.
    pub generation: u32,
    /// So many entries: signatures, and notes to the organizer.
    pub size: u64,
    /// Entries that came after the last closing record and are in no shift.
    pub in_no_shift: u64,
    /// The signed head of the log.
    pub checkpoint: String,
    /// How often a shift was refused since the last one began.
    pub refused: u32,
}

impl Table {
    /// What is looked at before a shift, at a time (Unix seconds).
    pub fn checks(&self, around: Around, now: i64) -> Result<Checks, TableError> {
        let warned_if = |is_wrong: bool| Some(if is_wrong { Check::Warned } else { Check::Good });
        let kit_time = self.kit_time(now);
        let texts = |petition: &petition::Petition| petition.body().is_empty();
        Ok(Checks {
            clock: warned_if(kit_time == KitTime::ClockBehind || self.clock_off().is_some()),
            disk: around.disk,
            battery: around.battery,
            kit: warned_if(kit_time == KitTime::Expired || around.is_revoked),
            texts: warned_if(self.petitions().is_empty() || self.petitions().iter().any(texts)),
            endpoint: if self.kit().endpoint.is_none() { Some(Check::NotNeeded) } else { around.endpoint },
            printer: around.printer,
            log: warned_if(self.in_no_shift()? > 0),
        })
    }

    /// The log before a shift begins.
    pub fn log_state(&self) -> Result<LogState, TableError> {
        let LogPlace { generation, size, .. } = self.log_place();
        Ok(LogState {
            generation,
            size,
            in_no_shift: self.in_no_shift()?,
            checkpoint: self.signed_head(&self.log.head)?,
            refused: practice::refused(&self.storage.connection)?,
        })
    }

    /// Where the log is.
    pub(crate) fn log_place(&self) -> LogPlace {
        let head = &self.log.head;
        LogPlace { generation: self.log.generation, size: head.size(), root: head.root().0 }
    }

    /// How many entries came after the last closing record. In another generation they are the same ones appended again.
    fn in_no_shift(&self) -> Result<u64, TableError> {
        let Some(last) = record::list_closings(&self.storage.connection, 1)?.pop() else { return Ok(0) };
        let note = Note::from_cbor(&last.cbor).map_err(|_| TableError::Damaged)?;
        let NoteAbout::Closing(closing) = note.about else { return Err(TableError::Damaged) };
        // The record itself is an entry.
        let (generation, size) = (closing.place.generation, closing.place.size + 1);
        let is_same = generation == self.log.generation && self.shift.is_none();
        Ok(if is_same { self.log.head.size().saturating_sub(size) } else { 0 })
    }
}
