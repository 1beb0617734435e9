//! What organizers decided of signatures, each as the note that was signed.

use lockbox::column;
use matching::{Decided, Decision, Keep, Rule, Verdict};
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

use super::decision;

/// A signature's decision is found by `one`, a pair's by either. A decision is held that no held one undoes.
pub(super) const CREATE: &str = "CREATE TABLE decided (
    decision BLOB PRIMARY KEY,
    petition BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    kind TEXT NOT NULL,
    one BLOB,
    other BLOB,
    undoes BLOB,
    verdict TEXT,
    reason TEXT,
    keep TEXT,
    per_mille INTEGER,
    is_held INTEGER NOT NULL DEFAULT 1,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX decided_newest ON decided (petition, made_at DESC, decision DESC);
CREATE INDEX decided_one ON decided (one, other) WHERE one IS NOT NULL;
CREATE INDEX decided_other ON decided (other) WHERE other IS NOT NULL;
CREATE INDEX decided_undoing ON decided (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX decided_rule ON decided (petition, made_at DESC, decision DESC) WHERE kind = 'rule';
CREATE TRIGGER decided_inserted AFTER INSERT ON decided BEGIN UPDATE backup SET changes = changes + 1; END;
CREATE TRIGGER decided_updated AFTER UPDATE ON decided BEGIN UPDATE backup SET changes = changes + 1; END;
CREATE TRIGGER decided_deleted AFTER DELETE ON decided BEGIN UPDATE backup SET changes = changes + 1; END;";

/// A decision about many is found by its petition.
pub(super) const STEP_17: &str = "ALTER TABLE decided ADD COLUMN chosen TEXT;
CREATE INDEX decided_many ON decided (petition) WHERE kind = 'verdicts';";

/// A decision as it is to be kept.
pub(crate) struct NewDecision<'a> {
    pub(crate) decision: Uuid,
    pub(crate) petition: Uuid,
    pub(crate) at: i64,
    pub(crate) by: &'a str,
    pub(crate) kind: &'static str,
    pub(crate) one: Option<Uuid>,
    pub(crate) other: Option<Uuid>,
    pub(crate) undoes: Option<Uuid>,
    pub(crate) verdict: Option<&'static str>,
    pub(crate) reason: Option<&'a str>,
    pub(crate) rule: Option<(&'static str, u16)>,
    /// Of a decision about many, which: JSON.
    pub(crate) chosen: Option<String>,
    pub(crate) note: &'a str,
}

/// What a decision that counts a signature again is kept as.
pub(crate) const COUNTS: &str = "counts";

/// Keeps a decision; one that is here already is left as it is. Gives whether it is new.
pub(crate) fn insert(db: &Connection, new: &NewDecision<'_>) -> rusqlite::Result<bool> {
    let added = db
        .prepare_cached(
            "INSERT OR IGNORE INTO decided (decision, petition, made_at, made_by, kind, one, other, undoes, verdict,
                reason, keep, per_mille, chosen, note)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(rusqlite::params![
            new.decision,
            new.petition,
            new.at,
            new.by,
            new.kind,
            new.one,
            new.other,
            new.undoes,
            new.verdict,
            new.reason,
            new.rule.map(|(keep, _)| keep),
            new.rule.map(|(_, per_mille)| per_mille),
            new.chosen,
            new.note,
        ])?;
    if added > 0 {
        hold_again(db, new.decision)?;
    }
    Ok(added > 0)
}

/// When the newest decision of a petition was made, Unix seconds.
pub(crate) fn newest_at(db: &Connection, petition: Uuid) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached(
        "SELECT made_at FROM decided WHERE petition = ?1 ORDER BY made_at DESC, decision DESC LIMIT 1",
    )?
    .query_row([petition], |row| row.get("made_at"))
    .optional()
}

/// Says again which of these hold: a decision, the one that it undoes, the one that that undoes, and so on.
fn hold_again(db: &Connection, from: Uuid) -> rusqlite::Result<()> {
    let mut next = Some(from);
    while let Some(decision) = next {
        let changed = db
            .prepare_cached(
                "UPDATE decided SET is_held = NOT EXISTS (
                    SELECT 1 FROM decided AS undoing WHERE undoing.undoes = decided.decision AND undoing.is_held
                        AND (undoing.made_at, undoing.decision) > (decided.made_at, decided.decision))
                 WHERE decision = ?1 AND is_held <> NOT EXISTS (
                    SELECT 1 FROM decided AS undoing WHERE undoing.undoes = decided.decision AND undoing.is_held
                        AND (undoing.made_at, undoing.decision) > (decided.made_at, decided.decision))",
            )?
            .execute([decision])?;
        let undoes: Option<Option<Uuid>> = db
            .prepare_cached("SELECT undoes FROM decided WHERE decision = ?1")?
            .query_row([decision], |row| row.get("undoes"))
            .optional()?;
        next = if changed > 0 || decision == from { undoes.flatten() } else { None };
    }
    Ok(())
}

