//! What a session says: what to do next, and what the sender is doing.

use std::time::Duration;

use serde::Serialize;
use ts_rs::TS;

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Post a batch, and come back with the answer.
    Post {
        /// Of which generation.
        generation: u32,
        /// Index of the first entry.
        from: u64,
        /// So many entries at most; none is a question for a receipt.
        max_entries: usize,
    },
    /// Append again, in the newest generation or in the next one, what no receipt covers of this one, and wake.
    StartGeneration {
        /// The one that the endpoint knows otherwise, or of which it lost what is erased here.
        generation: u32,
    },
    /// Set an entry of the newest generation aside, so that it keeps no other from being sent, and say what came of it.
    SetAside {
        /// Index of the entry.
        index: u64,
    },
    /// Wait until then (since the session's start), or until woken when there is nothing to send.
    Wait {
        /// None: nothing is to be sent.
        until: Option<Duration>,
    },
}

/// What the sender is doing, for a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "SendingState")]
pub enum State {
    /// Everything is received.
    Done,
    /// Sending now.
    Sending,
    /// Somebody paused it; what is saved waits.
    Paused,
    /// The endpoint cannot be reached.
    NoNetwork,
    /// Something answered that is not the endpoint: a login page, for one.
    NotTheEndpoint,
    /// Another endpoint than the kit's answers.
    OtherEndpoint,
    /// The endpoint does not know the campaign.
    UnknownCampaign,
    /// The endpoint asks to wait, or has a fault.
    Busy,
    /// Stored at the endpoint, waiting for the organizer's word.
    Held,
    /// An entry is too large for the way to the endpoint, even alone; the others are sent.
    TooLarge,
    /// Ended by the organizer.
    Revoked,
    /// The endpoint refuses the batches.
    Refused,
    /// The table cannot read what is to be sent, or keep what came of it: its disk is full, for one.
    Failed,
}
