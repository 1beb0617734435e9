//! What table, desk and endpoint say to each other, and the batch file: `docs/protocol.md` §3, §7 and §8.

mod api;
mod batch;
#[cfg(feature = "client")]
mod client;
mod document;
mod kit;
mod pin_reset;
mod update;

pub use api::{
    Appended, Challenge, EndpointAbout, Enrolment, EnrolmentAnswer, LogRow, LogState, ProblemCode,
    ProblemDetails, Token,
};
pub use batch::{
    BATCH_TYPE, Batch, BatchError, BatchWriter, MAX_BATCH_BYTES, MAX_BATCH_ENTRIES, VerifiedBatch,
};
#[cfg(feature = "client")]
pub use client::{Client, ClientError, Pulled, SendAnswer};
pub use document::{
    Admission, Campaign, Confirmation, Document, DocumentError, EndpointAddress, Epoch, KitCertificate,
    LogSize, Petition, PetitionCount, Pull, Revocation, Signed, Tally, Update, kind_of,
};
pub use kit::{Kit, KitContents, KitError, OpenKit};
pub use pin_reset::{NotAPinResetCode, PinResetCode};
pub use update::OpenUpdate;
