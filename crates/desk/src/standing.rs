//! What a signature of the ledger stands for.

use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

/// What a signature stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Standing {
    /// It counts.
    Counted,
    /// The same person has signed before.
    Duplicate {
        /// The signature that counts.
        of: Uuid,
    },
    /// It does not count, by the organizer's word.
    Void {
        /// Why.
        reason: String,
    },
    /// The person took it back.
    Withdrawn,
    /// What it said is erased.
    Erased,
    /// To be looked at before it counts.
    InReview,
}
