//! The backup: another file of it, and another passphrase.

use desk::BackupKey;
use tauri::State;
use uuid::Uuid;

use super::home::{DeskHome, home};
use crate::{
    failure::Failure,
    seats::{Seats, backup_name, guard, now},
    secret::Secret,
};

/// Writes another file of the backup into a folder, by its token, and keeps it current from now on.
#[tauri::command]
pub(crate) async fn write_backup(seats: State<'_, Seats>, folder: Uuid) -> Result<DeskHome, Failure> {
    seats
        .run(move |seats| {
            let folder = seats.place(folder)?;
            let desk = seats.desk()?;
            let mut desk = guard(&desk);
            let path = folder.join(backup_name(desk.campaign().id));
            desk.write_backup(&path, now())?;
            home(&desk)
        })
        .await
}

/// Chooses another passphrase of the backup, and writes every file of it again.
#[tauri::command]
pub(crate) async fn set_backup_passphrase(
    seats: State<'_, Seats>,
    passphrase: Secret,
) -> Result<DeskHome, Failure> {
    seats
        .run(move |seats| {
            let key = BackupKey::new(&passphrase, &mut rand::rng())?;
            let desk = seats.desk()?;
            let mut desk = guard(&desk);
            desk.set_backup_key(&key, now())?;
            home(&desk)
        })
        .await
}
