//! Changing a petition: its text corrected as a new version, and its end.

use petition::Petition;
use uuid::Uuid;
use wire::Signed;

use super::document::document_of;
use crate::{desk::Desk, error::DeskError, storage};

impl Desk {
    /// Gives a petition another source, as its next version, and says its number. What was signed stands for the text that was
    /// signed. The source that it has already changes nothing.
    ///
    /// Errors: [`DeskError::UnknownPetition`]; [`DeskError::Source`] with everything that is wrong with the source.
    pub fn correct_petition(&mut self, petition: Uuid, source: &str, now: i64) -> Result<u32, DeskError> {
        let known = self.petitions.rows.iter().find(|row| row.petition.id() == petition);
        let before = known.ok_or(DeskError::UnknownPetition)?.version;
        let newest = self.petitions.sources.iter().rev().find(|(id, _)| *id == petition);
        if newest.is_some_and(|(_, known)| known == source) {
            return Ok(before);
        }
        let version = before + 1;
        let parsed = Petition::parse(petition, version, source).map_err(DeskError::Source)?;
        let body = document_of(&parsed, source);
        let signed = Signed::sign(self.about.id, now, body, &[&self.root])?;
        storage::petition::insert(&self.db, petition, version, &signed.note())?;
        self.petitions.add(&signed)?;
        self.keep_backup(now);
        Ok(version)
    }

    /// Ends a petition, or opens it again: tables that have the update show it to signers no more. What was collected stays.
    ///
    /// Errors: [`DeskError::UnknownPetition`].
    pub fn end_petition(&mut self, petition: Uuid, has_ended: bool, now: i64) -> Result<(), DeskError> {
        if !self.petitions.rows.iter().any(|row| row.petition.id() == petition) {
            return Err(DeskError::UnknownPetition);
        }
        storage::petition::set_ended(&self.db, petition, has_ended)?;
        self.keep_backup(now);
        Ok(())
    }

    /// Whether a petition has ended.
    pub fn has_ended(&self, petition: Uuid) -> Result<bool, DeskError> {
        Ok(storage::petition::list_ended(&self.db)?.contains(&petition))
    }
}
