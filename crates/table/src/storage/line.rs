//! The lines of the sheet that is being typed. When it is closed nothing of them is left here.

use rusqlite::Connection;
use zeroize::Zeroizing;

/// `draft` is there where the line is entered.
pub(crate) const STEP_4: &str = "CREATE TABLE line (
    sheet INTEGER NOT NULL,
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    draft BLOB,
    PRIMARY KEY (sheet, number)
) STRICT, WITHOUT ROWID;";

pub(crate) struct Row {
    pub(crate) number: u32,
    pub(crate) state: String,
    pub(crate) draft: Option<Zeroizing<Vec<u8>>>,
}

pub(crate) fn set(db: &Connection, sheet: i64, row: &Row) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT INTO line (sheet, number, state, draft) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (sheet, number) DO UPDATE SET state = excluded.state, draft = excluded.draft",
    )?;
    insert.execute((sheet, row.number, &row.state, row.draft.as_deref()))?;
    Ok(())
}

/// The lines of a sheet, in their order.
pub(crate) fn list(db: &Connection, sheet: i64) -> rusqlite::Result<Vec<Row>> {
    let mut select =
        db.prepare_cached("SELECT number, state, draft FROM line WHERE sheet = ?1 ORDER BY number")?;
    let rows = select.query_map([sheet], |row| {
        Ok(Row {
            number: row.get("number")?,
            state: row.get("state")?,
            draft: row.get::<_, Option<Vec<u8>>>("draft")?.map(Zeroizing::new),
        })
    })?;
    rows.collect()
}

/// The last line of a sheet; none where it has none.
pub(crate) fn find_last(db: &Connection, sheet: i64) -> rusqlite::Result<Option<u32>> {
    let mut select = db.prepare_cached("SELECT max(number) AS number FROM line WHERE sheet = ?1")?;
    select.query_row([sheet], |row| row.get("number"))
}

pub(crate) fn delete_all(db: &Connection, sheet: i64) -> rusqlite::Result<()> {
    db.execute("DELETE FROM line WHERE sheet = ?1", [sheet])?;
    Ok(())
}
