//! A table with as many entries as wanted, made in seconds.

mod fill_up;

use std::{hint::black_box, path::Path};

use fill_up::fill_up;
use proof::Seed;
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
