//! Shifts: the work periods of a table, from what is looked at before to the record that closes them.

mod closing;
mod events;
pub(crate) mod names;
mod practice;
mod readiness;
mod report;
mod start;
mod sums;

pub use closing::ShiftClose;
pub use readiness::{Around, LogState};
pub use report::{ClosedShift, RecordedEvent, ShiftPetition, ShiftReport};
pub use start::ShiftStart;
