//! Checkpoints: the signed head of a log.

use std::{fmt, str::FromStr};

use data_encoding::BASE64;
use uuid::Uuid;

use crate::{CampaignId, Frontier, Hash, KeyKind, Note, NoteError, Seed, SigningKey, VerifierKey};

/// Which log: of which campaign, table and generation. Text form `<campaign>/<table>/<generation>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    /// The campaign.
    pub campaign: CampaignId,
    /// The table.
    pub table: Uuid,
    /// From 1.
    pub generation: u32,
}

impl Origin {
    /// The device key of this log, which is named by the origin.
    pub fn device_key(&self, seed: &Seed) -> SigningKey {
        SigningKey::new(self.to_string(), KeyKind::Signer, seed)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.campaign, self.table.hyphenated(), self.generation)
    }
}

impl FromStr for Origin {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let mut parts = text.splitn(3, '/');
        let (Some(campaign), Some(table), Some(generation)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(CheckpointError::Shape);
        };
        let origin = Self {
            campaign: campaign.parse().map_err(|_| CheckpointError::Shape)?,
            table: table.parse().map_err(|_| CheckpointError::Shape)?,
            generation: generation.parse().map_err(|_| CheckpointError::Shape)?,
        };
        // One text for one origin: no other spelling of a UUID or a number.
        if origin.generation > 0 && origin.to_string() == text {
            Ok(origin)
        } else {
            Err(CheckpointError::Shape)
        }
    }
}

/// The head of a log: its size and root (C2SP tlog-checkpoint), which its device signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log.
    pub origin: Origin,
    /// How many entries.
    pub size: u64,
    /// Merkle tree hash at that size.
    pub root: Hash,
}

impl Checkpoint {
    /// The checkpoint of a log at a frontier.
    pub fn at(origin: Origin, frontier: &Frontier) -> Self {
        Self { origin, size: frontier.size(), root: frontier.root() }
    }

    /// The text that is signed: three lines.
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, BASE64.encode(&self.root.0))
    }

    /// As a note signed by the device key.
    pub fn signed(&self, device: &SigningKey) -> Result<Note, NoteError> {
        Ok(Note::new(self.text())?.signed(device))
    }

    /// Reads a checkpoint without checking who signed it.
    pub fn parse(note: &Note) -> Result<Self, CheckpointError> {
        let mut lines = note.text().split_terminator('\n');
        let (Some(origin), Some(size), Some(root), None) =
            (lines.next(), lines.next(), lines.next(), lines.next())
        else {
            return Err(CheckpointError::Shape);
        };
        let root = BASE64.decode(root.as_bytes()).map_err(|_| CheckpointError::Shape)?;
        let checkpoint = Self {
            origin: origin.parse()?,
            size: size.parse().map_err(|_| CheckpointError::Shape)?,
            root: Hash(root.try_into().map_err(|_| CheckpointError::Shape)?),
        };
        if checkpoint.text() == note.text() { Ok(checkpoint) } else { Err(CheckpointError::Shape) }
    }

    /// Reads a checkpoint that `device` must have signed for the log that the key is named after.
    pub fn verify(note: &Note, device: &VerifierKey) -> Result<Self, CheckpointError> {
        note.verify(device)?;
        let checkpoint = Self::parse(note)?;
        if checkpoint.origin.to_string() == device.name() {
            Ok(checkpoint)
        } else {
            Err(CheckpointError::OtherLog)
        }
    }
}

/// Why a checkpoint is refused.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Not three lines of origin, size and root.
    #[error("not a checkpoint")]
    Shape,
    /// Signed by the key of another log.
    #[error("the checkpoint is signed by the key of another log")]
    OtherLog,
    /// The note itself.
    #[error(transparent)]
    Note(#[from] NoteError),
}
