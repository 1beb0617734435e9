//! The table's own secret, by which ids become marks and withdrawal codes. One row.

use rusqlite::{Connection, OptionalExtension};
use zeroize::Zeroizing;

pub(crate) const STEP_3: &str = "CREATE TABLE secret (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    secret BLOB NOT NULL
) STRICT;";

pub(crate) fn insert(db: &Connection, secret: &[u8; 32]) -> rusqlite::Result<()> {
    db.execute("INSERT INTO secret (id, secret) VALUES (1, ?1)", [secret])?;
    Ok(())
}

pub(crate) fn find(db: &Connection) -> rusqlite::Result<Option<Zeroizing<[u8; 32]>>> {
    let mut select = db.prepare_cached("SELECT secret FROM secret WHERE id = 1")?;
    select.query_row([], |row| row.get("secret").map(Zeroizing::new)).optional()
}
