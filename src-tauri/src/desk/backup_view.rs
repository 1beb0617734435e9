//! The backup, as the desk's pages show it.

use serde::Serialize;
use ts_rs::TS;

/// The backup of a desk.
#[derive(Debug, Serialize, TS)]
pub(crate) struct BackupView {
    /// Whether one of its files holds everything that it must.
    pub is_current: bool,
    /// Its files, in the order in which they were first asked for.
    pub files: Vec<BackupFile>,
}

/// A file of the backup.
#[derive(Debug, Serialize, TS)]
pub(crate) struct BackupFile {
    /// Where it lies.
    pub path: String,
    /// When it was last written, Unix seconds.
    pub written_at: Option<i64>,
    /// Whether it holds everything that it must.
    pub is_current: bool,
    /// Whether it is there now.
    pub is_there: bool,
    /// Why it was not written when that was last tried, by a code.
    pub failure: Option<String>,
}

impl From<desk::BackupState> for BackupView {
    fn from(state: desk::BackupState) -> Self {
        let is_current = state.is_current();
        let files = state.places.into_iter().map(|place| BackupFile {
            path: place.path.display().to_string(),
            written_at: place.written_at,
            is_current: place.is_current,
            is_there: place.is_there,
            failure: place.failure.map(|failure| failure.code().to_owned()),
        });
        Self { is_current, files: files.collect() }
    }
}
