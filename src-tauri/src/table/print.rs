//! A report on paper, or as a file.

use std::path::PathBuf;

use jiff::ZonedDateTime;
use serde::Deserialize;
use table::Check;
use tauri::{State, WebviewWindow};
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    failure::Failure,
    printing::{self, Printed},
    seats::Seats,
};

/// What is printed: its file is called by it.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Report {
    /// What was looked at before a shift, and its counters.
    Zero,
    /// The end of a shift.
    Shift,
    /// A list of what to do.
    Checklist,
}

/// Prints what the window shows, by the system's dialog; returns when it is closed.
#[tauri::command]
pub(crate) async fn print_report(seats: State<'_, Seats>, window: WebviewWindow) -> Result<(), Failure> {
    seats
        .run(move |seats| {
            let seat = seats.table()?;
            let printed = printing::dialog(&window);
            match &printed {
                Ok(Printed::Sent) => seat.looks().printer = Some(Check::Good),
                Ok(Printed::NotKnown) => {}
                Err(_) => seat.looks().printer = Some(Check::Warned),
            }
            printed.map(drop)
        })
        .await
}

/// Writes what the window shows as a PDF into a folder, by its token; gives the file's path.
#[tauri::command]
pub(crate) async fn save_report(
    seats: State<'_, Seats>,
    window: WebviewWindow,
    folder: Uuid,
    report: Report,
) -> Result<PathBuf, Failure> {
    seats
        .run(move |seats| {
            let name = match report {
                Report::Zero => "zero-report",
                Report::Shift => "shift",
                Report::Checklist => "checklist",
            };
            let at = ZonedDateTime::now().strftime("%Y-%m-%d-%H%M");
            let path = seats.place(folder)?.join(format!("undersigned-{name}-{at}.pdf"));
            let pdf = printing::pdf(&window, seats.folder())?;
            desk::write_private(&path, &pdf)?;
            Ok(path)
        })
        .await
}
