//! Tables, their kits and their logs, and what is proven of each.

pub(crate) mod branches;
pub(crate) mod codes;
pub(crate) mod kits;
pub(crate) mod logs;
mod rows;
mod verify;

pub use kits::{Revoked, kit_until};
pub use rows::{BranchRow, Proof, TableRow};
pub use verify::LogVerification;

pub(crate) use verify::verify_checkpoint;
