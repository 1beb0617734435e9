//! The generations of the table's log: their keys, sizes, frontiers, and what a receipt covers.

use proof::{Frontier, VerifierKey};
use rusqlite::{Connection, Row as SqlRow, Transaction};

use crate::TableError;

pub(crate) const STEP_1: &str = "CREATE TABLE generation (
    generation INTEGER PRIMARY KEY,
    device TEXT NOT NULL,
    admission TEXT NOT NULL,
    size INTEGER NOT NULL,
    frontier BLOB NOT NULL,
    received_size INTEGER NOT NULL,
    received_frontier BLOB NOT NULL,
    receipt TEXT,
    received_at INTEGER
) STRICT;";

#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) generation: u32,
    pub(crate) device: VerifierKey,
    pub(crate) admission: String,
    /// All entries.
    pub(crate) head: Frontier,
    /// The entries that a verified receipt covers.
    pub(crate) received: Frontier,
    pub(crate) receipt: Option<String>,
    pub(crate) received_at: Option<i64>,
}

pub(crate) fn insert(transaction: &Transaction<'_>, row: &Row) -> Result<(), TableError> {
    transaction.execute(
        "INSERT INTO generation (generation, device, admission, size, frontier, received_size, received_frontier)
         VALUES (?1, ?2, ?3, ?4, ?5, 0, x'')",
        (
            row.generation,
            row.device.to_string(),
            &row.admission,
            row.head.size() as i64,
            row.head.to_bytes(),
        ),
    )?;
    Ok(())
}

/// The newest generation.
pub(crate) fn get_newest(connection: &Connection) -> Result<Row, TableError> {
    connection.query_row(
        "SELECT generation, device, admission, size, frontier, received_size, received_frontier, receipt, received_at
         FROM generation ORDER BY generation DESC LIMIT 1",
        [],
        |row| Ok(read(row)),
    )?
}

pub(crate) fn set_head(
    transaction: &Transaction<'_>,
    generation: u32,
    head: &Frontier,
) -> Result<(), TableError> {
    let mut update =
        transaction.prepare_cached("UPDATE generation SET size = ?2, frontier = ?3 WHERE generation = ?1")?;
    update.execute((generation, head.size() as i64, head.to_bytes()))?;
    Ok(())
}

pub(crate) fn set_received(connection: &Connection, row: &Row) -> Result<(), TableError> {
    connection.execute(
        "UPDATE generation SET received_size = ?2, received_frontier = ?3, receipt = ?4, received_at = ?5
         WHERE generation = ?1 AND received_size <= ?2",
        (row.generation, row.received.size() as i64, row.received.to_bytes(), &row.receipt, row.received_at),
    )?;
    Ok(())
}

/// What receipts cover in the generations before the newest: those entries are in no later one.
pub(crate) fn received_before(connection: &Connection, generation: u32) -> Result<u64, TableError> {
    let sum: i64 = connection.query_row(
        "SELECT coalesce(sum(received_size), 0) FROM generation WHERE generation < ?1",
        [generation],
        |row| row.get(0),
    )?;
    Ok(sum.unsigned_abs())
}

fn read(row: &SqlRow<'_>) -> Result<Row, TableError> {
    let frontier = |size: i64, bytes: Vec<u8>| {
        Frontier::from_bytes(size.unsigned_abs(), &bytes).map_err(|_| TableError::Damaged)
    };
    let device: String = row.get(1)?;
    Ok(Row {
        generation: row.get(0)?,
        device: device.parse().map_err(|_| TableError::Damaged)?,
        admission: row.get(2)?,
        head: frontier(row.get(3)?, row.get(4)?)?,
        received: frontier(row.get(5)?, row.get(6)?)?,
        receipt: row.get(7)?,
        received_at: row.get(8)?,
    })
}
