//! What the columns of a table hold: proposed by heading and content, said by the organizer, kept for the next file.

mod content;
mod holds;
mod mapping;
mod preview;
mod propose;

pub use holds::Holds;
pub use mapping::{Mapping, shape_of};
pub use preview::{Preview, PreviewRow, preview};
pub use propose::{Proposal, Why};
