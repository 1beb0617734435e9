//! The generations of the table's log: their keys, sizes, frontiers, and what a receipt covers.

use lockbox::column;
use proof::{Frontier, VerifierKey};
use rusqlite::{Connection, Row as SqlRow};

use super::entry::{self, Span};

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
    /// Those that are booked (`booked`): the stored size.
    pub(crate) booked: u64,
    /// The entries that a verified receipt covers.
    pub(crate) received: Frontier,
    pub(crate) receipt: Option<String>,
    pub(crate) received_at: Option<i64>,
    /// Of the entries received, those that the endpoint still stores, by its latest word.
    pub(crate) stored: u64,
    /// The entries that are in no later generation; none for the newest: all.
    pub(crate) due: Option<u64>,
    /// The entries whose envelopes are erased, from the first on. Stored beside this table.
    pub(crate) erased: u64,
}

impl Row {
    /// The entries that are to be received.
    pub(crate) fn to_receive(&self) -> u64 {
        self.due.unwrap_or(self.head.size())
    }

    /// Those of them that are. What is erased was received and opened, whatever the endpoint lost since.
    pub(crate) fn is_received(&self) -> u64 {
        self.stored.max(self.erased).min(self.to_receive())
    }

    /// The endpoint lost what is erased here, and there is nothing else of it to receive.
    pub(crate) fn is_given_up(&self) -> bool {
        self.stored < self.erased.min(self.to_receive()) && self.erased >= self.to_receive()
    }

    /// The entries that are not booked.
    pub(crate) fn unbooked(&self) -> Span {
        Span { generation: self.generation, from: self.booked, to: self.head.size() }
    }
}

pub(crate) fn insert(db: &Connection, row: &Row) -> rusqlite::Result<()> {
    db.execute(
        "INSERT INTO generation (generation, device, admission, size, frontier, received_size, received_frontier)
         VALUES (?1, ?2, ?3, ?4, ?5, 0, x'')",
        (
            row.generation,
            row.device.to_string(),
            &row.admission,
            row.head.size(),
            row.head.to_bytes(),
        ),
    )?;
    Ok(())
}

/// All of them, oldest first, each with its entries up to the last.
pub(crate) fn list(db: &Connection) -> rusqlite::Result<Vec<Row>> {
    let mut select = db.prepare_cached(
        "SELECT generation, device, admission, size, frontier, received_size, received_frontier, receipt,
             received_at, stored_size, due_size
         FROM generation WHERE generation >= 1 ORDER BY generation",
    )?;
    let mut rows = select.query_map([], of_row)?.collect::<rusqlite::Result<Vec<Row>>>()?;
    for row in &mut rows {
        let head = &mut row.head;
        entry::for_each_leaf(db, Span::after(row.generation, row.booked), |leaf| {
            head.push(leaf);
            Ok(())
        })?;
    }
    Ok(rows)
}

pub(crate) fn set_head(db: &Connection, generation: u32, head: &Frontier) -> rusqlite::Result<()> {
    let mut update =
        db.prepare_cached("UPDATE generation SET size = ?2, frontier = ?3 WHERE generation = ?1")?;
    update.execute((generation, head.size(), head.to_bytes()))?;
    Ok(())
}

/// What is received never shrinks.
pub(crate) fn set_received(db: &Connection, row: &Row) -> rusqlite::Result<()> {
    let mut update = db.prepare_cached(
        "UPDATE generation SET received_size = ?2, received_frontier = ?3, receipt = ?4, received_at = ?5,
             stored_size = ?6
         WHERE generation = ?1 AND received_size <= ?2",
    )?;
    update.execute((
        row.generation,
        row.received.size(),
        row.received.to_bytes(),
        &row.receipt,
        row.received_at,
        row.stored,
    ))?;
    Ok(())
}

/// Keeps what the endpoint stores, by its word.
pub(crate) fn set_stored(db: &Connection, row: &Row) -> rusqlite::Result<()> {
    let mut update = db.prepare_cached("UPDATE generation SET stored_size = ?2 WHERE generation = ?1")?;
    update.execute((row.generation, row.stored))?;
    Ok(())
}

/// Keeps how much of a generation is in no later one.
pub(crate) fn set_due(db: &Connection, generation: u32, due: u64) -> rusqlite::Result<()> {
    let mut update = db.prepare_cached("UPDATE generation SET due_size = ?2 WHERE generation = ?1")?;
    update.execute((generation, due))?;
    Ok(())
}

fn of_row(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    let frontier = |size: &str, bytes: &str| {
        Frontier::from_bytes(row.get(size)?, row.get_ref(bytes)?.as_blob()?)
            .map_err(|error| column::malformed(row, bytes, error))
    };
    Ok(Row {
        generation: row.get("generation")?,
        device: column::parsed(row, "device")?,
        is_ours: false,
        admission: row.get("admission")?,
        head: frontier("size", "frontier")?,
        booked: row.get("size")?,
        received: frontier("received_size", "received_frontier")?,
        receipt: row.get("receipt")?,
        received_at: row.get("received_at")?,
        stored: row.get("stored_size")?,
        due: row.get("due_size")?,
        erased: 0,
    })
}
