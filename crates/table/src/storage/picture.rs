//! The pictures of the sheet that is being typed. When it is closed nothing of them is left here.

use rusqlite::Connection;
use zeroize::Zeroizing;

pub(crate) const STEP_5: &str = "CREATE TABLE picture (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sheet INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    jpeg BLOB NOT NULL
) STRICT;
CREATE INDEX picture_of_sheet ON picture (sheet, id);";

/// A picture without its bytes.
pub(crate) struct Row {
    pub(crate) id: i64,
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// How many bytes it has.
    pub(crate) bytes: u64,
}

pub(crate) fn insert(
    db: &Connection,
    sheet: i64,
    (width, height): (u32, u32),
    jpeg: &[u8],
) -> rusqlite::Result<i64> {
    db.execute(
        "INSERT INTO picture (sheet, width, height, bytes, jpeg) VALUES (?1, ?2, ?3, ?4, ?5)",
        (sheet, width, height, jpeg.len(), jpeg),
    )?;
    Ok(db.last_insert_rowid())
}

/// The pictures of a sheet, in their order.
pub(crate) fn list(db: &Connection, sheet: i64) -> rusqlite::Result<Vec<Row>> {
    let mut select =
        db.prepare_cached("SELECT id, width, height, bytes FROM picture WHERE sheet = ?1 ORDER BY id")?;
    let rows = select.query_map([sheet], |row| {
        Ok(Row {
            id: row.get("id")?,
            width: row.get("width")?,
            height: row.get("height")?,
            bytes: row.get("bytes")?,
        })
    })?;
    rows.collect()
}

/// The bytes of a picture.
pub(crate) fn get_jpeg(db: &Connection, id: i64) -> rusqlite::Result<Zeroizing<Vec<u8>>> {
    let mut select = db.prepare_cached("SELECT jpeg FROM picture WHERE id = ?1")?;
    select.query_row([id], |row| row.get("jpeg").map(Zeroizing::new))
}

pub(crate) fn delete(db: &Connection, id: i64) -> rusqlite::Result<()> {
    db.execute("DELETE FROM picture WHERE id = ?1", [id])?;
    Ok(())
}

pub(crate) fn delete_all(db: &Connection, sheet: i64) -> rusqlite::Result<()> {
    db.execute("DELETE FROM picture WHERE sheet = ?1", [sheet])?;
    Ok(())
}
