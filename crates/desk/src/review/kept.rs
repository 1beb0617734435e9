//! Decisions as they are kept, and what each may change.

use std::collections::BTreeSet;

use matching::Verdict;
use rusqlite::Connection;
use uuid::Uuid;
use wire::{Decided, DecidedKeep, DecidedVerdict, Decision, Signed};

use super::many::{cover_by, text_of};
use crate::{
    error::DeskError,
    standing::USUAL_RULE,
    storage::{
        covered,
        decided::{self, NewDecision, Reach},
        decision, pair,
    },
};

/// The signatures that a decision names, where they are one or two.
pub(super) fn signatures_of(what: &Decided) -> Vec<Uuid> {
    match what {
        Decided::Same { one, other }
        | Decided::Different { one, other }
        | Decided::Undecided { one, other } => vec![*one, *other],
        Decided::Verdict { signature, .. } => vec![*signature],
        Decided::Verdicts { .. } | Decided::Listed { .. } | Decided::Rule { .. } | Decided::Undone { .. } => {
            Vec::new()
        }
    }
}

/// What a decision may change.
pub(super) fn reach_of(decision: &Decision) -> Reach {
    let what = &decision.what;
    Reach {
        is_rule: matches!(what, Decided::Rule { .. }),
        signatures: signatures_of(what),
        covers: is_about_many(what).then_some(decision.decision),
        undoes: undone_by(what),
    }
}

/// Whether a decision covers signatures, as many as there are.
pub(super) fn is_about_many(what: &Decided) -> bool {
    matches!(what, Decided::Verdicts { .. } | Decided::Listed { .. })
}

/// The decision that another undoes.
pub(super) fn undone_by(what: &Decided) -> Option<Uuid> {
    match what {
        Decided::Undone { decision } => Some(*decision),
        _ => None,
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
    while let Some(Reach { is_rule, signatures, covers, undoes }) = next {
        touched.extend(signatures);
        if let Some(decision) = covers {
            touched.extend(covered::list(db, decision)?);
        }
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

/// What kind of decision it is: a stable code.
pub(super) fn kind_of(what: &Decided) -> &'static str {
    match what {
        Decided::Same { .. } => "same",
        Decided::Different { .. } => "different",
        Decided::Undecided { .. } => "undecided",
        Decided::Verdict { .. } => "verdict",
        Decided::Verdicts { .. } => "verdicts",
        Decided::Listed { .. } => "listed",
        Decided::Rule { .. } => "rule",
        Decided::Undone { .. } => "undone",
    }
}

/// A rule as it is kept.
pub(super) fn rule_of(what: &Decided) -> Option<(&'static str, u16)> {
    match what {
        Decided::Rule { keep, per_mille } => Some((decided::name_of_keep(keep_of(*keep)), *per_mille)),
        _ => None,
    }
}

/// What signatures stand for by a decision, as it is kept, and why.
pub(super) fn verdict_of(what: &Decided) -> Option<(&'static str, &str)> {
    let (Decided::Verdict { verdict, reason, .. }
    | Decided::Verdicts { verdict, reason, .. }
    | Decided::Listed { verdict, reason, .. }) = what
    else {
        return None;
    };
    let name = match verdict {
        DecidedVerdict::Counts => decided::COUNTS,
        DecidedVerdict::Void => decision::name_of(Verdict::Void),
        DecidedVerdict::Withdrawn => decision::name_of(Verdict::Withdrawn),
        DecidedVerdict::InReview => decision::name_of(Verdict::InReview),
    };
    Some((name, reason))
}

/// Keeps a decision; gives whether it was not here.
pub(crate) fn keep_decision(db: &Connection, signed: &Signed<Decision>) -> Result<bool, DeskError> {
    keep(db, &signed.body, signed.at, &signed.note())
}

/// Keeps a decision that was made at a time, with its note.
pub(super) fn keep(db: &Connection, body: &Decision, at: i64, note: &str) -> Result<bool, DeskError> {
    let verdict = verdict_of(&body.what);
    let mut new = NewDecision {
        decision: body.decision,
        petition: body.petition,
        at,
        by: &body.by,
        kind: kind_of(&body.what),
        one: None,
        other: None,
        undoes: undone_by(&body.what),
        verdict: verdict.map(|(verdict, _)| verdict),
        reason: verdict.map(|(_, reason)| reason),
        rule: rule_of(&body.what),
        chosen: None,
        note,
    };
    match &body.what {
        Decided::Same { one, other }
        | Decided::Different { one, other }
        | Decided::Undecided { one, other } => (new.one, new.other) = (Some(*one), Some(*other)),
        Decided::Verdict { signature, .. } => new.one = Some(*signature),
        Decided::Verdicts { chosen, .. } => new.chosen = Some(text_of(chosen)?),
        Decided::Listed { .. } | Decided::Rule { .. } | Decided::Undone { .. } => {}
    }
    let is_new = decided::insert(db, &new)?;
    match &body.what {
        Decided::Verdicts { chosen, .. } if is_new => cover_by(db, body.petition, body.decision, chosen)?,
        Decided::Listed { signatures, .. } if is_new => {
            // Also those that come later.
            for signature in signatures {
                covered::insert(db, body.decision, *signature)?;
            }
        }
        _ => {}
    }
    Ok(is_new)
}

/// The target's rule as matching knows it.
pub(super) fn keep_of(keep: DecidedKeep) -> matching::Keep {
    match keep {
        DecidedKeep::First => matching::Keep::First,
        DecidedKeep::Latest => matching::Keep::Latest,
        DecidedKeep::None => matching::Keep::None,
    }
}
