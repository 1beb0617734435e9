//! How a shift began: what was looked at, and where the log was.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A place in a table's log.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, Encode, Decode)]
#[cfg_attr(test, derive(Debug))]
#[cbor(map)]
pub struct LogPlace {
    /// The generation.
    #[n(0)]
    pub generation: u32,
    /// So many entries.
    #[n(1)]
    pub size: u64,
    /// The root of the log of that size.
    #[serde(skip)]
    #[ts(skip)]
    #[cbor(n(2), with = "minicbor::bytes")]
    pub root: [u8; 32],
}

/// How a shift began.
#[derive(Clone, PartialEq, Eq, Serialize, TS, Encode, Decode)]
#[cfg_attr(test, derive(Debug))]
#[cbor(map)]
pub struct Opening {
    /// When, Unix seconds, a whole minute.
    #[n(0)]
    pub at: u64,
    /// Where the log was.
    #[n(1)]
    pub place: LogPlace,
    /// What was looked at.
    #[n(2)]
    pub checks: Checks,
    /// The other person who was there.
    #[n(3)]
    pub witness: Option<String>,
    /// The number on the laptop's seal.
    #[n(4)]
    pub laptop_seal: Option<String>,
    /// The number on the stick's seal.
    #[n(5)]
    pub stick_seal: Option<String>,
    /// Paper sheets that were handed out.
    #[n(6)]
    pub issued: Option<u32>,
    /// How often it was refused before.
    #[n(7)]
    pub refused: u32,
}

/// What was looked at before a shift began; none where nobody looked.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS, Encode, Decode)]
#[cfg_attr(test, derive(Debug))]
#[serde(default)]
#[cbor(map)]
pub struct Checks {
    /// The clock, against the kit's date and the endpoint's answers.
    #[n(0)]
    pub clock: Option<Check>,
    /// Room on the disk.
    #[n(1)]
    pub disk: Option<Check>,
    /// The battery.
    #[n(2)]
    pub battery: Option<Check>,
    /// The kit: its date, and whether the organizer has ended it.
    #[n(3)]
    pub kit: Option<Check>,
    /// The texts of the petitions.
    #[n(4)]
    pub texts: Option<Check>,
    /// The endpoint, and the way to it.
    #[n(5)]
    pub endpoint: Option<Check>,
    /// The printer.
    #[n(6)]
    pub printer: Option<Check>,
    /// The log: as the shift before left it.
    #[n(7)]
    pub log: Option<Check>,
}

/// What came of a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Check {
    /// As it should be.
    #[n(0)]
    Good,
    /// Something is to be seen to; the volunteer was told what.
    #[n(1)]
    Warned,
    /// This table does without.
    #[n(2)]
    NotNeeded,
}
