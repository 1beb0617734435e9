//! Which signatures a decision about many covers.

use rusqlite::Connection;
use uuid::Uuid;

pub(super) const CREATE: &str = "CREATE TABLE covered (
    decision BLOB NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (decision, signature)
) STRICT, WITHOUT ROWID;
CREATE INDEX covered_signature ON covered (signature, decision);";

pub(crate) fn insert(db: &Connection, decision: Uuid, signature: Uuid) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT OR IGNORE INTO covered (decision, signature) VALUES (?1, ?2)")?
        .execute((decision, signature))?;
    Ok(())
}

/// Forgets what covers a signature because of what it is, and not because it is listed; gives whether anything did.
pub(crate) fn delete_chosen(db: &Connection, signature: Uuid) -> rusqlite::Result<bool> {
    let deleted = db
        .prepare_cached(
            "DELETE FROM covered WHERE signature = ?1 AND EXISTS (
                SELECT 1 FROM decided WHERE decided.decision = covered.decision AND kind = 'verdicts')",
        )?
        .execute([signature])?;
    Ok(deleted > 0)
}

/// Whether any decision covers a signature.
pub(crate) fn is_covered(db: &Connection, signature: Uuid) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM covered WHERE signature = ?1")?.exists([signature])
}

/// The signatures that a decision covers.
pub(crate) fn list(db: &Connection, decision: Uuid) -> rusqlite::Result<Vec<Uuid>> {
    db.prepare_cached("SELECT signature FROM covered WHERE decision = ?1")?
        .query_map([decision], |row| row.get("signature"))?
        .collect()
}

/// How many signatures a decision covers, of those that are here.
pub(crate) fn count(db: &Connection, decision: Uuid) -> rusqlite::Result<u64> {
    db.prepare_cached(
        "SELECT count(*) AS signatures FROM covered JOIN signature USING (signature) WHERE decision = ?1",
    )?
    .query_row([decision], |row| row.get("signatures"))
}
