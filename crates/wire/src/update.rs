//! An update: what tables work by from now on, as their organizer signed it (`docs/protocol.md` §8.8).

use proof::{CampaignId, VerifierKey};
use uuid::Uuid;

use crate::{
    Document, DocumentError, Signed,
    document::{Epoch, KitCertificate, Petition, Update},
};

/// An update that was verified whole: it, and every note in it, is signed by the root key.
pub struct OpenUpdate {
    /// Grows by one.
    pub seq: u64,
    /// When it was signed, Unix seconds.
    pub at: i64,
    /// Every version of each petition.
    pub petitions: Vec<Signed<Petition>>,
    /// All that a table seals to: at least one.
    pub epochs: Vec<Signed<Epoch>>,
    /// The petitions that have ended.
    pub ended: Vec<Uuid>,
    /// Of the kits whose date was moved.
    pub certificates: Vec<Signed<KitCertificate>>,
}

impl OpenUpdate {
    /// Verifies an update note, and all that is in it.
    pub fn verify(note: &str, campaign: CampaignId, root: &VerifierKey) -> Result<Self, DocumentError> {
        let Signed { at, body, .. } = Signed::<Update>::verify_root(note, campaign, root)?;
        if body.epochs.is_empty() || body.petitions.is_empty() {
            return Err(DocumentError::Shape);
        }
        Ok(Self {
            seq: body.seq,
            at,
            petitions: all(&body.petitions, campaign, root)?,
            epochs: all(&body.epochs, campaign, root)?,
            ended: body.ended,
            certificates: all(&body.certificates, campaign, root)?,
        })
    }
}

fn all<D: Document>(
    notes: &[String],
    campaign: CampaignId,
    root: &VerifierKey,
) -> Result<Vec<Signed<D>>, DocumentError> {
    notes.iter().map(|note| Signed::verify_root(note, campaign, root)).collect()
}
