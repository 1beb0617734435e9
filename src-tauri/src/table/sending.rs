//! What the sender is doing.

use table::sending::{State, Status};

use crate::{
    failure::Failure,
    seats::{Seats, TableSeat, guard, now},
};

/// Tries to send at once.
#[tauri::command]
pub(crate) async fn send_now(seats: tauri::State<'_, Seats>) -> Result<(), Failure> {
    if let Some(sender) = &seats.table()?.sender {
        sender.send_now();
    }
    Ok(())
}

/// Sends nothing until it is asked to send.
#[tauri::command]
pub(crate) async fn pause_sending(seats: tauri::State<'_, Seats>) -> Result<(), Failure> {
    if let Some(sender) = &seats.table()?.sender {
        sender.pause();
    }
    Ok(())
}

/// Goes on in a new generation of the log, by the volunteer's word that this computer was restored or copied.
#[tauri::command]
pub(crate) async fn new_generation(seats: tauri::State<'_, Seats>) -> Result<(), Failure> {
    seats
        .run(|seats| {
            let seat = seats.table()?;
            guard(&seat.table).start_generation(now())?;
            if let Some(sender) = &seat.sender {
                sender.send_now();
            }
            Ok(())
        })
        .await
}

/// What the sender is doing; none where the kit names no endpoint.
pub(super) fn sending(seat: &TableSeat, waiting: u64) -> Option<Status> {
    let status = seat.sender.as_ref()?.status();
    // What was saved since it was done is on its way.
    let state = if status.state == State::Done && waiting > 0 { State::Sending } else { status.state };
    Some(Status { state, ..status })
}
