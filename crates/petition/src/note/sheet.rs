//! The sums of a closed paper sheet.

use minicbor::{Decode, Encode};
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::id_bytes;

/// A paper sheet that was closed.
#[derive(Clone, PartialEq, Eq, Serialize, TS, Encode, Decode)]
#[cfg_attr(test, derive(Debug))]
#[cbor(map)]
pub struct SheetNote {
    /// What was signed on it.
    #[cbor(n(0), with = "id_bytes")]
    pub petition: Uuid,
    /// Its number.
    #[n(1)]
    pub number: u32,
    /// Its day: noon, UTC, Unix seconds.
    #[n(2)]
    pub day: u64,
    /// Lines that are signatures.
    #[n(3)]
    pub entered: u64,
    /// Lines with nothing.
    #[n(4)]
    pub blank: u64,
    /// Lines struck out on the paper.
    #[n(5)]
    pub struck: u64,
    /// Lines that nobody can read.
    #[n(6)]
    pub illegible: u64,
    /// How many signatures the sheet itself says that it has.
    #[n(7)]
    pub total: Option<u32>,
    /// Why that is another number than was found.
    #[n(8)]
    pub explanation: Option<String>,
}
