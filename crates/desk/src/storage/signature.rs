//! The signatures of the ledger: which stands for what. What each says is in `content`.

use lockbox::column;
use matching::{Signed, Standing};
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{
    decision,
    entry::EntryPlace,
    facets::{self, Facets},
};

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

/// Who signed is found by comparing.
pub(super) const STEP_16: &str = "DROP INDEX signature_person;
ALTER TABLE signature DROP COLUMN exact_key;";

/// A signature as it was opened, before it stands for anything.
pub(crate) struct NewSignature<'a> {
    pub(crate) id: Uuid,
    pub(crate) petition: Uuid,
    pub(crate) signed_at: u64,
    pub(crate) is_time_doubtful: bool,
    pub(crate) log: i64,
    pub(crate) index: u64,
    pub(crate) search: &'a str,
    pub(crate) facets: &'a Facets,
}

/// Adds a signature, or replaces it by what its earlier place says. It counts until it is settled.
pub(crate) fn set(db: &Connection, new: &NewSignature<'_>) -> rusqlite::Result<()> {
    // An update, and no other row in its place: what counts the standings hears of it.
    db.prepare_cached(
        "INSERT INTO signature (signature, petition, signed_at, log, idx, standing, search, time_doubtful,
            method, language, place, shift, area, domain, text_hash)
         VALUES (?1, ?2, ?3, ?4, ?5, 'counted', ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
         ON CONFLICT (signature) DO UPDATE SET petition = excluded.petition, signed_at = excluded.signed_at,
            log = excluded.log, idx = excluded.idx,
            standing = excluded.standing, duplicate_of = NULL, reason = NULL,
            search = excluded.search, time_doubtful = excluded.time_doubtful,
            method = excluded.method, language = excluded.language, place = excluded.place, shift = excluded.shift,
            area = excluded.area, domain = excluded.domain, text_hash = excluded.text_hash",
    )?
    .execute((
        new.id,
        new.petition,
        new.signed_at,
        new.log,
        new.index,
        new.search,
        new.is_time_doubtful,
        facets::name_of(new.facets.method),
        &new.facets.language,
        &new.facets.place,
        new.facets.shift,
        &new.facets.area,
        &new.facets.domain,
        new.facets.text_hash,
    ))?;
    Ok(())
}

/// Where a signature stands so far, and whose it is.
pub(crate) struct Known {
    pub(crate) place: EntryPlace,
    pub(crate) digest: [u8; 32],
    pub(crate) petition: Uuid,
}

