//! Closing a sheet: its lines are compared with its own total and sealed, all or none.

use jiff::{civil, tz::Offset};
use petition::{Draft, Facts, Method, NoteAbout, PaperLine, Petition, SheetNote, WORDS_MAX_BYTES};
use rand::CryptoRng;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::line::SheetLine;
use crate::{
    error::TableError,
    random::random_uuid,
    signing::{Marker, Sealed},
    storage::{
        entry, line, picture,
        sheet::{self, Sums},
    },
    table::Table,
};

/// What a volunteer says when a sheet is done.
#[derive(Clone, Debug, Default, Deserialize, TS)]
pub struct SheetEnd {
    /// How many signatures the sheet itself says that it has; none where it says nothing.
    pub total: Option<u32>,
    /// Why that is another number than was found; empty where it is not.
    pub explanation: String,
}

/// A sheet that is closed: all of it is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SheetClosed {
    /// The sheet's number.
    pub number: u32,
    /// Lines that are signatures now.
    pub entered: u64,
    /// Lines with nothing.
    pub blank: u64,
    /// Lines struck out on the paper.
    pub struck: u64,
    /// Lines that nobody can read.
    pub illegible: u64,
    /// How many signatures the sheet itself says that it has.
    pub total: Option<u32>,
}

impl Table {
    /// Seals the lines of the sheet that is being typed, and a note of its sums, and saves all of them at once, or none.
    /// Nothing that was typed is left in clear afterwards.
    ///
    /// The sheet's own total is compared with what is entered and illegible: what was struck out or left blank is no
    /// signature. Where they differ, an explanation is asked for.
    ///
    /// Errors: [`TableError::NoSheet`], [`TableError::NoShift`], [`TableError::Paused`], [`TableError::NoLine`], [`TableError::LineUnready`],
    /// [`TableError::SheetDiffers`], [`TableError::ExplanationLong`].
    pub fn close_sheet(
        &mut self,
        end: &SheetEnd,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<SheetClosed, TableError> {
        let row = self.get_sheet()?;
        let shift = self.collecting()?.id;
        let petition = self.text_of(row.petition, row.version)?;
        let lines = self.lines(&row)?;
        if lines.is_empty() {
            return Err(TableError::NoLine);
        }
        if let Some((line, _)) = lines.iter().find(|(_, line)| !line.problems(petition).is_empty()) {
            return Err(TableError::LineUnready { line: *line });
        }
        let sums = sums_of(&lines);
        let explanation = end.explanation.trim();
        if explanation.len() > WORDS_MAX_BYTES {
            return Err(TableError::ExplanationLong);
        }
        let found = sums.entered + sums.illegible;
        if let Some(total) = end.total.filter(|total| u64::from(*total) != found && explanation.is_empty()) {
            return Err(TableError::SheetDiffers { total, found });
        }
        let marker = Marker::of(&self.storage.connection, rng)?;
        let mut sealed = Vec::new();
        for (number, line) in &lines {
            if let SheetLine::Entered { draft, .. } = line {
                let id = random_uuid(rng);
                let on_paper = PaperLine { sheet: row.number, line: *number };
                let line = self.seal_line(draft, petition, (&row, on_paper, id), now, rng)?;
                sealed.push(Sealed { row: line, mark: Some(marker.mark(id)?) });
            }
        }
        let note = SheetNote {
            petition: row.petition,
            number: row.number,
            day: noon(&row)?,
            entered: sums.entered,
            blank: sums.blank,
            struck: sums.struck,
            illegible: sums.illegible,
            total: end.total,
            explanation: Some(explanation.to_owned()).filter(|explanation| !explanation.is_empty()),
        };
        sealed.extend(self.seal_pictures(&row, now, rng)?);
        sealed.push(self.seal_note(NoteAbout::Sheet(note), now, rng)?);
        self.append(&sealed, |transaction| {
            line::delete_all(transaction, row.id)?;
            picture::delete_all(transaction, row.id)?;
            sheet::set_closed(transaction, row.id, (lines.len() as u64, sums), (shift, now))
        })?;
        self.forget_typed_lines();
        let Sums { entered, blank, struck, illegible } = sums;
        Ok(SheetClosed { number: row.number, entered, blank, struck, illegible, total: end.total })
    }

    fn seal_line(
        &self,
        draft: &Draft,
        petition: &Petition,
        (sheet, on_paper, id): (&sheet::Row, PaperLine, Uuid),
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<entry::Row, TableError> {
        let shift = self.shift.as_ref().ok_or(TableError::NoShift)?;
        let facts = Facts {
            id,
            signed_at: noon(sheet)?,
            method: Method::Paper,
            shift: Some(petition::Shift {
                id: shift.uuid,
                place: sheet.place.clone(),
                volunteer: sheet.volunteer.clone(),
            }),
            // Who signed on paper has no slip to read it from.
            withdrawal_code: None,
            paper: Some(on_paper),
        };
        let unready = |_| TableError::LineUnready { line: on_paper.line };
        let signature = draft.sign(petition, facts, true).map_err(unready)?;
        let content = signature.to_cbor().map_err(|_| TableError::Sealing)?;
        self.seal(&content, petition.id(), now, rng)
    }
}

/// A sheet tells the day and no hour: noon, UTC.
fn noon(sheet: &sheet::Row) -> Result<u64, TableError> {
    let noon = Offset::UTC.to_timestamp(sheet.day.to_datetime(civil::time(12, 0, 0, 0)));
    let noon = noon.map_err(|_| TableError::SheetDay)?;
    u64::try_from(noon.as_second()).map_err(|_| TableError::SheetDay)
}

fn sums_of(lines: &[(u32, SheetLine)]) -> Sums {
    let mut sums = Sums::default();
    for (_, line) in lines {
        *match line {
            SheetLine::Entered { .. } => &mut sums.entered,
            SheetLine::Blank => &mut sums.blank,
            SheetLine::Struck => &mut sums.struck,
            SheetLine::Illegible => &mut sums.illegible,
        } += 1;
    }
    sums
}
