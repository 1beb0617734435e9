//! Batches of the log, and what the endpoint's answers say of them.

use std::ops::ControlFlow;

use proof::{Checkpoint, Frontier, Origin, Receipt};
use wire::BatchWriter;

use super::extent::Log;
use crate::{
    error::TableError,
    storage::{
        entry::{self, Span},
        generation, stride,
    },
    table::Table,
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
        let is_to_send = |log: &&generation::Row| log.is_ours && log.to_receive() > 0 && !log.is_given_up();
        let logs = self.older.iter().filter(is_to_send).chain([&self.log]);
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
    ///
    /// Errors: [`TableError::Erased`] where there are entries to be in it whose envelopes are erased.
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
        if from < to && from < log.erased {
            return Err(TableError::Erased);
        }
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
        self.clock_ahead = now.checked_sub_unsigned(receipt.time());
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
        Ok(kept?)
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
