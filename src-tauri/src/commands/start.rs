//! First start: the keys, and what this computer is for.

use std::{env, fs, path::PathBuf};

use tauri::{AppHandle, Manager, State};
use tauri_plugin_dialog::DialogExt;

use crate::{
    seats::Seats,
    views::{CarryPlace, Failure, StartState},
};

/// What this computer is set up for, and whether its keys are open.
#[tauri::command(async)]
pub(crate) fn start_state(app: AppHandle, seats: State<'_, Seats>) -> Result<StartState, Failure> {
    seats.start(&app, None)
}

/// Opens the keys by a passphrase, or chooses it.
#[tauri::command(async)]
pub(crate) fn unlock(
    app: AppHandle,
    seats: State<'_, Seats>,
    passphrase: String,
) -> Result<StartState, Failure> {
    seats.start(&app, Some(&passphrase))
}

/// Sets this computer up as a table.
#[tauri::command(async)]
pub(crate) fn open_kit(
    app: AppHandle,
    seats: State<'_, Seats>,
    text: String,
    pin: String,
) -> Result<StartState, Failure> {
    seats.open_kit(&app, &text, &pin)?;
    seats.start(&app, None)
}

/// Sets this computer up as a desk: a new campaign, and its backup file in a folder. Goes on where it stopped before.
#[tauri::command]
pub(crate) async fn new_campaign(
    app: AppHandle,
    name: String,
    endpoint: Option<String>,
    passphrase: String,
    folder: String,
) -> Result<StartState, Failure> {
    let endpoint = match &endpoint {
        Some(url) => Some(desk::find_endpoint(url).await?),
        None => None,
    };
    let seats = app.state::<Seats>();
    let desk = seats.new_desk(&name, endpoint, &passphrase, &PathBuf::from(folder))?;
    super::desk::tell(&desk).await;
    seats.start(&app, None)
}

/// Where files can be written: sticks first, then the person's own folders.
#[tauri::command(async)]
pub(crate) fn save_places(app: AppHandle) -> Vec<CarryPlace> {
    let mut places = sticks();
    let own = [("Documents", app.path().document_dir()), ("Home", app.path().home_dir())];
    places.extend(own.into_iter().filter_map(|(label, path)| {
        let path = path.ok().filter(|path| path.is_dir())?;
        Some(CarryPlace { label: label.to_owned(), path: path.to_str()?.to_owned(), removable: false })
    }));
    places
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

/// Asks for a folder in the system's own dialog.
#[tauri::command(async)]
pub(crate) fn choose_folder(app: AppHandle) -> Option<String> {
    let folder = app.dialog().file().blocking_pick_folder()?.into_path().ok()?;
    Some(folder.to_str()?.to_owned())
}
