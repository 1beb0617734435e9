//! The roll on the disk: its entries, and the blocks by which they are found, in an encrypted file of their own.

use lockbox::{Schema, Step};
use matching::roll_keys;
use rusqlite::{Connection, OptionalExtension, params};

use super::reading::Entry;

/// Bits of a key that say in which block it is: of a roll of ten million each has about thirty keys.
const BLOCK_BITS: u32 = 20;

/// Everybody of one name, or in one house: more are of no help.
const MOST: usize = 200;

const CREATE: &str = "CREATE TABLE entry (
    entry INTEGER PRIMARY KEY,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    birth TEXT NOT NULL,
    street TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    city TEXT NOT NULL
) STRICT;
CREATE TABLE block (
    block INTEGER PRIMARY KEY,
    keys BLOB NOT NULL
) STRICT;";

/// The area for which quotas are came later.
const STEP_2: &str = "ALTER TABLE entry ADD COLUMN area TEXT NOT NULL DEFAULT ''";

const STEPS: [Step<'_>; 2] = [Step::of(&[CREATE]), Step::of(&[STEP_2])];

/// The roll's database.
pub(super) const SCHEMA: Schema<'_> =
    Schema { name: "roll", steps: &STEPS, settings: "PRAGMA cache_size = -32768;" };

/// Writes entries, and in the end the blocks: eight bytes a key in memory.
pub(super) struct Filling<'a> {
    db: &'a Connection,
    entries: u32,
    /// Key and entry in one number.
    keys: Vec<u64>,
}

impl<'a> Filling<'a> {
    pub(super) fn new(db: &'a Connection) -> Self {
        Self { db, entries: 0, keys: Vec::new() }
    }

    pub(super) fn add(&mut self, entry: &Entry) -> rusqlite::Result<()> {
        self.entries += 1;
        self.db
            .prepare_cached(
                "INSERT INTO entry (entry, number, name, birth, street, postal_code, city, area)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                self.entries,
                entry.number,
                entry.name,
                entry.birth,
                entry.street,
                entry.postal_code,
                entry.city,
                entry.area
            ])?;
        let keys = roll_keys(&entry.signer());
        self.keys.extend(keys.into_iter().map(|key| u64::from(key) << 32 | u64::from(self.entries)));
        Ok(())
    }

    /// Writes the blocks, and gives how many entries there are.
    pub(super) fn end(mut self) -> rusqlite::Result<u64> {
        self.keys.sort_unstable();
        let block_of = |key: &u64| key >> (64 - BLOCK_BITS);
        let mut bytes = Vec::new();
        for keys in self.keys.chunk_by(|one, other| block_of(one) == block_of(other)) {
            bytes.clear();
            bytes.extend(keys.iter().flat_map(|key| key.to_le_bytes()));
            self.db
                .prepare_cached("INSERT INTO block (block, keys) VALUES (?1, ?2)")?
                .execute((keys.first().map(block_of), &bytes))?;
        }
        Ok(u64::from(self.entries))
    }
}

/// The entries that any of these keys leads to, each once. A key that too many share leads nowhere.
pub(super) fn find(db: &Connection, keys: &[u32]) -> rusqlite::Result<Vec<u32>> {
    let mut found = Vec::new();
    for key in keys {
        let block = key >> (32 - BLOCK_BITS);
        let bytes: Option<Vec<u8>> = db
            .prepare_cached("SELECT keys FROM block WHERE block = ?1")?
            .query_row([block], |row| row.get("keys"))
            .optional()?;
        let of_key = |entry: &[u8; 8]| {
            let both = u64::from_le_bytes(*entry);
            #[expect(clippy::cast_possible_truncation, reason = "the two halves of it")]
            let (kept, entry) = ((both >> 32) as u32, both as u32);
            (kept == *key).then_some(entry)
        };
        let entries: Vec<u32> =
            bytes.iter().flat_map(|bytes| bytes.as_chunks::<8>().0).filter_map(of_key).collect();
        if entries.len() <= MOST {
            found.extend(entries);
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// An entry of the roll.
pub(super) fn get(db: &Connection, entry: u32) -> rusqlite::Result<Entry> {
    db.prepare_cached(
        "SELECT number, name, birth, street, postal_code, city, area FROM entry WHERE entry = ?1",
    )?
    .query_row([entry], |row| {
        Ok(Entry {
            number: row.get("number")?,
            name: row.get("name")?,
            birth: row.get("birth")?,
            street: row.get("street")?,
            postal_code: row.get("postal_code")?,
            city: row.get("city")?,
            area: row.get("area")?,
        })
    })
}
