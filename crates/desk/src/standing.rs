//! What a signature of the ledger stands for: it follows from who signed, and from what was decided.

use std::collections::{BTreeMap, BTreeSet};

use matching::{Decided, Decision, Keep, Pair, Rule, Verdict};
use rusqlite::Connection;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use crate::storage::{
    decided::{self, Held},
    decision, pair,
    signature::{self, Settled},
};

/// What a signature stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Standing {
    /// It counts.
    Counted,
    /// The same person has signed before.
    Duplicate {
        /// The signature that counts.
        of: Uuid,
    },
    /// It does not count, by the organizer's word.
    Void {
        /// Why.
        reason: String,
    },
    /// The person took it back.
    Withdrawn,
    /// What it said is erased.
    Erased,
    /// To be looked at before it counts.
    InReview,
}

impl Standing {
    /// The standing that is kept.
    pub(crate) fn of(settled: Settled) -> Self {
        match settled.standing {
            matching::Standing::Counted => Self::Counted,
            matching::Standing::Duplicate { of } => Self::Duplicate { of },
            matching::Standing::Decided(Verdict::Void) => {
                Self::Void { reason: settled.reason.unwrap_or_default() }
            }
            matching::Standing::Decided(Verdict::Withdrawn) => Self::Withdrawn,
            matching::Standing::Decided(Verdict::Erased) => Self::Erased,
            matching::Standing::Decided(Verdict::InReview) => Self::InReview,
        }
    }
}

/// The rule of a petition for which nobody has set another.
pub(crate) const USUAL_RULE: Rule = Rule { keep: Keep::First, threshold: 0.95 };

/// Why a signature is void where the target counts nobody who signed more than once.
const SEVERAL: &str = "rule/several";

/// Says again what these signatures stand for, and all that are one person's with them, from how likely that is, from the rule and
/// from what was decided. It costs what these people signed: nobody else's standing can change.
pub(crate) fn settle(db: &Connection, touched: BTreeSet<Uuid>) -> rusqlite::Result<()> {
    let mut left = touched;
    while let Some(first) = left.pop_first() {
        let Some(petition) = signature::find_petition(db, first)? else { continue };
        let rule = decided::find_rule(db, petition)?.unwrap_or(USUAL_RULE);
        let group = Group::around(db, first, rule.threshold)?;
        for id in &group.signatures {
            left.remove(id);
        }
        group.settle(db, rule)?;
    }
    Ok(())
}

/// Signatures that may be put together, by a pair that is likely enough or by somebody's word, with all that says so.
struct Group {
    signatures: BTreeSet<Uuid>,
    pairs: Vec<Pair<Uuid>>,
    held: Vec<Held>,
}

impl Group {
    fn around(db: &Connection, first: Uuid, threshold: f32) -> rusqlite::Result<Self> {
        let mut group = Self { signatures: BTreeSet::from([first]), pairs: Vec::new(), held: Vec::new() };
        let mut next = vec![first];
        while let Some(id) = next.pop() {
            let pairs = pair::list_of(db, id, threshold)?;
            let held = decided::list_of(db, id)?;
            let said = held.iter().filter_map(|held| match held.decision.what {
                Decided::Same(one, other) => Some((one, other)),
                _ => None,
            });
            let together = pairs.iter().map(|pair| (pair.one, pair.other)).chain(said);
            let others: Vec<Uuid> = together.flat_map(|(one, other)| [one, other]).collect();
            next.extend(others.into_iter().filter(|other| group.signatures.insert(*other)));
            group.pairs.extend(pairs);
            group.held.extend(held);
        }
        Ok(group)
    }

    fn settle(self, db: &Connection, rule: Rule) -> rusqlite::Result<()> {
        let (mut signed, mut before, mut reasons) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        let mut decisions: Vec<Decision<Uuid>> = Vec::new();
        for id in self.signatures {
            let Some((one, settled)) = signature::find_signed(db, id)? else { continue };
            signed.push(one);
            before.insert(id, settled);
            if let Some(opening) = decision::find(db, id)? {
                // Before anybody decided anything.
                let what = Decided::Verdict(id, Some(opening.verdict));
                decisions.push(Decision { at: 0, id: 0, what });
                reasons.insert(id, opening.reason);
            }
        }
        let mut held = self.held;
        held.sort_by_key(|held| held.decision);
        for Held { decision, reason } in held {
            if let Decided::Verdict(id, _) = decision.what {
                reasons.insert(id, reason);
            }
            decisions.push(decision);
        }
        for (id, standing) in matching::stand(&signed, &self.pairs, rule, &decisions) {
            let reason = match standing {
                matching::Standing::Decided(Verdict::Void) => {
                    Some(reasons.remove(&id).flatten().unwrap_or_else(|| SEVERAL.to_owned()))
                }
                matching::Standing::Decided(_) => reasons.remove(&id).flatten(),
                _ => None,
            };
            let settled = Settled { standing, reason };
            if before.get(&id) != Some(&settled) {
                signature::set_settled(db, id, &settled)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use lockbox::{Lockbox, LockboxError, Schema};

    use super::*;
    use crate::storage::SCHEMA;

    const ID: Uuid = Uuid::from_u128(5);

    fn standing(db: &Connection) -> (String, Option<String>) {
        let select = "SELECT standing, reason FROM signature";
        db.query_row(select, [], |row| Ok((row.get("standing")?, row.get("reason")?))).unwrap()
    }

    #[test]
    fn what_was_in_review_before_there_were_decisions_is_decided_and_undone_by_taking_that_out() {
        let folder = tempfile::tempdir().unwrap();
        // The twelfth step brings decisions.
        let before = Schema { steps: &SCHEMA.steps[..11], ..SCHEMA };
        let made = Lockbox::create(folder.path(), None, &before, |db| {
            db.execute_batch(
                "INSERT INTO log (log, table_id, generation, device, kit, label, certificate, admission, admitted_at,
                    size, frontier, checkpoint)
                 VALUES (1, zeroblob(16), 1, '', zeroblob(16), 'Table', '', '', 0, 0, x'', '')",
            )?;
            db.execute(
                "INSERT INTO signature (signature, petition, signed_at, log, idx, standing, reason, search)
                 VALUES (?1, zeroblob(16), 0, 1, 0, 'in_review', 'signature/unknown-text', '')",
                [ID],
            )?;
            Ok::<_, LockboxError>(())
        });
        drop(made.unwrap());
        let db = Lockbox::open(folder.path(), None, &SCHEMA).unwrap().connection;
        let people = || BTreeSet::from([ID]);
        settle(&db, people()).unwrap();
        assert_eq!(standing(&db), ("in_review".to_owned(), Some("signature/unknown-text".to_owned())));
        db.execute("DELETE FROM decision", []).unwrap();
        settle(&db, people()).unwrap();
        assert_eq!(standing(&db), ("counted".to_owned(), None));
    }
}
