//! A signature that was plainly no one's.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A signature that was plainly no one's, by its place in the log.
#[derive(Clone, PartialEq, Eq, Serialize, TS, Encode, Decode)]
#[cfg_attr(test, derive(Debug))]
#[cbor(map)]
pub struct Strike {
    /// Its leaf: the signature, wherever it is appended again.
    #[serde(skip)]
    #[ts(skip)]
    #[cbor(n(0), with = "minicbor::bytes")]
    pub leaf: [u8; 32],
    /// The generation of its place.
    #[n(1)]
    pub generation: u32,
    /// The index of its place.
    #[n(2)]
    pub index: u64,
    /// Why.
    #[n(3)]
    pub reason: StrikeReason,
    /// The same in the volunteer's words.
    #[n(4)]
    pub words: Option<String>,
}

/// Why a signature was plainly no one's.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, Encode, Decode,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum StrikeReason {
    /// Somebody joked.
    #[n(0)]
    Joke,
    /// Somebody tried it out.
    #[n(1)]
    Test,
    /// Another reason.
    #[n(2)]
    Other,
}
