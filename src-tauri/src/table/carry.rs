//! Signatures as files, to be carried by hand, and sent for whoever wrote them.

use std::path::Path;

use serde::Serialize;
use table::{CarryReport, Client, StickFile, TableError, batch_files, sending};
use tauri::{State, async_runtime::block_on, ipc::Channel};
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    failure::Failure,
    seats::{Seats, guard},
};

/// What came of sending a batch file.
#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct UploadedFile {
    /// The file's name.
    pub name: String,
    /// What came of it.
    pub outcome: UploadOutcome,
    /// Stable code of why it is not received; none where it is.
    pub code: Option<String>,
}

/// What came of sending a batch file.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum UploadOutcome {
    /// The endpoint has it, by a verified receipt.
    Received,
    /// Not now: it can be tried again.
    Later,
    /// It is no good, or the endpoint refuses it.
    Refused,
}

/// Writes what is not received yet as batch files into a folder, by its token, to be carried.
#[tauri::command]
pub(crate) async fn hand_carry(seats: State<'_, Seats>, folder: Uuid) -> Result<CarryReport, Failure> {
    seats
        .run(move |seats| {
            let folder = seats.place(folder)?;
            Ok(guard(&seats.table()?.table).carry(&folder, false)?)
        })
        .await
}

/// The batch files of a folder, by its token.
#[tauri::command]
pub(crate) async fn look_at_stick(seats: State<'_, Seats>, folder: Uuid) -> Result<Vec<StickFile>, Failure> {
    seats
        .run(move |seats| {
            let folder = seats.place(folder)?;
            Ok(guard(&seats.table()?.table).look_at(&folder)?)
        })
        .await
}

/// Sends every batch file of a folder, by its token, for whoever wrote it; says what came of each as it is known.
#[tauri::command]
pub(crate) async fn upload_stick(
    seats: State<'_, Seats>,
    folder: Uuid,
    progress: Channel<UploadedFile>,
) -> Result<Vec<UploadedFile>, Failure> {
    seats
        .run(move |seats| {
            let folder = seats.place(folder)?;
            let seat = seats.table()?;
            let address = guard(&seat.table).kit().endpoint.clone().ok_or(TableError::NoEndpoint)?;
            let client = Client::of(&address)?;
            let files = batch_files(&folder)?;
            let mut uploaded = Vec::new();
            block_on(sending::upload(&client, &files, |path, came| {
                let file = of_upload(path, came);
                // A page that is gone needs no progress.
                let _unheard = progress.send(file.clone());
                uploaded.push(file);
            }));
            if let Some(sender) = &seat.sender {
                // For this table's own, its own receipts are fetched.
                sender.send_now();
            }
            Ok(uploaded)
        })
        .await
}

fn of_upload(path: &Path, came: sending::Uploaded) -> UploadedFile {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (outcome, code) = match came {
        sending::Uploaded::Received { .. } => (UploadOutcome::Received, None),
        sending::Uploaded::Later { code } => (UploadOutcome::Later, Some(code.to_owned())),
        sending::Uploaded::Refused { code, .. } => (UploadOutcome::Refused, Some(code.to_owned())),
    };
    UploadedFile { name, outcome, code }
}
