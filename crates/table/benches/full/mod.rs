//! A table with as many entries as wanted, made in seconds.

use std::{hint::black_box, path::Path};

use data_encoding::HEXLOWER;
use proof::{Frontier, Hash, Seed};
use rusqlite::Connection;
use table::{DatabaseKey, Keys, SetUp, Table};

use crate::kit::{NOW, draft, kit};

const SIGNED: u64 = 5_000;

pub(crate) fn keys() -> Keys {
    Keys { database: DatabaseKey::from_bytes([5; 32]), device: Seed::from_bytes([6; 32]) }
}

/// A table in a running shift with so many entries.
pub(crate) fn full(folder: &Path, entries: u64) -> Table {
    let mut rng = rand::rng();
    let set_up = SetUp::new(&kit(), "Bench", None, NOW).unwrap();
    let mut table = Table::create(folder, keys(), set_up, NOW, &mut rng).unwrap();
    table.start_shift("Market", "D. R.", NOW, &mut rng).unwrap();
    let draft = draft();
    for _ in 0..entries.min(SIGNED) {
        black_box(table.sign(&draft, false, NOW, &mut rng).unwrap());
    }
    if entries <= SIGNED {
        return table;
    }
    drop(table);
    fill_up(&folder.join("table.db"), &[5; 32], entries);
    Table::open(folder, keys(), NOW).unwrap()
}

/// Fills a table's log up with copies of its entries: sealing so many anew takes minutes, and their bytes do not matter
/// here.
fn fill_up(database: &Path, key: &[u8; 32], entries: u64) {
    let mut file = Connection::open(database).unwrap();
    file.execute_batch(&format!("PRAGMA key = \"x'{}'\";", HEXLOWER.encode(key))).unwrap();
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
