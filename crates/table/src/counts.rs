//! What is saved, received and waiting, and why nothing is.

use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    error::TableError,
    notes,
    storage::{booked, day::day_at, entry::Span, stride},
    table::Table,
};

/// What is saved, received and waiting on a table.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// Durable on this table.
    pub saved: u64,
    /// Of those, covered by a verified receipt, and not said to be lost since.
    pub received: u64,
    /// Of those, covered by none yet.
    pub waiting: u64,
    /// Entries that are covered by none yet: those, and notes to the organizer.
    pub entries_waiting: u64,
    /// Saved in the running shift.
    pub this_shift: u64,
    /// When the last receipt was verified, Unix seconds.
    pub last_receipt_at: Option<i64>,
    /// Everyone's count over the table's petitions by the newest tally, and when it was signed (Unix seconds).
    pub everyone: Option<(u64, i64)>,
    petitions: BTreeMap<Uuid, PetitionCounts>,
}

/// Why there is nothing to send or to carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Nothing {
    /// Nothing is saved on this table yet.
    NoneSaved,
    /// All that is saved is received.
    AllReceived,
}

/// What is saved of one petition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PetitionCounts {
    /// In the running shift.
    pub this_shift: u64,
    /// On this table.
    pub table: u64,
}

impl Counts {
    /// Why nothing waits; none where something does.
    pub fn nothing(&self) -> Option<Nothing> {
        match (self.saved, self.entries_waiting) {
            (0, 0) => Some(Nothing::NoneSaved),
            (_, 0) => Some(Nothing::AllReceived),
            _ => None,
        }
    }

    /// The counts of one petition.
    pub fn petition(&self, id: Uuid) -> PetitionCounts {
        self.petitions.get(&id).copied().unwrap_or_default()
    }
}

impl Table {
    /// All counts. Their cost is that of the petitions and shifts, not of the log.
    pub fn counts(&self) -> Result<Counts, TableError> {
        let running = self.shift.as_ref().map(|shift| shift.id);
        let mut petitions: BTreeMap<Uuid, PetitionCounts> = BTreeMap::new();
        for petition in self.petitions().iter().map(petition::Petition::id) {
            let counts = petitions.entry(petition).or_default();
            for row in booked::list_saved(&self.storage.connection, self.log.unbooked(), petition)? {
                counts.table += row.saved;
                counts.this_shift += if Some(row.shift) == running { row.saved } else { 0 };
            }
        }
        let logs = || self.older.iter().chain([&self.log]);
        let (mut received, mut waiting, mut entries_waiting) = (0, 0, 0);
        for log in logs() {
            let (generation, of, to) = (log.generation, log.is_received(), log.to_receive());
            let notes = |from, to| {
                stride::count(&self.storage.connection, Span { generation, from, to }, notes::NONE)
            };
            received += of - notes(0, of)?;
            waiting += to - of - notes(of, to)?;
            entries_waiting += to - of;
        }
        Ok(Counts {
            saved: petitions.values().map(|counts| counts.table).sum(),
            received,
            waiting,
            entries_waiting,
            this_shift: petitions.values().map(|counts| counts.this_shift).sum(),
            last_receipt_at: logs().filter_map(|log| log.received_at).max(),
            everyone: self.everyone(),
            petitions,
        })
    }

    /// How many were saved of a petition in a shift.
    pub(crate) fn saved_in(&self, petition: Uuid, shift: i64) -> Result<u64, TableError> {
        let rows = booked::list_saved(&self.storage.connection, self.log.unbooked(), petition)?;
        Ok(rows.iter().filter(|row| row.shift == shift).map(|row| row.saved).sum())
    }

    /// How many were saved on the day of a time (Unix seconds), by the day where the table stands.
    pub fn saved_today(&self, now: i64) -> Result<u64, TableError> {
        let (mut today, day) = (0, day_at(now));
        for petition in self.petitions() {
            let rows = booked::list_saved(&self.storage.connection, self.log.unbooked(), petition.id())?;
            today += rows.iter().filter(|row| row.day == day).map(|row| row.that_day).sum::<u64>();
        }
        Ok(today)
    }
}
