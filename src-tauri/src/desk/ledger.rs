//! The ledger, by the page and as CSV.

use std::path::PathBuf;

use desk::{LedgerPage, TableNote};
use jiff::Timestamp;
use tauri::State;
use uuid::Uuid;

use crate::{
    failure::Failure,
    seats::{Seats, guard},
};

/// A page of the ledger: so many rows that match a search, from an offset on.
#[tauri::command]
pub(crate) async fn ledger(
    seats: State<'_, Seats>,
    search: String,
    offset: u64,
    limit: u64,
) -> Result<LedgerPage, Failure> {
    seats.run(move |seats| Ok(guard(seats.desk()?.reader()).ledger(&search, offset, limit)?)).await
}

/// What tables told beside signatures, oldest first.
#[tauri::command]
pub(crate) async fn table_notes(seats: State<'_, Seats>) -> Result<Vec<TableNote>, Failure> {
    seats.run(|seats| Ok(guard(seats.desk()?.reader()).notes()?)).await
}

/// Writes the ledger as CSV into a folder, by its token; gives the file's path.
#[tauri::command]
pub(crate) async fn export_csv(seats: State<'_, Seats>, folder: Uuid) -> Result<PathBuf, Failure> {
    seats
        .run(move |seats| {
            let day = Timestamp::now().strftime("%Y-%m-%d");
            let path = seats.place(folder)?.join(format!("undersigned-ledger-{day}.csv"));
            guard(&*seats.desk()?).write_csv(&path)?;
            Ok(path)
        })
        .await
}
