//! A kit makes this computer a table.

use tauri::{AppHandle, State};

use crate::{
    failure::Failure,
    seats::{Seats, StartState},
    secret::Secret,
};

/// Sets this computer up as a table. `text` is the kit file's.
#[tauri::command]
pub(crate) async fn open_kit(
    app: AppHandle,
    seats: State<'_, Seats>,
    text: Secret,
    pin: Secret,
) -> Result<StartState, Failure> {
    seats
        .run(move |seats| {
            seats.open_kit(&app, &text, &pin)?;
            seats.start(&app, None)
        })
        .await
}
