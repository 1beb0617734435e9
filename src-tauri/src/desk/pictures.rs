//! Pictures of paper sheets, beside the lines that were typed from them.

use std::path::PathBuf;

use data_encoding::BASE64;
use desk::EnteredLine;
use tauri::State;
use uuid::Uuid;

use crate::{
    failure::Failure,
    seats::{Seats, guard},
};

/// A picture of a sheet, by its id, as a JPEG in base64.
#[tauri::command]
pub(crate) async fn sheet_picture(seats: State<'_, Seats>, id: String) -> Result<String, Failure> {
    seats.run(move |seats| Ok(BASE64.encode(&guard(seats.desk()?.reader()).picture(&id)?))).await
}

/// The lines of a table's sheet that are signatures, by petition, number and day (Unix seconds) of the sheet.
#[tauri::command]
pub(crate) async fn sheet_lines(
    seats: State<'_, Seats>,
    table: Uuid,
    petition: Uuid,
    sheet: u32,
    day: u64,
) -> Result<Vec<EnteredLine>, Failure> {
    seats
        .run(move |seats| Ok(guard(seats.desk()?.reader()).sheet_lines((table, petition), (sheet, day))?))
        .await
}

/// Writes a picture of a sheet, by its id, into a folder, by its token; gives the file's path.
#[tauri::command]
pub(crate) async fn save_picture(
    seats: State<'_, Seats>,
    id: String,
    folder: Uuid,
) -> Result<PathBuf, Failure> {
    seats
        .run(move |seats| {
            let begin = id.get(..16).unwrap_or_default();
            let path = seats.place(folder)?.join(format!("undersigned-sheet-{begin}.jpg"));
            guard(&*seats.desk()?).write_picture(&id, &path)?;
            Ok(path)
        })
        .await
}
