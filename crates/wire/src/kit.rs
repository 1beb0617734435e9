//! The kit file: all that a table needs to work offline.

use std::fmt::Display;

use data_encoding::BASE64;
use proof::{CampaignId, KeyKind, Seed, SigningKey, VerifierKey};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{
    Document, DocumentError, Signed,
    document::{Campaign, Epoch, KitCertificate, Petition},
};

/// The body of a kit file. It holds the kit key's secret, so it has no `Debug` and is wiped when dropped.
#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Kit {
    certificate: String,
    secret: String,
    about: String,
    petitions: Vec<String>,
    epochs: Vec<String>,
    /// A kit that was made before there was an update says none.
    #[serde(default, skip_serializing_if = "is_none")]
    update: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks")]
fn is_none(update: &u64) -> bool {
    *update == 0
}

impl Document for Kit {
    const KIND: &'static str = "kit";
}

/// What a desk puts into a kit file.
pub struct KitContents<'a> {
    /// The campaign note.
    pub about: &'a Signed<Campaign>,
    /// What the kit may do.
    pub certificate: &'a Signed<KitCertificate>,
    /// The kit key's secret.
    pub secret: &'a Seed,
    /// Petition notes.
    pub petitions: Vec<String>,
    /// Epoch notes.
    pub epochs: Vec<String>,
    /// The number of the newest update that it holds all of; 0 before the first.
    pub update: u64,
}

/// A kit file that was opened and found whole.
pub struct OpenKit {
    /// The campaign.
    pub campaign: Signed<Campaign>,
    /// What the kit may do.
    pub certificate: Signed<KitCertificate>,
    /// The kit key.
    pub key: SigningKey,
    /// Its secret, for keeping.
    pub secret: Seed,
    /// At least one.
    pub petitions: Vec<Signed<Petition>>,
    /// At least one.
    pub epochs: Vec<Signed<Epoch>>,
    /// The number of the newest update that it holds all of; 0 before the first.
    pub update: u64,
}

impl Kit {
    /// The name of a kit's key in notes.
    pub fn key_name(campaign: impl Display, kit: Uuid) -> String {
        format!("{campaign}/kit/{}", kit.hyphenated())
    }

    /// Writes a kit file, signed by the root key.
    pub fn write(contents: &KitContents<'_>, at: i64, root: &SigningKey) -> Result<String, DocumentError> {
        let kit = Self {
            certificate: contents.certificate.note(),
            secret: BASE64.encode(contents.secret.expose()),
            about: contents.about.note(),
            petitions: contents.petitions.clone(),
            epochs: contents.epochs.clone(),
            update: contents.update,
        };
        Ok(Signed::sign(contents.about.campaign, at, kit, &[root])?.note())
    }

    /// Opens a kit file at a time (Unix seconds). `expected` is the campaign that the table already belongs to.
    pub fn open(text: &str, now: i64, expected: Option<CampaignId>) -> Result<OpenKit, KitError> {
        let unverified = Signed::<Self>::read(text.parse().map_err(|_| KitError::NotAKit)?).map_err(
            |error| match error {
                DocumentError::Version => KitError::Newer,
                _ => KitError::NotAKit,
            },
        )?;
        let campaign = Signed::verify_campaign(&unverified.body.about).map_err(|_| KitError::Tampered)?;
        let root: VerifierKey = campaign.body.root.clone();
        let id = campaign.campaign;
        let kit = Signed::<Self>::verify_root(text, id, &root).map_err(|_| KitError::Tampered)?.body;
        if expected.is_some_and(|expected| expected != id) {
            return Err(KitError::OtherCampaign);
        }
        let certificate: Signed<KitCertificate> = inner(&kit.certificate, id, &root)?;
        let mut bytes = [0; 32];
        let decoded = BASE64.decode(kit.secret.as_bytes()).map_err(|_| KitError::Tampered)?;
        if decoded.len() != 32 {
            return Err(KitError::Tampered);
        }
        bytes.copy_from_slice(&decoded);
        let secret = Seed::from_bytes(bytes);
        bytes.zeroize();
        let key = SigningKey::new(Self::key_name(id, certificate.body.kit), KeyKind::Signer, &secret);
        if *key.verifier() != certificate.body.key {
            return Err(KitError::Tampered);
        }
        if certificate.body.until <= now {
            return Err(KitError::Expired);
        }
        let petitions = inner_all(&kit.petitions, id, &root)?;
        let epochs = inner_all(&kit.epochs, id, &root)?;
        if petitions.is_empty() {
            return Err(KitError::NoPetition);
        }
        if epochs.is_empty() {
            return Err(KitError::NoEpoch);
        }
        Ok(OpenKit { campaign, certificate, key, secret, petitions, epochs, update: kit.update })
    }
}

fn inner<D: Document>(note: &str, campaign: CampaignId, root: &VerifierKey) -> Result<Signed<D>, KitError> {
    Signed::verify_root(note, campaign, root).map_err(|_| KitError::Tampered)
}

fn inner_all<D: Document>(
    notes: &[String],
    campaign: CampaignId,
    root: &VerifierKey,
) -> Result<Vec<Signed<D>>, KitError> {
    notes.iter().map(|note| inner(note, campaign, root)).collect()
}

/// Why a kit file cannot be opened.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum KitError {
    /// Another file.
    #[error("this is not a kit file: ask the organizer for the file that ends in .kit")]
    NotAKit,
    /// Made by a newer version.
    #[error("this kit is of a newer version: update this program first")]
    Newer,
    /// Changed on the way.
    #[error("this kit was changed on the way and cannot be trusted: ask the organizer for it again")]
    Tampered,
    /// Its date is over.
    #[error("this kit has expired: ask the organizer for a new one")]
    Expired,
    /// It belongs to a different campaign than this table.
    #[error("this kit belongs to a different campaign than this table")]
    OtherCampaign,
    /// Nothing to sign.
    #[error("this kit holds no petition: ask the organizer for a new one")]
    NoPetition,
    /// Nothing to seal to.
    #[error("this kit holds no sealing key: ask the organizer for a new one")]
    NoEpoch,
}

impl KitError {
    /// Stable code for a screen or a script.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAKit => "kit/not-a-kit",
            Self::Newer => "kit/newer",
            Self::Tampered => "kit/tampered",
            Self::Expired => "kit/expired",
            Self::OtherCampaign => "kit/wrong-campaign",
            Self::NoPetition => "kit/no-petition",
            Self::NoEpoch => "kit/no-epoch",
        }
    }
}
