use std::{
    fs::{self, File},
    io::{Read, Write},
    path::Path,
};

use crate::{Table, TableError, batches::OutgoingBatch};

/// What was written for carrying by hand.
#[derive(Clone, Debug, Default)]
pub struct CarryReport {
    /// Names of the files, in order.
    pub files: Vec<String>,
    /// Entries in them.
    pub entries: u64,
}

impl Table {
    /// Writes batch files into a folder: what no receipt covers, or with `all` the whole log.
    ///
    /// Each file is written under another name, synced, read back, compared and then named: a stick that is pulled
    /// out leaves no half file that looks whole. A file that is there already with the same bytes is left.
    pub fn carry(&self, folder: &Path, all: bool) -> Result<CarryReport, TableError> {
        let mut report = CarryReport::default();
        let mut from = if all { 0 } else { self.log.received.size() };
        while from < self.log.head.size() {
            let batch = self.next_batch(from, wire::MAX_BATCH_ENTRIES)?;
            if batch.to == from {
                return Err(TableError::Damaged);
            }
            let name = self.file_name(&batch);
            write_checked(folder, &name, &batch.bytes)?;
            report.entries += batch.to - batch.from;
            report.files.push(name);
            from = batch.to;
        }
        Ok(report)
    }

    fn file_name(&self, batch: &OutgoingBatch) -> String {
        let table = self.id().simple().to_string();
        format!("{}-{}-{}-{}.batch", &table[..8], self.log.generation, batch.from, batch.to)
    }
}

fn write_checked(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), TableError> {
    let (path, unfinished) = (folder.join(name), folder.join(format!("{name}.part")));
    if holds(&path, bytes) {
        return Ok(());
    }
    let mut file = File::create(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    if !holds(&unfinished, bytes) {
        return Err(TableError::ReadBack);
    }
    fs::rename(&unfinished, &path)?;
    File::open(folder)?.sync_all()?;
    Ok(())
}

fn holds(path: &Path, bytes: &[u8]) -> bool {
    let mut found = Vec::new();
    File::open(path).and_then(|mut file| file.read_to_end(&mut found)).is_ok() && found == bytes
}
