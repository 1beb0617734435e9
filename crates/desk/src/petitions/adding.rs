//! Adding a petition.

use petition::Petition;
use rand::CryptoRng;
use uuid::Uuid;
use wire::Signed;

use super::{document::document_of, known::PetitionRow};
use crate::{desk::Desk, error::DeskError, random::random_uuid, storage};

impl Desk {
    /// Adds a petition from its source (Markdown with front matter) and gives its id. The very same source a second
    /// time is the petition that is there.
    ///
    /// Errors: [`DeskError::Source`] with everything that is wrong with the source.
    pub fn add_petition(
        &mut self,
        source: &str,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Uuid, DeskError> {
        if let Some((known, _)) = self.petitions.sources.iter().find(|(_, known)| known == source) {
            return Ok(*known);
        }
        let id = random_uuid(rng);
        let petition = Petition::parse(id, 1, source).map_err(DeskError::Source)?;
        let body = document_of(&petition, source);
        let signed = Signed::sign(self.about.id, now, body, &[&self.root])?;
        storage::petition::insert(&self.db, id, 1, &signed.note())?;
        self.petitions.add(&signed)?;
        self.keep_backup(now);
        // The petition is added, whatever comes of this: the next merge does what is left undone.
        if let Err(error) = self.reopen_set_aside() {
            tracing::warn!(code = error.code(), "what is set aside was not opened again");
        }
        Ok(id)
    }

    /// The petitions, in the order in which they were added.
    pub fn petitions(&self) -> Result<Vec<PetitionRow>, DeskError> {
        Ok(self.petitions.rows.clone())
    }
}
