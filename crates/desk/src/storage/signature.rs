//! The signatures of the ledger: which stands for what. What each says is in `content`.

use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use super::{number, optional_uuid, size, uuid};
use crate::standing::Standing;

pub(super) const CREATE: &str = "CREATE TABLE signature (
    signature BLOB PRIMARY KEY,
    petition BLOB NOT NULL,
    signed_at INTEGER NOT NULL,
    exact_key BLOB,
    log INTEGER NOT NULL REFERENCES log,
    idx INTEGER NOT NULL,
    standing TEXT NOT NULL
        CHECK (standing IN ('counted', 'duplicate', 'void', 'withdrawn', 'erased', 'in_review')),
    duplicate_of BLOB,
    reason TEXT,
    search TEXT NOT NULL
) STRICT;
CREATE INDEX signature_newest ON signature (signed_at DESC, signature);
CREATE INDEX signature_person ON signature (petition, exact_key, signed_at, signature) WHERE exact_key IS NOT NULL;
CREATE INDEX signature_standing ON signature (petition, standing);";

/// A time that cannot be wins over none.
pub(super) const STEP_11: &str = "ALTER TABLE signature ADD COLUMN time_doubtful INTEGER NOT NULL DEFAULT 0;
DROP INDEX signature_person;
CREATE INDEX signature_person ON signature (petition, exact_key, time_doubtful, signed_at, signature)
    WHERE exact_key IS NOT NULL;";

/// A signature as it was opened, before it stands for anything.
pub(crate) struct NewSignature<'a> {
    pub(crate) id: Uuid,
    pub(crate) petition: Uuid,
    pub(crate) signed_at: u64,
    pub(crate) is_time_doubtful: bool,
    pub(crate) exact_key: Option<&'a [u8; 32]>,
    pub(crate) log: i64,
    pub(crate) index: u64,
    /// Why it is to be looked at before it counts.
    pub(crate) review: Option<&'static str>,
    pub(crate) search: &'a str,
}

/// Adds a signature, or replaces it by what its earlier place says.
pub(crate) fn put(db: &Connection, new: &NewSignature<'_>) -> rusqlite::Result<()> {
    let standing = if new.review.is_some() { "in_review" } else { "counted" };
    // An update, and no other row in its place: what counts the standings hears of it.
    db.prepare_cached(
        "INSERT INTO signature (signature, petition, signed_at, exact_key, log, idx, standing, reason, search,
            time_doubtful)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT (signature) DO UPDATE SET petition = excluded.petition, signed_at = excluded.signed_at,
            exact_key = excluded.exact_key, log = excluded.log, idx = excluded.idx,
            standing = excluded.standing, duplicate_of = NULL, reason = excluded.reason,
            search = excluded.search, time_doubtful = excluded.time_doubtful",
    )?
    .execute((
        new.id.as_bytes(),
        new.petition.as_bytes(),
        number(new.signed_at),
        new.exact_key,
        new.log,
        number(new.index),
        standing,
        new.review,
        new.search,
        new.is_time_doubtful,
    ))?;
    Ok(())
}

/// Where a signature stands so far, and in which group of possible duplicates.
pub(crate) struct Known {
    pub(crate) table: Uuid,
    pub(crate) generation: u32,
    pub(crate) index: u64,
    pub(crate) leaf: [u8; 32],
    pub(crate) device: String,
    pub(crate) digest: [u8; 32],
    pub(crate) petition: Uuid,
    pub(crate) exact_key: Option<[u8; 32]>,
}

pub(crate) fn find(db: &Connection, signature: Uuid) -> rusqlite::Result<Option<Known>> {
    db.prepare_cached(
        "SELECT table_id, generation, idx, leaf, device, content.digest, signature.petition, exact_key
         FROM signature JOIN log USING (log) JOIN entry USING (log, idx)
            JOIN content ON content.signature = signature.signature
         WHERE signature.signature = ?1",
    )?
    .query_row([signature.as_bytes()], |row| {
        Ok(Known {
            table: uuid(row, "table_id")?,
            generation: row.get("generation")?,
            index: size(row, "idx")?,
            leaf: row.get("leaf")?,
            device: row.get("device")?,
            digest: row.get("digest")?,
            petition: uuid(row, "petition")?,
            exact_key: row.get("exact_key")?,
        })
    })
    .optional()
}

/// When the signature of an entry was signed; none when the entry holds none.
pub(crate) fn find_time(db: &Connection, log: i64, index: u64) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached(
        "SELECT signed_at FROM entry JOIN signature USING (signature)
         WHERE entry.log = ?1 AND entry.idx = ?2 AND entry.outcome <> 'set_aside'",
    )?
    .query_row((log, number(index)), |row| row.get(0))
    .optional()
}

