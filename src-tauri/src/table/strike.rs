//! A signature that was plainly no one's, told to the organizer.

use table::{SavedPlace, StrikeReason};
use tauri::State;

use crate::{
    failure::Failure,
    seats::{Seats, guard, now},
};

/// The newest signatures of the running shift, by their places in the log.
#[tauri::command]
pub(crate) async fn newest(seats: State<'_, Seats>) -> Result<Vec<SavedPlace>, Failure> {
    seats.run(|seats| Ok(guard(&seats.table()?.table).newest()?)).await
}

/// Tells the organizer, under seal, that a signature of the running shift was plainly no one's. Nothing is removed.
#[tauri::command]
pub(crate) async fn strike(
    seats: State<'_, Seats>,
    generation: u32,
    index: u64,
    reason: StrikeReason,
    words: String,
) -> Result<(), Failure> {
    seats
        .run(move |seats| {
            let seat = seats.table()?;
            guard(&seat.table).strike((generation, index), reason, &words, now(), &mut rand::rng())?;
            if let Some(sender) = &seat.sender {
                sender.saved();
            }
            Ok(())
        })
        .await
}
