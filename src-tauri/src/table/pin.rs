//! The PIN that takes the table back from signers.

use tauri::State;
use zeroize::Zeroizing;

use crate::{
    failure::Failure,
    seats::{Seats, guard, now},
};

/// Sets or changes the PIN that takes the table back from signers. `old` is the one of now, where there is one.
#[tauri::command]
pub(crate) async fn set_pin(
    seats: State<'_, Seats>,
    old: Option<String>,
    pin: String,
) -> Result<(), Failure> {
    let (old, pin) = (old.map(Zeroizing::new), Zeroizing::new(pin));
    seats
        .run(move |seats| {
            let old = old.as_ref().map(|old| old.as_str());
            Ok(guard(&seats.table()?.table).set_pin(old, &pin, now(), &mut rand::rng())?)
        })
        .await
}
