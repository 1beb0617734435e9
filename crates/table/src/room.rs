//! Room on the disk: the envelopes that the desk has opened and the endpoint stores may be erased here, when the volunteer says
//! so (`docs/protocol.md` §8.7).

use std::{sync::Mutex, thread, time::Duration};

use data_encoding::BASE64;
use rusqlite::TransactionBehavior;
use serde::Serialize;
use ts_rs::TS;

use crate::{
    error::TableError,
    guard::guard,
    storage::{entry::Span, erased, generation},
    table::Table,
};

/// So many entries are erased in one transaction: somebody who signs meanwhile waits for one at the most.
const AT_ONCE: u64 = 128;
/// Between two of them whoever waits has the table.
const BETWEEN: Duration = Duration::from_millis(2);
/// A database of more than this is not written anew: that would take too long, and too much memory.
const ANEW_BYTES: u64 = 32 << 20;

/// What takes room at a table, and what of it can be given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Room {
    /// Bytes that the table takes on the disk.
    pub bytes: u64,
    /// Entries whose envelopes can be erased: the desk has opened them, and the endpoint stores them.
    pub erasable: u64,
    /// About so many bytes that gives, with what is free in the database and with copies of before an update.
    pub erasable_bytes: u64,
    /// Entries whose envelopes stay: something of that is missing.
    pub stays: u64,
    /// Of those, the ones that the endpoint stores: they wait for the desk's word alone.
    pub stays_received: u64,
    /// Entries whose envelopes were erased before.
    pub erased: u64,
    /// When the desk said last what it has opened, Unix seconds; none where it has not.
    pub told_at: Option<i64>,
}

/// What making room came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RoomMade {
    /// Entries whose envelopes were erased.
    pub erased: u64,
    /// Bytes that the disk has back.
    pub given_back: u64,
    /// Bytes that are free in the table's database now: the next signatures go there.
    pub free: u64,
}

impl Table {
    /// What takes room, and what of it can be given up. Costs the same however long the log is.
    pub fn room(&self) -> Result<Room, TableError> {
        let pages = self.storage.pages()?;
        let copies = self.storage.copies_bytes()?;
        let (mut erasable, mut held, mut stays_received, mut erased) = (0, 0, 0, 0);
        for log in self.older.iter().chain([&self.log]) {
            let to = self.erasable_to(log)?;
            erasable += to - log.erased;
            erased += log.erased;
            held += log.head.size() - log.erased;
            stays_received += log.stored.saturating_sub(to);
        }
        let of_envelopes = match held {
            0 => 0,
            held => {
                u64::try_from(u128::from(pages.used()) * u128::from(erasable) / u128::from(held)).unwrap_or(0)
            }
        };
        Ok(Room {
            bytes: pages.all() + copies,
            erasable,
            erasable_bytes: of_envelopes + pages.free() + copies,
            stays: held - erasable,
            stays_received,
            erased,
            told_at: self.tally.as_ref().filter(|tally| self.is_named(&tally.body)).map(|tally| tally.at),
        })
    }

    fn is_named(&self, tally: &wire::Tally) -> bool {
        tally.logs.iter().any(|log| log.table == self.id && log.root.is_some())
    }

    /// How far a generation may be erased.
    fn erasable_to(&self, log: &generation::Row) -> Result<u64, TableError> {
        let named = self.tally.iter().flat_map(|tally| &tally.body.logs).filter(|named| {
            (named.table, named.generation) == (self.id, log.generation) && named.size <= log.head.size()
        });
        let mut opened = 0;
        for named in named {
            let own = self.frontier_at(log.generation, named.size)?.root();
            // Another root: the desk speaks of a log that has this one's name.
            if named.root.as_ref().is_some_and(|root| *root == BASE64.encode(&own.0)) {
                opened = named.size.max(opened);
            }
        }
        let to = opened.min(log.stored).max(log.erased);
        // What is past the entries to be received is in a later generation, too.
        Ok(if log.due.is_some_and(|due| to >= due) { log.head.size() } else { to })
    }

    /// Erases the next envelopes that can be; says how many.
    fn erase_some(&mut self) -> Result<u64, TableError> {
        let logs: Vec<generation::Row> = self.older.iter().chain([&self.log]).cloned().collect();
        for mut log in logs {
            let to = self.erasable_to(&log)?.min(log.erased + AT_ONCE);
            if to == log.erased {
                continue;
            }
            let span = Span { generation: log.generation, from: log.erased, to };
            let db = &mut self.storage.connection;
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            erased::erase(&transaction, span)?;
            transaction.commit()?;
            log.erased = to;
            self.set_log(log);
            return Ok(span.to - span.from);
        }
        Ok(0)
    }

    /// Empties the write-ahead log, and gives what is free in the database back to the disk where that is soon done.
    fn give_back(&mut self) -> Result<(), TableError> {
        self.storage.empty_log()?;
        let pages = self.storage.pages()?;
        if pages.free() > 0 && pages.used() <= ANEW_BYTES {
            self.storage.write_anew()?;
        }
        Ok(())
    }
}

/// Makes room: erases step by step what can be, tells after each how many entries are done, and gives the room back. Whatever
/// ends it, what was erased stays so, and the next time goes on from there.
#[expect(
    clippy::disallowed_methods,
    reason = "a mutex is not fair: in the pause whoever waits for it has it"
)]
pub fn make_room(table: &Mutex<Table>, mut progress: impl FnMut(u64)) -> Result<RoomMade, TableError> {
    let table = || guard(table);
    let before = table().room()?.bytes;
    table().storage.remove_copies()?;
    let mut erased = 0;
    loop {
        match table().erase_some()? {
            0 => break,
            some => erased += some,
        }
        progress(erased);
        thread::sleep(BETWEEN);
    }
    let mut table = table();
    if let Err(error) = table.give_back() {
        // Everything that was to be erased is. On a full disk what is free stays in the database, for the next signatures.
        tracing::warn!(code = error.code(), "the room could not be given back to the disk");
    }
    let pages = table.storage.pages()?;
    Ok(RoomMade { erased, given_back: before.saturating_sub(pages.all()), free: pages.free() })
}
