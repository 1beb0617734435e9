//! Notes to the organizer: sealed as signatures are, sent with them, and never counted (`docs/protocol.md` §5.3).

use std::collections::BTreeSet;

use petition::{Note, NoteAbout, Strike, StrikeReason, WORDS_MAX_BYTES};
use rand::CryptoRng;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    error::TableError,
    random::random_uuid,
    signing::Sealed,
    storage::{entry, struck},
    table::Table,
};

/// The petition of what is no signature.
pub(crate) const NONE: Uuid = Uuid::nil();
/// So many of a shift's newest signatures can be struck.
const NEWEST: usize = 100;

/// A signature of the running shift, by its place in the log: what it says, nobody at the table can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SavedPlace {
    /// The generation of the table's log.
    pub generation: u32,
    /// The index in it.
    pub index: u64,
    /// What was signed.
    pub petition: Uuid,
    /// Unix seconds, a whole minute.
    pub saved_at: i64,
    /// It is struck already.
    pub is_struck: bool,
}

impl Table {
    /// The newest signatures of the running shift, by their places, newest first.
    ///
    /// Errors: [`TableError::NoShift`].
    pub fn newest(&self) -> Result<Vec<SavedPlace>, TableError> {
        let shift = self.shift.as_ref().ok_or(TableError::NoShift)?.id;
        let db = &self.storage.connection;
        let newest = entry::list_newest(db, shift, self.log.generation, NEWEST)?;
        // What was appended again in a later generation is one signature.
        let mut seen = BTreeSet::new();
        let signatures = newest.into_iter().filter(|(.., row)| row.petition != NONE && seen.insert(row.leaf));
        let found = signatures.map(|(generation, index, row)| {
            Ok(SavedPlace {
                generation,
                index,
                petition: row.petition,
                saved_at: row.saved_at,
                is_struck: struck::exists(db, row.leaf)?,
            })
        });
        found.collect()
    }

    /// Tells the organizer that a signature of the running shift was plainly no one's, by its place. Nothing is removed: the
    /// organizer decides.
    ///
    /// Errors: [`TableError::NoShift`]; [`TableError::NoSuchPlace`] where there is none of this shift, or where it is struck
    /// already; [`TableError::ExplanationLong`].
    pub fn strike(
        &mut self,
        (generation, index): (u32, u64),
        reason: StrikeReason,
        words: &str,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<(), TableError> {
        let found =
            self.newest()?.into_iter().find(|saved| (saved.generation, saved.index) == (generation, index));
        found.filter(|saved| !saved.is_struck).ok_or(TableError::NoSuchPlace)?;
        let words = words.trim();
        if words.len() > WORDS_MAX_BYTES {
            return Err(TableError::ExplanationLong);
        }
        let leaf =
            entry::find_leaf(&self.storage.connection, generation, index)?.ok_or(TableError::Damaged)?;
        let strike = Strike {
            leaf: leaf.0,
            generation,
            index,
            reason,
            words: Some(words.to_owned()).filter(|words| !words.is_empty()),
        };
        let note = self.seal_note(NoteAbout::Strike(strike), now, rng)?;
        self.append(&[note], |transaction| struck::insert(transaction, leaf))
    }

    /// A note of the running shift, sealed.
    pub(crate) fn seal_note(
        &self,
        about: NoteAbout,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Sealed, TableError> {
        let shift = self.shift.as_ref().ok_or(TableError::NoShift)?;
        let minute = now - now.rem_euclid(60);
        let note = Note {
            id: random_uuid(rng),
            written_at: minute.max(0).unsigned_abs(),
            shift: petition::Shift {
                id: shift.uuid,
                place: shift.place.clone(),
                volunteer: shift.volunteer.clone(),
            },
            about,
        };
        let content = note.to_cbor().map_err(|_| TableError::Sealing)?;
        let envelope = self.seal_content(&content, NONE, now, rng)?;
        let row = entry::Row {
            petition: NONE,
            shift: shift.id,
            saved_at: minute,
            leaf: proof::leaf_hash(&envelope),
            envelope,
        };
        Ok(Sealed { row, mark: None })
    }
}
