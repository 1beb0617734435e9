//! A shift is closed, once: by a record that checks itself, is kept here, and is told the organizer under seal.

use petition::{Closing, Explained, NoteAbout, SheetCounts, Sum};
use rand::CryptoRng;
use serde::Deserialize;
use ts_rs::TS;

use super::{names, report::ShiftReport};
use crate::{
    error::TableError,
    storage::{record, shift},
    table::Table,
};

/// What is said as a shift ends. All of it may be left out where the sums agree.
#[derive(Clone, Debug, Default, Deserialize, TS)]
#[serde(default)]
pub struct ShiftClose {
    /// Paper sheets as the volunteer counts them; none where there were none.
    pub sheets: Option<SheetCounts>,
    /// Why sums differ.
    pub explained: Explained,
    /// The other person who is there.
    pub witness: String,
    /// The number on the laptop's seal.
    pub laptop_seal: String,
    /// The number on the stick's seal.
    pub stick_seal: String,
}

impl Table {
    /// Ends the shift at a time (Unix seconds): its record is kept and told the organizer, in one transaction with its end. It is never
    /// opened again: whoever goes on starts another shift.
    ///
    /// Errors: [`TableError::NoShift`]; [`TableError::SheetOpen`] as long as a paper sheet is being typed;
    /// [`TableError::SumsDiffer`] where sums differ and nobody says why; those of names, seals and explanations.
    pub fn end_shift(
        &mut self,
        close: &ShiftClose,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<ShiftReport, TableError> {
        let id = self.shift.as_ref().ok_or(TableError::NoShift)?.id;
        if self.has_open_sheet()? {
            return Err(TableError::SheetOpen);
        }
        let closing = Closing {
            explained: explained(&close.explained)?,
            witness: names::name(&close.witness)?,
            laptop_seal: names::seal(&close.laptop_seal)?,
            stick_seal: names::seal(&close.stick_seal)?,
            ..self.shift_sums(close.sheets, now)?
        };
        if let Some(sum) = closing.unexplained().first() {
            return Err(TableError::SumsDiffer { sum: *sum });
        }
        let note = self.note(NoteAbout::Closing(Box::new(closing)), now, rng)?;
        let cbor = note.to_cbor().map_err(|_| TableError::Sealing)?;
        let sealed = self.seal_written(&cbor, now, rng)?;
        let mut head = self.log.head.clone();
        head.push(sealed.row.leaf);
        let kept = record::Row {
            shift: id,
            kind: record::CLOSING.to_owned(),
            at: now,
            cbor: cbor.to_vec(),
            checkpoint: Some(self.signed_head(&head)?),
            receipt: None,
        };
        self.append(&[sealed], |transaction| {
            record::insert(transaction, &kept)?;
            shift::set_ended(transaction, id, now)
        })?;
        self.shift = None;
        self.report_of(id)
    }
}

fn explained(said: &Explained) -> Result<Option<Explained>, TableError> {
    let of = |sum: Sum| names::explanation(said.of(sum).unwrap_or_default());
    let explained = Explained {
        visits: of(Sum::Visits)?,
        signatures: of(Sum::Signatures)?,
        sheets: of(Sum::Sheets)?,
        lines: of(Sum::Lines)?,
    };
    Ok(Some(explained).filter(|explained| *explained != Explained::default()))
}
