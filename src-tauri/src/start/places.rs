//! Where files can be written.

use std::{env, fs, path::PathBuf};

use serde::Serialize;
use tauri::{AppHandle, Manager, State};
use tauri_plugin_dialog::DialogExt;
use ts_rs::TS;

use crate::{failure::Failure, seats::Seats};

/// A place that batches can be written to.
#[derive(Debug, Serialize, TS)]
pub(crate) struct CarryPlace {
    /// The name of the stick or folder.
    pub label: String,
    /// Its path.
    pub path: String,
    /// It can be unplugged and carried.
    pub removable: bool,
}

/// Where files can be written: sticks first, then the person's own folders.
#[tauri::command]
pub(crate) async fn save_places(app: AppHandle, seats: State<'_, Seats>) -> Result<Vec<CarryPlace>, Failure> {
    seats
        .run(move |_| {
            let mut places = sticks();
            let own = [("Documents", app.path().document_dir()), ("Home", app.path().home_dir())];
            places.extend(own.into_iter().filter_map(|(label, path)| {
                let path = path.ok().filter(|path| path.is_dir())?;
                Some(CarryPlace {
                    label: label.to_owned(),
                    path: path.to_str()?.to_owned(),
                    removable: false,
                })
            }));
            Ok(places)
        })
        .await
}

/// Removable drives, where the system mounts them.
fn sticks() -> Vec<CarryPlace> {
    let user = env::var_os("USER").unwrap_or_default();
    let roots =
        [PathBuf::from("/media").join(&user), PathBuf::from("/run/media").join(&user), "/Volumes".into()];
    let folders = roots.iter().filter_map(|root| fs::read_dir(root).ok()).flatten().flatten();
    folders
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .filter_map(|path| {
            let label = path.file_name()?.to_str()?.to_owned();
            Some(CarryPlace { label, path: path.to_str()?.to_owned(), removable: true })
        })
        .collect()
}

/// Asks for a folder in the system's own dialog; none where it was closed.
#[tauri::command]
pub(crate) async fn choose_folder(
    app: AppHandle,
    seats: State<'_, Seats>,
) -> Result<Option<PathBuf>, Failure> {
    seats
        .run(move |_| {
            Ok(app.dialog().file().blocking_pick_folder().and_then(|folder| folder.into_path().ok()))
        })
        .await
}
