//! What was decided of single signatures. What each stands for follows from it: the last decision of a signature holds.

use lockbox::column;
use matching::Verdict;
use rusqlite::{Connection, Row};
use uuid::Uuid;

use super::person::Person;

pub(super) const CREATE: &str = "CREATE TABLE decision (
    decision INTEGER PRIMARY KEY,
    signature BLOB NOT NULL,
    made_by TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('void', 'withdrawn', 'erased', 'in_review')),
    reason TEXT
) STRICT;
CREATE INDEX decision_signature ON decision (signature);
INSERT INTO decision (signature, made_by, verdict, reason)
    SELECT signature, 'opening', standing, reason FROM signature WHERE standing NOT IN ('counted', 'duplicate');";

/// A decision, with its reason.
pub(crate) struct Decision {
    pub(crate) signature: Uuid,
    pub(crate) verdict: Verdict,
    pub(crate) reason: Option<String>,
}

/// Keeps what opening a signature said of it, in the place of what it said of another content: why it is to be looked at
/// before it counts, if it is.
pub(crate) fn set_of_opening(db: &Connection, signature: Uuid, review: Option<&str>) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM decision WHERE signature = ?1 AND made_by = 'opening'")?
        .execute([signature])?;
    if let Some(reason) = review {
        db.prepare_cached(
            "INSERT INTO decision (signature, made_by, verdict, reason) VALUES (?1, 'opening', ?2, ?3)",
        )?
        .execute((signature, name_of(Verdict::InReview), reason))?;
    }
    Ok(())
}

/// What was decided of the signatures of a person, in the order in which it was.
pub(crate) fn list_of_person(db: &Connection, person: Person) -> rusqlite::Result<Vec<Decision>> {
    let of_row = |row: &Row<'_>| {
        let verdict = verdict_of(row.get_ref("verdict")?.as_str()?);
        Ok(Decision {
            signature: row.get("signature")?,
            verdict: verdict.ok_or_else(|| column::malformed(row, "verdict", "no verdict"))?,
            reason: row.get("reason")?,
        })
    };
    match person {
        Person::Known { petition, exact_key } => db
            .prepare_cached(
                "SELECT signature, verdict, decision.reason FROM signature CROSS JOIN decision USING (signature)
                 WHERE petition = ?1 AND exact_key = ?2 ORDER BY decision",
            )?
            .query_map((petition, exact_key), of_row)?
            .collect(),
        Person::Unknown { signature } => db
            .prepare_cached(
                "SELECT signature, verdict, reason FROM decision WHERE signature = ?1 ORDER BY decision",
            )?
            .query_map([signature], of_row)?
            .collect(),
    }
}

/// A verdict as it is kept.
pub(super) fn name_of(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Void => "void",
        Verdict::Withdrawn => "withdrawn",
        Verdict::Erased => "erased",
        Verdict::InReview => "in_review",
    }
}

/// The verdict that is kept as this.
pub(super) fn verdict_of(name: &str) -> Option<Verdict> {
    [Verdict::Void, Verdict::Withdrawn, Verdict::Erased, Verdict::InReview]
        .into_iter()
        .find(|verdict| name_of(*verdict) == name)
}
