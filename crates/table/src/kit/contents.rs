//! What is in a kit, as far as a table works by it.

use data_encoding::BASE64;
use petition::Petition;
use proof::CampaignId;
use sealing::PublicKey;
use wire::OpenKit;

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
pub(crate) struct Epoch {
    pub(crate) key: PublicKey,
    pub(crate) from: i64,
}

/// The newest version of each petition, and the epochs, of a kit.
pub(crate) fn readable(kit: &OpenKit) -> Result<(Vec<Petition>, Vec<Epoch>), TableError> {
    let mut petitions: Vec<Petition> = Vec::new();
    for note in &kit.petitions {
        let body = &note.body;
        let petition =
            Petition::parse(body.petition, body.version, &body.source).map_err(|_| TableError::Petition)?;
        if petition.text_hash_hex() != body.text_hash {
            return Err(TableError::Petition);
        }
        match petitions.iter_mut().find(|known| known.id() == petition.id()) {
            Some(known) if known.version() < petition.version() => *known = petition,
            Some(_) => {}
            None => petitions.push(petition),
        }
    }
    let epochs = kit.epochs.iter().map(|note| {
        let bytes = BASE64.decode(note.body.key.as_bytes()).map_err(|_| wire::KitError::NoEpoch)?;
        let key = PublicKey::from_bytes(&bytes).map_err(|_| wire::KitError::NoEpoch)?;
        Ok(Epoch { key, from: note.body.from })
    });
    Ok((petitions, epochs.collect::<Result<_, wire::KitError>>()?))
}
