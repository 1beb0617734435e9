//! Everything a table does: it opens a kit, runs shifts, signs, keeps the log on disk, sends and carries.
//!
//! A signature is sealed before it first touches the disk; *saved* is said after one fsynced transaction,
//! *received* after a verified receipt (`docs/protocol.md` §1). Time and randomness are passed in.

mod batches;
mod capture;
mod carry;
mod clock;
mod counts;
mod error;
mod keys;
mod kiosk_pin;
mod marks;
mod opening;
pub mod sending;
mod shifts;
mod storage;
mod tally;

pub use petition;
pub use proof;
pub use wire;

pub use batches::OutgoingBatch;
pub use capture::{Saved, SignOutcome};
pub use carry::CarryReport;
pub use clock::KitTime;
pub use counts::{Counts, Nothing, PetitionCounts};
pub use error::TableError;
pub use keys::Keys;
pub use kiosk_pin::PinOutcome;
pub use lockbox::DatabaseKey;
pub use opening::{KitAbout, SetUp, Table};
pub use shifts::{Shift, ShiftEnd};
