//! Pictures of paper sheets, in the pieces in which tables sent them.

use petition::PicturePiece;
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zeroize::Zeroizing;

/// A piece is what it says: the same one that was appended again is there once. Another one in its place is there too, so that
/// the order in which they came says nothing.
pub(super) const STEP_14: &str = "CREATE TABLE picture (
    hash BLOB NOT NULL,
    table_id BLOB NOT NULL,
    petition BLOB NOT NULL,
    sheet INTEGER NOT NULL,
    number INTEGER NOT NULL,
    pieces INTEGER NOT NULL,
    piece INTEGER NOT NULL,
    digest BLOB NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX picture_piece ON picture (hash, table_id, petition, sheet, number, pieces, piece, digest);
CREATE INDEX picture_of_sheet ON picture (table_id, petition, sheet, number, hash, pieces, piece);";

/// A picture, and how much of it is here.
pub(crate) struct Row {
    pub(crate) hash: [u8; 32],
    pub(crate) table: Uuid,
    pub(crate) petition: Uuid,
    pub(crate) sheet: u32,
    pub(crate) number: u32,
    pub(crate) pieces: u32,
    /// Different pieces that are here.
    pub(crate) here: u32,
}

/// Adds a piece that a table sent.
pub(crate) fn insert(db: &Connection, table: Uuid, piece: &PicturePiece) -> rusqlite::Result<()> {
    let digest: [u8; 32] = Sha256::digest(&piece.bytes).into();
    db.prepare_cached(
        "INSERT INTO picture (hash, table_id, petition, sheet, number, pieces, piece, digest, bytes)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (hash, table_id, petition, sheet, number, pieces, piece, digest) DO NOTHING",
    )?
    .execute((
        piece.hash,
        table,
        piece.petition,
        piece.sheet,
        piece.picture,
        piece.pieces,
        piece.piece,
        digest,
        &piece.bytes,
    ))?;
    Ok(())
}

/// The pictures of a sheet of a table, in order.
pub(crate) fn list_of_sheet(
    db: &Connection,
    table: Uuid,
    petition: Uuid,
    sheet: u32,
) -> rusqlite::Result<Vec<Row>> {
    db.prepare_cached(
        "SELECT hash, table_id, petition, sheet, number, pieces, count(DISTINCT piece) AS here FROM picture
         WHERE table_id = ?1 AND petition = ?2 AND sheet = ?3 GROUP BY number, hash, pieces ORDER BY number, hash, pieces",
    )?
    .query_map((table, petition, sheet), of_row)?
    .collect()
}

/// The pictures of a hash: of several sheets, where one file was put to each.
pub(crate) fn list_of_hash(db: &Connection, hash: [u8; 32]) -> rusqlite::Result<Vec<Row>> {
    db.prepare_cached(
        "SELECT hash, table_id, petition, sheet, number, pieces, count(DISTINCT piece) AS here FROM picture
         WHERE hash = ?1 GROUP BY table_id, petition, sheet, number, pieces
         ORDER BY table_id, petition, sheet, number, pieces",
    )?
    .query_map([hash], of_row)?
    .collect()
}

/// The bytes of a picture as far as they are here; of several pieces in one place the first by what is in them.
pub(crate) fn get_bytes(db: &Connection, row: &Row) -> rusqlite::Result<Zeroizing<Vec<u8>>> {
    let mut select = db.prepare_cached(
        "SELECT piece, bytes FROM picture
         WHERE hash = ?1 AND table_id = ?2 AND petition = ?3 AND sheet = ?4 AND number = ?5 AND pieces = ?6
         ORDER BY piece, digest",
    )?;
    let mut rows = select.query((row.hash, row.table, row.petition, row.sheet, row.number, row.pieces))?;
    let (mut all, mut next) = (Zeroizing::new(Vec::with_capacity(petition::PICTURE_MAX_BYTES)), 0);
    while let Some(found) = rows.next()? {
        if found.get::<_, u32>("piece")? == next {
            all.extend_from_slice(found.get_ref("bytes")?.as_blob()?);
            next += 1;
        }
    }
    Ok(all)
}

fn of_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        hash: row.get("hash")?,
        table: row.get("table_id")?,
        petition: row.get("petition")?,
        sheet: row.get("sheet")?,
        number: row.get("number")?,
        pieces: row.get("pieces")?,
        here: row.get("here")?,
    })
}
