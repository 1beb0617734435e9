//! The target's rule, and what another or any other decision would change.

use std::collections::BTreeSet;

use matching::Rule;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;
use wire::{Decided, Decision};

use super::kept::{keep, reach_of, touch};
use crate::{
    desk::Desk,
    error::DeskError,
    ledger::{ExplainedCount, LedgerRow},
    standing::{USUAL_RULE, settle},
    storage::{self, decided, signature},
    view::View,
};

/// The rule of a petition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RuleRow {
    /// Which of several signatures of one person counts: `first`, `latest` or `none`.
    pub keep: &'static str,
    /// How likely a pair must be for it to decide by itself, of a thousand.
    pub per_mille: u16,
    /// Nobody has set it: it is the usual one.
    pub is_usual: bool,
}

/// What a decision would change.
#[derive(Serialize, TS)]
pub struct DecisionTrial {
    /// The count as it is.
    pub now: ExplainedCount,
    /// The count as it would be.
    pub then: ExplainedCount,
    /// How many signatures would stand for something else.
    pub changed: u64,
    /// Some of them, as they would stand.
    pub sample: Vec<LedgerRow>,
}

impl Desk {
    /// The rule of a petition.
    pub fn rule(&self, petition: Uuid) -> Result<RuleRow, DeskError> {
        self.view().rule(petition)
    }

    /// What a decision would change, with at most so many of the signatures that it would. Nothing of it is kept.
    ///
    /// Errors: [`DeskError::NothingToDecide`].
    pub fn try_decision(
        &mut self,
        petition: Uuid,
        what: Decided,
        sample: usize,
    ) -> Result<DecisionTrial, DeskError> {
        self.check(petition, &what)?;
        let now = self.count(Some(petition))?;
        let tx = storage::write(&mut self.db)?;
        let body = Decision { decision: Uuid::max(), petition, by: String::new(), what };
        let mut touched = BTreeSet::new();
        touch(&tx, petition, reach_of(&body), &mut touched)?;
        // After all that was decided.
        keep(&tx, &body, i64::MAX, "")?;
        touch(&tx, petition, reach_of(&body), &mut touched)?;
        let mut before = Vec::new();
        for id in &touched {
            before.extend(signature::find_signed(&tx, *id)?);
        }
        settle(&tx, touched)?;
        let view = View { db: &tx, petitions: &self.petitions };
        let (mut changed, mut rows) = (0, Vec::new());
        for (signed, was) in before {
            if signature::find_signed(&tx, signed.id)?.is_some_and(|(_, is)| is.standing != was.standing) {
                changed += 1;
                if rows.len() < sample {
                    rows.push(view.ledger_row(signed.id)?);
                }
            }
        }
        let then = view.count(Some(petition))?;
        tx.rollback()?;
        Ok(DecisionTrial { now, then, changed, sample: rows })
    }
}

impl View<'_> {
    /// [`Desk::rule`].
    pub(crate) fn rule(self, petition: Uuid) -> Result<RuleRow, DeskError> {
        let set = decided::find_rule(self.db, petition)?;
        let Rule { keep, threshold } = set.unwrap_or(USUAL_RULE);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is from 0 to 1000")]
        let per_mille = (threshold * 1000.0).round() as u16;
        Ok(RuleRow { keep: decided::name_of_keep(keep), per_mille, is_usual: set.is_none() })
    }
}
