//! The backup: another file of it, another passphrase, and a campaign that comes back from it.

use std::path::PathBuf;

use desk::BackupKey;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;

use super::desk::home;
use crate::{
    seats::{Seats, backup_name, held, now},
    views::{DeskHome, Failure, StartState},
};

/// Writes another file of the backup into a folder, and keeps it current from now on.
#[tauri::command(async)]
pub(crate) fn write_backup(seats: State<'_, Seats>, folder: String) -> Result<DeskHome, Failure> {
    let desk = seats.desk()?;
    let mut desk = held(&*desk);
    let path = PathBuf::from(folder).join(backup_name(desk.campaign().id));
    desk.write_backup(&path, now())?;
    home(&desk)
}

/// Chooses another passphrase of the backup, and writes every file of it anew.
#[tauri::command(async)]
pub(crate) fn set_backup_passphrase(
    seats: State<'_, Seats>,
    passphrase: String,
) -> Result<DeskHome, Failure> {
    let desk = seats.desk()?;
    let key = BackupKey::new(&passphrase, &mut rand::rng())?;
    let mut desk = held(&*desk);
    desk.set_backup_key(&key, now())?;
    home(&desk)
}

/// Asks for a backup in the system's own dialog.
#[tauri::command(async)]
pub(crate) fn choose_backup(app: AppHandle) -> Option<String> {
    let file = app.dialog().file().blocking_pick_file()?.into_path().ok()?;
    Some(file.to_str()?.to_owned())
}

/// Sets this computer up as the desk of a campaign that comes back from its backup.
#[tauri::command(async)]
pub(crate) fn restore_campaign(
    app: AppHandle,
    seats: State<'_, Seats>,
    path: String,
    passphrase: String,
) -> Result<StartState, Failure> {
    seats.restore_desk(&PathBuf::from(path), &passphrase)?;
    seats.start(&app, None)
}
