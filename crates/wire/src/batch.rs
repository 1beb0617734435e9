//! The batch: the same bytes over HTTP and on a USB stick (`docs/protocol.md` §7).

use bytes::Bytes;
use proof::{Checkpoint, CheckpointError, Frontier, Hash, Origin, VerifierKey, leaf_hash};

use crate::{Admission, DocumentError, KitCertificate, Signed};

/// Media type of a batch over HTTP.
pub const BATCH_TYPE: &str = "application/vnd.undersigned.batch";
/// At most this many entries.
pub const MAX_BATCH_ENTRIES: usize = 4096;
/// At most this many bytes.
pub const MAX_BATCH_BYTES: usize = 8 << 20;

const MAGIC: [u8; 4] = *b"UNDB";
const VERSION: u8 = 1;
const SUITE: u8 = 1;
/// Lengths of an envelope: 1145 bytes around a padded plaintext.
const ENVELOPE_SIZES: [usize; 5] = [1657, 2169, 3193, 5241, 9337];

/// A batch as it travels. Nothing in it is verified yet. Its entries own their bytes, or share them with others (`E`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch<E = Vec<u8>> {
    /// Kit certificate note.
    pub certificate: String,
    /// Admission note.
    pub admission: String,
    /// The log before the entries.
    pub before: Frontier,
    /// Envelopes, in order.
    pub entries: Vec<E>,
    /// Checkpoint note after the entries.
    pub checkpoint: String,
}

/// A batch that holds together: certificate, admission, checkpoint and every entry.
#[derive(Clone, Debug)]
pub struct VerifiedBatch<E = Vec<u8>> {
    /// What the kit may do.
    pub certificate: Signed<KitCertificate>,
    /// The table's device key.
    pub admission: Signed<Admission>,
    /// The log before the entries.
    pub before: Frontier,
    /// Envelopes, in order.
    pub entries: Vec<E>,
    /// Their leaves.
    pub leaves: Vec<Hash>,
    /// The log after the entries.
    pub after: Frontier,
    /// Of the log after the entries.
    pub checkpoint: Checkpoint,
    /// The same, as its note.
    pub checkpoint_note: String,
}

impl<E> VerifiedBatch<E> {
    /// Which log it is of.
    pub fn origin(&self) -> Origin {
        self.checkpoint.origin
    }
}

impl Batch {
    /// The bytes that travel.
    pub fn encode(&self) -> Vec<u8> {
        let room = self.entries.iter().map(|entry| entry.len() + 4).sum();
        let mut writer = BatchWriter::new(&self.certificate, &self.admission, &self.before, room);
        self.entries.iter().for_each(|entry| writer.push(entry));
        writer.end(&self.checkpoint)
    }

    /// Reads the bytes back. Verifies nothing but the shape.
    pub fn decode(bytes: &[u8]) -> Result<Self, BatchError> {
        Self::decode_with(bytes, <[u8]>::to_vec)
    }
}

impl Batch<Bytes> {
    /// The same; the entries stay where they are, and share the bytes.
    pub fn decode_shared(bytes: &Bytes) -> Result<Self, BatchError> {
        Self::decode_with(bytes, |entry| bytes.slice_ref(entry))
    }
}

impl<E: AsRef<[u8]>> Batch<E> {
    /// The checkpoint that it claims: nothing of it is verified. None where it is no checkpoint.
    pub fn claimed(&self) -> Option<Checkpoint> {
        Checkpoint::parse(&self.checkpoint.parse().ok()?).ok()
    }

    fn decode_with<'a>(bytes: &'a [u8], entry: impl Fn(&'a [u8]) -> E) -> Result<Self, BatchError> {
        if bytes.len() > MAX_BATCH_BYTES {
            return Err(BatchError::TooLarge);
        }
        let mut rest = Reader(bytes);
        if rest.array::<4>("magic")? != MAGIC {
            return Err(BatchError::NotABatch);
        }
        if rest.array::<1>("version")? != [VERSION] {
            return Err(BatchError::Newer);
        }
        let certificate = rest.text("certificate")?;
        let admission = rest.text("admission")?;
        let old_size = u64::from_be_bytes(rest.array("old size")?);
        let [count] = rest.array("frontier")?;
        let roots = rest.bytes(usize::from(count) * 32, "frontier")?;
        let before = Frontier::from_bytes(old_size, roots).map_err(|_| BatchError::Shape("frontier"))?;
        let count = u32::from_be_bytes(rest.array("entries")?) as usize;
        if count > MAX_BATCH_ENTRIES {
            return Err(BatchError::TooLarge);
        }
        let entries = (0..count).map(|_| rest.sized("entries").map(&entry)).collect::<Result<Vec<_>, _>>()?;
        let checkpoint = rest.text("checkpoint")?;
        if !rest.0.is_empty() {
            return Err(BatchError::Shape("end"));
        }
        Ok(Self { certificate, admission, before, entries, checkpoint })
    }

