//! How the shifts began.

use rusqlite::{Connection, OptionalExtension};

/// `checks` is JSON: what was looked at, and what came of it.
pub(crate) const STEP_5: &str = "CREATE TABLE opening (
    shift INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    size INTEGER NOT NULL,
    root BLOB NOT NULL,
    checkpoint TEXT NOT NULL,
    checks TEXT NOT NULL,
    witness TEXT NOT NULL,
    laptop_seal TEXT NOT NULL,
    stick_seal TEXT NOT NULL,
    issued INTEGER,
    refused INTEGER NOT NULL
) STRICT;";

/// How a shift began.
pub(crate) struct Row {
    /// Unix seconds.
    pub(crate) at: i64,
    pub(crate) generation: u32,
    pub(crate) size: u64,
    pub(crate) root: [u8; 32],
    pub(crate) checkpoint: String,
    pub(crate) checks: String,
    pub(crate) witness: String,
    pub(crate) laptop_seal: String,
    pub(crate) stick_seal: String,
    pub(crate) issued: Option<u32>,
    pub(crate) refused: u32,
}

pub(crate) fn insert(db: &Connection, shift: i64, row: &Row) -> rusqlite::Result<()> {
    db.execute(
        "INSERT INTO opening (shift, at, generation, size, root, checkpoint, checks, witness, laptop_seal,
             stick_seal, issued, refused)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        (
            shift,
            row.at,
            row.generation,
            row.size,
            row.root,
            &row.checkpoint,
            &row.checks,
            &row.witness,
            &row.laptop_seal,
            &row.stick_seal,
            row.issued,
            row.refused,
        ),
    )?;
    Ok(())
}

/// Of a shift; none where it began in a version that kept none.
pub(crate) fn find(db: &Connection, shift: i64) -> rusqlite::Result<Option<Row>> {
    let mut select = db.prepare_cached(
        "SELECT at, generation, size, root, checkpoint, checks, witness, laptop_seal, stick_seal, issued, refused
         FROM opening WHERE shift = ?1",
    )?;
    let found = select.query_row([shift], |row| {
        Ok(Row {
            at: row.get("at")?,
            generation: row.get("generation")?,
            size: row.get("size")?,
            root: row.get("root")?,
            checkpoint: row.get("checkpoint")?,
            checks: row.get("checks")?,
            witness: row.get("witness")?,
            laptop_seal: row.get("laptop_seal")?,
            stick_seal: row.get("stick_seal")?,
            issued: row.get("issued")?,
            refused: row.get("refused")?,
        })
    });
    found.optional()
}