/// The decisions that hold of a signature or of a pair that it is in.
pub(crate) fn list_of(db: &Connection, signature: Uuid) -> rusqlite::Result<Vec<Held>> {
    db.prepare_cached(
        "SELECT decision, made_at, kind, one, other, verdict, reason FROM decided WHERE one = ?1 AND is_held
         UNION ALL SELECT decision, made_at, kind, one, other, verdict, reason FROM decided
            WHERE other = ?1 AND is_held
         UNION ALL SELECT decision, made_at, 'verdict', covered.signature, NULL, verdict, reason
            FROM covered JOIN decided USING (decision) WHERE covered.signature = ?1 AND is_held",
    )?
    .query_map([signature], held_of_row)?
    .filter_map(Result::transpose)
    .collect()
}

/// Whether a signature is one of which somebody decided something, also before it came.
pub(crate) fn is_named(db: &Connection, signature: Uuid) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "SELECT 1 FROM decided WHERE one = ?1 UNION ALL SELECT 1 FROM decided WHERE other = ?1 LIMIT 1",
    )?
    .exists([signature])
}

/// A decision that holds, with its reason.
pub(crate) struct Held {
    pub(crate) decision: Decision<Uuid>,
    pub(crate) reason: Option<String>,
}

fn held_of_row(row: &Row<'_>) -> rusqlite::Result<Option<Held>> {
    let (one, other): (Uuid, Option<Uuid>) = (row.get("one")?, row.get("other")?);
    let what = match (row.get_ref("kind")?.as_str()?, other) {
        ("same", Some(other)) => Decided::Same(one, other),
        ("different", Some(other)) => Decided::Different(one, other),
        ("verdict", None) => Decided::Verdict(one, verdict_of_row(row)?),
        _ => return Ok(None),
    };
    let id: Uuid = row.get("decision")?;
    let decision = Decision { at: row.get("made_at")?, id: id.as_u128(), what };
    Ok(Some(Held { decision, reason: row.get("reason")? }))
}

fn verdict_of_row(row: &Row<'_>) -> rusqlite::Result<Option<Verdict>> {
    let name = row.get_ref("verdict")?.as_str()?;
    match decision::verdict_of(name) {
        None if name != COUNTS => Err(column::malformed(row, "verdict", "no verdict")),
        verdict => Ok(verdict),
    }
}

/// The rule that holds for a petition; none where nobody has set one.
pub(crate) fn find_rule(db: &Connection, petition: Uuid) -> rusqlite::Result<Option<Rule>> {
    db.prepare_cached(
        "SELECT keep, per_mille FROM decided WHERE petition = ?1 AND kind = 'rule' AND is_held
         ORDER BY made_at DESC, decision DESC LIMIT 1",
    )?
    .query_row([petition], |row| {
        let keep = keep_of(row.get_ref("keep")?.as_str()?);
        let keep = keep.ok_or_else(|| column::malformed(row, "keep", "no rule"))?;
        let per_mille: u16 = row.get("per_mille")?;
        Ok(Rule { keep, threshold: f32::from(per_mille) / 1000.0 })
    })
    .optional()
}

/// A rule's choice as it is kept.
pub(crate) fn name_of_keep(keep: Keep) -> &'static str {
    match keep {
        Keep::First => "first",
        Keep::Latest => "latest",
        Keep::None => "none",
    }
}

fn keep_of(name: &str) -> Option<Keep> {
    [Keep::First, Keep::Latest, Keep::None].into_iter().find(|keep| name_of_keep(*keep) == name)
}

/// A decision, to be shown.
pub(crate) struct Shown {
    pub(crate) decision: Uuid,
    pub(crate) at: i64,
    pub(crate) by: String,
    pub(crate) is_held: bool,
    pub(crate) note: String,
}

/// The decisions of a petition, the newest first.
pub(crate) fn list_newest(db: &Connection, petition: Uuid, limit: u64) -> rusqlite::Result<Vec<Shown>> {
    db.prepare_cached(
        "SELECT decision, made_at, made_by, is_held, note FROM decided WHERE petition = ?1
         ORDER BY made_at DESC, decision DESC LIMIT ?2",
    )?
    .query_map((petition, limit), shown_of_row)?
    .collect()
}

/// The decisions of a petition about many, the newest first.
pub(crate) fn list_shown_many(db: &Connection, petition: Uuid) -> rusqlite::Result<Vec<Shown>> {
    db.prepare_cached(
        "SELECT decision, made_at, made_by, is_held, note FROM decided WHERE petition = ?1 
            AND kind IN ('verdicts', 'listed') ORDER BY made_at DESC, decision DESC",
    )?
    .query_map([petition], shown_of_row)?
    .collect()
}

