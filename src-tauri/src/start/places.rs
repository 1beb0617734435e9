//! Where files can be written.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use serde::Serialize;
use tauri::{AppHandle, Manager, State};
use tauri_plugin_dialog::DialogExt;
use ts_rs::TS;
use uuid::Uuid;

use crate::{failure::Failure, seats::Seats};

/// A folder that files can be written to.
#[derive(Debug, Serialize, TS)]
pub(crate) struct CarryPlace {
    /// What a command knows it by.
    pub token: Uuid,
    /// What it is.
    pub kind: PlaceKind,
    /// The name of the stick or folder.
    pub label: String,
    /// Its path, to be shown.
    pub path: String,
}

/// What a folder is to the person: the pages have a word for those that everybody has.
#[derive(Clone, Copy, Debug, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PlaceKind {
    /// It can be unplugged and carried.
    Stick,
    /// The person's documents.
    Documents,
    /// The person's own folder.
    Home,
    /// Another one, that was asked for.
    Chosen,
}

/// Where files can be written: sticks first, then the person's own folders.
#[tauri::command]
pub(crate) async fn save_places(app: AppHandle, seats: State<'_, Seats>) -> Result<Vec<CarryPlace>, Failure> {
    seats
        .run(move |seats| {
            let mut places: Vec<CarryPlace> =
                sticks().iter().filter_map(|path| place(seats, PlaceKind::Stick, path)).collect();
            let own =
                [(PlaceKind::Documents, app.path().document_dir()), (PlaceKind::Home, app.path().home_dir())];
            places.extend(
                own.into_iter()
                    .filter_map(|(kind, path)| place(seats, kind, &path.ok().filter(|path| path.is_dir())?)),
            );
            Ok(places)
        })
        .await
}

/// A folder for a page; none where its name is not text.
fn place(seats: &Seats, kind: PlaceKind, path: &Path) -> Option<CarryPlace> {
    let shown = path.to_str()?.to_owned();
    let label = path.file_name().and_then(|name| name.to_str()).unwrap_or(&shown).to_owned();
    Some(CarryPlace { token: seats.token_of(path.to_owned()), kind, label, path: shown })
}

/// Removable drives, where the system mounts them.
fn sticks() -> Vec<PathBuf> {
    let user = env::var_os("USER").unwrap_or_default();
    let roots =
        [PathBuf::from("/media").join(&user), PathBuf::from("/run/media").join(&user), "/Volumes".into()];
    let folders = roots.iter().filter_map(|root| fs::read_dir(root).ok()).flatten().flatten();
    folders.map(|entry| entry.path()).filter(|path| path.is_dir()).collect()
}

/// Asks for a folder in the system's own dialog; none where it was closed.
#[tauri::command]
pub(crate) async fn choose_folder(
    app: AppHandle,
    seats: State<'_, Seats>,
) -> Result<Option<CarryPlace>, Failure> {
    seats
        .run(move |seats| {
            let chosen =
                app.dialog().file().blocking_pick_folder().and_then(|folder| folder.into_path().ok());
            Ok(chosen.and_then(|path| place(seats, PlaceKind::Chosen, &path)))
        })
        .await
}
