//! Decisions of several organizers: written for another, and taken in from one.

use std::path::PathBuf;

use desk::NewDecisions;
use jiff::Timestamp;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;
use uuid::Uuid;

use crate::{
    failure::Failure,
    seats::{Seats, guard, now},
};

/// Writes all decisions into a folder, by its token, for another organizer; gives the file's path.
#[tauri::command]
pub(crate) async fn write_decisions(seats: State<'_, Seats>, folder: Uuid) -> Result<PathBuf, Failure> {
    seats
        .run(move |seats| {
            let name = Timestamp::now().strftime("undersigned-%Y-%m-%d-%H%M%S.decisions");
            let path = seats.place(folder)?.join(name.to_string());
            guard(&*seats.desk()?).write_decisions(&path)?;
            Ok(path)
        })
        .await
}

/// Asks for a file of another organizer's decisions in the system's own dialog, and takes them in; none where it was closed.
#[tauri::command]
pub(crate) async fn take_decisions(
    app: AppHandle,
    seats: State<'_, Seats>,
) -> Result<Option<NewDecisions>, Failure> {
    seats
        .run(move |seats| {
            let dialog = app.dialog().file().add_filter("*.decisions", &["decisions"]);
            let Some(path) = dialog.blocking_pick_file().and_then(|file| file.into_path().ok()) else {
                return Ok(None);
            };
            Ok(Some(guard(&*seats.desk()?).read_decisions(&path, now())?))
        })
        .await
}