/// The decisions of a signature, of a pair that it is in and of many that it is among, the first one first; and what undid one of them.
pub(crate) fn list_about(db: &Connection, signature: Uuid) -> rusqlite::Result<Vec<Shown>> {
    db.prepare_cached(
        "WITH RECURSIVE about (decision) AS (
            SELECT decision FROM decided WHERE one = ?1
            UNION SELECT decision FROM decided WHERE other = ?1
            UNION SELECT decision FROM covered WHERE signature = ?1
            UNION SELECT decided.decision FROM about JOIN decided ON decided.undoes = about.decision)
         SELECT decision, made_at, made_by, is_held, note FROM about JOIN decided USING (decision)
         ORDER BY made_at, decision",
    )?
    .query_map([signature], shown_of_row)?
    .collect()
}

/// The newest decision of a petition that holds and is no undoing.
pub(crate) fn find_last(db: &Connection, petition: Uuid) -> rusqlite::Result<Option<Shown>> {
    db.prepare_cached(
        "SELECT decision, made_at, made_by, is_held, note FROM decided
         WHERE petition = ?1 AND is_held AND kind <> 'undone' ORDER BY made_at DESC, decision DESC LIMIT 1",
    )?
    .query_row([petition], shown_of_row)
    .optional()
}

fn shown_of_row(row: &Row<'_>) -> rusqlite::Result<Shown> {
    Ok(Shown {
        decision: row.get("decision")?,
        at: row.get("made_at")?,
        by: row.get("made_by")?,
        is_held: row.get("is_held")?,
        note: row.get("note")?,
    })
}

/// The note of a decision.
pub(crate) fn find_note(db: &Connection, decision: Uuid) -> rusqlite::Result<Option<String>> {
    db.prepare_cached("SELECT note FROM decided WHERE decision = ?1")?
        .query_row([decision], |row| row.get("note"))
        .optional()
}

/// The notes of all decisions, in the order in which they were made.
pub(crate) fn list_notes(db: &Connection) -> rusqlite::Result<Vec<String>> {
    db.prepare_cached("SELECT note FROM decided ORDER BY made_at, decision")?
        .query_map([], |row| row.get("note"))?
        .collect()
}

/// The decisions of a petition about many signatures that are chosen: which, and which it chooses, as JSON.
pub(crate) fn list_many(db: &Connection, petition: Uuid) -> rusqlite::Result<Vec<(Uuid, String)>> {
    db.prepare_cached("SELECT decision, chosen FROM decided WHERE petition = ?1 AND kind = 'verdicts'")?
        .query_map([petition], |row| Ok((row.get("decision")?, row.get("chosen")?)))?
        .collect()
}

/// What a decision may change.
#[derive(Default)]
pub(crate) struct Reach {
    /// The rule of its petition.
    pub(crate) is_rule: bool,
    /// What these signatures stand for.
    pub(crate) signatures: Vec<Uuid>,
    /// What this decision about many covers.
    pub(crate) covers: Option<Uuid>,
    /// What this decision says.
    pub(crate) undoes: Option<Uuid>,
}

/// What a decision may change; none where it is not here.
pub(crate) fn find_reach(db: &Connection, decision: Uuid) -> rusqlite::Result<Option<Reach>> {
    db.prepare_cached("SELECT kind, one, other, undoes FROM decided WHERE decision = ?1")?
        .query_row([decision], |row| {
            let (one, other): (Option<Uuid>, Option<Uuid>) = (row.get("one")?, row.get("other")?);
            let kind = row.get_ref("kind")?.as_str()?;
            Ok(Reach {
                is_rule: kind == "rule",
                signatures: one.into_iter().chain(other).collect(),
                covers: matches!(kind, "verdicts" | "listed").then_some(decision),
                undoes: row.get("undoes")?,
            })
        })
        .optional()
}

/// Whether somebody looked at a pair, and could not tell.
pub(crate) fn is_undecided(db: &Connection, one: Uuid, other: Uuid) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "SELECT 1 FROM decided WHERE one = ?1 AND other = ?2 AND kind = 'undecided' AND is_held",
    )?
    .exists((one, other))
}

/// Signatures of a petition that somebody said to be of one person.
pub(crate) fn list_same(db: &Connection, petition: Uuid) -> rusqlite::Result<Vec<Uuid>> {
    db.prepare_cached("SELECT one FROM decided WHERE petition = ?1 AND kind = 'same'")?
        .query_map([petition], |row| row.get("one"))?
        .collect()
}
