//! Signatures as files, to be carried by hand.

use std::path::PathBuf;

use table::CarryReport;
use tauri::State;

use crate::{
    failure::Failure,
    seats::{Seats, guard},
};

/// Writes what is not received yet as batch files into a folder, to be carried.
#[tauri::command]
pub(crate) async fn hand_carry(seats: State<'_, Seats>, folder: PathBuf) -> Result<CarryReport, Failure> {
    seats.run(move |seats| Ok(guard(&seats.table()?.table).carry(&folder, false)?)).await
}
