use std::{
    fs::{self, File},
    io::{Read, Write},
    path::{Path, PathBuf},
};

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use wire::Batch;

use crate::{Table, TableError, batches::OutgoingBatch, storage::generation};

/// What was written for carrying by hand.
#[derive(Clone, Debug, Default)]
pub struct CarryReport {
    /// Names of the files, in order.
    pub files: Vec<String>,
    /// Entries in them.
    pub entries: u64,
    /// Entries that were asked for and cannot be written: they are received, and their device key was lost since.
    pub left_out: u64,
}

impl Table {
    /// Writes batch files into a folder: what no receipt covers, or with `all` the whole log, of every generation.
    ///
    /// Each file is written under another name, synced, read back, compared and then named: a stick that is pulled
    /// out leaves no half file that looks whole. A file that is there already with the same bytes is left, and no
    /// whole batch is ever overwritten.
    pub fn carry(&self, folder: &Path, all: bool) -> Result<CarryReport, TableError> {
        let mut report = CarryReport::default();
        for log in self.older.iter().chain([&self.log]) {
            let from = if all { 0 } else { log.is_received() };
            if log.is_ours {
                self.carry_log(folder, log, from, &mut report)?;
            } else {
                report.left_out += log.to_receive() - from;
            }
        }
        Ok(report)
    }

    fn carry_log(
        &self,
        folder: &Path,
        log: &generation::Row,
        from: u64,
        report: &mut CarryReport,
    ) -> Result<(), TableError> {
        let to = log.to_receive();
        let mut before = self.frontier_at(log.generation, from.min(to))?;
        while before.size() < to {
            let left = usize::try_from(to - before.size()).unwrap_or(usize::MAX);
            let batch = self.batch_after(log.generation, before, left)?;
            if batch.to == batch.from {
                return Err(TableError::Damaged);
            }
            report.files.push(write_checked(folder, &self.file_name(&batch), &batch.bytes)?);
            report.entries += batch.to - batch.from;
            before = batch.after;
        }
        Ok(())
    }

    /// The name of a batch's file, without its end (`docs/protocol.md` §7).
    fn file_name(&self, batch: &OutgoingBatch) -> String {
        let table = self.id().simple().to_string();
        let hash = HEXLOWER.encode(&Sha256::digest(&batch.bytes));
        format!("{}-{}-{}-{}-{}", &table[..8], batch.generation(), batch.from, batch.to, hash)
    }
}

/// Writes a batch under its name, of whose hash the beginning is enough as long as no other batch is there. Gives the
/// file's name.
fn write_checked(folder: &Path, name: &str, bytes: &[u8]) -> Result<String, TableError> {
    const HASH: usize = 64;
    let short = name.len() - HASH + 8;
    let free = (short..=name.len()).map(|end| format!("{}.batch", &name[..end])).find_map(|name| {
        let path = folder.join(&name);
        match found_at(&path, bytes) {
            Found::Same => Some((name, None)),
            Found::Nothing => Some((name, Some(path))),
            Found::OtherBatch => None,
        }
    });
    let (name, path) = free.ok_or(TableError::ReadBack)?;
    if let Some(path) = path {
        write_new(&path, &folder.join(format!("{name}.part")), bytes)?;
        File::open(folder)?.sync_all()?;
    }
    Ok(name)
}

fn write_new(path: &PathBuf, unfinished: &PathBuf, bytes: &[u8]) -> Result<(), TableError> {
    let mut file = File::create(unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    if !matches!(found_at(unfinished, bytes), Found::Same) {
        return Err(TableError::ReadBack);
    }
    Ok(fs::rename(unfinished, path)?)
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
