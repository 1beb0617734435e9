//! What organizers decide of signatures (`docs/protocol.md` §9.1).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What was decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decided {
    /// Two signatures are one person's.
    Same {
        /// The smaller of the two.
        one: Uuid,
        /// The greater.
        other: Uuid,
    },
    /// Two signatures are two people's.
    Different {
        /// The smaller of the two.
        one: Uuid,
        /// The greater.
        other: Uuid,
    },
    /// Two signatures were looked at, and it cannot be told.
    Undecided {
        /// The smaller of the two.
        one: Uuid,
        /// The greater.
        other: Uuid,
    },
    /// What one signature stands for, whoever else signed.
    Verdict {
        /// Which.
        signature: Uuid,
        /// What it stands for.
        verdict: DecidedVerdict,
        /// Why.
        reason: String,
    },
    /// Which of several signatures of one person counts, and how sure a machine must be of it.
    Rule {
        /// Which counts.
        keep: DecidedKeep,
        /// The least likeliness of a pair that it holds for by itself, of a thousand.
        per_mille: u16,
    },
    /// Another decision holds no more. Undone itself, that one holds again.
    Undone {
        /// Which.
        decision: Uuid,
    },
}

/// What a signature stands for by an organizer's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecidedVerdict {
    /// It counts, whatever was in its way.
    Counts,
    /// It does not.
    Void,
    /// The person took it back.
    Withdrawn,
    /// To be looked at before it counts.
    InReview,
}

/// Which of several signatures of one person counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecidedKeep {
    /// The first.
    First,
    /// The last.
    Latest,
    /// None of them.
    None,
}