pub(crate) fn find(db: &Connection, signature: Uuid) -> rusqlite::Result<Option<Known>> {
    db.prepare_cached(
        "SELECT log, idx, leaf, table_id, generation, device, content.digest, signature.petition
         FROM signature JOIN log USING (log) JOIN entry USING (log, idx)
            JOIN content ON content.signature = signature.signature
         WHERE signature.signature = ?1",
    )?
    .query_row([signature], |row| {
        Ok(Known {
            place: EntryPlace::of_row(row)?,
            digest: row.get("digest")?,
            petition: row.get("petition")?,
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
    .query_row((log, index), |row| row.get("signed_at"))
    .optional()
}

/// Moves a signature to an earlier place of the same content.
pub(crate) fn set_place(db: &Connection, signature: Uuid, log: i64, index: u64) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE signature SET log = ?2, idx = ?3 WHERE signature = ?1")?
        .execute((signature, log, index))?;
    Ok(())
}

/// What a signature stands for, and why, where a decision says it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Settled {
    pub(crate) standing: Standing<Uuid>,
    pub(crate) reason: Option<String>,
}

impl Settled {
    fn of_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let standing = match row.get_ref("standing")?.as_str()? {
            "counted" => Standing::Counted,
            "duplicate" => Standing::Duplicate { of: row.get("duplicate_of")? },
            name => match decision::verdict_of(name) {
                Some(verdict) => Standing::Decided(verdict),
                None => return Err(column::malformed(row, "standing", "no standing")),
            },
        };
        Ok(Self { standing, reason: row.get("reason")? })
    }
}

/// A signature, and what it stood for when it was last settled.
pub(crate) fn find_signed(
    db: &Connection,
    signature: Uuid,
) -> rusqlite::Result<Option<(Signed<Uuid>, Settled)>> {
    db.prepare_cached(
        "SELECT signature, signed_at, time_doubtful, standing, duplicate_of, reason FROM signature
         WHERE signature = ?1",
    )?
    .query_row([signature], |row| {
        let signed = Signed {
            is_time_doubtful: row.get("time_doubtful")?,
            signed_at: row.get("signed_at")?,
            id: row.get("signature")?,
        };
        Ok((signed, Settled::of_row(row)?))
    })
    .optional()
}

/// Which petition a signature is of.
pub(crate) fn find_petition(db: &Connection, signature: Uuid) -> rusqlite::Result<Option<Uuid>> {
    db.prepare_cached("SELECT petition FROM signature WHERE signature = ?1")?
        .query_row([signature], |row| row.get("petition"))
        .optional()
}

/// The signatures that came after another, in the order in which they came, each with its petition.
pub(crate) fn list_come_after(db: &Connection, up_to: i64) -> rusqlite::Result<Vec<(i64, Uuid, Uuid)>> {
    db.prepare_cached("SELECT rowid, petition, signature FROM signature WHERE rowid > ?1 ORDER BY rowid")?
        .query_map([up_to], |row| Ok((row.get("rowid")?, row.get("petition")?, row.get("signature")?)))?
        .collect()
}

/// The signatures of a petition that are another's duplicate.
pub(crate) fn list_duplicates(db: &Connection, petition: Uuid) -> rusqlite::Result<Vec<Uuid>> {
    db.prepare_cached("SELECT signature FROM signature WHERE petition = ?1 AND standing = 'duplicate'")?
        .query_map([petition], |row| row.get("signature"))?
        .collect()
}

/// Calls `each` with what every signature of a petition says and with its table, up to one in the order in which they came; in the
/// order of their ids.
pub(crate) fn for_each_content(
    db: &Connection,
    petition: Uuid,
    up_to: i64,
    mut each: impl FnMut(Uuid, Uuid, &[u8]),
) -> rusqlite::Result<()> {
    let mut statement = db.prepare_cached(
        "SELECT signature.signature AS id, table_id, cbor
         FROM signature JOIN content ON content.signature = signature.signature JOIN log USING (log)
         WHERE petition = ?1 AND signature.rowid <= ?2 ORDER BY signature.signature",
    )?;
    let mut rows = statement.query((petition, up_to))?;
    while let Some(row) = rows.next()? {
        let cbor = row.get_ref("cbor")?;
        each(row.get("id")?, row.get("table_id")?, cbor.as_blob()?);
    }
    Ok(())
}

/// A signature of a petition, with its table. Personal data: it has no `Debug`.
pub(crate) struct InOrder<'a> {
    pub(crate) table: Uuid,
    /// What the volunteers call the table.
    pub(crate) label: &'a str,
    pub(crate) signed_at: i64,
    pub(crate) standing: &'a str,
    /// What came of looking it up in a roll; empty where it was not.
    pub(crate) found: &'a str,
    pub(crate) cbor: &'a [u8],
}

