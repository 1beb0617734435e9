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
    /// What many signatures stand for: all of the petition that are chosen so, whenever they come.
    Verdicts {
        /// Which.
        chosen: Chosen,
        /// What they stand for.
        verdict: DecidedVerdict,
        /// Why.
        reason: String,
    },
    /// What signatures stand for that are listed one by one.
    Listed {
        /// Which: ascending, each once, at most [`LISTED_MAX`].
        signatures: Vec<Uuid>,
        /// What they stand for.
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

/// The most signatures that one decision lists: its note takes no more.
pub const LISTED_MAX: usize = 20_000;

/// Signatures that agree with everything that is given here. A member that is not known refuses the decision: it would choose more
/// than was meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Chosen {
    /// The table of their first place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<Uuid>,
    /// The generation of that table's log: one device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generation: Option<u32>,
    /// The shift.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shift: Option<Uuid>,
    /// Where, as the shift says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Signed at this time or later, Unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<i64>,
    /// Signed before this time, Unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// The domain of the e-mail address, in small letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// The postal code, or the city where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// The language of the screen, BCP 47.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// How it was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<ChosenMethod>,
    /// Hex: the hash of the text that was signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// How a signature was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChosenMethod {
    /// By the person, at a kiosk.
    Kiosk,
    /// On paper, typed in afterwards.
    Paper,
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

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn what_chooses_by_something_unknown_is_no_decision() {
        let of = |chosen: &str| {
            format!("{{\"verdicts\":{{\"chosen\":{chosen},\"verdict\":\"void\",\"reason\":\"Why\"}}}}")
        };
        let known: Decided = serde_json::from_str(&of("{\"place\":\"Market\"}")).unwrap();
        let chosen = Chosen { place: Some("Market".to_owned()), ..Chosen::default() };
        let what = Decided::Verdicts { chosen, verdict: DecidedVerdict::Void, reason: "Why".to_owned() };
        assert_eq!(known, what);
        assert_eq!(serde_json::to_string(&what).unwrap(), of("{\"place\":\"Market\"}"));
        let more = "{\"place\":\"Market\",\"weather\":\"rain\"}";
        assert!(serde_json::from_str::<Decided>(&of(more)).is_err());
    }
}
