//! A kit makes this computer a table: from its text, or fetched by its code.

use data_encoding::BASE64;
use table::{PictureError, TableError, kit_code_in};
use tauri::{AppHandle, State};
use zeroize::Zeroizing;

use crate::{
    failure::Failure,
    seats::{Seats, StartState},
    secret::Secret,
};

/// Sets this computer up as a table. `text` is the kit file's, or the code of a kit, which is fetched then; `name` is what the
/// organizer sees beside what comes from here.
#[tauri::command]
pub(crate) async fn open_kit(
    app: AppHandle,
    seats: State<'_, Seats>,
    text: Secret,
    pin: Secret,
    name: String,
) -> Result<StartState, Failure> {
    seats
        .run(move |seats| {
            seats.open_kit(&app, &text, &pin, &name)?;
            seats.start(&app, None)
        })
        .await
}

/// The code of a kit in a picture of its QR code, of a file's bytes as base64; none where there is no QR code.
#[tauri::command]
pub(crate) async fn find_kit_code(
    seats: State<'_, Seats>,
    picture: Secret,
) -> Result<Option<String>, Failure> {
    seats
        .run(move |_| {
            let bytes = BASE64.decode(picture.as_bytes()).map(Zeroizing::new);
            let bytes = bytes.map_err(|_| TableError::Picture(PictureError::Damaged))?;
            Ok(kit_code_in(&bytes)?.map(|code| code.to_string()))
        })
        .await
}
