//! The pile: pairs that a person has to look at.

use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use super::signers::LEAST;
use crate::{
    desk::Desk,
    error::DeskError,
    ledger::LedgerRow,
    standing::USUAL_RULE,
    storage::{decided, pair},
};

/// Two signatures that may be one person's. Personal data: it has no `Debug`.
#[derive(Serialize, TS)]
pub struct LikelyPair {
    /// The one with the smaller id.
    pub one: LedgerRow,
    /// The other.
    pub other: LedgerRow,
    /// How likely they are of one person, from 0 to 1.
    pub probability: f32,
    /// Why, what says most first.
    pub reasons: Vec<WhyRow>,
    /// Signatures fewer that count, where they are of one person.
    pub fewer: u8,
    /// Somebody looked at it already, and could not tell.
    pub is_undecided: bool,
}

/// One thing that two signatures have in common or differ in.
#[derive(Serialize, TS)]
pub struct WhyRow {
    /// What it is: a stable code.
    pub code: &'static str,
    /// How much it says for one person rather than two, in bits: above 0 for, below against.
    pub bits: f32,
}

/// How much there is to look at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct PileCount {
    /// Pairs.
    pub total: u64,
    /// Of those, such that change the number.
    pub changing: u64,
    /// Of all, such that somebody looked at and could not tell.
    pub undecided: u64,
}

impl Desk {
    /// How many pairs of a petition are left to look at.
    pub fn count_pile(&self, petition: Uuid) -> Result<PileCount, DeskError> {
        let to = decided::find_rule(&self.db, petition)?.unwrap_or(USUAL_RULE).threshold;
        let pile = pair::count_pile(&self.db, petition, LEAST, to)?;
        Ok(PileCount { total: pile.total, changing: pile.changing, undecided: pile.undecided })
    }

    /// The next pairs of a petition to look at: those that change the number first, the likeliest of them first; those of which
    /// somebody could not tell come last.
    pub fn pile(&mut self, petition: Uuid, limit: u64) -> Result<Vec<LikelyPair>, DeskError> {
        let rule = decided::find_rule(&self.db, petition)?.unwrap_or(USUAL_RULE);
        self.compared(petition)?;
        let pairs = pair::list_pile(&self.db, petition, (LEAST, rule.threshold), limit)?;
        let mut likely = Vec::new();
        for pair in pairs {
            let [one, other] = [pair.one, pair.other].map(|id| self.view().ledger_row(id));
            let (one, other) = (one?, other?);
            let compared = self.compared.get(&petition);
            let judged = compared
                .and_then(|compared| compared.people.look_at(&compared.weights, pair.one, pair.other));
            let reasons = judged.map(|judged| judged.reasons).unwrap_or_default();
            let count = [&one, &other].iter().all(|row| row.standing == crate::standing::Standing::Counted);
            likely.push(LikelyPair {
                fewer: match (count, rule.keep) {
                    (false, _) => 0,
                    (true, matching::Keep::None) => 2,
                    (true, _) => 1,
                },
                is_undecided: decided::is_undecided(&self.db, pair.one, pair.other)?,
                one,
                other,
                probability: pair.probability,
                reasons: reasons
                    .into_iter()
                    .map(|reason| WhyRow { code: reason.code, bits: reason.bits })
                    .collect(),
            });
        }
        Ok(likely)
    }
}
