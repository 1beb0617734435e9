//! A campaign makes this computer a desk: a new one, or one that comes back from its backup.

use std::path::PathBuf;

use tauri::{AppHandle, State, async_runtime::block_on};
use tauri_plugin_dialog::DialogExt;
use uuid::Uuid;

use crate::{
    desk::tables::tell,
    failure::Failure,
    seats::{Seats, StartState},
    secret::Secret,
};

/// Sets this computer up as a desk: a new campaign, and its backup file in a folder, by its token. Goes on where it stopped before.
#[tauri::command]
pub(crate) async fn new_campaign(
    app: AppHandle,
    seats: State<'_, Seats>,
    name: String,
    endpoint: Option<String>,
    passphrase: Secret,
    folder: Uuid,
) -> Result<StartState, Failure> {
    seats
        .run(move |seats| {
            let folder = seats.place(folder)?;
            let endpoint = endpoint.map(|url| block_on(desk::find_endpoint(&url))).transpose()?;
            let desk = seats.new_desk(&name, endpoint, &passphrase, &folder)?;
            block_on(tell(&desk));
            seats.start(&app, None)
        })
        .await
}

/// Asks for a backup in the system's own dialog; none where it was closed.
#[tauri::command]
pub(crate) async fn choose_backup(
    app: AppHandle,
    seats: State<'_, Seats>,
) -> Result<Option<PathBuf>, Failure> {
    seats
        .run(move |_| Ok(app.dialog().file().blocking_pick_file().and_then(|file| file.into_path().ok())))
        .await
}

/// Sets this computer up as the desk of a campaign that comes back from its backup.
#[tauri::command]
pub(crate) async fn restore_campaign(
    app: AppHandle,
    seats: State<'_, Seats>,
    path: PathBuf,
    passphrase: Secret,
) -> Result<StartState, Failure> {
    seats
        .run(move |seats| {
            seats.restore_desk(&path, &passphrase)?;
            seats.start(&app, None)
        })
        .await
}
