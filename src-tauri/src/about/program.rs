//! What this program is, and where its data lies.

use serde::Serialize;
use tauri::State;
use ts_rs::TS;

use crate::{failure::Failure, log, seats::Seats};

/// What the page about the program shows first.
#[derive(Debug, Serialize, TS)]
pub(crate) struct About {
    /// Its version.
    pub(crate) version: &'static str,
    /// The licence it is under, an SPDX expression.
    pub(crate) licence: &'static str,
    /// The folder that holds all of this computer's table and desk.
    pub(crate) folder: String,
    /// The file that takes what goes wrong.
    pub(crate) log: String,
}

/// What this program is, and where its data lies.
#[tauri::command]
pub(crate) async fn about(seats: State<'_, Seats>) -> Result<About, Failure> {
    Ok(About {
        version: env!("CARGO_PKG_VERSION"),
        licence: env!("CARGO_PKG_LICENSE"),
        folder: seats.folder().display().to_string(),
        log: log::path(seats.folder()).display().to_string(),
    })
}
