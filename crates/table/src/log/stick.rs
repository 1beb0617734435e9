//! What a stick holds: whose batches, and whether this computer wrote what goes by its table's name.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::Serialize;
use ts_rs::TS;
use wire::{Batch, VerifiedBatch};

use crate::{error::TableError, table::Table};

/// A batch file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct StickFile {
    /// Its name.
    pub name: String,
    /// Whose it is.
    pub whose: Whose,
    /// What its table is called; empty where that is not known.
    pub label: String,
    /// Entries in it.
    pub entries: u64,
}

/// Whose a batch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// This table's name, and not of its log: a computer that was copied or restored goes on under it.
    Clone,
    /// This table's, and not all of it is received.
    Own,
    /// Another table's of this campaign.
    OtherTable,
    /// This table's, and received: it need not stay.
    OwnReceived,
    /// Another campaign's.
    OtherCampaign,
    /// No whole batch.
    Unreadable,
}

/// The batch files of a folder, by their names' ending.
///
/// Errors: [`TableError::File`] where it cannot be read.
pub fn batch_files(folder: &Path) -> Result<Vec<PathBuf>, TableError> {
    let paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    let is_batch = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "batch");
    Ok(paths.into_iter().filter(is_batch).collect())
}

impl Table {
    /// What the batch files of a folder are: what needs a person first, then by their names.
    ///
    /// Errors: [`TableError::File`] where the folder cannot be read.
    pub fn look_at(&self, folder: &Path) -> Result<Vec<StickFile>, TableError> {
        // One after the other, and nothing of one is kept: a stick may hold more than the memory.
        let mut found = batch_files(folder)?
            .iter()
            .map(|path| {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                self.look_at_file(name, path)
            })
            .collect::<Result<Vec<_>, _>>()?;
        found.sort_by(|a, b| (a.whose, &a.name).cmp(&(b.whose, &b.name)));
        Ok(found)
    }

    fn look_at_file(&self, name: String, path: &Path) -> Result<StickFile, TableError> {
        let unknown = |whose| StickFile { name: name.clone(), whose, label: String::new(), entries: 0 };
        let Ok(bytes) = fs::read(path) else { return Ok(unknown(Whose::Unreadable)) };
        let Ok(batch) = Batch::decode(&bytes) else { return Ok(unknown(Whose::Unreadable)) };
        if batch.claimed().is_some_and(|claimed| claimed.origin.campaign != self.about.campaign) {
            return Ok(unknown(Whose::OtherCampaign));
        }
        let Ok(batch) = batch.verify(self.root_key()) else { return Ok(unknown(Whose::Unreadable)) };
        Ok(StickFile {
            whose: self.whose(&batch)?,
            label: batch.admission.body.label.clone(),
            entries: batch.entries.len() as u64,
            name,
        })
    }

    fn whose<E>(&self, batch: &VerifiedBatch<E>) -> Result<Whose, TableError> {
        let origin = batch.origin();
        if origin.table != self.id {
            return Ok(Whose::OtherTable);
        }
        let (generation, size) = (origin.generation, batch.after.size());
        let log = self.find_log(generation).filter(|log| size <= log.head.size());
        let Some(log) = log else { return Ok(Whose::Clone) };
        if self.frontier_at(generation, size)? != batch.after {
            return Ok(Whose::Clone);
        }
        Ok(if size <= log.stored { Whose::OwnReceived } else { Whose::Own })
    }
}
