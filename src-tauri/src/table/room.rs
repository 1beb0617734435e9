//! Room on the disk: what the organizer has opened and the endpoint stores may go from this computer.

use table::{Room, RoomMade, make_room as make};
use tauri::{State, ipc::Channel};

use crate::{
    failure::Failure,
    seats::{Seats, guard},
};

/// What takes room at this table, and what of it can be given up.
#[tauri::command]
pub(crate) async fn room(seats: State<'_, Seats>) -> Result<Room, Failure> {
    seats.run(|seats| Ok(guard(&seats.table()?.table).room()?)).await
}

/// Erases what can be given up, step by step; says how many entries are done as it goes.
#[tauri::command]
pub(crate) async fn make_room(seats: State<'_, Seats>, progress: Channel<u64>) -> Result<RoomMade, Failure> {
    seats
        .run(move |seats| {
            let seat = seats.table()?;
            // A page that is gone needs no progress.
            Ok(make(&seat.table, |done| drop(progress.send(done)))?)
        })
        .await
}
