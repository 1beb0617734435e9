use std::{collections::BTreeSet, ops::ControlFlow};

use proof::{Checkpoint, Frontier, Hash, Origin, Receipt};
use rusqlite::{Transaction, TransactionBehavior};
use wire::BatchWriter;

use crate::{
    Table, TableError,
    opening::new_generation,
    sending::Log,
    storage::{
        again::{self, Run},
        aside,
        entry::{self, Span},
        generation, stride,
    },
};

/// Room for notes and lengths, so that a batch is below the limit.
const NOTES: usize = 64 << 10;
/// What an entry of the smallest length takes in a batch.
const SMALLEST_ENTRY: usize = 1657 + 4;

/// A batch that is ready to travel.
pub struct OutgoingBatch {
    /// The bytes, the same over HTTP and on a stick.
    pub bytes: Vec<u8>,
    /// The checkpoint at its end.
    pub checkpoint: Checkpoint,
    /// Index of its first entry.
    pub from: u64,
    /// Index after its last entry.
    pub to: u64,
    /// The log at its end.
    pub(crate) after: Frontier,
}

impl OutgoingBatch {
    /// The generation of the log that it is of.
    pub fn generation(&self) -> u32 {
        self.checkpoint.origin.generation
    }
}

impl Table {
    /// The newest generation of its log.
    pub fn generation(&self) -> u32 {
        self.log.generation
    }

    /// What each generation that can be sent is at, oldest first. One whose device key was lost cannot.
    pub fn logs(&self) -> Vec<Log> {
        let logs = self.older.iter().filter(|log| log.is_ours && log.to_receive() > 0).chain([&self.log]);
        logs.map(|log| Log {
            generation: log.generation,
            size: log.to_receive(),
            received: log.is_received(),
        })
        .collect()
    }

    /// The batch of a generation of the log from an index on, of so many entries at most. It may be empty.
    ///
    /// An index past the end gives the empty batch at the end.
    pub fn next_batch(
        &self,
        generation: u32,
        from: u64,
        max_entries: usize,
    ) -> Result<OutgoingBatch, TableError> {
        let size = self.get_log(generation)?.head.size();
        self.batch_after(generation, self.frontier_at(generation, from.min(size))?, max_entries)
    }

    /// The batch that comes after a frontier of a generation. Reads nothing but what it sends.
    pub(crate) fn batch_after(
        &self,
        generation: u32,
        before: Frontier,
        max_entries: usize,
    ) -> Result<OutgoingBatch, TableError> {
        let log = self.get_log(generation)?;
        let origin = self.origin_of(generation);
        let device = origin.device_key(&self.device);
        let from = before.size();
        let most = max_entries.min(wire::MAX_BATCH_ENTRIES) as u64;
        let to = log.head.size().min(from.saturating_add(most));
        let mut room = wire::MAX_BATCH_BYTES - NOTES;
        let bytes = room.min((to - from) as usize * SMALLEST_ENTRY);
        let certificate = self.kit.certificate.note();
        let mut writer = BatchWriter::new(&certificate, &log.admission, &before, bytes);
        let mut after = before;
        entry::for_each_envelope(
            &self.storage.connection,
            Span { generation, from, to },
            |leaf, envelope| {
                let Some(left) = room.checked_sub(envelope.len() + 4) else { return ControlFlow::Break(()) };
                room = left;
                after.push(leaf);
                writer.push(envelope);
                ControlFlow::Continue(())
            },
        )?;
        let checkpoint = Checkpoint::at(origin, &after);
        let note = checkpoint.signed(&device).map_err(|_| TableError::Damaged)?;
        let bytes = writer.end(&note.to_string());
        Ok(OutgoingBatch { bytes, to: checkpoint.size, checkpoint, from, after })
    }

    /// Takes the verified receipt of a batch: what it covers is received. An older one changes nothing.
    pub fn accept_receipt(
        &mut self,
        receipt: &Receipt,
        batch: &OutgoingBatch,
        now: i64,
    ) -> Result<(), TableError> {
        let size = receipt.size();
        let Some(log) = self.find_log(batch.generation()) else { return Ok(()) };
        let is_of_it = batch.checkpoint.origin == self.origin_of(log.generation);
        if !is_of_it || batch.checkpoint.size != size || size < log.stored {
            return Ok(());
        }
        let mut row = log.clone();
        row.stored = size;
        row.received_at = Some(now);
        if size >= row.received.size() {
            row.received = batch.after.clone();
            row.receipt = Some(receipt.line().to_owned());
        }
        generation::set_received(&self.storage.connection, &row)?;
        self.set_log(row);
        Ok(())
    }

    /// Takes the endpoint's word that it stores no more than so many entries of a generation: what it has lost waits
    /// again until a receipt covers it.
    pub fn rewind(&mut self, generation: u32, stored: u64) -> Result<(), TableError> {
        let Some(log) = self.find_log(generation).filter(|log| stored < log.stored) else { return Ok(()) };
        let mut row = log.clone();
        row.stored = stored;
        // Where it cannot be kept, it is at least known until the end.
        let kept = generation::set_stored(&self.storage.connection, &row);
        self.set_log(row);
        kept
    }

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
        let span = Span { generation: old.generation, from: old.stored, to: old.head.size() };
        old.due = Some(old.stored);
        let set_aside = aside::list(&self.storage.connection)?;
        let transaction =
            self.storage.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let runs = append_again(&transaction, span, &mut next, &set_aside)?;
        generation::insert(&transaction, &next)?;
        generation::set_due(&transaction, old.generation, old.stored)?;
        transaction.commit()?;
        self.runs.extend(runs);
        self.older.push(old);
        self.log = next;
        Ok(())
    }

    /// Appends again what is due of a generation that the endpoint knows otherwise. Of the newest, in the next one; of
    /// one before, all of it, at the end of the newest: what of it is stored, nobody can tell.
    pub fn leave_fork(&mut self, generation: u32, now: i64) -> Result<(), TableError> {
        let Some(mut row) = self.older.iter().find(|log| log.generation == generation).cloned() else {
            return self.start_generation(now);
        };
        let mut log = self.log.clone();
        let span = Span { generation, from: 0, to: row.to_receive() };
        (row.due, row.stored) = (Some(0), 0);
        let transaction =
            self.storage.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let runs = append_again(&transaction, span, &mut log, &BTreeSet::new())?;
        generation::set_head(&transaction, log.generation, &log.head)?;
        generation::set_due(&transaction, generation, 0)?;
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

    pub(crate) fn origin_of(&self, generation: u32) -> Origin {
        Origin { generation, ..self.origin() }
    }

    /// The log's frontier at a size up to its head: known where a receipt ends and at fixed strides; from there the
    /// leaves are few.
    pub(crate) fn frontier_at(&self, generation: u32, size: u64) -> Result<Frontier, TableError> {
        let log = self.get_log(generation)?;
        if let Some(known) = [&log.head, &log.received].into_iter().find(|known| known.size() == size) {
            return Ok(known.clone());
        }
        let mut frontier = stride::find_frontier(&self.storage.connection, generation, size)?;
        let span = Span { generation, from: frontier.size(), to: size };
        entry::for_each_leaf(&self.storage.connection, span, |leaf| {
            frontier.push(leaf);
            Ok(())
        })?;
        Ok(frontier)
    }
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
            entry::insert(transaction, log.generation, at, &row)?;
            log.head.push(row.leaf);
            stride::keep(transaction, log.generation, &log.head)?;
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
