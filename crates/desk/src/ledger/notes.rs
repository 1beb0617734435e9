//! What tables told the organizer beside signatures.

use petition::{Note, NoteAbout, SheetNote, Strike, StrikeReason};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

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
    pub about: About,
}

/// What a note says.
#[derive(Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(rename = "NoteAbout")]
pub enum About {
    /// A signature was plainly no one's.
    Strike {
        /// The generation of its place in the table's log.
        generation: u32,
        /// The index in it.
        index: u64,
        /// Why.
        reason: StrikeReason,
        /// The same in the volunteer's words, if there are any.
        words: Option<String>,
    },
    /// A paper sheet was closed.
    Sheet {
        /// What was signed on it.
        petition: Uuid,
        /// Its number.
        number: u32,
        /// Its day: noon, UTC, Unix seconds.
        day: u64,
        /// Lines that are signatures.
        entered: u64,
        /// Lines with nothing.
        blank: u64,
        /// Lines struck out on the paper.
        struck: u64,
        /// Lines that nobody can read.
        illegible: u64,
        /// How many signatures the sheet itself says that it has.
        total: Option<u32>,
        /// Why that is another number than was found.
        explanation: Option<String>,
    },
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
            Ok(TableNote {
                table: row.table,
                at: note.written_at,
                place: note.shift.place.clone(),
                volunteer: note.shift.volunteer.clone(),
                about: About::of(note.about),
            })
        });
        notes.collect()
    }
}

impl About {
    fn of(about: NoteAbout) -> Self {
        match about {
            NoteAbout::Strike(Strike { generation, index, reason, words, .. }) => {
                Self::Strike { generation, index, reason, words }
            }
            NoteAbout::Sheet(SheetNote {
                petition,
                number,
                day,
                entered,
                blank,
                struck,
                illegible,
                total,
                explanation,
            }) => {
                Self::Sheet { petition, number, day, entered, blank, struck, illegible, total, explanation }
            }
        }
    }
}
