//! A kit makes this computer a table.

use tauri::{AppHandle, State};

use crate::{
    failure::Failure,
    seats::{Seats, StartState},
};

/// Sets this computer up as a table. `text` is the kit file's.
#[tauri::command]
pub(crate) async fn open_kit(
    app: AppHandle,
    seats: State<'_, Seats>,
    text: String,
    pin: String,
) -> Result<StartState, Failure> {
    seats
        .run(move |seats| {
            seats.open_kit(&app, &text, &pin)?;
            seats.start(&app, None)
        })
        .await
}
