//! What this computer is set up for, and whether its keys are open.

use tauri::{AppHandle, State};

use crate::{
    failure::Failure,
    seats::{Seats, StartState},
    secret::Secret,
};

/// What this computer is set up for, and whether its keys are open.
#[tauri::command]
pub(crate) async fn start_state(app: AppHandle, seats: State<'_, Seats>) -> Result<StartState, Failure> {
    seats.run(move |seats| seats.start(&app, None)).await
}

/// Opens the keys by a passphrase; also chooses it, where none was chosen yet.
#[tauri::command]
pub(crate) async fn unlock(
    app: AppHandle,
    seats: State<'_, Seats>,
    passphrase: Secret,
) -> Result<StartState, Failure> {
    seats.run(move |seats| seats.start(&app, Some(&passphrase))).await
}
