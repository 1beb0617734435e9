//! Kits: made here, and listed; and the code for a forgotten PIN.

use std::path::PathBuf;

use desk::{KitRow, NewKit, kit_until};
use tauri::State;
use uuid::Uuid;

use crate::{
    failure::Failure,
    seats::{Seats, guard, now},
};

/// The kits made here.
#[tauri::command]
pub(crate) async fn list_kits(seats: State<'_, Seats>) -> Result<Vec<KitRow>, Failure> {
    seats.run(|seats| Ok(guard(&*seats.desk()?).kits()?)).await
}

/// Makes a kit, good for some days, and writes its file into a folder, by its token; gives the file's path.
#[tauri::command]
pub(crate) async fn make_kit(
    seats: State<'_, Seats>,
    label: String,
    max_tables: u32,
    days: i64,
    folder: Uuid,
) -> Result<PathBuf, Failure> {
    seats
        .run(move |seats| {
            let new = NewKit { label: &label, max_tables, days };
            let folder = seats.place(folder)?;
            let place = |kit: Uuid| folder.join(format!("undersigned-{}.kit", &kit.to_string()[..8]));
            let (_, path) = guard(&*seats.desk()?).write_kit(new, place, now(), &mut rand::rng())?;
            Ok(path)
        })
        .await
}

/// The code that sets a new PIN at every table of a kit, in groups.
#[tauri::command]
pub(crate) async fn pin_reset_code(seats: State<'_, Seats>, kit: Uuid) -> Result<String, Failure> {
    seats.run(move |seats| Ok(guard(&*seats.desk()?).pin_reset_code(kit)?.to_string())).await
}

/// Moves the date of a kit to some days from now.
#[tauri::command]
pub(crate) async fn move_kit(seats: State<'_, Seats>, kit: Uuid, days: i64) -> Result<Vec<KitRow>, Failure> {
    seats
        .run(move |seats| {
            let desk = seats.desk()?;
            let mut desk = guard(&desk);
            desk.move_kit(kit, kit_until(now(), days)?, now())?;
            Ok(desk.kits()?)
        })
        .await
}
