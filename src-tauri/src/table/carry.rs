//! Signatures as files, to be carried by hand.

use table::CarryReport;
use tauri::State;
use uuid::Uuid;

use crate::{
    failure::Failure,
    seats::{Seats, guard},
};

/// Writes what is not received yet as batch files into a folder, by its token, to be carried.
#[tauri::command]
pub(crate) async fn hand_carry(seats: State<'_, Seats>, folder: Uuid) -> Result<CarryReport, Failure> {
    seats
        .run(move |seats| {
            let folder = seats.place(folder)?;
            Ok(guard(&seats.table()?.table).carry(&folder, false)?)
        })
        .await
}
