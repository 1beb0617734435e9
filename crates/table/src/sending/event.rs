//! What a session is told.

use std::time::Duration;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A timer is over, a signature was saved, or (`now`) a person asks for it at once.
    Wake {
        /// Do not wait for the time of the next try.
        now: bool,
    },
    /// The computer was asleep, or its clock was set: what failed before may go well now.
    WokeUp,
    /// The endpoint is to be asked for a receipt of every generation, also where nothing waits.
    Ask,
    /// The endpoint answered another request.
    Reached,
    /// What came of the post that the last step asked for.
    Answer(Answer),
    /// What came of setting an entry aside.
    SetAside {
        /// There are others to send; else only such entries are left.
        others: bool,
    },
    /// The table could not do what the last step asked for.
    Failed,
}

/// What came of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A verified receipt; the log's `received` has it already.
    Received {
        /// Entries that it covers.
        size: u64,
    },
    /// Stored, waiting for the organizer's word.
    Held {
        /// Entries that the endpoint says it stores.
        stored: u64,
    },
    /// The endpoint stores less.
    Rewind {
        /// Entries that it says it stores.
        stored: u64,
    },
    /// The endpoint stores another log, and proves it.
    Forked,
    /// The endpoint stores less than is erased here: what is between cannot be sent.
    Erased,
    /// Over the endpoint's limits.
    TooLarge,
    /// The table could not read what was to be sent, or keep what came of it.
    Failed,
    /// Too fast, overloaded or faulty.
    Busy {
        /// As told.
        after: Option<Duration>,
    },
    /// No more of what is held is taken before the organizer's word.
    Quota {
        /// As told.
        after: Option<Duration>,
    },
    /// Ended by the organizer.
    Revoked,
    /// The endpoint does not know the campaign.
    UnknownCampaign,
    /// Another endpoint than the kit's answers.
    OtherEndpoint,
    /// Refused for another reason.
    Refused,
    /// Something answered that is not the endpoint.
    NotTheEndpoint {
        /// Something of the batch was on its way.
        moved: bool,
    },
    /// Nothing answered in time, or it broke off.
    Unreachable {
        /// Something of the batch was on its way.
        moved: bool,
    },
}
