//! Paper sheets, typed line by line.

use jiff::ZonedDateTime;
use serde::Serialize;
use table::{KeptLine, OpenSheet, SheetClosed, SheetEnd, SheetHeading, SheetLine, Table};
use tauri::State;
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    failure::Failure,
    kiosk::petition::AskedField,
    seats::{Seats, guard, now},
};

/// The page of paper sheets.
#[derive(Serialize, TS)]
pub(crate) struct PaperPage {
    /// The sheet that is being typed; none where none is.
    pub sheet: Option<OpenSheet>,
    /// What the next sheet would have over its lines; none where no shift is running.
    pub next: Option<SheetHeading>,
    /// What can be signed on paper.
    pub petitions: Vec<PaperPetition>,
}

/// A petition, as its sheets ask.
#[derive(Debug, Serialize, TS)]
pub(crate) struct PaperPetition {
    /// Which.
    pub petition: Uuid,
    /// Title.
    pub title: String,
    /// The versions of its text, oldest first: which one is on the paper?
    pub versions: Vec<PaperVersion>,
    /// The fields beside the full name, in the order asked.
    pub fields: Vec<AskedField>,
    /// The minimum age, where a statement is asked.
    pub minimum_age: Option<u8>,
}

/// A version of a petition's text.
#[derive(Debug, Serialize, TS)]
pub(crate) struct PaperVersion {
    /// Its number.
    pub version: u32,
    /// The languages that it is there in, the original's first.
    pub languages: Vec<String>,
}

fn versions(table: &Table, petition: Uuid) -> Vec<PaperVersion> {
    let versions = table.versions(petition).into_iter();
    versions.map(|version| PaperVersion { version, languages: table.languages(petition, version) }).collect()
}

/// The page of paper sheets.
#[tauri::command]
pub(crate) async fn paper_page(seats: State<'_, Seats>) -> Result<PaperPage, Failure> {
    seats
        .run(|seats| {
            let seat = seats.table()?;
            let table = guard(&seat.table);
            let petitions = table.petitions().iter().map(|petition| PaperPetition {
                petition: petition.id(),
                title: petition.title().to_owned(),
                versions: versions(&table, petition.id()),
                fields: petition.fields().map(|(field, asked)| AskedField { field, asked }).collect(),
                minimum_age: petition.minimum_age(),
            });
            let next = match table.shift() {
                Some(_) => Some(table.next_heading(ZonedDateTime::now().date())?),
                None => None,
            };
            Ok(PaperPage { petitions: petitions.collect(), sheet: table.sheet()?, next })
        })
        .await
}

/// Begins a sheet.
#[tauri::command]
pub(crate) async fn open_sheet(seats: State<'_, Seats>, heading: SheetHeading) -> Result<(), Failure> {
    seats.run(move |seats| Ok(guard(&seats.table()?.table).open_sheet(&heading, now())?)).await
}

/// Keeps a line of the sheet that is being typed, until the sheet is closed.
#[tauri::command]
pub(crate) async fn set_line(
    seats: State<'_, Seats>,
    number: u32,
    line: SheetLine,
) -> Result<KeptLine, Failure> {
    seats.run(move |seats| Ok(guard(&seats.table()?.table).set_line(number, line)?)).await
}

/// Seals the sheet that is being typed, whole.
#[tauri::command]
pub(crate) async fn close_sheet(seats: State<'_, Seats>, end: SheetEnd) -> Result<SheetClosed, Failure> {
    seats
        .run(move |seats| {
            let seat = seats.table()?;
            let closed = guard(&seat.table).close_sheet(&end, now(), &mut rand::rng())?;
            if let Some(sender) = &seat.sender {
                sender.saved();
            }
            Ok(closed)
        })
        .await
}

/// Forgets the sheet that is being typed.
#[tauri::command]
pub(crate) async fn drop_sheet(seats: State<'_, Seats>) -> Result<(), Failure> {
    seats.run(|seats| Ok(guard(&seats.table()?.table).drop_sheet()?)).await
}
