//! Pairs of signatures that may be one person's.

use matching::Pair;
use rusqlite::{Connection, Row};
use uuid::Uuid;

pub(super) const CREATE: &str = "CREATE TABLE pair (
    petition BLOB NOT NULL,
    one BLOB NOT NULL,
    other BLOB NOT NULL,
    probability REAL NOT NULL,
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX pair_other ON pair (other);
CREATE INDEX pair_likely ON pair (petition, probability);";

fn of_row(row: &Row<'_>) -> rusqlite::Result<Pair<Uuid>> {
    let probability: f64 = row.get("probability")?;
    #[expect(clippy::cast_possible_truncation, reason = "it was one when it was kept")]
    let probability = probability as f32;
    Ok(Pair { one: row.get("one")?, other: row.get("other")?, probability })
}

/// Keeps a pair, with how likely it is by now.
pub(crate) fn set(db: &Connection, petition: Uuid, pair: &Pair<Uuid>) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO pair (petition, one, other, probability) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute((petition, pair.one, pair.other, f64::from(pair.probability)))?;
    Ok(())
}

/// Forgets all pairs of a petition.
pub(crate) fn delete_all(db: &Connection, petition: Uuid) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM pair WHERE petition = ?1")?.execute([petition])?;
    Ok(())
}

/// The pairs of a petition that are at least so likely.
pub(crate) fn list_likely(db: &Connection, petition: Uuid, least: f32) -> rusqlite::Result<Vec<Pair<Uuid>>> {
    db.prepare_cached(
        "SELECT one, other, probability FROM pair WHERE petition = ?1 AND probability >= ?2 ORDER BY probability",
    )?
    .query_map((petition, f64::from(least)), of_row)?
    .collect()
}

/// The pairs of a signature that are at least so likely.
pub(crate) fn list_of(db: &Connection, signature: Uuid, least: f32) -> rusqlite::Result<Vec<Pair<Uuid>>> {
    db.prepare_cached(
        "SELECT one, other, probability FROM pair WHERE one = ?1 AND probability >= ?2
         UNION ALL SELECT one, other, probability FROM pair WHERE other = ?1 AND probability >= ?2",
    )?
    .query_map((signature, f64::from(least)), of_row)?
    .collect()
}

/// What is left to be looked at: pairs below the rule's threshold of which nobody decided whether they are one person's.
pub(crate) struct Pile {
    /// How many.
    pub(crate) total: u64,
    /// Of those, such of which both signatures count: deciding them changes the number.
    pub(crate) changing: u64,
    /// Of all, such that somebody looked at and could not tell.
    pub(crate) undecided: u64,
}

/// What is left to be looked at of a petition.
pub(crate) fn count_pile(db: &Connection, petition: Uuid, from: f32, to: f32) -> rusqlite::Result<Pile> {
    db.prepare_cached(
        "SELECT count(*) AS total,
            count(*) FILTER (WHERE left.standing = 'counted' AND right.standing = 'counted') AS changing,
            count(*) FILTER (WHERE EXISTS (SELECT 1 FROM decided WHERE decided.one = pair.one
                AND decided.other = pair.other AND is_held AND kind = 'undecided')) AS undecided
         FROM pair JOIN signature AS left ON left.signature = pair.one
            JOIN signature AS right ON right.signature = pair.other
         WHERE pair.petition = ?1 AND probability >= ?2 AND probability < ?3
            AND NOT EXISTS (SELECT 1 FROM decided WHERE decided.one = pair.one AND decided.other = pair.other
                AND is_held AND kind IN ('same', 'different'))",
    )?
    .query_row((petition, f64::from(from), f64::from(to)), |row| {
        Ok(Pile {
            total: row.get("total")?,
            changing: row.get("changing")?,
            undecided: row.get("undecided")?,
        })
    })
}

/// The next pairs to look at: first those that nobody looked at, then those that were looked at longest ago; of them those that change the number, the likeliest first.
pub(crate) fn list_pile(
    db: &Connection,
    petition: Uuid,
    (from, to): (f32, f32),
    limit: u64,
) -> rusqlite::Result<Vec<Pair<Uuid>>> {
    db.prepare_cached(
        "SELECT pair.one, pair.other, probability
         FROM pair JOIN signature AS left ON left.signature = pair.one
            JOIN signature AS right ON right.signature = pair.other
         WHERE pair.petition = ?1 AND probability >= ?2 AND probability < ?3
            AND NOT EXISTS (SELECT 1 FROM decided WHERE decided.one = pair.one AND decided.other = pair.other
                AND is_held AND kind IN ('same', 'different'))
         ORDER BY (SELECT max(made_at) FROM decided WHERE decided.one = pair.one AND decided.other = pair.other
                AND is_held AND kind = 'undecided'),
            left.standing = 'counted' AND right.standing = 'counted' DESC, probability DESC, pair.one, pair.other
         LIMIT ?4",
    )?
    .query_map((petition, f64::from(from), f64::from(to), limit), of_row)?
    .collect()
}