/// Calls `each` with every signature of a petition, in the order in which they came: in each log its own.
pub(crate) fn for_each_in_order(
    db: &Connection,
    petition: Uuid,
    mut each: impl FnMut(&InOrder<'_>),
) -> rusqlite::Result<()> {
    let mut statement = db.prepare_cached(
        "SELECT table_id, label, signed_at, standing, found, cbor
         FROM signature JOIN content ON content.signature = signature.signature JOIN log USING (log)
            LEFT JOIN looked_up ON looked_up.signature = signature.signature
         WHERE signature.petition = ?1 ORDER BY signature.rowid",
    )?;
    let mut rows = statement.query([petition])?;
    while let Some(row) = rows.next()? {
        each(&InOrder {
            table: row.get("table_id")?,
            label: row.get_ref("label")?.as_str()?,
            signed_at: row.get("signed_at")?,
            standing: row.get_ref("standing")?.as_str()?,
            found: row.get_ref("found")?.as_str_or_null()?.unwrap_or_default(),
            cbor: row.get_ref("cbor")?.as_blob()?,
        });
    }
    Ok(())
}

/// What a signature says, and its table.
pub(crate) fn get_content(db: &Connection, signature: Uuid) -> rusqlite::Result<(Uuid, Zeroizing<Vec<u8>>)> {
    db.prepare_cached(
        "SELECT table_id, cbor FROM signature JOIN content ON content.signature = signature.signature
            JOIN log USING (log)
         WHERE signature.signature = ?1",
    )?
    .query_row([signature], |row| Ok((row.get("table_id")?, row.get::<_, Vec<u8>>("cbor")?.into())))
}

pub(crate) fn set_settled(db: &Connection, signature: Uuid, settled: &Settled) -> rusqlite::Result<()> {
    let (standing, of) = match settled.standing {
        Standing::Counted => ("counted", None),
        Standing::Duplicate { of } => ("duplicate", Some(of)),
        Standing::Decided(verdict) => (decision::name_of(verdict), None),
    };
    db.prepare_cached(
        "UPDATE signature SET standing = ?2, duplicate_of = ?3, reason = ?4 WHERE signature = ?1",
    )?
    .execute((signature, standing, of, &settled.reason))?;
    Ok(())
}

/// Ids of the signatures of a table on a petition that were signed at this very time: those from paper are at noon of the day
/// on their sheet.
pub(crate) fn list_at(
    db: &Connection,
    table: Uuid,
    petition: Uuid,
    signed_at: u64,
) -> rusqlite::Result<Vec<Uuid>> {
    db.prepare_cached(
        "SELECT signature FROM signature JOIN log USING (log)
         WHERE signed_at = ?1 AND petition = ?2 AND table_id = ?3 ORDER BY signature",
    )?
    .query_map((signed_at, petition, table), |row| row.get("signature"))?
    .collect()
}

/// The signatures of a petition that count, by table, generation and index of their first place.
pub(crate) fn list_counted(db: &Connection, petition: Uuid) -> rusqlite::Result<Vec<Uuid>> {
    db.prepare_cached(
        "SELECT signature FROM signature JOIN log USING (log) WHERE petition = ?1 AND standing = 'counted'
         ORDER BY table_id, generation, idx, signature",
    )?
    .query_map([petition], |row| row.get("signature"))?
    .collect()
}

/// Ids with what the order of an export needs: petition and time of signing.
pub(crate) fn list_keys(db: &Connection) -> rusqlite::Result<Vec<(Uuid, i64, Uuid)>> {
    db.prepare_cached("SELECT petition, signed_at, signature FROM signature")?
        .query_map([], |row| Ok((row.get("petition")?, row.get("signed_at")?, row.get("signature")?)))?
        .collect()
}

/// A signature with its place and its content.
pub(crate) struct Stored {
    pub(crate) log: i64,
    pub(crate) label: String,
    pub(crate) table: Uuid,
    pub(crate) generation: u32,
    pub(crate) index: u64,
    pub(crate) settled: Settled,
    pub(crate) is_time_doubtful: bool,
    pub(crate) cbor: Zeroizing<Vec<u8>>,
}

pub(crate) fn get(db: &Connection, signature: Uuid) -> rusqlite::Result<Stored> {
    db.prepare_cached(
        "SELECT log, label, table_id, generation, idx, standing, duplicate_of, reason, time_doubtful, cbor
         FROM signature JOIN log USING (log) JOIN content USING (signature) WHERE signature = ?1",
    )?
    .query_row([signature], |row| {
        Ok(Stored {
            log: row.get("log")?,
            label: row.get("label")?,
            table: row.get("table_id")?,
            generation: row.get("generation")?,
            index: row.get("idx")?,
            settled: Settled::of_row(row)?,
            is_time_doubtful: row.get("time_doubtful")?,
            cbor: row.get::<_, Vec<u8>>("cbor")?.into(),
        })
    })
}
