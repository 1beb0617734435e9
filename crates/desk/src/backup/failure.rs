//! Why a file of the backup was not written.

use std::io::{self, ErrorKind};

use lockbox::files::is_full;

/// Why a file of the backup was not written. What was there before is as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BackupFailure {
    /// There is no such folder: the stick is out, for one.
    #[error("its folder is not there; is the stick in?")]
    Gone,
    /// No room for it beside the old one.
    #[error("the disk or stick is full: make room for a second file beside the old one")]
    Full,
    /// A file that this desk did not write.
    #[error("there is a file of this name that this desk did not write: choose another name")]
    Taken,
    /// What was read back was not what was written.
    #[error("it does not hold what was written to it: choose another place")]
    ReadBack,
    /// Anything else that the system says.
    #[error("the system says: {0}")]
    Refused(ErrorKind),
}

impl BackupFailure {
    /// Stable code for a screen or a script.
    pub fn code(self) -> &'static str {
        match self {
            Self::Gone => "desk/backup-gone",
            Self::Full => "desk/backup-full",
            Self::Taken => "desk/backup-taken",
            Self::ReadBack => "desk/backup-read-back",
            Self::Refused(_) => "desk/backup-refused",
        }
    }
}

impl From<io::Error> for BackupFailure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::Gone,
            kind if is_full(kind) => Self::Full,
            kind => Self::Refused(kind),
        }
    }
}
