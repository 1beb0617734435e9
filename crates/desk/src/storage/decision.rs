//! What opening a signature said of it, before any organizer did.

use lockbox::column;
use matching::Verdict;
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

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

/// What opening a signature said of it.
pub(crate) fn find(db: &Connection, signature: Uuid) -> rusqlite::Result<Option<Decision>> {
    db.prepare_cached(
        "SELECT verdict, reason FROM decision WHERE signature = ?1 ORDER BY decision DESC LIMIT 1",
    )?
    .query_row([signature], |row| {
        let verdict = verdict_of(row.get_ref("verdict")?.as_str()?);
        Ok(Decision {
            verdict: verdict.ok_or_else(|| column::malformed(row, "verdict", "no verdict"))?,
            reason: row.get("reason")?,
        })
    })
    .optional()
}

/// A verdict as it is kept.
pub(crate) fn name_of(verdict: Verdict) -> &'static str {
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
