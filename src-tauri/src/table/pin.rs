//! The PIN that takes the table back from signers.

use tauri::State;

use crate::{
    failure::Failure,
    seats::{Seats, guard, now},
    secret::Secret,
};

/// Sets or changes the PIN that takes the table back from signers. `old` is the one of now, where there is one.
#[tauri::command]
pub(crate) async fn set_pin(
    seats: State<'_, Seats>,
    old: Option<Secret>,
    pin: Secret,
) -> Result<(), Failure> {
    seats
        .run(move |seats| {
            let old = old.as_deref();
            Ok(guard(&seats.table()?.table).set_pin(old, &pin, now(), &mut rand::rng())?)
        })
        .await
}
