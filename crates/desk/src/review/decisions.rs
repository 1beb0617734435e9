//! What organizers decide: signed, kept, replayed, undone (`docs/protocol.md` §9.1).

use std::collections::BTreeSet;

use matching::Verdict;
use rand::CryptoRng;
use rusqlite::Connection;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;
use wire::{Decided, DecidedKeep, DecidedVerdict, Decision, Signed};

use crate::{
    desk::Desk,
    error::DeskError,
    limits::{MAX_NAME, MAX_REASON, one_line},
    random::random_uuid,
    standing::{USUAL_RULE, settle},
    storage::{
        self,
        decided::{self, NewDecision, Reach, Shown},
        decision, pair, signature,
    },
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
    /// What: `same`, `different`, `undecided`, `verdict`, `rule` or `undone`.
    pub kind: &'static str,
    /// The names of the signers that it is about.
    pub names: Vec<String>,
    /// The decision that it undoes.
    pub undoes: Option<Uuid>,
    /// Of a rule, which of several signatures counts: `first`, `latest` or `none`.
    pub keep: Option<&'static str>,
    /// Of a rule, the least likeliness that it holds for, of a thousand.
    pub per_mille: Option<u16>,
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
    /// Errors: [`DeskError::Name`], [`DeskError::Reason`], [`DeskError::NothingToDecide`].
    pub fn decide(
        &mut self,
        by: &str,
        petition: Uuid,
        what: Decided,
        now: i64,
        rng: &mut impl CryptoRng,
    ) -> Result<Uuid, DeskError> {
        let by = one_line(by, MAX_NAME).ok_or(DeskError::Name)?.to_owned();
        if let Decided::Verdict { reason, .. } = &what {
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

    fn decision_row(&self, shown: Shown) -> Result<DecisionRow, DeskError> {
        let what = self.read_decision(&shown.note)?.body.what;
        let mut names = Vec::new();
        for id in signatures_of(&what) {
            if signature::find_petition(&self.db, id)?.is_some() {
                names.push(self.view().get_signature(id)?.1.full_name.clone());
            }
        }
        let rule = rule_of(&what);
        Ok(DecisionRow {
            decision: shown.decision,
            at: shown.at,
            by: shown.by,
            is_held: shown.is_held,
            kind: kind_of(&what),
            names,
            undoes: reach_of(&what).undoes,
            keep: rule.map(|(keep, _)| keep),
            per_mille: rule.map(|(_, per_mille)| per_mille),
        })
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
            touch(&tx, signed.body.petition, reach_of(&signed.body.what), &mut touched)?;
            if keep_decision(&tx, signed)? {
                added += 1;
                touch(&tx, signed.body.petition, reach_of(&signed.body.what), &mut touched)?;
            }
        }
        settle(&tx, touched)?;
        tx.commit()?;
        Ok(added)
    }

    /// Whether there is what it is about, as it has to be.
    fn check(&self, petition: Uuid, what: &Decided) -> Result<(), DeskError> {
        let is_in_order = match what {
            Decided::Same { one, other }
            | Decided::Different { one, other }
            | Decided::Undecided { one, other } => one < other,
            Decided::Rule { per_mille, .. } => PER_MILLE.contains(per_mille),
            Decided::Undone { decision } => decided::find_note(&self.db, *decision)?.is_some(),
            Decided::Verdict { .. } => true,
        };
        let mut is_here = self.petitions.uuids().contains(&petition);
        for id in signatures_of(what) {
            is_here &= signature::find_petition(&self.db, id)? == Some(petition);
        }
        if is_in_order && is_here { Ok(()) } else { Err(DeskError::NothingToDecide) }
    }
}

/// The signatures that a decision names.
fn signatures_of(what: &Decided) -> Vec<Uuid> {
    match what {
        Decided::Same { one, other }
        | Decided::Different { one, other }
        | Decided::Undecided { one, other } => vec![*one, *other],
        Decided::Verdict { signature, .. } => vec![*signature],
        Decided::Rule { .. } | Decided::Undone { .. } => Vec::new(),
    }
}

/// What a decision may change.
fn reach_of(what: &Decided) -> Reach {
    Reach {
        is_rule: matches!(what, Decided::Rule { .. }),
        signatures: signatures_of(what),
        undoes: match what {
            Decided::Undone { decision } => Some(*decision),
            _ => None,
        },
    }
}

/// Adds the signatures whose standing a decision may change, by what is kept now.
pub(super) fn touch(
    db: &Connection,
    petition: Uuid,
    reach: Reach,
    touched: &mut BTreeSet<Uuid>,
) -> Result<(), DeskError> {
    let mut next = Some(reach);
    while let Some(Reach { is_rule, signatures, undoes }) = next {
        touched.extend(signatures);
        if is_rule {
            let rule = decided::find_rule(db, petition)?.unwrap_or(USUAL_RULE);
            let pairs = pair::list_likely(db, petition, rule.threshold)?;
            touched.extend(pairs.iter().flat_map(|pair| [pair.one, pair.other]));
            touched.extend(decided::list_same(db, petition)?);
        }
        next = match undoes {
            Some(undone) => decided::find_reach(db, undone)?,
            None => None,
        };
    }
    Ok(())
}

fn kind_of(what: &Decided) -> &'static str {
    match what {
        Decided::Same { .. } => "same",
        Decided::Different { .. } => "different",
        Decided::Undecided { .. } => "undecided",
        Decided::Verdict { .. } => "verdict",
        Decided::Rule { .. } => "rule",
        Decided::Undone { .. } => "undone",
    }
}

/// A rule as it is kept.
fn rule_of(what: &Decided) -> Option<(&'static str, u16)> {
    match what {
        Decided::Rule { keep, per_mille } => Some((decided::name_of_keep(keep_of(*keep)), *per_mille)),
        _ => None,
    }
}

/// Keeps a decision; gives whether it was not here.
pub(crate) fn keep_decision(db: &Connection, signed: &Signed<Decision>) -> rusqlite::Result<bool> {
    decided::insert(db, &kept(signed, &signed.note()))
}

fn kept<'a>(signed: &'a Signed<Decision>, note: &'a str) -> NewDecision<'a> {
    let body = &signed.body;
    let mut new = NewDecision {
        decision: body.decision,
        petition: body.petition,
        at: signed.at,
        by: &body.by,
        kind: kind_of(&body.what),
        one: None,
        other: None,
        undoes: None,
        verdict: None,
        reason: None,
        rule: None,
        note,
    };
    match &body.what {
        Decided::Same { one, other }
        | Decided::Different { one, other }
        | Decided::Undecided { one, other } => (new.one, new.other) = (Some(*one), Some(*other)),
        Decided::Verdict { signature, verdict, reason } => {
            new.one = Some(*signature);
            new.verdict = Some(match verdict {
                DecidedVerdict::Counts => decided::COUNTS,
                DecidedVerdict::Void => decision::name_of(Verdict::Void),
                DecidedVerdict::Withdrawn => decision::name_of(Verdict::Withdrawn),
                DecidedVerdict::InReview => decision::name_of(Verdict::InReview),
            });
            new.reason = Some(reason);
        }
        Decided::Rule { .. } => new.rule = rule_of(&body.what),
        Decided::Undone { decision } => new.undoes = Some(*decision),
    }
    new
}

/// The target's rule as matching knows it.
pub(super) fn keep_of(keep: DecidedKeep) -> matching::Keep {
    match keep {
        DecidedKeep::First => matching::Keep::First,
        DecidedKeep::Latest => matching::Keep::Latest,
        DecidedKeep::None => matching::Keep::None,
    }
}
