//! Everything a table does: it opens a kit, runs shifts, signs, keeps the log on disk, sends and carries.
//!
//! A signature is sealed before it first touches the disk; *saved* is said after one fsynced transaction,
//! *received* after a verified receipt (`docs/protocol.md` §1). Time and randomness are passed in.

mod counts;
mod error;
mod error_from;
mod guard;
mod keys;
mod kiosk_pin;
mod kit;
mod log;
mod notes;
mod paper;
mod random;
mod recovery;
mod room;
pub mod sending;
mod shifts;
mod signing;
mod storage;
mod table;
mod tally;

// What its methods take and give of the crates below.
pub use petition::{
    Asked, Block, Check, Checks, Choice, Closing, Draft, EventKind, Explained, Field, Goal, Mended, Opening,
    PICTURE_FILE_MAX_BYTES, Petition, PetitionText, PictureError, Problem, ProblemCode, Reference, SAMPLE,
    SheetCounts, ShiftEvent, StrikeReason, Sum, WithdrawalCode, country_codes,
};
pub use proof::{CampaignId, Checkpoint, Origin, Receipt, Seed};
pub use wire::{Client, ClientError, EndpointAddress, KitCode};

pub use counts::{Counts, Nothing, PetitionCounts};
pub use error::TableError;
pub use keys::Keys;
pub use kiosk_pin::PinOutcome;
pub use kit::{Change, FetchError, KitAbout, KitTime, News, SetUp, fetch_kit, forget_claims, kit_code_in};
pub use lockbox::DatabaseKey;
pub use log::{CarryReport, OutgoingBatch, StickFile, Whose, batch_files};
pub use notes::SavedPlace;
pub use paper::{KeptLine, KeptPicture, OpenSheet, SheetClosed, SheetEnd, SheetHeading, SheetLine};
pub use recovery::RecoveryWords;
pub use room::{Room, RoomMade, make_room};
pub use shifts::{
    Around, ClosedShift, LogState, RecordedEvent, ShiftClose, ShiftPetition, ShiftReport, ShiftStart,
};
pub use signing::{Saved, SignOutcome};
pub use storage::{shift::Shift, visit::VisitEnd};
pub use table::Table;
