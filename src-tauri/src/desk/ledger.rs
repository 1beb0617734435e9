//! The ledger, by the page, in parts and as CSV, and the story of each signature.

use std::path::PathBuf;

use desk::{Breakdown, DeskError, GoalForecast, LedgerFilter, LedgerPage, Story, TableNote};
use jiff::Timestamp;
use tauri::{State, WebviewWindow};
use uuid::Uuid;

use crate::{
    failure::Failure,
    printing,
    seats::{Seats, guard, now},
};

/// A page of the ledger: so many rows that agree with a filter, from an offset on.
#[tauri::command]
pub(crate) async fn ledger(
    seats: State<'_, Seats>,
    filter: LedgerFilter,
    offset: u64,
    limit: u64,
) -> Result<LedgerPage, Failure> {
    seats.run(move |seats| Ok(guard(seats.desk()?.ask_ledger()).ledger(&filter, offset, limit)?)).await
}

/// The signatures that agree with a filter, by day, table, place and all that they can be chosen by; none where a page of the ledger is
/// asked for meanwhile: somebody waits for that.
#[tauri::command]
pub(crate) async fn break_down(
    seats: State<'_, Seats>,
    filter: LedgerFilter,
) -> Result<Option<Breakdown>, Failure> {
    seats
        .run(move |seats| {
            let desk = seats.desk()?;
            let asked = desk.ledger_asked();
            Ok(guard(desk.ledger()).break_down(&filter, || desk.ledger_asked() == asked)?)
        })
        .await
}

/// When the next goal of a petition will be reached, by its days so far.
#[tauri::command]
pub(crate) async fn forecast(
    seats: State<'_, Seats>,
    petition: Uuid,
) -> Result<Option<GoalForecast>, Failure> {
    seats.run(move |seats| Ok(guard(seats.desk()?.ledger()).forecast(petition, now())?)).await
}

/// The whole story of a signature.
#[tauri::command]
pub(crate) async fn story(seats: State<'_, Seats>, signature: Uuid) -> Result<Story, Failure> {
    seats.run(move |seats| story_of(seats, signature)).await
}

pub(super) fn story_of(seats: &Seats, signature: Uuid) -> Result<Story, Failure> {
    let story = guard(seats.desk()?.reader()).story(signature)?;
    story.ok_or_else(|| DeskError::NothingToDecide.into())
}

/// What tables told beside signatures, oldest first.
#[tauri::command]
pub(crate) async fn table_notes(seats: State<'_, Seats>) -> Result<Vec<TableNote>, Failure> {
    seats.run(|seats| Ok(guard(seats.desk()?.reader()).notes()?)).await
}

/// Writes what agrees with a filter as CSV into a folder, by its token; gives the file's path.
#[tauri::command]
pub(crate) async fn export_csv(
    seats: State<'_, Seats>,
    folder: Uuid,
    filter: LedgerFilter,
) -> Result<PathBuf, Failure> {
    seats
        .run(move |seats| {
            // A part of it takes the place of no other file.
            let is_whole = filter == LedgerFilter::default();
            let name = if is_whole { "%Y-%m-%d" } else { "part-%Y-%m-%d-%H%M%S" };
            let name = Timestamp::now().strftime(name);
            let path = seats.place(folder)?.join(format!("undersigned-ledger-{name}.csv"));
            guard(&*seats.desk()?).write_csv(&filter, &path)?;
            Ok(path)
        })
        .await
}

/// Prints how it is counted, as the window shows it, by the system's dialog; returns when it is closed.
#[tauri::command]
pub(crate) async fn print_count(seats: State<'_, Seats>, window: WebviewWindow) -> Result<(), Failure> {
    seats.run(move |_| printing::dialog(&window).map(drop)).await
}
