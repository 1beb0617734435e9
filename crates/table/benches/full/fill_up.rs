//! Fills a table's log up; the benchmark of sending does it, too.

use std::path::Path;

use proof::{Frontier, Hash};
use rusqlite::Connection;

/// Fills a table's log up with copies of its entries: sealing so many anew takes minutes, and their bytes do not matter
/// here.
pub(crate) fn fill_up(database: &Path, key: &[u8; 32], entries: u64) {
    let mut file = Connection::open(database).unwrap();
    file.execute_batch(&format!("PRAGMA key = \"x'{}'\";", key.map(|byte| format!("{byte:02x}")).concat()))
        .unwrap();
    let transaction = file.transaction().unwrap();
    let first = 1_i64 << 40;
    let signed: i64 = transaction.query_row("SELECT count(*) FROM entry", [], |row| row.get(0)).unwrap();
    for size in (signed..entries as i64).step_by(signed as usize) {
        let copy = "INSERT INTO entry (place, petition, shift, saved_at, leaf, envelope)
            SELECT place + ?1, petition, shift, saved_at, leaf, envelope FROM entry WHERE place < ?2";
        transaction.execute(copy, (size, first + signed.min(entries as i64 - size))).unwrap();
    }
    let mut frontier = Frontier::default();
    let mut select = transaction.prepare("SELECT leaf FROM entry ORDER BY place").unwrap();
    let leaves = select.query_map([], |row| row.get(0)).unwrap();
    leaves.for_each(|leaf| frontier.push(Hash(leaf.unwrap())));
    drop(select);
    let sizes = "UPDATE generation SET size = ?1, frontier = ?2";
    transaction.execute(sizes, (frontier.size() as i64, frontier.to_bytes())).unwrap();
    transaction.execute("UPDATE saved SET saved = ?1", [frontier.size() as i64]).unwrap();
    transaction.execute_batch("DELETE FROM stride; DELETE FROM stride_count;").unwrap();
    transaction.commit().unwrap();
}
