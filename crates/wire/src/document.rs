//! Documents: notes whose text is one line of JSON (`docs/protocol.md` §3).

use proof::{CampaignId, Note, NoteError, Origin, SigningKey, VerifierKey};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::{DepositId, decision::Decided};

/// A kind of document.
pub trait Document: Serialize + DeserializeOwned {
    /// The value of `kind`.
    const KIND: &'static str;
}

/// A document whose signature was verified, or that was just signed. There is no other way to have one.
#[derive(Clone, Debug)]
pub struct Signed<D> {
    /// Of which campaign.
    pub campaign: CampaignId,
    /// When it was made, Unix seconds.
    pub at: i64,
    /// What it says.
    pub body: D,
    note: Note,
}

#[derive(Serialize, Deserialize)]
struct Line<D> {
    kind: String,
    v: u32,
    campaign: CampaignId,
    at: i64,
    #[serde(flatten)]
    body: D,
}

impl<D: Document> Signed<D> {
    /// Writes a document and signs it with each of `keys`.
    pub fn sign(campaign: CampaignId, at: i64, body: D, keys: &[&SigningKey]) -> Result<Self, DocumentError> {
        let line = Line { kind: D::KIND.to_owned(), v: 1, campaign, at, body };
        let mut text = serde_json::to_string(&line).map_err(|_| DocumentError::Shape)?;
        text.push('\n');
        let note = keys.iter().fold(Note::new(text)?, |note, key| note.signed(key));
        Ok(Self { campaign, at, body: line.body, note })
    }

    /// Reads a note that `key` must have signed.
    pub fn verify(note: &str, key: &VerifierKey) -> Result<Self, DocumentError> {
        let note: Note = note.parse()?;
        note.verify(key)?;
        Self::read(note)
    }

    /// Reads a note that the root key of `campaign` must have signed, and that must be of this campaign.
    pub fn verify_root(note: &str, campaign: CampaignId, root: &VerifierKey) -> Result<Self, DocumentError> {
        if !root.is_root_of(campaign) {
            return Err(DocumentError::OtherCampaign);
        }
        let signed = Self::verify(note, root)?;
        if signed.campaign == campaign { Ok(signed) } else { Err(DocumentError::OtherCampaign) }
    }

    /// Reads a note whose signature is still to be checked: only to learn which key to ask for.
    pub(crate) fn read(note: Note) -> Result<Self, DocumentError> {
        let line: Line<D> = read_line(&note)?;
        if line.kind != D::KIND {
            return Err(DocumentError::Kind);
        }
        if line.v != 1 {
            return Err(DocumentError::Version);
        }
        Ok(Self { campaign: line.campaign, at: line.at, body: line.body, note })
    }

    /// Checks that another key has signed it too.
    pub fn also_signed_by(&self, key: &VerifierKey) -> bool {
        self.note.verify(key).is_ok()
    }

    /// The note, as text.
    pub fn note(&self) -> String {
        self.note.to_string()
    }
}

impl Signed<Campaign> {
    /// Reads a campaign note, which brings its root key along: the campaign's id certifies it.
    pub fn verify_campaign(note: &str) -> Result<Self, DocumentError> {
        let note: Note = note.parse()?;
        let signed = Self::read(note)?;
        if !signed.body.root.is_root_of(signed.campaign) {
            return Err(DocumentError::OtherCampaign);
        }
        signed.note.verify(&signed.body.root)?;
        Ok(signed)
    }
}

/// The `kind` of a note, unverified: only to choose how to verify it.
pub fn kind_of(note: &str) -> Result<String, DocumentError> {
    #[derive(Deserialize)]
    struct Kind {
        kind: String,
    }
    let note: Note = note.parse()?;
    Ok(read_line::<Kind>(&note)?.kind)
}

fn read_line<T: DeserializeOwned>(note: &Note) -> Result<T, DocumentError> {
    let line =
        note.text().strip_suffix('\n').filter(|line| !line.contains('\n')).ok_or(DocumentError::Shape)?;
    serde_json::from_str(line).map_err(|_| DocumentError::Shape)
}

/// Why a document is refused.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// Not one line of JSON with the members of its kind.
    #[error("the document is malformed")]
    Shape,
    /// Another kind of document.
    #[error("the document is of another kind")]
    Kind,
    /// A newer version.
    #[error("the document is of a newer version: update this program")]
    Version,
    /// It belongs to a different campaign.
    #[error("the document belongs to a different campaign")]
    OtherCampaign,
    /// The note itself.
    #[error(transparent)]
    Note(#[from] NoteError),
}

