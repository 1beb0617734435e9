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
    signing::{Sealed, minute},
    storage::{
        entry::{self, Placed},
        struck,
    },
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
        let found = self.newest_signatures()?.into_iter().map(|placed| {
            Ok(SavedPlace {
                generation: placed.generation,
                index: placed.index,
                petition: placed.petition,
                saved_at: placed.saved_at,
                is_struck: struck::exists(&self.storage.connection, placed.leaf)?,
            })
        });
        found.collect()
    }

    fn newest_signatures(&self) -> Result<Vec<Placed>, TableError> {
        let shift = self.shift.as_ref().ok_or(TableError::NoShift)?.id;
        let mut newest = entry::list_newest(&self.storage.connection, shift, self.log.generation, NEWEST)?;
        // What was appended again in a later generation is one signature.
        let mut seen = BTreeSet::new();
        newest.retain(|placed| placed.petition != NONE && seen.insert(placed.leaf));
        Ok(newest)
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
        let mut newest = self.newest_signatures()?.into_iter();
        let found = newest.find(|placed| (placed.generation, placed.index) == (generation, index));
        let leaf = found.ok_or(TableError::NoSuchPlace)?.leaf;
        if struck::exists(&self.storage.connection, leaf)? {
            return Err(TableError::NoSuchPlace);
        }
        let words = words.trim();
        if words.len() > WORDS_MAX_BYTES {
            return Err(TableError::ExplanationLong);
        }
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
        let content = self.note(about, now, rng)?.to_cbor().map_err(|_| TableError::Sealing)?;
        self.seal_written(&content, now, rng)
    }

    /// A note of the running shift.
    pub(crate) fn note(
        &self,
        about: NoteAbout,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Note, TableError> {
        let shift = self.shift.as_ref().ok_or(TableError::NoShift)?;
        let written_at = minute(now).max(0).unsigned_abs();
        Ok(Note { id: random_uuid(rng), written_at, shift: shift.told(), about })
    }

    /// What a note holds, sealed.
    pub(crate) fn seal_written(
        &self,
        content: &[u8],
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Sealed, TableError> {
        Ok(Sealed { row: self.seal(content, NONE, now, rng)?, mark: None })
    }
}
