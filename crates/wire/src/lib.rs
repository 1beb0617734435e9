//! What table, desk and endpoint say to each other, and the batch file: `docs/protocol.md` §3, §7 and §8.

mod api;
mod batch;
#[cfg(feature = "client")]
mod client;
mod crockford;
mod decision;
mod deposit;
mod document;
mod kit;
mod kit_code;
mod of_kit;
mod pin_reset;
mod update;

pub use api::{
    Appended, Challenge, Claim, DepositRow, Deposited, EndpointAbout, Enrolment, EnrolmentAnswer, LogRow,
    LogState, ProblemCode, ProblemDetails, Token,
};
pub use batch::{
    BATCH_TYPE, Batch, BatchError, BatchWriter, MAX_BATCH_BYTES, MAX_BATCH_ENTRIES, VerifiedBatch,
};
#[cfg(feature = "client")]
pub use client::{Client, ClientError, Pulled, SendAnswer};
pub use decision::{Chosen, ChosenMethod, Decided, DecidedKeep, DecidedVerdict, LISTED_MAX};
pub use deposit::{ClaimId, DepositId, MAX_SEALED_KIT_BYTES, NotAnId, SEALED_KIT_TYPE};
pub use document::{
    Admission, Campaign, Confirmation, Decision, Deposit, Document, DocumentError, EndpointAddress, Epoch,
    KitCertificate, LogSize, Petition, PetitionCount, Pull, Revocation, Signed, Tally, Translation, Update,
    kind_of,
};
pub use kit::{Kit, KitContents, KitError, OpenKit};
pub use kit_code::{KitCode, KitCodeError};
pub use pin_reset::{NotAPinResetCode, PinResetCode};
pub use update::OpenUpdate;
