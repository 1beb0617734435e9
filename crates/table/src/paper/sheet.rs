//! The sheet that is being typed.

use jiff::{Timestamp, ToSpan, civil::Date, tz::Offset};
use petition::{Petition, PetitionText};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::{
    line::{KeptLine, SheetLine},
    picture::KeptPicture,
};
use crate::{
    error::TableError,
    shifts::names::place_and_volunteer,
    storage::{line, picture, sheet},
    table::Table,
};

/// The most lines of a sheet.
const LINES_MAX: u32 = 200;
/// Nobody brings a sheet that is older.
const FIRST_DAY: Date = jiff::civil::date(2000, 1, 1);

/// What stands over the lines of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SheetHeading {
    /// What was signed.
    pub petition: Uuid,
    /// The version of its text that is on the paper; none: the newest.
    #[serde(default)]
    pub version: Option<u32>,
    /// The language of the text that is on the paper, as its source writes it; none: the original's.
    #[serde(default)]
    pub language: Option<String>,
    /// The sheet's number, from 1.
    pub number: u32,
    /// The day on which it was signed, as in `2026-11-27`.
    pub day: String,
    /// Where.
    pub place: String,
    /// Who collected, by name or initials; may be empty.
    pub volunteer: String,
}

/// The sheet that is being typed.
#[derive(Clone, Serialize, TS)]
pub struct OpenSheet {
    /// What stands over its lines.
    pub heading: SheetHeading,
    /// Its lines, from the first.
    pub lines: Vec<KeptLine>,
    /// Its pictures, in order.
    pub pictures: Vec<KeptPicture>,
}

impl Table {
    /// What the next sheet would have over its lines: what the last one of the shift had, with the next number. The first one of
    /// a shift has the shift's place and volunteer, and `today`.
    ///
    /// Errors: [`TableError::NoShift`].
    pub fn next_heading(&self, today: Date) -> Result<SheetHeading, TableError> {
        let shift = self.shift.as_ref().ok_or(TableError::NoShift)?;
        let last =
            sheet::find_last(&self.storage.connection)?.filter(|last| self.petition(last.petition).is_some());
        let number = last.as_ref().map_or(1, |last| last.number.saturating_add(1));
        let same_shift = last.as_ref().is_some_and(|last| last.shift == shift.id);
        Ok(match last {
            Some(last) if same_shift => SheetHeading { number, ..heading_of(last) },
            last => {
                let known = self.petitions().iter().map(Petition::id);
                let petition = last
                    .map(|last| last.petition)
                    .or_else(|| known.clone().find(|id| !self.is_ended(*id)))
                    .or_else(|| known.clone().next())
                    .unwrap_or_default();
                SheetHeading {
                    petition,
                    version: self.petition(petition).map(Petition::version),
                    language: None,
                    number,
                    day: today.to_string(),
                    place: shift.place.clone(),
                    volunteer: shift.volunteer.clone(),
                }
            }
        })
    }

    /// Begins a sheet, at a time (Unix seconds).
    ///
    /// Errors: [`TableError::NoShift`], [`TableError::Paused`], [`TableError::SheetOpen`], [`TableError::SheetKnown`],
    /// [`TableError::SheetNumber`], [`TableError::SheetDay`], [`TableError::NoPetition`], [`TableError::NoTranslation`]; of place and volunteer what
    /// [`Table::start_shift`] says.
    pub fn open_sheet(&mut self, heading: &SheetHeading, now: i64) -> Result<(), TableError> {
        let shift = self.collecting()?;
        let petition = self.text_of(heading.petition, heading.version)?;
        let version = petition.version();
        if heading.language.as_ref().is_some_and(|language| petition.text_in(language).is_none()) {
            return Err(TableError::NoTranslation);
        }
        let (place, volunteer) = place_and_volunteer(&heading.place, &heading.volunteer)?;
        if heading.number == 0 {
            return Err(TableError::SheetNumber);
        }
        let db = &self.storage.connection;
        if sheet::find_open(db)?.is_some() {
            return Err(TableError::SheetOpen);
        }
        if sheet::exists(db, heading.petition, heading.number)? {
            return Err(TableError::SheetKnown);
        }
        let row = sheet::Row {
            id: 0,
            petition: heading.petition,
            version: Some(version),
            text_language: heading.language.clone(),
            number: heading.number,
            day: self.day_of(&heading.day, now)?,
            place,
            volunteer,
            shift: shift.id,
        };
        sheet::insert(db, &row)?;
        Ok(())
    }

