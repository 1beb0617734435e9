//! Kits: made here, and listed.

use std::path::PathBuf;

use desk::KitRow;
use tauri::State;

use crate::{
    failure::Failure,
    seats::{Seats, guard, now},
};

/// The kits made here.
#[tauri::command]
pub(crate) async fn list_kits(seats: State<'_, Seats>) -> Result<Vec<KitRow>, Failure> {
    seats.run(|seats| Ok(guard(&*seats.desk()?).kits()?)).await
}

/// Makes a kit, good for some days, and writes its file into a folder; gives the file's path.
#[tauri::command]
pub(crate) async fn make_kit(
    seats: State<'_, Seats>,
    label: String,
    max_tables: u32,
    days: i64,
    folder: PathBuf,
) -> Result<PathBuf, Failure> {
    seats
        .run(move |seats| {
            let until = desk::kit_until(now(), days)?;
            desk::check_place(&folder.join("undersigned.kit"))?;
            let (kit, text) =
                guard(&*seats.desk()?).make_kit(&label, max_tables, until, now(), &mut rand::rng())?;
            let path = folder.join(format!("undersigned-{}.kit", &kit.to_string()[..8]));
            desk::write_private(&path, text.as_bytes())?;
            Ok(path)
        })
        .await
}
