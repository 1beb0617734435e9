//! What organizers decide: signed, kept, replayed, undone (`docs/protocol.md` §9.1).

use std::collections::BTreeSet;

use rand::CryptoRng;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;
use wire::{Chosen, Decided, Decision, LISTED_MAX, Signed};

use super::{
    kept::{
        is_about_many, keep_decision, kind_of, reach_of, rule_of, signatures_of, touch, undone_by, verdict_of,
    },
    many::{ChosenBy, chosen_by},
};
use crate::{
    desk::Desk,
    error::DeskError,
    limits::{MAX_NAME, MAX_REASON, one_line},
    random::random_uuid,
    standing::settle,
    storage::{
        self, covered,
        decided::{self, Shown},
        signature,
    },
    view::View,
};

/// The least and the greatest likeliness at which a rule may decide by itself, of a thousand: below, it is a guess.
const PER_MILLE: std::ops::RangeInclusive<u16> = 500..=1000;

/// A decision of an organizer.
#[derive(Serialize, TS)]
pub struct DecisionRow {
    /// Which.
    pub decision: Uuid,
    /// When, Unix seconds.
    pub at: i64,
    /// Who, as they call themselves.
    pub by: String,
    /// Nobody has undone it.
    pub is_held: bool,
    /// What: `same`, `different`, `undecided`, `verdict`, `verdicts`, `listed`, `rule` or `undone`.
    pub kind: &'static str,
    /// The names of the signers that it is about.
    pub names: Vec<String>,
    /// The decision that it undoes.
    pub undoes: Option<Uuid>,
    /// Of a rule, which of several signatures counts: `first`, `latest` or `none`.
    pub keep: Option<&'static str>,
    /// Of a rule, the least likeliness that it holds for, of a thousand.
    pub per_mille: Option<u16>,
    /// Of one about what signatures stand for, what: `counts`, `void`, `withdrawn` or `in_review`.
    pub verdict: Option<&'static str>,
    /// Why, in the words of who decided it.
    pub reason: Option<String>,
    /// Of one about all that are chosen, which.
    pub chosen: Vec<ChosenBy>,
    /// Of one about many, how many it is about of those that are here.
    pub covers: Option<u64>,
}

/// Decisions of another organizer, taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct NewDecisions {
    /// Those that were not here.
    pub new: u64,
    /// Those that were.
    pub known: u64,
}

