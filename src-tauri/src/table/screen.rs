//! How large the screen is that signers read from.

use serde::Serialize;
use tauri::{State, WebviewWindow};
use ts_rs::TS;

use crate::{
    failure::Failure,
    monitor::{Known, Monitor},
    seats::Seats,
};

/// The screen that the window is on.
#[derive(Debug, Serialize, TS)]
pub(crate) struct Screen {
    /// How many pixels of the page a millimetre of it has.
    pub pixels_per_mm: f64,
    /// How that is known.
    pub known: Known,
}

/// The screen that the window is on.
#[tauri::command]
pub(crate) async fn screen(window: WebviewWindow, seats: State<'_, Seats>) -> Result<Screen, Failure> {
    let monitor = Monitor::under(&window).await;
    seats.run(move |seats| Ok(Screen::of(&monitor, seats))).await
}

/// Keeps how many pixels a millimetre of the screen has, as a person measured it; or forgets it.
#[tauri::command]
pub(crate) async fn set_screen(
    window: WebviewWindow,
    seats: State<'_, Seats>,
    pixels_per_mm: Option<f64>,
) -> Result<Screen, Failure> {
    let monitor = Monitor::under(&window).await;
    seats
        .run(move |seats| {
            monitor.say(seats.folder(), pixels_per_mm)?;
            Ok(Screen::of(&monitor, seats))
        })
        .await
}

impl Screen {
    fn of(monitor: &Monitor, seats: &Seats) -> Self {
        let (pixels_per_mm, known) = monitor.density(seats.folder());
        Self { pixels_per_mm, known }
    }
}
