//! The log: its batches, its generations, and the files that carry it by hand.

pub(crate) mod batches;
mod carry;
pub(crate) mod extent;
pub(crate) mod generations;
mod stick;

pub use batches::OutgoingBatch;
pub use carry::CarryReport;
pub use stick::{StickFile, Whose, batch_files};
