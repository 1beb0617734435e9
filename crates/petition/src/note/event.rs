//! What happened in the middle of a shift: a pause, and the table in other hands.

use minicbor::{Decode, Encode};
use serde::Serialize;
use ts_rs::TS;

/// What happened in the middle of a shift.
#[derive(Clone, PartialEq, Eq, Serialize, TS, Encode, Decode)]
#[cfg_attr(test, derive(Debug))]
#[cbor(map)]
pub struct ShiftEvent {
    /// What it was.
    #[n(0)]
    pub what: EventKind,
    /// Signatures of the shift so far.
    #[n(1)]
    pub so_far: u64,
    /// Who gives laptop and stick.
    #[n(2)]
    pub gives: Option<String>,
    /// Who takes them.
    #[n(3)]
    pub takes: Option<String>,
    /// The number on the laptop's seal.
    #[n(4)]
    pub laptop_seal: Option<String>,
    /// The number on the stick's seal.
    #[n(5)]
    pub stick_seal: Option<String>,
}

/// What can happen in the middle of a shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum EventKind {
    /// Nobody signs for a while.
    #[n(0)]
    Paused,
    /// People sign again.
    #[n(1)]
    Resumed,
    /// Somebody else has the table from now on.
    #[n(2)]
    HandedOver,
}
