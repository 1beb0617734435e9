//! What an update changed at a table, for its volunteer.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something that an update changed at this table, until somebody has read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct News {
    /// When it was taken here, Unix seconds.
    pub at: i64,
    /// What.
    pub change: Change,
}

/// What an update changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Change {
    /// A petition came.
    Added {
        /// Its title.
        title: String,
    },
    /// The text of a petition was corrected. What was signed before stands for the text before.
    Corrected {
        /// Its title.
        title: String,
        /// Of the text.
        version: u32,
    },
    /// What a petition asks for, or its goal, was changed. Its text is the same.
    Settings {
        /// Its title.
        title: String,
        /// Of the petition.
        version: u32,
    },
    /// A petition has ended: it is shown to signers no more.
    Ended {
        /// Its title.
        title: String,
    },
    /// A petition that had ended can be signed again.
    Reopened {
        /// Its title.
        title: String,
    },
    /// It seals to another key.
    Keys,
    /// The kit is good until another day.
    KitDate {
        /// Unix seconds.
        until: i64,
    },
}
