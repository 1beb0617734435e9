//! The tables, as the desk sees them.

use std::sync::Mutex;

use desk::{Desk, DeskError, VerifierKey};
use tauri::{State, async_runtime::block_on};
use uuid::Uuid;

use super::home::{DeskHome, home};
use crate::{
    failure::Failure,
    seats::{Seats, guard, now},
};

/// Lets a held table in. `device` says which of several computers, by its key.
#[tauri::command]
pub(crate) async fn confirm_table(
    seats: State<'_, Seats>,
    table: Uuid,
    generation: u32,
    device: Option<String>,
) -> Result<DeskHome, Failure> {
    seats
        .run(move |seats| {
            let device: Option<VerifierKey> =
                device.map(|device| device.parse().map_err(|_| DeskError::UnknownTable)).transpose()?;
            let desk = seats.desk()?;
            guard(&desk).confirm_table(table, generation, device.as_ref(), now())?;
            block_on(tell(&desk));
            home(&guard(&desk))
        })
        .await
}

/// Tells the endpoint all that was said at the desk. That it cannot be told now is no failure: the desk says so on its
/// screens, and tells it again with the next merge.
pub(crate) async fn tell(desk: &Mutex<Desk>) {
    if let Err(error) = Desk::tell_endpoint(desk).await {
        tracing::warn!(code = error.code(), "the endpoint is not told yet");
    }
}
