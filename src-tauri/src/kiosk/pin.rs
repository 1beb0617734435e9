//! The table goes to the signers, and comes back for its PIN.

use serde::Serialize;
use tauri::{State, WebviewWindow};
use ts_rs::TS;

use crate::{
    failure::Failure,
    lock,
    seats::{Seats, guard, now},
    secret::Secret,
};

/// What came of a PIN.
#[derive(Debug, Serialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub(crate) enum PinOutcome {
    /// Right: the kiosk is closed.
    Opened,
    /// Wrong: wait this long before the next try counts.
    Wrong {
        /// Seconds.
        wait_seconds: u32,
    },
}

/// Locks the window as a kiosk, and closes the desk. There must be a shift, and a PIN to take it back with. Where it fails, all is
/// as it was.
#[tauri::command]
pub(crate) async fn hand_to_signers(seats: State<'_, Seats>, window: WebviewWindow) -> Result<(), Failure> {
    seats
        .run(move |seats| {
            guard(&seats.table()?.table).check_hand_over()?;
            seats.set_locked(true)?;
            hand_over(seats, &window)
        })
        .await
}

/// Locks the window as a kiosk in which nothing is saved, sealed or counted: the volunteer rehearses. There must be no shift, and a
/// PIN to take it back with.
#[tauri::command]
pub(crate) async fn practise(seats: State<'_, Seats>, window: WebviewWindow) -> Result<(), Failure> {
    seats
        .run(move |seats| {
            let seat = seats.table()?;
            guard(&seat.table).begin_practice()?;
            let handed =
                seats.set_practising().map_err(Failure::from).and_then(|()| hand_over(seats, &window));
            if handed.is_err() {
                guard(&seat.table).end_practice()?;
            }
            handed
        })
        .await
}

/// Where it fails, all is as it was.
fn hand_over(seats: &Seats, window: &WebviewWindow) -> Result<(), Failure> {
    let handed = lock::lock(window).map_err(Failure::from).and_then(|()| seats.close_the_rest());
    if handed.is_err() {
        seats.set_locked(false)?;
        lock::unlock(window)?;
    }
    handed
}

/// Gives the window back to the volunteer, for the PIN.
#[tauri::command]
pub(crate) async fn take_back(
    seats: State<'_, Seats>,
    window: WebviewWindow,
    pin: Secret,
) -> Result<PinOutcome, Failure> {
    seats
        .run(move |seats| {
            let outcome = guard(&seats.table()?.table).check_pin(&pin, now())?;
            open_if_right(seats, &window, outcome)
        })
        .await
}

/// Sets a new PIN for the PIN reset code of the table's kit, and gives the window back to the volunteer.
#[tauri::command]
pub(crate) async fn reset_pin(
    seats: State<'_, Seats>,
    window: WebviewWindow,
    code: Secret,
    pin: Secret,
) -> Result<PinOutcome, Failure> {
    seats
        .run(move |seats| {
            let outcome = guard(&seats.table()?.table).reset_pin(&code, &pin, now(), &mut rand::rng())?;
            open_if_right(seats, &window, outcome)
        })
        .await
}

fn open_if_right(
    seats: &Seats,
    window: &WebviewWindow,
    outcome: table::PinOutcome,
) -> Result<PinOutcome, Failure> {
    match outcome {
        table::PinOutcome::Right => {
            seats.set_locked(false)?;
            // A shift may begin from now on.
            guard(&seats.table()?.table).end_practice()?;
            lock::unlock(window)?;
            Ok(PinOutcome::Opened)
        }
        table::PinOutcome::Wrong { wait_seconds } | table::PinOutcome::Wait { wait_seconds } => {
            Ok(PinOutcome::Wrong { wait_seconds })
        }
    }
}
