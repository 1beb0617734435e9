//! Decisions for another organizer of the campaign: a file of their notes, written and taken in.

use std::{fs::File, io::Read, path::Path};

use super::decisions::NewDecisions;
use crate::{delivery::write_private, desk::Desk, error::DeskError};

/// More than any campaign decides: a file that is longer is another.
const MOST: u64 = 256 << 20;

impl Desk {
    /// Writes all decisions to a file that only its owner can read; gives how many they are.
    ///
    /// Errors: [`DeskError::CannotWrite`].
    pub fn write_decisions(&self, path: &Path) -> Result<u64, DeskError> {
        let notes = self.decision_notes()?;
        let text = serde_json::to_vec(&notes).map_err(|_| DeskError::Damaged("decision"))?;
        write_private(path, &text)?;
        Ok(notes.len() as u64)
    }

    /// Takes in the decisions of such a file, as [`Desk::take_decisions`] does.
    ///
    /// Errors: [`DeskError::NoDecisions`], and those of [`Desk::take_decisions`].
    pub fn read_decisions(&mut self, path: &Path, now: i64) -> Result<NewDecisions, DeskError> {
        let mut bytes = Vec::new();
        let read = File::open(path).and_then(|file| file.take(MOST).read_to_end(&mut bytes));
        read.map_err(|_| DeskError::NoDecisions)?;
        let notes: Vec<String> = serde_json::from_slice(&bytes).map_err(|_| DeskError::NoDecisions)?;
        self.take_decisions(&notes, now)
    }
}
