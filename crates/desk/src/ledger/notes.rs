//! What tables told the organizer beside signatures.

use petition::{Note, NoteAbout, Sum};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::pictures::SheetPicture;
use crate::{desk::Desk, error::DeskError, storage, view::View};

/// A note of a table.
#[derive(Serialize, TS)]
pub struct TableNote {
    /// Which table.
    pub table: Uuid,
    /// When it was written, Unix seconds, a whole minute.
    pub at: u64,
    /// Where, by the shift.
    pub place: String,
    /// Who ran the table; may be empty.
    pub volunteer: String,
    /// What it says.
    pub about: NoteAbout,
    /// Of a closing record, the sums that do not agree, by the numbers that stand in it.
    pub differing: Vec<Sum>,
    /// Of a sheet, its pictures.
    pub pictures: Vec<SheetPicture>,
}

impl Desk {
    /// What tables told the organizer beside signatures, oldest first.
    pub fn notes(&self) -> Result<Vec<TableNote>, DeskError> {
        self.view().notes()
    }
}

impl View<'_> {
    /// [`Desk::notes`].
    pub(crate) fn notes(self) -> Result<Vec<TableNote>, DeskError> {
        let rows = storage::note::list(self.db)?;
        let notes = rows.into_iter().map(|row| {
            let note = Note::from_cbor(&row.cbor).map_err(|_| DeskError::Damaged("note"))?;
            let differing = match &note.about {
                NoteAbout::Closing(closing) => closing.differing(),
                _ => Vec::new(),
            };
            let pictures = match &note.about {
                NoteAbout::Sheet(sheet) => self.pictures(row.table, sheet.petition, sheet.number)?,
                _ => Vec::new(),
            };
            Ok(TableNote {
                table: row.table,
                at: note.written_at,
                place: note.shift.place.clone(),
                volunteer: note.shift.volunteer.clone(),
                about: note.about,
                differing,
                pictures,
            })
        });
        notes.collect()
    }
}
