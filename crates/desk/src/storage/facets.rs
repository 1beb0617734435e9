//! What a signature can be chosen by, beside its place in a log and its standing. A change of any is noted, for whoever keeps them in memory.

use lockbox::LockboxError;
use petition::{Method, Signature};
use rusqlite::{Connection, Row};
use uuid::Uuid;
use zeroize::Zeroizing;

/// So many signatures of before are read at a time.
const STEP: i64 = 4096;

pub(super) const STEP_17: &str = "ALTER TABLE signature ADD COLUMN method TEXT NOT NULL DEFAULT 'kiosk';
ALTER TABLE signature ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE signature ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE signature ADD COLUMN shift BLOB;
ALTER TABLE signature ADD COLUMN area TEXT NOT NULL DEFAULT '';
ALTER TABLE signature ADD COLUMN domain TEXT NOT NULL DEFAULT '';
ALTER TABLE signature ADD COLUMN text_hash BLOB NOT NULL DEFAULT x'';
CREATE TABLE changed (
    change INTEGER PRIMARY KEY,
    came INTEGER NOT NULL
) STRICT;
CREATE TRIGGER signature_noted AFTER UPDATE ON signature BEGIN
    INSERT INTO changed (came) VALUES (new.rowid);
END;";

/// What a signature can be chosen by.
pub(crate) struct Facets {
    pub(crate) method: Method,
    /// Of the screen, BCP 47.
    pub(crate) language: String,
    /// Where it was signed, by the shift; empty where there was none.
    pub(crate) place: String,
    pub(crate) shift: Option<Uuid>,
    /// Its postal code, or its city where there is none; empty where there is neither.
    pub(crate) area: String,
    /// Of its e-mail address; empty where there is none.
    pub(crate) domain: String,
    pub(crate) text_hash: [u8; 32],
}

impl Facets {
    pub(crate) fn of(signature: &Signature) -> Self {
        let shift = signature.shift.as_ref();
        let address = &signature.address;
        let domain = signature.email.as_ref().and_then(|email| email.rsplit_once('@'));
        Self {
            method: signature.method,
            language: signature.language.clone(),
            place: shift.map(|shift| shift.place.clone()).unwrap_or_default(),
            shift: shift.map(|shift| shift.id),
            area: address.postal_code.as_ref().or(address.city.as_ref()).cloned().unwrap_or_default(),
            domain: domain.map(|(_, domain)| domain.to_lowercase()).unwrap_or_default(),
            text_hash: signature.text_hash,
        }
    }

    pub(super) fn of_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            method: if row.get_ref("method")?.as_str()? == PAPER { Method::Paper } else { Method::Kiosk },
            language: row.get("language")?,
            place: row.get("place")?,
            shift: row.get("shift")?,
            area: row.get("area")?,
            domain: row.get("domain")?,
            text_hash: row.get("text_hash")?,
        })
    }
}

const PAPER: &str = "paper";

/// A method as it is kept and shown.
pub(crate) fn name_of(method: Method) -> &'static str {
    match method {
        Method::Kiosk => "kiosk",
        Method::Paper => PAPER,
    }
}

/// Keeps what the signatures of before can be chosen by.
pub(super) fn backfill(db: &Connection) -> Result<(), LockboxError> {
    let mut last = 0;
    loop {
        let found: Vec<(i64, Uuid, Zeroizing<Vec<u8>>)> = db
            .prepare_cached(
                "SELECT signature.rowid AS came, signature, cbor FROM signature JOIN content USING (signature)
                 WHERE signature.rowid > ?1 ORDER BY signature.rowid LIMIT ?2",
            )?
            .query_map((last, STEP), |row| {
                Ok((row.get("came")?, row.get("signature")?, row.get::<_, Vec<u8>>("cbor")?.into()))
            })?
            .collect::<Result<_, _>>()?;
        let Some((end, _, _)) = found.last() else { return Ok(()) };
        last = *end;
        for (_, id, cbor) in &found {
            // One that cannot be read is found when it is shown.
            if let Ok(signature) = Signature::from_cbor(cbor) {
                set(db, *id, &Facets::of(&signature))?;
            }
        }
    }
}

fn set(db: &Connection, signature: Uuid, facets: &Facets) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE signature SET method = ?2, language = ?3, place = ?4, shift = ?5, area = ?6, domain = ?7, text_hash = ?8
         WHERE signature = ?1",
    )?
    .execute((
        signature,
        name_of(facets.method),
        &facets.language,
        &facets.place,
        facets.shift,
        &facets.area,
        &facets.domain,
        facets.text_hash,
    ))?;
    Ok(())
}