macro_rules! documents {
    ($($(#[$doc:meta])* $name:ident = $kind:literal { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }

        impl Document for $name {
            const KIND: &'static str = $kind;
        }
    )*};
}

documents! {
    /// Who a campaign is: signed by its root key, which it carries.
    Campaign = "campaign" {
        /// The organisation's name for it.
        name: String,
        /// The root key.
        root: VerifierKey,
    }
    /// A petition at a version. Signed by the root key.
    Petition = "petition" {
        /// Which.
        petition: Uuid,
        /// From 1.
        version: u32,
        /// Markdown with front matter: the original.
        source: String,
        /// Hex of the text hash (`docs/protocol.md` §5).
        text_hash: String,
        /// The original in other languages. A petition without, and one of before there were any, has no such member.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        translations: Vec<Translation>,
    }
    /// A key that signatures are sealed to. Signed by the root key.
    Epoch = "epoch" {
        /// Hex of the epoch id.
        epoch: String,
        /// The sealing suite: 1.
        suite: u8,
        /// The public key, base64.
        key: String,
        /// Unix seconds.
        from: i64,
        /// Unix seconds.
        until: i64,
    }
    /// What a kit may do. Signed by the root key.
    KitCertificate = "kit-certificate" {
        /// Which.
        kit: Uuid,
        /// The organizer's name for it.
        label: String,
        /// The kit key.
        key: VerifierKey,
        /// How many tables it admits.
        max_tables: u32,
        /// Unix seconds.
        until: i64,
        /// Where to send to.
        endpoint: Option<EndpointAddress>,
        /// The digest of its PIN reset code, base64. A kit that was made before there were any has none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pin_reset: Option<String>,
    }
    /// A table's device key for one generation. Signed by the kit key, and by the generation before.
    Admission = "admission" {
        /// By which kit.
        kit: Uuid,
        /// Which table.
        table: Uuid,
        /// From 1.
        generation: u32,
        /// The device key.
        device: VerifierKey,
        /// What the volunteer calls the table.
        label: String,
    }
    /// Ends a kit or a table. Signed by the root key.
    Revocation = "revocation" {
        /// The kit, if it is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kit: Option<Uuid>,
        /// The table, if it is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        table: Option<Uuid>,
        /// For the volunteer to read.
        reason: String,
    }
    /// Lets a held log in. Signed by the root key.
    Confirmation = "confirmation" {
        /// Which table.
        table: Uuid,
        /// Which generation.
        generation: u32,
        /// Which device: another one that claims the same place is not let in.
        device: VerifierKey,
    }
    /// The counts as the desk sees them. Signed by the root key.
    Tally = "tally" {
        /// Grows by one.
        seq: u64,
        /// What is deliverable, by petition.
        petitions: Vec<PetitionCount>,
        /// What the desk had opened, by log.
        logs: Vec<LogSize>,
    }
    /// What tables work by from now on, whole. Signed by the root key.
    Update = "update" {
        /// Grows by one.
        seq: u64,
        /// Petition notes, every version of each.
        petitions: Vec<String>,
        /// Epoch notes: all that a table seals to.
        epochs: Vec<String>,
        /// The petitions that have ended.
        ended: Vec<Uuid>,
        /// Certificate notes of the kits whose date was moved. Their labels are empty: anybody may read an update.
        certificates: Vec<String>,
    }
    /// A sealed kit that waits at the endpoint for its table. Signed by the root key.
    Deposit = "deposit" {
        /// Which.
        deposit: DepositId,
        /// Of which kit.
        kit: Uuid,
        /// Until when it can be claimed, Unix seconds.
        until: i64,
        /// Hex of the SHA-256 of the sealed bytes.
        sealed: String,
    }
    /// What an organizer decided of signatures: never changed, only undone by another. Signed by the root key.
    Decision = "decision" {
        /// Which.
        decision: Uuid,
        /// Of signatures of this petition.
        petition: Uuid,
        /// Who decided, as they call themselves.
        by: String,
        /// What.
        what: Decided,
    }
    /// Asks for a pull token. Signed by the root key.
    Pull = "pull" {
        /// From the endpoint's challenge.
        nonce: String,
        /// The endpoint that gave the challenge: what is signed for it is good at no other.
        endpoint: VerifierKey,
    }
}

impl Petition {
    /// The source as it was written: the original, and after it each translation.
    pub fn whole_source(&self) -> String {
        let translations = self.translations.iter().map(|translation| translation.source.as_str());
        [self.source.as_str()].into_iter().chain(translations).collect()
    }
}

impl Admission {
    /// A generation is at least 1 and below this: 2^22.
    pub const GENERATIONS: u32 = 1 << 22;

    /// Whether its generation is one, and its device key is named after the log.
    pub fn is_well_formed(&self, campaign: CampaignId) -> bool {
        let origin = Origin { campaign, table: self.table, generation: self.generation };
        (1..Self::GENERATIONS).contains(&self.generation) && self.device.name() == origin.to_string()
    }
}

/// A petition's text in another language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translation {
    /// BCP 47, as in its source.
    pub language: String,
    /// Markdown with front matter.
    pub source: String,
    /// Hex of its own text hash.
    pub text_hash: String,
}

/// Where the endpoint is, and the key its receipts must be of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndpointAddress {
    /// Base address, without `/v1`.
    pub url: String,
    /// Its cosigning key.
    pub key: VerifierKey,
}

/// The count of a petition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PetitionCount {
    /// Which.
    pub petition: Uuid,
    /// Deliverable signatures.
    pub count: u64,
}

/// How much of a log the desk had opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogSize {
    /// Which table.
    pub table: Uuid,
    /// Which generation.
    pub generation: u32,
    /// Entries opened.
    pub size: u64,
    /// The log's root at that size, base64: whose log has another is not meant. A tally of before has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<String>,
}
