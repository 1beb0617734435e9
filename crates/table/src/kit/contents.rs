//! What is in a kit, as far as a table works by it.

use std::collections::BTreeSet;

use data_encoding::BASE64;
use petition::Petition;
use proof::CampaignId;
use sealing::PublicKey;
use uuid::Uuid;
use wire::{KitCertificate, OpenKit, OpenUpdate, Signed};

use crate::error::TableError;

/// The kit that a table works by.
#[derive(Clone, Debug)]
pub struct KitAbout {
    /// The campaign.
    pub campaign: CampaignId,
    /// Its name.
    pub campaign_name: String,
    /// The kit's label.
    pub label: String,
    /// Where to send to; none means hand-carry only.
    pub endpoint: Option<wire::EndpointAddress>,
    /// When the desk made it, Unix seconds.
    pub made_at: i64,
    /// Unix seconds.
    pub until: i64,
}

/// What signatures are sealed to from a time on.
struct Epoch {
    key: PublicKey,
    from: i64,
}

/// What a table works by: its kit, and the newest update.
pub(crate) struct WorksBy {
    /// The newest version of each petition, in the organizer's order.
    pub(crate) petitions: Vec<Petition>,
    /// Every version of each.
    pub(crate) versions: Vec<Petition>,
    /// The petitions that have ended.
    pub(crate) ended: BTreeSet<Uuid>,
    epochs: Vec<Epoch>,
    /// What the kit may do, where that was changed.
    pub(crate) certificate: Option<Signed<KitCertificate>>,
    /// The number of the update.
    pub(crate) update: u64,
}

impl WorksBy {
    /// A kit, as it was made.
    pub(crate) fn kit(kit: &OpenKit) -> Result<Self, TableError> {
        let mut works_by = Self {
            petitions: Vec::new(),
            versions: Vec::new(),
            ended: BTreeSet::new(),
            epochs: epochs(&kit.epochs)?,
            certificate: None,
            update: kit.update,
        };
        works_by.add(&kit.petitions)?;
        Ok(works_by)
    }

    /// A kit and an update that is newer. What is known of a petition stays: a version is never another text.
    pub(crate) fn updated(kit: &OpenKit, update: &OpenUpdate) -> Result<Self, TableError> {
        let mut works_by = Self::kit(kit)?;
        works_by.add(&update.petitions)?;
        works_by.ended = update.ended.iter().copied().collect();
        works_by.epochs = epochs(&update.epochs)?;
        works_by.update = update.seq;
        let KitCertificate { kit: id, key, .. } = &kit.certificate.body;
        if let Some(moved) = update.certificates.iter().find(|moved| moved.body.kit == *id) {
            if moved.body.key != *key {
                return Err(TableError::Petition);
            }
            works_by.certificate = Some(moved.clone()).filter(|moved| moved.at >= kit.certificate.at);
        }
        Ok(works_by)
    }

    /// The newest epoch that has begun; with a clock before all of them, the newest: a wrong clock loses nobody.
    pub(crate) fn epoch_at(&self, now: i64) -> Result<&PublicKey, TableError> {
        let begun = self.epochs.iter().filter(|epoch| epoch.from <= now).max_by_key(|epoch| epoch.from);
        let epoch = begun.or_else(|| self.epochs.iter().max_by_key(|epoch| epoch.from));
        Ok(&epoch.ok_or(TableError::Sealing)?.key)
    }

    fn add(&mut self, notes: &[Signed<wire::Petition>]) -> Result<(), TableError> {
        for note in notes {
            let body = &note.body;
            let petition = Petition::parse(body.petition, body.version, &body.whole_source())
                .map_err(|_| TableError::Petition)?;
            if !says_its_texts(body, &petition) {
                return Err(TableError::Petition);
            }
            let is_it =
                |known: &&Petition| known.id() == petition.id() && known.version() == petition.version();
            match self.versions.iter().find(is_it) {
                Some(known) if known.has_same_texts(&petition) => continue,
                Some(_) => return Err(TableError::Petition),
                None => self.versions.push(petition.clone()),
            }
            match self.petitions.iter_mut().find(|known| known.id() == petition.id()) {
                Some(known) if known.version() < petition.version() => *known = petition,
                Some(_) => {}
                None => self.petitions.push(petition),
            }
        }
        Ok(())
    }
}

/// Whether a document names the hash of each of its texts, and their languages.
fn says_its_texts(body: &wire::Petition, petition: &Petition) -> bool {
    let said = body.translations.iter().map(|said| (said.language.as_str(), said.text_hash.clone()));
    let found = petition.translations().iter().map(|text| (text.language(), text.hash_hex()));
    petition.text_hash_hex() == body.text_hash && said.eq(found)
}

fn epochs(notes: &[Signed<wire::Epoch>]) -> Result<Vec<Epoch>, TableError> {
    let epochs = notes.iter().map(|note| {
        let bytes = BASE64.decode(note.body.key.as_bytes()).map_err(|_| wire::KitError::NoEpoch)?;
        let key = PublicKey::from_bytes(&bytes).map_err(|_| wire::KitError::NoEpoch)?;
        Ok(Epoch { key, from: note.body.from })
    });
    Ok(epochs.collect::<Result<_, wire::KitError>>()?)
}
