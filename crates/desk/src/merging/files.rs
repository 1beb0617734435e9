//! Merging batch files: each by itself, so that one that cannot be read stops no other.

use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use wire::MAX_BATCH_BYTES;

use super::merge::Merged;
use crate::{desk::Desk, error::DeskError, guard::guard, storage};

/// What came of merging files.
#[derive(Debug, Default)]
pub struct FilesMerged {
    /// What came of each, with its name. A batch that waited and that a later file brought along is taken.
    pub merged: Vec<(String, Merged)>,
    /// What ended it early: the desk's own disk, for one, or whoever began it. What was merged until then stays.
    pub ended_early: Option<DeskError>,
    /// Files that were not tried then.
    pub not_tried: u64,
}

impl Desk {
    /// Merges batch files one after the other, and calls `each` after each. A file is looked at before it is read, and
    /// no more is read than a batch can hold. The desk is locked for each file alone. `stop` is looked at before each: once it
    /// is set, what is left is not tried, and [`DeskError::Cancelled`] says so. `now` is in Unix seconds.
    pub fn merge_files(
        desk: &Mutex<Self>,
        paths: &[PathBuf],
        now: i64,
        stop: &AtomicBool,
        mut each: impl FnMut(&str, &Merged),
    ) -> FilesMerged {
        let mut report = FilesMerged::default();
        let mut waiting = Vec::new();
        for (done, path) in paths.iter().enumerate() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let bytes = if stop.load(Ordering::Relaxed) { Err(DeskError::Cancelled) } else { Ok(read(path)) };
            let merged = bytes.and_then(|bytes| match bytes {
                Err(refused) => Ok(refused),
                Ok(batch) => guard(desk).merge_batch(&name, &batch, now).map(|outcome| {
                    waiting.extend(
                        outcome.waits.map(|(digest, entries)| (report.merged.len(), digest, entries)),
                    );
                    outcome.merged
                }),
            });
            match merged {
                Ok(merged) => {
                    each(&name, &merged);
                    report.merged.push((name, merged));
                }
                Err(error) => {
                    report.ended_early = Some(error);
                    report.not_tried = (paths.len() - done) as u64;
                    break;
                }
            }
        }
        if let Err(error) = guard(desk).compare_new() {
            report.ended_early.get_or_insert(error);
        }
        for (place, digest, known_entries) in waiting {
            // Whether it still waits; where that cannot be read, it is said to.
            let waits =
                storage::waiting::find(&guard(desk).db, &digest).map_or(true, |batch| batch.is_some());
            if let Some((_, merged @ Merged::Waiting { .. })) = report.merged.get_mut(place)
                && !waits
            {
                merged.brought_along(known_entries);
            }
        }
        report
    }
}

/// The bytes of a file that can be a batch.
fn read(path: &Path) -> Result<Vec<u8>, Merged> {
    let unreadable = |kind: std::io::Error| {
        Merged::refused("io/cannot-read", format!("the file cannot be read: {}", kind.kind()))
    };
    let about = path.metadata().map_err(unreadable)?;
    if !about.is_file() {
        return Err(Merged::refused(
            "batch/no-file",
            "this is not a file: choose the files that end in .batch",
        ));
    }
    let most = MAX_BATCH_BYTES as u64;
    let mut bytes = Vec::new();
    if about.len() <= most {
        let mut file = File::open(path).map_err(unreadable)?.take(most + 1);
        file.read_to_end(&mut bytes).map_err(unreadable)?;
    }
    if about.len() > most || bytes.len() > MAX_BATCH_BYTES {
        return Err(Merged::refused("batch/too-large", "the file is larger than any batch"));
    }
    Ok(bytes)
}
