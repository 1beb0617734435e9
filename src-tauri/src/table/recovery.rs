//! The recovery words of the table, for paper.

use table::{PinOutcome, TableError};
use tauri::State;

use crate::{
    failure::Failure,
    seats::{Seats, guard, now},
    secret::Secret,
};

/// The words that bring this table back where the keyring has lost its key, for who knows the PIN.
#[tauri::command]
pub(crate) async fn recovery_words(seats: State<'_, Seats>, pin: Secret) -> Result<Vec<String>, Failure> {
    seats
        .run(move |seats| {
            match guard(&seats.table()?.table).check_pin(&pin, now())? {
                PinOutcome::Right => {}
                PinOutcome::Wrong { wait_seconds } | PinOutcome::Wait { wait_seconds } => {
                    return Err(TableError::PinWrong { wait_seconds }.into());
                }
            }
            let words = seats.recovery_words()?;
            Ok(words.iter().map(str::to_owned).collect())
        })
        .await
}
