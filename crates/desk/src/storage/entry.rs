//! The entries of logs: which leaf stands where, and what came of opening its envelope.

use proof::Hash;
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

pub(super) const CREATE: &str = "CREATE TABLE entry (
    log INTEGER NOT NULL REFERENCES log,
    idx INTEGER NOT NULL,
    leaf BLOB NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('canonical', 'resent', 'set_aside')),
    petition BLOB,
    signature BLOB,
    digest BLOB,
    reason TEXT,
    PRIMARY KEY (log, idx)
) STRICT;
CREATE INDEX entry_signature ON entry (signature) WHERE signature IS NOT NULL;
CREATE INDEX entry_outcome ON entry (outcome, petition, log) WHERE outcome <> 'canonical';";

/// Entries that are set aside are few, and are opened again when a petition or a key comes.
pub(super) const STEP_7: &str =
    "CREATE INDEX entry_set_aside ON entry (log, idx) WHERE outcome = 'set_aside';";

/// Where an entry stands.
#[derive(Clone)]
pub(crate) struct EntryPlace {
    pub(crate) log: i64,
    pub(crate) index: u64,
    pub(crate) leaf: Hash,
    pub(crate) table: Uuid,
    pub(crate) generation: u32,
    /// Verifier key of the device.
    pub(crate) device: String,
}

impl EntryPlace {
    /// The place in a row of `entry` and `log`.
    pub(super) fn of_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            log: row.get("log")?,
            index: row.get("idx")?,
            leaf: Hash(row.get("leaf")?),
            table: row.get("table_id")?,
            generation: row.get("generation")?,
            device: row.get("device")?,
        })
    }
}

/// An entry that may open when more is known, with its envelope.
pub(crate) struct Unopened {
    pub(crate) place: EntryPlace,
    pub(crate) envelope: Vec<u8>,
}

/// Why an entry of another content under a known signature id is set aside.
pub(crate) const ID_USED_TWICE: &str = "signature/id-used-twice";

/// What came of an entry.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It is where its signature was first appended.
    Canonical,
    /// Its signature was appended at an earlier place too.
    Resent,
    /// It holds no signature for the ledger; the reason is a stable code.
    SetAside(&'static str),
}

impl Outcome {
    fn columns(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Canonical => ("canonical", None),
            Self::Resent => ("resent", None),
            Self::SetAside(reason) => ("set_aside", Some(reason)),
        }
    }
}

pub(crate) struct NewEntry {
    pub(crate) log: i64,
    pub(crate) index: u64,
    pub(crate) leaf: Hash,
    pub(crate) outcome: Outcome,
    pub(crate) petition: Option<Uuid>,
    /// Signature id and digest of its content, of an entry that was opened.
    pub(crate) signature: Option<(Uuid, [u8; 32])>,
}

pub(crate) fn insert(db: &Connection, entry: &NewEntry) -> rusqlite::Result<()> {
    let (outcome, reason) = entry.outcome.columns();
    db.prepare_cached(
        "INSERT INTO entry (log, idx, leaf, outcome, petition, signature, digest, reason)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute((
        entry.log,
        entry.index,
        entry.leaf.0,
        outcome,
        entry.petition,
        entry.signature.map(|(id, _)| id),
        entry.signature.map(|(_, digest)| digest),
        reason,
    ))?;
    Ok(())
}

/// Says again what came of an entry that is here.
pub(crate) fn set_outcome(db: &Connection, entry: &NewEntry) -> rusqlite::Result<()> {
    let (outcome, reason) = entry.outcome.columns();
    db.prepare_cached(
        "UPDATE entry SET outcome = ?3, petition = ?4, signature = ?5, digest = ?6, reason = ?7
         WHERE log = ?1 AND idx = ?2",
    )?
    .execute((
        entry.log,
        entry.index,
        outcome,
        entry.petition,
        entry.signature.map(|(id, _)| id),
        entry.signature.map(|(_, digest)| digest),
        reason,
    ))?;
    Ok(())
}

