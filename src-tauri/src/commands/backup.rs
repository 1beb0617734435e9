//! The backup: another file of it, and another passphrase.

use std::path::PathBuf;

use desk::BackupKey;
use tauri::State;

use super::desk::home;
use crate::{
    seats::{Seats, backup_name, held, now},
    views::{DeskHome, Failure},
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
