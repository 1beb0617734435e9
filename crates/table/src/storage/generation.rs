//! The generations of the table's log: their keys, sizes, frontiers, and what a receipt covers.

use proof::{Frontier, VerifierKey};
use rusqlite::{Connection, Row as SqlRow, Transaction};

use crate::error::TableError;

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

/// `stored_size` is how much of what is received the endpoint still stores, by its latest word. `due_size` is how
/// much of a generation is in no later one; none for the newest.
pub(crate) const STEP_2: &str = "ALTER TABLE generation ADD COLUMN stored_size INTEGER NOT NULL DEFAULT 0;
ALTER TABLE generation ADD COLUMN due_size INTEGER;
UPDATE generation SET stored_size = received_size;
UPDATE generation SET due_size = received_size WHERE generation < (SELECT max(generation) FROM generation);";

#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) generation: u32,
    pub(crate) device: VerifierKey,
    /// This computer has the device key. Not stored.
    pub(crate) is_ours: bool,
    pub(crate) admission: String,
    /// All entries.
    pub(crate) head: Frontier,
    /// The entries that a verified receipt covers.
    pub(crate) received: Frontier,
    pub(crate) receipt: Option<String>,
    pub(crate) received_at: Option<i64>,
    /// Of the entries received, those that the endpoint still stores, by its latest word.
    pub(crate) stored: u64,
    /// The entries that are in no later generation; none for the newest: all.
    pub(crate) due: Option<u64>,
}

impl Row {
    /// The entries that are to be received.
    pub(crate) fn to_receive(&self) -> u64 {
        self.due.unwrap_or(self.head.size())
    }

    /// Those of them that are.
    pub(crate) fn is_received(&self) -> u64 {
        self.stored.min(self.to_receive())
    }
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

/// All of them, oldest first.
pub(crate) fn list(connection: &Connection) -> Result<Vec<Row>, TableError> {
    let mut select = connection.prepare_cached(
        "SELECT generation, device, admission, size, frontier, received_size, received_frontier, receipt,
             received_at, stored_size, due_size
         FROM generation WHERE generation >= 1 ORDER BY generation",
    )?;
    select.query_map([], |row| Ok(read(row)))?.map(|row| row?).collect()
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

/// What is received never shrinks.
pub(crate) fn set_received(connection: &Connection, row: &Row) -> Result<(), TableError> {
    let mut update = connection.prepare_cached(
        "UPDATE generation SET received_size = ?2, received_frontier = ?3, receipt = ?4, received_at = ?5,
             stored_size = ?6
         WHERE generation = ?1 AND received_size <= ?2",
    )?;
    update.execute((
        row.generation,
        row.received.size() as i64,
        row.received.to_bytes(),
        &row.receipt,
        row.received_at,
        row.stored as i64,
    ))?;
    Ok(())
}

/// Keeps what the endpoint stores, by its word.
pub(crate) fn set_stored(connection: &Connection, row: &Row) -> Result<(), TableError> {
    let mut update =
        connection.prepare_cached("UPDATE generation SET stored_size = ?2 WHERE generation = ?1")?;
    update.execute((row.generation, row.stored as i64))?;
    Ok(())
}

/// Keeps how much of a generation is in no later one.
pub(crate) fn set_due(transaction: &Transaction<'_>, generation: u32, due: u64) -> Result<(), TableError> {
    let mut update =
        transaction.prepare_cached("UPDATE generation SET due_size = ?2 WHERE generation = ?1")?;
    update.execute((generation, due as i64))?;
    Ok(())
}

fn read(row: &SqlRow<'_>) -> Result<Row, TableError> {
    let frontier = |size: i64, bytes: Vec<u8>| {
        Frontier::from_bytes(size.unsigned_abs(), &bytes).map_err(|_| TableError::Damaged)
    };
    let device: String = row.get(1)?;
    let due: Option<i64> = row.get(10)?;
    Ok(Row {
        generation: row.get(0)?,
        device: device.parse().map_err(|_| TableError::Damaged)?,
        is_ours: false,
        admission: row.get(2)?,
        head: frontier(row.get(3)?, row.get(4)?)?,
        received: frontier(row.get(5)?, row.get(6)?)?,
        receipt: row.get(7)?,
        received_at: row.get(8)?,
        stored: row.get::<_, i64>(9)?.unsigned_abs(),
        due: due.map(i64::unsigned_abs),
    })
}
