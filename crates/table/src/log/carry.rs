//! Batch files for carrying by hand.

use std::{
    fs::File,
    io::{Read, Write},
    path::Path,
    sync::mpsc::{self, Receiver, SyncSender},
    thread,
};

use data_encoding::HEXLOWER;
use lockbox::files::WholeFile;
use serde::Serialize;
use sha2::{Digest, Sha256};
use ts_rs::TS;
use wire::Batch;

use super::batches::OutgoingBatch;
use crate::{
    counts::Nothing,
    error::TableError,
    notes,
    storage::{entry::Span, stride},
    table::Table,
};

/// What was written for carrying by hand.
#[derive(Clone, Debug, Default, Serialize, TS)]
pub struct CarryReport {
    /// Names of the files, in order.
    pub files: Vec<String>,
    /// Signatures in them.
    pub signatures: u64,
    /// Entries that were asked for and cannot be written: they are received, and their device key was lost since.
    pub left_out: u64,
    /// Entries that were asked for and are erased here: the organizer has opened them.
    pub erased: u64,
    /// Why nothing was to be written; none where something was, or everything was asked for.
    pub nothing: Option<Nothing>,
}

impl Table {
    /// Writes batch files into a folder: what no receipt covers, or with `all` the whole log, of every generation.
    ///
    /// Each file is written under another name, synced, read back, compared and then named: a stick that is pulled
    /// out leaves no half file that looks whole. A file that is there already with the same bytes is left, and no
    /// whole batch is ever overwritten.
    pub fn carry(&self, folder: &Path, all: bool) -> Result<CarryReport, TableError> {
        let nothing = self.counts()?.nothing().filter(|nothing| !all || *nothing == Nothing::NoneSaved);
        let mut report = CarryReport { nothing, ..CarryReport::default() };
        // The next batch is read while one is written.
        let (ready, to_write) = mpsc::sync_channel(1);
        thread::scope(|scope| {
            let writing = scope.spawn(move || write_all(folder, to_write));
            let read = self.read_all(all, &mut report, &ready);
            drop(ready);
            let files = writing.join().map_err(|_| TableError::ReadBack)??;
            read?;
            report.files = files;
            Ok(report)
        })
    }

    fn read_all(
        &self,
        all: bool,
        report: &mut CarryReport,
        ready: &SyncSender<Unwritten>,
    ) -> Result<(), TableError> {
        for log in self.older.iter().chain([&self.log]) {
            let to = log.to_receive();
            let from = if all { log.erased.min(to) } else { log.is_received() };
            report.erased += if all { from } else { 0 };
            if !log.is_ours {
                report.left_out += to - from;
                continue;
            }
            let mut before = self.frontier_at(log.generation, from.min(to))?;
            while before.size() < to {
                let left = usize::try_from(to - before.size()).unwrap_or(usize::MAX);
                let batch = self.batch_after(log.generation, before, left)?;
                if batch.to == batch.from {
                    return Err(TableError::Damaged);
                }
                let span = Span { generation: log.generation, from: batch.from, to: batch.to };
                let notes = stride::count(&self.storage.connection, span, notes::NONE)?;
                report.signatures += batch.to - batch.from - notes;
                let name = self.file_name(&batch);
                if ready.send(Unwritten { name, bytes: batch.bytes }).is_err() {
                    // Nobody writes any more: why, the writer says.
                    return Ok(());
                }
                before = batch.after;
            }
        }
        Ok(())
    }

    /// The name of a batch's file, up to its hash (`docs/protocol.md` §7).
    fn file_name(&self, batch: &OutgoingBatch) -> String {
        let table = self.id().simple().to_string();
        format!("{}-{}-{}-{}-", &table[..8], batch.generation(), batch.from, batch.to)
    }
}

struct Unwritten {
    /// Of the file, up to the hash.
    name: String,
    bytes: Vec<u8>,
}

fn write_all(folder: &Path, to_write: Receiver<Unwritten>) -> Result<Vec<String>, TableError> {
    to_write.into_iter().map(|batch| write_checked(folder, &batch.name, &batch.bytes)).collect()
}

/// Writes a batch under its name, of whose hash the beginning is enough as long as no other batch is there. Gives the
/// file's name.
fn write_checked(folder: &Path, name: &str, bytes: &[u8]) -> Result<String, TableError> {
    let hash = HEXLOWER.encode(&Sha256::digest(bytes));
    let free = (8..=hash.len()).map(|end| format!("{name}{}.batch", &hash[..end])).find_map(|name| {
        let path = folder.join(&name);
        match found_at(&path, bytes) {
            Found::Same => Some((name, None)),
            Found::Nothing => Some((name, Some(path))),
            Found::OtherBatch => None,
        }
    });
    let (name, path) = free.ok_or(TableError::ReadBack)?;
    if let Some(path) = path {
        let mut file = WholeFile::new(&path)?;
        file.write_all(bytes)?;
        if file.read_back()? != bytes {
            return Err(TableError::ReadBack);
        }
        file.keep()?;
    }
    Ok(name)
}

enum Found {
    Same,
    /// No file, or one that is no batch: half of one, for one.
    Nothing,
    OtherBatch,
}

fn found_at(path: &Path, bytes: &[u8]) -> Found {
    let mut found = Vec::new();
    match File::open(path).and_then(|mut file| file.read_to_end(&mut found)) {
        Ok(_) if found == bytes => Found::Same,
        Ok(_) if Batch::decode(&found).is_ok() => Found::OtherBatch,
        _ => Found::Nothing,
    }
}
