//! A shift starts and ends.

use serde::Serialize;
use table::ShiftEnd;
use tauri::State;
use ts_rs::TS;

use crate::{
    failure::Failure,
    qr::{self, Qr},
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

/// The end of a shift, and its word to be photographed.
#[derive(Debug, Serialize, TS)]
pub(crate) struct EndOfShift {
    /// The end of the shift.
    pub end: ShiftEnd,
    /// The checkpoint, and the receipt on it where there is one, as they stand in the notes; none where that is too long for a code.
    pub qr: Option<Qr>,
}

/// Ends the shift.
#[tauri::command]
pub(crate) async fn end_shift(seats: State<'_, Seats>) -> Result<EndOfShift, Failure> {
    seats
        .run(|seats| {
            let end = guard(&seats.table()?.table).end_shift(now())?;
            let qr = qr::code(&format!("{}{}", end.checkpoint, end.receipt.as_deref().unwrap_or_default()));
            Ok(EndOfShift { end, qr })
        })
        .await
}
