//! How many signatures and entries there are of each kind, counted as they change: no screen goes through all of them.
//!
//! Triggers keep the numbers, in the transaction of whatever changes a signature or an entry.

use rusqlite::Connection;
use uuid::Uuid;

/// Entries that are where their signature was first appended are not counted; those without a petition have an empty
/// one. The indexes that went before are of no use any more.
pub(super) const CREATE: &str = "DROP INDEX entry_outcome;
DROP INDEX signature_standing;
CREATE TABLE standing_count (
    petition BLOB NOT NULL,
    standing TEXT NOT NULL,
    signatures INTEGER NOT NULL,
    PRIMARY KEY (petition, standing)
) STRICT;
INSERT INTO standing_count SELECT petition, standing, count(*) FROM signature GROUP BY petition, standing;
CREATE TRIGGER signature_added AFTER INSERT ON signature BEGIN
    INSERT INTO standing_count VALUES (new.petition, new.standing, 1)
        ON CONFLICT (petition, standing) DO UPDATE SET signatures = signatures + 1;
END;
CREATE TRIGGER signature_changed AFTER UPDATE OF petition, standing ON signature BEGIN
    UPDATE standing_count SET signatures = signatures - 1
        WHERE petition = old.petition AND standing = old.standing;
    INSERT INTO standing_count VALUES (new.petition, new.standing, 1)
        ON CONFLICT (petition, standing) DO UPDATE SET signatures = signatures + 1;
END;
CREATE TRIGGER signature_removed AFTER DELETE ON signature BEGIN
    UPDATE standing_count SET signatures = signatures - 1
        WHERE petition = old.petition AND standing = old.standing;
END;
CREATE TABLE outcome_count (
    log INTEGER NOT NULL REFERENCES log,
    petition BLOB NOT NULL,
    outcome TEXT NOT NULL,
    entries INTEGER NOT NULL,
    PRIMARY KEY (log, petition, outcome)
) STRICT;
INSERT INTO outcome_count
    SELECT log, coalesce(petition, x''), outcome, count(*) FROM entry WHERE outcome <> 'canonical' GROUP BY 1, 2, 3;
CREATE TRIGGER entry_added AFTER INSERT ON entry WHEN new.outcome <> 'canonical' BEGIN
    INSERT INTO outcome_count VALUES (new.log, coalesce(new.petition, x''), new.outcome, 1)
        ON CONFLICT (log, petition, outcome) DO UPDATE SET entries = entries + 1;
END;
CREATE TRIGGER entry_changed AFTER UPDATE OF outcome, petition ON entry BEGIN
    UPDATE outcome_count SET entries = entries - 1
        WHERE log = old.log AND petition = coalesce(old.petition, x'') AND outcome = old.outcome;
    INSERT INTO outcome_count
        SELECT new.log, coalesce(new.petition, x''), new.outcome, 1 WHERE new.outcome <> 'canonical'
        ON CONFLICT (log, petition, outcome) DO UPDATE SET entries = entries + 1;
END;
CREATE TRIGGER entry_removed AFTER DELETE ON entry BEGIN
    UPDATE outcome_count SET entries = entries - 1
        WHERE log = old.log AND petition = coalesce(old.petition, x'') AND outcome = old.outcome;
END;";

/// How many signatures there are of each standing.
pub(crate) struct StandingCounts {
    pub(crate) counted: u64,
    pub(crate) duplicate: u64,
    pub(crate) void: u64,
    pub(crate) withdrawn: u64,
    pub(crate) erased: u64,
    pub(crate) in_review: u64,
}

/// How many signatures there are of each standing, of a petition or of all.
pub(crate) fn count_standings(db: &Connection, petition: Option<Uuid>) -> rusqlite::Result<StandingCounts> {
    db.prepare_cached(
        "SELECT coalesce(sum(signatures) FILTER (WHERE standing = 'counted'), 0) AS counted,
            coalesce(sum(signatures) FILTER (WHERE standing = 'duplicate'), 0) AS duplicate,
            coalesce(sum(signatures) FILTER (WHERE standing = 'void'), 0) AS void,
            coalesce(sum(signatures) FILTER (WHERE standing = 'withdrawn'), 0) AS withdrawn,
            coalesce(sum(signatures) FILTER (WHERE standing = 'erased'), 0) AS erased,
            coalesce(sum(signatures) FILTER (WHERE standing = 'in_review'), 0) AS in_review
         FROM standing_count WHERE ?1 IS NULL OR petition = ?1",
    )?
    .query_row([petition], |row| {
        Ok(StandingCounts {
            counted: row.get("counted")?,
            duplicate: row.get("duplicate")?,
            void: row.get("void")?,
            withdrawn: row.get("withdrawn")?,
            erased: row.get("erased")?,
            in_review: row.get("in_review")?,
        })
    })
}

/// Entries of a log that were set aside.
pub(crate) fn count_set_aside(db: &Connection, log: i64) -> rusqlite::Result<u64> {
    db.prepare_cached(
        "SELECT coalesce(sum(entries), 0) AS entries FROM outcome_count
         WHERE log = ?1 AND outcome = 'set_aside'",
    )?
    .query_row([log], |row| row.get("entries"))
}

/// Entries re-sent and entries set aside, of a petition or of all.
pub(crate) fn count_beside(db: &Connection, petition: Option<Uuid>) -> rusqlite::Result<(u64, u64)> {
    db.prepare_cached(
        "SELECT coalesce(sum(entries) FILTER (WHERE outcome = 'resent'), 0) AS resent,
            coalesce(sum(entries) FILTER (WHERE outcome = 'set_aside'), 0) AS set_aside
         FROM outcome_count WHERE ?1 IS NULL OR petition = ?1",
    )?
    .query_row([petition], |row| Ok((row.get("resent")?, row.get("set_aside")?)))
}
