//! The campaign's petitions.

use std::collections::HashMap;

use petition::{Petition, Signature};
use proof::{CampaignId, VerifierKey};
use rusqlite::Connection;
use uuid::Uuid;
use wire::Signed;

use crate::{error::DeskError, storage};

/// What a note is sealed to in the place of a petition (`docs/protocol.md` §5.3).
const OF_A_NOTE: [u8; 16] = [0; 16];

/// A petition at the desk.
#[derive(Clone, Debug)]
pub struct PetitionRow {
    /// Its newest version.
    pub petition: Petition,
    /// Number of that version, from 1.
    pub version: u32,
    /// When that version was made, Unix seconds.
    pub made_at: i64,
}

/// A text that a signature can be of.
pub(crate) struct KnownText {
    /// When the first version that has it was made, Unix seconds.
    pub(crate) made_at: i64,
    /// BCP 47, as its source writes it.
    pub(crate) language: String,
}

/// The petitions in memory: the newest of each, and the texts of every version.
pub(crate) struct KnownPetitions {
    pub(super) rows: Vec<PetitionRow>,
    pub(super) sources: Vec<(Uuid, String)>,
    /// By petition and hash, the texts of every version: originals and translations.
    texts: HashMap<(Uuid, [u8; 32]), KnownText>,
    ids: Vec<[u8; 16]>,
}

impl KnownPetitions {
    pub(crate) fn read(db: &Connection, campaign: CampaignId, root: &VerifierKey) -> Result<Self, DeskError> {
        let mut known =
            Self { rows: Vec::new(), sources: Vec::new(), texts: HashMap::new(), ids: vec![OF_A_NOTE] };
        for note in storage::petition::list_notes(db)? {
            let signed: Signed<wire::Petition> =
                Signed::verify_root(&note, campaign, root).map_err(|_| DeskError::Damaged("petition"))?;
            known.add(&signed)?;
        }
        Ok(known)
    }

    pub(super) fn add(&mut self, signed: &Signed<wire::Petition>) -> Result<(), DeskError> {
        let wire::Petition { petition: id, version, .. } = &signed.body;
        let source = signed.body.whole_source();
        let petition =
            Petition::parse(*id, *version, &source).map_err(|_| DeskError::Damaged("petition source"))?;
        for text in petition.texts() {
            let known = self.texts.entry((*id, text.hash()));
            let known = known
                .or_insert_with(|| KnownText { made_at: signed.at, language: text.language().to_owned() });
            known.made_at = signed.at.min(known.made_at);
        }
        let row = PetitionRow { petition, version: *version, made_at: signed.at };
        match self.rows.iter_mut().find(|known| known.petition.id() == *id) {
            Some(known) if known.version < *version => *known = row,
            Some(_) => {}
            None => {
                self.rows.push(row);
                // Most are signatures: what a note is sealed to is tried last.
                self.ids.insert(self.ids.len() - 1, id.into_bytes());
            }
        }
        self.sources.push((*id, source));
        Ok(())
    }

    /// Ids of all petitions, and what a note is sealed to in their place, as an opener tries them.
    pub(crate) fn ids(&self) -> &[[u8; 16]] {
        &self.ids
    }

    /// Every petition.
    pub(crate) fn uuids(&self) -> Vec<Uuid> {
        self.ids.iter().copied().map(Uuid::from_bytes).collect()
    }

    /// The petition's text of this hash, in any of its versions and languages.
    pub(crate) fn find_text(&self, petition: Uuid, text_hash: [u8; 32]) -> Option<&KnownText> {
        self.texts.get(&(petition, text_hash))
    }

    /// The language of the text that was signed: the signature says it where the petition had translations.
    pub(crate) fn language_of(&self, signature: &Signature) -> Option<String> {
        let known = || self.find_text(signature.petition, signature.text_hash);
        signature.text_language.clone().or_else(|| known().map(|text| text.language.clone()))
    }

    /// The newest version of a petition.
    pub(crate) fn find(&self, petition: Uuid) -> Option<&PetitionRow> {
        self.rows.iter().find(|row| row.petition.id() == petition)
    }

    pub(crate) fn title(&self, petition: Uuid) -> &str {
        self.find(petition).map_or("", |row| row.petition.title())
    }
}
