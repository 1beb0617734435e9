use proof::{Checkpoint, Frontier, Receipt};
use rusqlite::TransactionBehavior;
use wire::Batch;

use crate::{
    Table, TableError,
    opening::new_generation,
    storage::{entry, generation},
};

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
}

impl Table {
    /// The batch of the log from an index on, of so many entries at most. It may be empty.
    ///
    /// An index past the end gives the empty batch at the end.
    pub fn next_batch(&self, from: u64, max_entries: usize) -> Result<OutgoingBatch, TableError> {
        let from = from.min(self.log.head.size());
        let most = max_entries.min(wire::MAX_BATCH_ENTRIES) as u64;
        let to = self.log.head.size().min(from.saturating_add(most));
        let before = self.frontier_at(from)?;
        let mut after = before.clone();
        let mut entries = Vec::new();
        // Room for notes and lengths, so that the whole is below the limit.
        let mut room = wire::MAX_BATCH_BYTES - (64 << 10);
        entry::for_each(&self.storage.connection, self.log.generation, from, to, |row| {
            if entries.len() as u64 == after.size() - from && row.envelope.len() + 4 <= room {
                room -= row.envelope.len() + 4;
                after.push(row.leaf);
                entries.push(row.envelope);
            } else {
                room = 0;
            }
            Ok(())
        })?;
        let checkpoint = Checkpoint::at(self.origin(), &after);
        let note = checkpoint.signed(&self.device_key()).map_err(|_| TableError::Damaged)?;
        let batch = Batch {
            certificate: self.kit.certificate.note(),
            admission: self.log.admission.clone(),
            before,
            entries,
            checkpoint: note.to_string(),
        };
        Ok(OutgoingBatch { bytes: batch.encode(), to: checkpoint.size, checkpoint, from })
    }

    /// Takes a verified receipt of this log: what it covers is received. An older one changes nothing.
    pub fn accept_receipt(
        &mut self,
        receipt: &Receipt,
        checkpoint: &Checkpoint,
        now: i64,
    ) -> Result<(), TableError> {
        let size = receipt.size();
        if checkpoint.origin != self.origin() || checkpoint.size != size || size < self.log.received.size() {
            return Ok(());
        }
        let mut row = self.log.clone();
        row.received = self.frontier_at(size)?;
        row.receipt = Some(receipt.line().to_owned());
        row.received_at = Some(now);
        generation::set_received(&self.storage.connection, &row)?;
        self.log = row;
        Ok(())
    }

    /// Starts the next generation of the log: the same envelopes that no receipt covers, again, in their order.
    ///
    /// For a log that the endpoint knows otherwise (a restored or cloned computer), or a lost device key.
    pub fn start_generation(&mut self, now: i64) -> Result<(), TableError> {
        let before = self.device_key();
        let mut origin = self.origin();
        origin.generation += 1;
        // A key that was lost cannot speak for its successor: the endpoint then asks the organizer.
        let spoken_for = (before.verifier() == &self.log.device).then_some(&before);
        let mut next = new_generation(&self.kit, origin, &self.device, spoken_for, &self.label, now)?;
        let (from, to) = (self.log.received.size(), self.log.head.size());
        let mut rows = Vec::new();
        entry::for_each(&self.storage.connection, self.log.generation, from, to, |row| {
            rows.push(row);
            Ok(())
        })?;
        let transaction =
            self.storage.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (index, row) in (0..).zip(&rows) {
            entry::insert(&transaction, origin.generation, index, row)?;
            next.head.push(row.leaf);
        }
        generation::insert(&transaction, &next)?;
        transaction.commit()?;
        self.log = next;
        Ok(())
    }

    /// The log's frontier at a size: known at its head and at what is received, else computed from the leaves.
    fn frontier_at(&self, size: u64) -> Result<Frontier, TableError> {
        if let Some(known) =
            [&self.log.head, &self.log.received].into_iter().find(|known| known.size() == size)
        {
            return Ok(known.clone());
        }
        // From what is received on, the leaves are few.
        let (mut frontier, from) = if self.log.received.size() <= size {
            (self.log.received.clone(), self.log.received.size())
        } else {
            (Frontier::default(), 0)
        };
        entry::for_each_leaf(&self.storage.connection, self.log.generation, from, size, |leaf| {
            frontier.push(leaf)
        })?;
        Ok(frontier)
    }
}
