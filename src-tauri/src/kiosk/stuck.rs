//! What is left to a volunteer whose table is locked and cannot be opened.

use tauri::{AppHandle, State};

use crate::{failure::Failure, seats::Seats};

/// Whether the kiosk is open, whatever else cannot be.
#[tauri::command]
pub(crate) async fn kiosk_locked(seats: State<'_, Seats>) -> Result<bool, Failure> {
    seats.run(|seats| Ok(seats.is_locked())).await
}

/// Ends the program where its table cannot be opened. A kiosk stays locked: it is at the next start.
#[tauri::command]
pub(crate) async fn end_program(app: AppHandle, seats: State<'_, Seats>) -> Result<(), Failure> {
    seats
        .run(move |seats| {
            if seats.table().is_ok() {
                return Err(Failure::new(
                    "kiosk/table-open",
                    "the table is open: it is taken back by its PIN",
                ));
            }
            app.exit(0);
            Ok(())
        })
        .await
}
