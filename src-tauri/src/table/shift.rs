//! A shift starts and ends.

use table::ShiftEnd;
use tauri::State;

use crate::{
    failure::Failure,
    seats::{Seats, guard, now},
};

/// Starts a shift. What the table shows then is asked for by itself: a shift that runs is never told as a failure.
#[tauri::command]
pub(crate) async fn start_shift(
    seats: State<'_, Seats>,
    place: String,
    volunteer: String,
) -> Result<(), Failure> {
    seats
        .run(move |seats| {
            Ok(guard(&seats.table()?.table).start_shift(&place, &volunteer, now(), &mut rand::rng())?)
        })
        .await
}

/// Ends the shift.
#[tauri::command]
pub(crate) async fn end_shift(seats: State<'_, Seats>) -> Result<ShiftEnd, Failure> {
    seats.run(|seats| Ok(guard(&seats.table()?.table).end_shift(now())?)).await
}