/// The newest change of a signature; 0 where there is none.
pub(crate) fn newest_change(db: &Connection) -> rusqlite::Result<i64> {
    db.prepare_cached("SELECT coalesce(max(change), 0) AS change FROM changed")?
        .query_row([], |row| row.get("change"))
}

/// The signatures that were changed after a change, by the order in which they came.
pub(crate) fn list_changed(db: &Connection, after: i64) -> rusqlite::Result<Vec<i64>> {
    db.prepare_cached("SELECT DISTINCT came FROM changed WHERE change > ?1")?
        .query_map([after], |row| row.get("came"))?
        .collect()
}

/// Forgets all changes: nobody has anything in memory.
pub(crate) fn forget_changes(db: &Connection) -> rusqlite::Result<()> {
    db.execute("DELETE FROM changed", [])?;
    Ok(())
}

/// A signature as it is kept in memory, to be searched and chosen.
pub(crate) struct Indexed<'a> {
    /// In the order in which they came.
    pub(crate) came: i64,
    pub(crate) id: Uuid,
    pub(crate) petition: Uuid,
    pub(crate) signed_at: i64,
    pub(crate) log: i64,
    pub(crate) standing: &'a str,
    pub(crate) search: &'a str,
    /// What came of looking it up in a roll; empty where it was not.
    pub(crate) found: &'a str,
    pub(crate) facets: Facets,
}

impl<'a> Indexed<'a> {
    fn of_row(row: &'a Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            came: row.get("came")?,
            id: row.get("signature")?,
            petition: row.get("petition")?,
            signed_at: row.get("signed_at")?,
            log: row.get("log")?,
            standing: row.get_ref("standing")?.as_str()?,
            search: row.get_ref("search")?.as_str()?,
            found: row.get_ref("found")?.as_str_or_null()?.unwrap_or_default(),
            facets: Facets::of_row(row)?,
        })
    }
}

/// Calls `each` with every signature that came after another, in the order in which they came.
pub(crate) fn for_each_after(
    db: &Connection,
    came: i64,
    mut each: impl FnMut(&Indexed<'_>),
) -> rusqlite::Result<()> {
    let mut statement = db.prepare_cached(
        "SELECT signature.rowid AS came, signature.signature AS signature, signature.petition AS petition, signed_at,
            log, standing, search, method, language, place, shift, area, domain, text_hash, found
         FROM signature LEFT JOIN looked_up USING (signature) WHERE signature.rowid > ?1 ORDER BY signature.rowid",
    )?;
    let mut rows = statement.query([came])?;
    while let Some(row) = rows.next()? {
        each(&Indexed::of_row(row)?);
    }
    Ok(())
}

/// Calls `with` with the signature that came at a place of that order.
pub(crate) fn with_indexed(
    db: &Connection,
    came: i64,
    with: impl FnOnce(&Indexed<'_>),
) -> rusqlite::Result<()> {
    let mut statement = db.prepare_cached(
        "SELECT signature.rowid AS came, signature.signature AS signature, signature.petition AS petition, signed_at,
            log, standing, search, method, language, place, shift, area, domain, text_hash, found
         FROM signature LEFT JOIN looked_up USING (signature) WHERE signature.rowid = ?1",
    )?;
    let mut rows = statement.query([came])?;
    if let Some(row) = rows.next()? {
        with(&Indexed::of_row(row)?);
    }
    Ok(())
}

/// Calls `each` with every signature of a petition, its time of signing, the table and generation of its place, and what it can be
/// chosen by.
pub(crate) fn for_each_of(
    db: &Connection,
    petition: Uuid,
    mut each: impl FnMut(Uuid, i64, (Uuid, u32), &Facets),
) -> rusqlite::Result<()> {
    let mut statement = db.prepare_cached(
        "SELECT signature, signed_at, table_id, generation, method, language, place, shift, area, domain, text_hash
         FROM signature JOIN log USING (log) WHERE petition = ?1",
    )?;
    let mut rows = statement.query([petition])?;
    while let Some(row) = rows.next()? {
        let at = (row.get("table_id")?, row.get("generation")?);
        each(row.get("signature")?, row.get("signed_at")?, at, &Facets::of_row(row)?);
    }
    Ok(())
}
