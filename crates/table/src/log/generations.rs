//! The generations of the log: what the endpoint knows otherwise, or lost, is appended again.

use std::collections::BTreeSet;

use proof::{Checkpoint, Frontier, Hash, Origin, Seed, SigningKey};
use rusqlite::{Transaction, TransactionBehavior};
use wire::{Admission, OpenKit, Signed};

use crate::{
    error::TableError,
    storage::{
        again::{self, Run},
        aside, booked,
        entry::{self, Span},
        generation, stride,
    },
    table::Table,
};

impl Table {
    /// Whether a checkpoint note proves that another log goes under the name of a generation: it is signed by the
    /// device key of that generation, and is not of its log.
    pub fn is_fork(&self, generation: u32, note: &str) -> Result<bool, TableError> {
        let device = self.origin_of(generation).device_key(&self.device);
        let Some(log) = self.find_log(generation) else { return Ok(false) };
        let Some(found) =
            note.parse().ok().and_then(|note| Checkpoint::verify(&note, device.verifier()).ok())
        else {
            return Ok(false);
        };
        Ok(found.size > log.head.size() || found.root != self.frontier_at(generation, found.size)?.root())
    }

    /// Starts the next generation of the log: the same envelopes that no receipt covers, again, in their order; those
    /// that were set aside last.
    ///
    /// For a log that the endpoint knows otherwise (a restored or cloned computer), or a lost device key.
    pub fn start_generation(&mut self, now: i64) -> Result<(), TableError> {
        let before = self.device_key();
        let origin = self.origin_of(self.log.generation + 1);
        // A key that was lost cannot speak for its successor: the endpoint then asks the organizer.
        let spoken_for = self.log.is_ours.then_some(&before);
        let mut next = new_generation(&self.kit, origin, &self.device, spoken_for, &self.label, now)?;
        let mut old = self.log.clone();
        // What is erased is with the desk.
        let due = old.stored.max(old.erased);
        let span = Span { generation: old.generation, from: due, to: old.head.size() };
        old.due = Some(due);
        let set_aside = aside::list(&self.storage.connection)?;
        let transaction =
            self.storage.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        booked::book(&transaction, &mut old)?;
        let runs = append_again(&transaction, span, &mut next, &set_aside)?;
        next.booked = next.head.size();
        generation::insert(&transaction, &next)?;
        generation::set_due(&transaction, old.generation, due)?;
        transaction.commit()?;
        self.runs.extend(runs);
        self.older.push(old);
        self.log = next;
        Ok(())
    }

    /// Appends again what is due of a generation that the endpoint knows otherwise, or of which it lost what is erased here. Of
    /// the newest, in the next one; of one before, all of it, at the end of the newest: what of it is stored, nobody can tell.
    pub fn leave_fork(&mut self, generation: u32, now: i64) -> Result<(), TableError> {
        let Some(mut row) = self.older.iter().find(|log| log.generation == generation).cloned() else {
            return self.start_generation(now);
        };
        let mut log = self.log.clone();
        let due = row.erased.min(row.to_receive());
        let span = Span { generation, from: due, to: row.to_receive() };
        (row.due, row.stored) = (Some(due), 0);
        let transaction =
            self.storage.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let runs = append_again(&transaction, span, &mut log, &BTreeSet::new())?;
        booked::book(&transaction, &mut log)?;
        generation::set_due(&transaction, generation, due)?;
        transaction.commit()?;
        self.runs.extend(runs);
        self.set_log(row);
        self.log = log;
        Ok(())
    }

    /// Sets an entry of the newest generation aside, which does not pass alone: the next generation has all others that
    /// no receipt covers first. Says whether there are others; else nothing is started.
    pub fn set_aside(&mut self, index: u64, now: i64) -> Result<bool, TableError> {
        let generation = self.log.generation;
        let connection = &self.storage.connection;
        let one = Span { generation, from: index, to: index + 1 };
        entry::for_each_leaf(connection, one, |leaf| aside::insert(connection, leaf))?;
        let set_aside = aside::list(connection)?;
        let waiting = Span { generation, from: self.log.stored, to: self.log.head.size() };
        let mut others = false;
        entry::for_each_leaf(connection, waiting, |leaf| {
            others |= !set_aside.contains(&leaf);
            Ok(())
        })?;
        if others {
            self.start_generation(now)?;
        }
        Ok(others)
    }
}

/// A generation's first state: its device key, admitted by the kit key and by the generation before.
pub(crate) fn new_generation(
    kit: &OpenKit,
    origin: Origin,
    device: &Seed,
    before: Option<&SigningKey>,
    label: &str,
    now: i64,
) -> Result<generation::Row, TableError> {
    let device = origin.device_key(device).verifier().clone();
    let body = Admission {
        kit: kit.certificate.body.kit,
        table: origin.table,
        generation: origin.generation,
        device: device.clone(),
        label: label.to_owned(),
    };
    let keys: Vec<&SigningKey> = [&kit.key].into_iter().chain(before).collect();
    Ok(generation::Row {
        generation: origin.generation,
        device,
        is_ours: true,
        admission: Signed::sign(origin.campaign, now, body, &keys)?.note(),
        head: Frontier::default(),
        booked: 0,
        received: Frontier::default(),
        receipt: None,
        received_at: None,
        stored: 0,
        due: None,
        erased: 0,
    })
}

/// Appends entries again at the end of another generation, in their order, but those of some leaves after the others.
fn append_again(
    transaction: &Transaction<'_>,
    span: Span,
    log: &mut generation::Row,
    last: &BTreeSet<Hash>,
) -> Result<Vec<Run>, TableError> {
    let mut runs: Vec<Run> = Vec::new();
    for is_last in [false, true] {
        entry::for_each(transaction, span, |index, row| {
            if last.contains(&row.leaf) != is_last {
                return Ok(());
            }
            let at = log.head.size();
            entry::insert(transaction, (log.generation, at), &row, None)?;
            log.head.push(row.leaf);
            stride::insert_reached(transaction, log.generation, &log.head)?;
            match runs.last_mut() {
                Some(run) if run.first_before + run.entries == index => run.entries += 1,
                _ => runs.push(Run {
                    generation: log.generation,
                    first: at,
                    entries: 1,
                    generation_before: span.generation,
                    first_before: index,
                }),
            }
            Ok(())
        })?;
        if last.is_empty() {
            break;
        }
    }
    runs.iter().try_for_each(|run| again::insert(transaction, run))?;
    Ok(runs)
}
