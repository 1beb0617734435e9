//! What a command rejects with.

use desk::{ClientError, DeskError};
use serde::Serialize;
use table::TableError;
use ts_rs::TS;
use vault::VaultError;

use crate::last_failures;

/// A failure, for a screen. The screen owns the wording and matches `code`.
#[derive(Debug, Serialize, TS)]
pub(crate) struct Failure {
    /// Stable, for example `table/no-shift`.
    pub code: String,
    /// For a person who reports it; never personal data.
    pub detail: String,
}

impl Failure {
    /// A failure by its code.
    pub(crate) fn new(code: &str, detail: &str) -> Self {
        last_failures::remember(code);
        Self { code: code.to_owned(), detail: detail.to_owned() }
    }
}

macro_rules! failures {
    ($($error:ty),*) => {$(
        impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self::new(error.code(), &error.to_string())
            }
        }
    )*};
}

failures!(TableError, DeskError, VaultError, ClientError);

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        // The kind, not the message: a message may hold a path, and a path a person's name.
        let code = match error.kind() {
            std::io::ErrorKind::StorageFull => "io/disk-full",
            _ => "io/cannot-write",
        };
        Self::new(code, &error.kind().to_string())
    }
}

impl From<tauri::Error> for Failure {
    fn from(error: tauri::Error) -> Self {
        Self::new("window/refused", &error.to_string())
    }
}
