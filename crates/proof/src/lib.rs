//! Signed notes, the Merkle log, checkpoints and receipts: what makes a count provable.
//!
//! Pure: no I/O, no clock, no randomness source. The formats are those of `docs/protocol.md`, §2, §3
//! and §6, which follow C2SP signed-note, tlog-checkpoint and tlog-cosignature, and RFC 6962 §2.1.

mod campaign;
mod checkpoint;
mod key;
mod merkle;
mod note;
mod receipt;

pub use campaign::CampaignId;
pub use checkpoint::{Checkpoint, CheckpointError, Origin};
pub use key::{KeyError, KeyKind, Seed, SigningKey, VerifierKey};
pub use merkle::{Frontier, FrontierError, Hash, leaf_hash};
pub use note::{Note, NoteError, SignatureLine};
pub use receipt::{Receipt, ReceiptError, cosign};