    /// Whether a sheet is being typed.
    pub(crate) fn has_open_sheet(&self) -> Result<bool, TableError> {
        Ok(sheet::find_open(&self.storage.connection)?.is_some())
    }

    /// The sheet that is being typed, with its lines.
    pub fn sheet(&self) -> Result<Option<OpenSheet>, TableError> {
        let Some(row) = sheet::find_open(&self.storage.connection)? else { return Ok(None) };
        let petition = self.text_of(row.petition, row.version)?;
        let lines = self.lines(&row)?.into_iter().map(|(number, line)| line.told(number, petition));
        let pictures = self.pictures(&row)?;
        Ok(Some(OpenSheet { lines: lines.collect(), pictures, heading: heading_of(row) }))
    }

    /// Keeps a line of the sheet that is being typed, in the place of what was there: the next one, or one before.
    /// Says what keeps the sheet from being closed with it. What a draft says of its id, petition and text is left out: a
    /// signature gets its id when the sheet is closed, and the rest is the sheet's.
    ///
    /// Errors: [`TableError::NoSheet`], [`TableError::LineNumber`].
    pub fn set_line(&mut self, number: u32, mut line: SheetLine) -> Result<KeptLine, TableError> {
        let row = self.get_sheet()?;
        let petition = self.text_of(row.petition, row.version)?;
        let text = row.text_language.as_deref().and_then(|language| petition.text_in(language));
        let text_hash = text.map(PetitionText::hash_hex).unwrap_or_default();
        let last = line::find_last(&self.storage.connection, row.id)?.unwrap_or(0);
        if number == 0 || number > LINES_MAX || number > last + 1 {
            return Err(TableError::LineNumber);
        }
        if let SheetLine::Entered { draft, .. } = &mut line {
            draft.id = None;
            draft.petition = row.petition;
            draft.text_hash = text_hash;
        }
        let told = line.told(number, petition);
        line::set(&self.storage.connection, row.id, &told.line.to_row(number)?)?;
        Ok(told)
    }

    /// Forgets the sheet that is being typed, with all of its lines and pictures: nothing of it is saved.
    ///
    /// Errors: [`TableError::NoSheet`].
    pub fn drop_sheet(&mut self) -> Result<(), TableError> {
        let row = self.get_sheet()?;
        let transaction = self.storage.connection.transaction()?;
        line::delete_all(&transaction, row.id)?;
        picture::delete_all(&transaction, row.id)?;
        sheet::delete(&transaction, row.id)?;
        transaction.commit()?;
        self.forget_typed_lines();
        Ok(())
    }

    pub(super) fn get_sheet(&self) -> Result<sheet::Row, TableError> {
        sheet::find_open(&self.storage.connection)?.ok_or(TableError::NoSheet)
    }

    pub(super) fn lines(&self, row: &sheet::Row) -> Result<Vec<(u32, SheetLine)>, TableError> {
        line::list(&self.storage.connection, row.id)?
            .iter()
            .map(|row| Ok((row.number, SheetLine::from_row(row)?)))
            .collect()
    }

    /// What was typed stands in the write-ahead log until it is written over: it is emptied.
    pub(super) fn forget_typed_lines(&self) {
        if let Err(error) = self.storage.empty_log() {
            let error = TableError::from(error);
            tracing::warn!(code = error.code(), "the write-ahead log could not be emptied");
        }
    }

    /// The day on a sheet: not before this century, and not after tomorrow. A clock before the kit's own date says
    /// nothing of tomorrow.
    fn day_of(&self, day: &str, now: i64) -> Result<Date, TableError> {
        let day: Date = day.parse().map_err(|_| TableError::SheetDay)?;
        let now = Timestamp::from_second(now.max(self.about.made_at)).map_err(|_| TableError::SheetDay)?;
        let tomorrow = Offset::UTC.to_datetime(now).date().saturating_add(1.day());
        if (FIRST_DAY..=tomorrow).contains(&day) { Ok(day) } else { Err(TableError::SheetDay) }
    }
}

fn heading_of(row: sheet::Row) -> SheetHeading {
    SheetHeading {
        petition: row.petition,
        version: row.version,
        language: row.text_language,
        number: row.number,
        day: row.day.to_string(),
        place: row.place,
        volunteer: row.volunteer,
    }
}