impl Desk {
    /// Decides something of the signatures of a petition, signs it, and says again what it changes. `by` is who decides, as they
    /// call themselves; `now` is in Unix seconds. Gives which decision it is.
    ///
    /// Errors: [`DeskError::Name`], [`DeskError::Reason`], [`DeskError::NothingToDecide`], [`DeskError::TooManyListed`].
    pub fn decide(
        &mut self,
        by: &str,
        petition: Uuid,
        what: Decided,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Uuid, DeskError> {
        let by = one_line(by, MAX_NAME).ok_or(DeskError::Name)?.to_owned();
        if let Some((_, reason)) = verdict_of(&what) {
            one_line(reason, MAX_REASON).ok_or(DeskError::Reason)?;
        }
        self.check(petition, &what)?;
        // Later than all before: of two on one subject the last is followed, whatever the clock says.
        let after = decided::newest_at(&self.db, petition)?.map_or(now, |newest| newest.saturating_add(1));
        let now = now.max(after);
        let body = Decision { decision: random_uuid(rng), petition, by, what };
        let signed = Signed::sign(self.about.id, now, body, &[&self.root])?;
        self.keep_decisions(std::slice::from_ref(&signed))?;
        self.keep_backup(now);
        Ok(signed.body.decision)
    }

    /// Undoes a decision, or an undoing: what it undid holds again.
    ///
    /// Errors: as [`Desk::decide`].
    pub fn undo(
        &mut self,
        by: &str,
        decision: Uuid,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Uuid, DeskError> {
        let note = decided::find_note(&self.db, decision)?.ok_or(DeskError::NothingToDecide)?;
        let petition = self.read_decision(&note)?.body.petition;
        self.decide(by, petition, Decided::Undone { decision }, now, rng)
    }

    /// The decisions of a petition, the newest first.
    pub fn decisions(&self, petition: Uuid, limit: u64) -> Result<Vec<DecisionRow>, DeskError> {
        let shown = decided::list_newest(&self.db, petition, limit)?;
        shown.into_iter().map(|shown| self.decision_row(shown)).collect()
    }

    /// The newest decision of a petition that holds and is no undoing: what goes back one step undoes.
    pub fn last_decision(&self, petition: Uuid) -> Result<Option<DecisionRow>, DeskError> {
        decided::find_last(&self.db, petition)?.map(|shown| self.decision_row(shown)).transpose()
    }

    /// The decisions of a petition about many signatures, the newest first.
    pub fn decisions_about_many(&self, petition: Uuid) -> Result<Vec<DecisionRow>, DeskError> {
        let shown = decided::list_shown_many(&self.db, petition)?;
        shown.into_iter().map(|shown| self.decision_row(shown)).collect()
    }

    /// A decision as it is shown.
    pub(super) fn decision_row(&self, shown: Shown) -> Result<DecisionRow, DeskError> {
        let what = self.read_decision(&shown.note)?.body.what;
        self.view().decision_row(shown, &what)
    }

    /// The notes of all decisions, in the order in which they were made: for another organizer of this campaign.
    pub fn decision_notes(&self) -> Result<Vec<String>, DeskError> {
        Ok(decided::list_notes(&self.db)?)
    }

    /// Takes in decisions that another organizer of this campaign made, in any order and any number of times. One that is not signed
    /// by the campaign's key refuses them all. `now` is in Unix seconds.
    pub fn take_decisions(&mut self, notes: &[String], now: i64) -> Result<NewDecisions, DeskError> {
        let signed = notes.iter().map(|note| self.read_decision(note)).collect::<Result<Vec<_>, _>>()?;
        let new = self.keep_decisions(&signed)?;
        self.keep_backup(now);
        Ok(NewDecisions { new, known: signed.len() as u64 - new })
    }

    fn read_decision(&self, note: &str) -> Result<Signed<Decision>, DeskError> {
        Ok(Signed::verify_root(note, self.about.id, self.root.verifier())?)
    }

    /// Keeps those that are not here, and says again what they change.
    fn keep_decisions(&mut self, decisions: &[Signed<Decision>]) -> Result<u64, DeskError> {
        let tx = storage::write(&mut self.db)?;
        let (mut touched, mut added) = (BTreeSet::new(), 0);
        for signed in decisions {
            // What the rule held for before, and what it holds for after.
            touch(&tx, signed.body.petition, reach_of(&signed.body), &mut touched)?;
            if keep_decision(&tx, signed)? {
                added += 1;
                touch(&tx, signed.body.petition, reach_of(&signed.body), &mut touched)?;
            }
        }
        settle(&tx, touched)?;
        tx.commit()?;
        Ok(added)
    }

    /// Whether there is what it is about, as it has to be.
    pub(super) fn check(&self, petition: Uuid, what: &Decided) -> Result<(), DeskError> {
        let is_in_order = match what {
            Decided::Same { one, other }
            | Decided::Different { one, other }
            | Decided::Undecided { one, other } => one < other,
            Decided::Rule { per_mille, .. } => PER_MILLE.contains(per_mille),
            Decided::Undone { decision } => decided::find_note(&self.db, *decision)?.is_some(),
            Decided::Verdict { .. } => true,
            Decided::Verdicts { chosen, .. } => *chosen != Chosen::default(),
            Decided::Listed { signatures, .. } if signatures.len() > LISTED_MAX => {
                return Err(DeskError::TooManyListed);
            }
            Decided::Listed { signatures, .. } => {
                !signatures.is_empty() && signatures.is_sorted_by(|one, next| one < next)
            }
        };
        let mut is_here = self.petitions.uuids().contains(&petition);
        let listed = match what {
            Decided::Listed { signatures, .. } => signatures.as_slice(),
            _ => &[],
        };
        for id in signatures_of(what).into_iter().chain(listed.iter().copied()) {
            is_here &= signature::find_petition(&self.db, id)? == Some(petition);
        }
        if is_in_order && is_here { Ok(()) } else { Err(DeskError::NothingToDecide) }
    }
}

impl View<'_> {
    /// A decision as it is shown: what it decides was read from its note.
    pub(crate) fn decision_row(self, shown: Shown, what: &Decided) -> Result<DecisionRow, DeskError> {
        let mut names = Vec::new();
        for id in signatures_of(what) {
            if signature::find_petition(self.db, id)?.is_some() {
                names.push(self.get_signature(id)?.1.full_name.clone());
            }
        }
        let (rule, verdict) = (rule_of(what), verdict_of(what));
        let chosen = match what {
            Decided::Verdicts { chosen, .. } => Some(chosen),
            _ => None,
        };
        Ok(DecisionRow {
            covers: is_about_many(what).then(|| covered::count(self.db, shown.decision)).transpose()?,
            decision: shown.decision,
            at: shown.at,
            by: shown.by,
            is_held: shown.is_held,
            kind: kind_of(what),
            names,
            undoes: undone_by(what),
            keep: rule.map(|(keep, _)| keep),
            per_mille: rule.map(|(_, per_mille)| per_mille),
            verdict: verdict.map(|(verdict, _)| verdict),
            reason: verdict.map(|(_, reason)| reason.to_owned()),
            chosen: chosen.map(chosen_by).unwrap_or_default(),
        })
    }
}