/// Moves a signature to an earlier place of the same content.
pub(crate) fn set_place(db: &Connection, signature: Uuid, log: i64, index: u64) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE signature SET log = ?2, idx = ?3 WHERE signature = ?1")?.execute((
        signature.as_bytes(),
        log,
        number(index),
    ))?;
    Ok(())
}

/// Says anew who of a group is counted and who is a duplicate: the first by (doubtful, signed at, id) is counted.
pub(crate) fn settle_duplicates(
    db: &Connection,
    petition: Uuid,
    exact_key: &[u8; 32],
) -> rusqlite::Result<()> {
    let first: Option<[u8; 16]> = db
        .prepare_cached(
            "SELECT signature FROM signature
             WHERE petition = ?1 AND exact_key = ?2 AND standing IN ('counted', 'duplicate')
             ORDER BY time_doubtful, signed_at, signature LIMIT 1",
        )?
        .query_row((petition.as_bytes(), exact_key), |row| row.get(0))
        .optional()?;
    let Some(first) = first else {
        return Ok(());
    };
    db.prepare_cached(
        "UPDATE signature
         SET standing = iif(signature = ?3, 'counted', 'duplicate'), duplicate_of = nullif(?3, signature)
         WHERE petition = ?1 AND exact_key = ?2 AND standing IN ('counted', 'duplicate')
            AND (duplicate_of IS NOT nullif(?3, signature)
                OR standing <> iif(signature = ?3, 'counted', 'duplicate'))",
    )?
    .execute((petition.as_bytes(), exact_key, first))?;
    Ok(())
}

/// Ids, newest signed first.
pub(crate) fn list_newest(db: &Connection, offset: u64, limit: u64) -> rusqlite::Result<Vec<Uuid>> {
    db.prepare_cached(
        "SELECT signature FROM signature ORDER BY signed_at DESC, signature LIMIT ?1 OFFSET ?2",
    )?
    .query_map((number(limit), number(offset)), |row| uuid(row, "signature"))?
    .collect()
}

/// Ids of all whose searched text holds `folded`, newest signed first.
pub(crate) fn list_found(db: &Connection, folded: &str) -> rusqlite::Result<Vec<Uuid>> {
    db.prepare_cached(
        "SELECT signature FROM signature WHERE instr(search, ?1) > 0 ORDER BY signed_at DESC, signature",
    )?
    .query_map([folded], |row| uuid(row, "signature"))?
    .collect()
}

/// Ids with what the order of an export needs: petition and time of signing.
pub(crate) fn list_keys(db: &Connection) -> rusqlite::Result<Vec<(Uuid, i64, Uuid)>> {
    db.prepare_cached("SELECT petition, signed_at, signature FROM signature")?
        .query_map([], |row| Ok((uuid(row, "petition")?, row.get("signed_at")?, uuid(row, "signature")?)))?
        .collect()
}

/// A signature with its place and its content.
pub(crate) struct Stored {
    pub(crate) label: String,
    pub(crate) table: Uuid,
    pub(crate) generation: u32,
    pub(crate) index: u64,
    pub(crate) standing: Standing,
    pub(crate) reason: Option<String>,
    pub(crate) is_time_doubtful: bool,
    pub(crate) cbor: zeroize::Zeroizing<Vec<u8>>,
}

pub(crate) fn get(db: &Connection, signature: Uuid) -> rusqlite::Result<Stored> {
    db.prepare_cached(
        "SELECT label, table_id, generation, idx, standing, duplicate_of, reason, time_doubtful, cbor
         FROM signature JOIN log USING (log) JOIN content USING (signature) WHERE signature = ?1",
    )?
    .query_row([signature.as_bytes()], |row| {
        let reason: Option<String> = row.get("reason")?;
        let standing: String = row.get("standing")?;
        Ok(Stored {
            label: row.get("label")?,
            table: uuid(row, "table_id")?,
            generation: row.get("generation")?,
            index: size(row, "idx")?,
            standing: standing_of(&standing, optional_uuid(row, "duplicate_of")?, reason.as_deref()),
            reason,
            is_time_doubtful: row.get("time_doubtful")?,
            cbor: row.get::<_, Vec<u8>>("cbor")?.into(),
        })
    })
}

fn standing_of(standing: &str, of: Option<Uuid>, reason: Option<&str>) -> Standing {
    match (standing, of) {
        ("counted", _) => Standing::Counted,
        ("duplicate", Some(of)) => Standing::Duplicate { of },
        ("void", _) => Standing::Void { reason: reason.unwrap_or_default().to_owned() },
        ("withdrawn", _) => Standing::Withdrawn,
        ("erased", _) => Standing::Erased,
        _ => Standing::InReview,
    }
}
