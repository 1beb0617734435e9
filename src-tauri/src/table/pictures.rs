//! The pictures of the sheet that is being typed.

use data_encoding::BASE64;
use table::{KeptPicture, PictureError, TableError};
use tauri::State;
use zeroize::Zeroizing;

use crate::{
    failure::Failure,
    seats::{Seats, guard},
    secret::Secret,
};

/// Keeps a picture of the sheet that is being typed, of a file's bytes as base64.
#[tauri::command]
pub(crate) async fn add_picture(seats: State<'_, Seats>, file: Secret) -> Result<KeptPicture, Failure> {
    seats
        .run(move |seats| {
            let bytes = BASE64.decode(file.as_bytes()).map(Zeroizing::new);
            let bytes = bytes.map_err(|_| TableError::Picture(PictureError::Damaged))?;
            Ok(guard(&seats.table()?.table).add_picture(&bytes)?)
        })
        .await
}

/// A picture of the sheet that is being typed, as a JPEG in base64.
#[tauri::command]
pub(crate) async fn typed_picture(seats: State<'_, Seats>, number: u32) -> Result<String, Failure> {
    seats.run(move |seats| Ok(BASE64.encode(&guard(&seats.table()?.table).picture(number)?))).await
}

/// Takes a picture off the sheet that is being typed.
#[tauri::command]
pub(crate) async fn remove_picture(seats: State<'_, Seats>, number: u32) -> Result<(), Failure> {
    seats.run(move |seats| Ok(guard(&seats.table()?.table).remove_picture(number)?)).await
}