    /// Verifies all of it under the campaign's root key.
    pub fn verify(self, root: &VerifierKey) -> Result<VerifiedBatch<E>, BatchError> {
        let certificate = Signed::<KitCertificate>::verify(&self.certificate, root)
            .map_err(|error| BatchError::Document("certificate", error))?;
        if !root.is_root_of(certificate.campaign) {
            return Err(BatchError::Document("certificate", DocumentError::OtherCampaign));
        }
        let admission = Signed::<Admission>::verify(&self.admission, &certificate.body.key)
            .map_err(|error| BatchError::Document("admission", error))?;
        if admission.campaign != certificate.campaign || admission.body.kit != certificate.body.kit {
            return Err(BatchError::Document("admission", DocumentError::OtherCampaign));
        }
        let origin = Origin {
            campaign: certificate.campaign,
            table: admission.body.table,
            generation: admission.body.generation,
        };
        if !admission.body.is_well_formed(origin.campaign) {
            return Err(BatchError::Shape("admission"));
        }
        let note =
            self.checkpoint.parse().map_err(|error| BatchError::Checkpoint(CheckpointError::Note(error)))?;
        let checkpoint = Checkpoint::verify(&note, &admission.body.device).map_err(BatchError::Checkpoint)?;
        let well_formed =
            |entry: &[u8]| ENVELOPE_SIZES.contains(&entry.len()) && entry.first() == Some(&SUITE);
        if let Some(at) = self.entries.iter().position(|entry| !well_formed(entry.as_ref())) {
            return Err(BatchError::Entry(self.before.size() + at as u64));
        }
        let leaves: Vec<Hash> = self.entries.iter().map(|entry| leaf_hash(entry.as_ref())).collect();
        let mut after = self.before.clone();
        leaves.iter().for_each(|leaf| after.push(*leaf));
        if Checkpoint::at(origin, &after) != checkpoint {
            return Err(BatchError::Root);
        }
        Ok(VerifiedBatch {
            certificate,
            admission,
            before: self.before,
            entries: self.entries,
            leaves,
            after,
            checkpoint,
            checkpoint_note: self.checkpoint,
        })
    }
}

/// Writes the bytes of a batch entry by entry, so that no entry is held twice.
pub struct BatchWriter {
    bytes: Vec<u8>,
    count_at: usize,
    count: u32,
}

impl BatchWriter {
    /// Begins with all that comes before the entries. `room` is for so many bytes of entries.
    pub fn new(certificate: &str, admission: &str, before: &Frontier, room: usize) -> Self {
        let mut bytes = Vec::with_capacity(room + 8192);
        bytes.extend_from_slice(&MAGIC);
        bytes.push(VERSION);
        put(&mut bytes, certificate.as_bytes());
        put(&mut bytes, admission.as_bytes());
        bytes.extend_from_slice(&before.size().to_be_bytes());
        // A u64 has at most 64 ones, so the count of roots fits a byte.
        bytes.push(before.roots().len() as u8);
        bytes.extend_from_slice(&before.to_bytes());
        let count_at = bytes.len();
        bytes.extend_from_slice(&[0; 4]);
        Self { bytes, count_at, count: 0 }
    }

    /// Adds an envelope.
    pub fn push(&mut self, envelope: &[u8]) {
        put(&mut self.bytes, envelope);
        self.count += 1;
    }

    /// Ends with the checkpoint after the entries, and gives the bytes that travel.
    pub fn end(mut self, checkpoint: &str) -> Vec<u8> {
        put(&mut self.bytes, checkpoint.as_bytes());
        self.bytes[self.count_at..self.count_at + 4].copy_from_slice(&self.count.to_be_bytes());
        self.bytes
    }
}

fn put(bytes: &mut Vec<u8>, part: &[u8]) {
    bytes.extend_from_slice(&(part.len() as u32).to_be_bytes());
    bytes.extend_from_slice(part);
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn bytes(&mut self, count: usize, part: &'static str) -> Result<&'a [u8], BatchError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(BatchError::Truncated(part))?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self, part: &'static str) -> Result<[u8; N], BatchError> {
        self.bytes(N, part)?.try_into().map_err(|_| BatchError::Truncated(part))
    }

    fn sized(&mut self, part: &'static str) -> Result<&'a [u8], BatchError> {
        let count = u32::from_be_bytes(self.array(part)?) as usize;
        self.bytes(count, part)
    }

    fn text(&mut self, part: &'static str) -> Result<String, BatchError> {
        let bytes = self.sized(part)?;
        Ok(std::str::from_utf8(bytes).map_err(|_| BatchError::Shape(part))?.to_owned())
    }
}

/// Why a batch is refused. Names the part, never what is in it.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum BatchError {
    /// Another file.
    #[error("this is not a batch of signatures")]
    NotABatch,
    /// Made by a newer version.
    #[error("the batch is of a newer version: update this program")]
    Newer,
    /// It ends in the middle.
    #[error("the batch ends in the middle of its {0}")]
    Truncated(&'static str),
    /// A part that is malformed.
    #[error("the batch's {0} is malformed")]
    Shape(&'static str),
    /// Over 4096 entries or 8 MiB.
    #[error("the batch is too large")]
    TooLarge,
    /// A document in it.
    #[error("the batch's {0} is refused: {1}")]
    Document(&'static str, DocumentError),
    /// The checkpoint in it.
    #[error("the batch's checkpoint is refused: {0}")]
    Checkpoint(CheckpointError),
    /// An entry that is no envelope.
    #[error("entry {0} of the batch is no envelope")]
    Entry(u64),
    /// The entries are not those that the table signed for.
    #[error("the batch was changed: its entries are not those that the table signed for")]
    Root,
}

impl BatchError {
    /// Stable code for a screen or a script.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotABatch => "batch/not-a-batch",
            Self::Newer => "batch/newer",
            Self::Truncated(_) => "batch/truncated",
            Self::Shape(_) => "batch/shape",
            Self::TooLarge => "batch/too-large",
            Self::Document(..) => "batch/document",
            Self::Checkpoint(_) => "batch/checkpoint",
            Self::Entry(_) => "batch/entry",
            Self::Root => "batch/changed",
        }
    }
}