/// Entries past a place that are set aside because their petition or epoch was not known, with their envelopes; by log
/// and index. An envelope of an unknown petition looks like a broken one.
pub(crate) fn list_unopened(
    db: &Connection,
    (log, index): (i64, u64),
    limit: usize,
) -> rusqlite::Result<Vec<Unopened>> {
    db.prepare_cached(
        "SELECT log, idx, leaf, table_id, generation, device, bytes
         FROM entry JOIN log USING (log) JOIN envelope USING (log, idx)
         WHERE outcome = 'set_aside' AND (log, idx) > (?1, ?2)
            AND entry.reason IN ('envelope/unknown-epoch', 'envelope/broken')
         ORDER BY log, idx LIMIT ?3",
    )?
    .query_map((log, index, limit), |row| {
        Ok(Unopened { place: EntryPlace::of_row(row)?, envelope: row.get("bytes")? })
    })?
    .collect()
}

/// An earlier place of a signature came: the places known so far are re-sent where they hold the same content,
/// and set aside where they hold another.
pub(crate) fn set_later(db: &Connection, signature: Uuid, digest: &[u8; 32]) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE entry SET outcome = iif(digest = ?2, 'resent', 'set_aside'), reason = iif(digest = ?2, NULL, ?3)
         WHERE signature = ?1",
    )?
    .execute((signature, digest, ID_USED_TWICE))?;
    Ok(())
}

/// The leaves of a log from an index up to another, in order.
pub(crate) fn list_leaves(db: &Connection, log: i64, from: u64, to: u64) -> rusqlite::Result<Vec<Hash>> {
    #[cfg(test)]
    LEAVES_ASKED.set(LEAVES_ASKED.get() + to.saturating_sub(from));
    db.prepare_cached("SELECT leaf FROM entry WHERE log = ?1 AND idx >= ?2 AND idx < ?3 ORDER BY idx")?
        .query_map((log, from, to), |row| row.get("leaf").map(Hash))?
        .collect()
}

/// The leaf at an index of a branch.
pub(crate) fn find_leaf(db: &Connection, log: i64, index: u64) -> rusqlite::Result<Option<Hash>> {
    db.prepare_cached("SELECT leaf FROM entry WHERE log = ?1 AND idx = ?2")?
        .query_row((log, index), |row| row.get("leaf").map(Hash))
        .optional()
}

/// How many entries of a branch from an index up to another are set aside.
pub(crate) fn count_set_aside_between(
    db: &Connection,
    log: i64,
    from: u64,
    to: u64,
) -> rusqlite::Result<u64> {
    let indexes: Vec<i64> = db
        .prepare_cached(
            "SELECT idx FROM entry WHERE log = ?1 AND outcome = 'set_aside' AND idx >= ?2 AND idx < ?3",
        )?
        .query_map((log, from, to), |row| row.get("idx"))?
        .collect::<Result<_, _>>()?;
    Ok(indexes.len() as u64)
}

/// An entry that holds a known signature.
pub(crate) struct EntryOf {
    pub(crate) log: i64,
    pub(crate) index: u64,
    pub(crate) leaf: Hash,
    pub(crate) outcome: String,
}

/// Every entry that holds a signature.
pub(crate) fn list_of(db: &Connection, signature: Uuid) -> rusqlite::Result<Vec<EntryOf>> {
    db.prepare_cached("SELECT log, idx, leaf, outcome FROM entry WHERE signature = ?1 ORDER BY log, idx")?
        .query_map([signature], |row| {
            Ok(EntryOf {
                log: row.get("log")?,
                index: row.get("idx")?,
                leaf: Hash(row.get("leaf")?),
                outcome: row.get("outcome")?,
            })
        })?
        .collect()
}

#[cfg(test)]
thread_local! {
    /// How many leaves a test's thread has asked for.
    pub(crate) static LEAVES_ASKED: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}
