//! The newest update that this table works by, and what it changed that nobody has read yet. One row.

use rusqlite::{Connection, OptionalExtension};

pub(crate) const STEP_5: &str = "CREATE TABLE newest_update (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    note TEXT NOT NULL,
    news TEXT NOT NULL
) STRICT;";

pub(crate) struct Row {
    pub(crate) note: String,
    /// JSON.
    pub(crate) news: String,
}

pub(crate) fn set(db: &Connection, row: &Row) -> rusqlite::Result<()> {
    db.execute(
        "INSERT OR REPLACE INTO newest_update (id, note, news) VALUES (1, ?1, ?2)",
        (&row.note, &row.news),
    )?;
    Ok(())
}

pub(crate) fn set_news(db: &Connection, news: &str) -> rusqlite::Result<()> {
    db.execute("UPDATE newest_update SET news = ?1 WHERE id = 1", [news])?;
    Ok(())
}

pub(crate) fn find(db: &Connection) -> rusqlite::Result<Option<Row>> {
    let mut select = db.prepare_cached("SELECT note, news FROM newest_update WHERE id = 1")?;
    select.query_row([], |row| Ok(Row { note: row.get("note")?, news: row.get("news")? })).optional()
}
