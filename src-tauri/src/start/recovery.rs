//! A table whose keys are lost comes back by its recovery words.

use tauri::{AppHandle, State};

use crate::{
    failure::Failure,
    seats::{Seats, StartState},
    secret::Secret,
};

/// Opens the table by its recovery words, and keeps its keys again.
#[tauri::command]
pub(crate) async fn recover_table(
    app: AppHandle,
    seats: State<'_, Seats>,
    words: Secret,
) -> Result<StartState, Failure> {
    seats
        .run(move |seats| {
            seats.recover_table(&app, &words)?;
            seats.start(&app, None)
        })
        .await
}
