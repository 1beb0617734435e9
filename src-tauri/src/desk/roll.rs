//! The roll: loaded, looked up, deleted; and whether it will qualify.

use std::{ops::ControlFlow, path::PathBuf, sync::atomic::Ordering::Relaxed};

use desk::{
    DeskError, NewRoll, Qualification, Quotas, RollColumns, RollCount, RollLayout, RollLoaded, RollPreview,
    RollRow, Tolerance, preview_roll,
};
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, State, ipc::Channel};
use tauri_plugin_dialog::DialogExt;
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    failure::Failure,
    seats::{Seats, guard, now},
};

/// A file that was chosen.
#[derive(Serialize, TS)]
pub(crate) struct RollFile {
    /// Its token.
    pub file: Uuid,
    /// Its name.
    pub name: String,
}

/// How a roll's file is laid out, as an organizer says it.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RollShape {
    /// As one of those that are known by name.
    Named(String),
    /// With headings, a character between its values, and these columns.
    Own(char, Box<RollColumns>),
}

impl RollShape {
    fn layout(&self) -> Result<RollLayout, Failure> {
        let layout = match self {
            Self::Named(name) => RollLayout::named(name),
            Self::Own(delimiter, columns) => u8::try_from(*delimiter).ok().map(|delimiter| RollLayout {
                delimiter: Some(delimiter),
                is_quoted: true,
                has_headings: true,
                widths: Vec::new(),
                columns: (**columns).clone(),
                ended: Vec::new(),
            }),
        };
        Ok(layout.ok_or(DeskError::RollColumns)?)
    }
}

/// A roll that an organizer loads.
#[derive(Deserialize, TS)]
pub(crate) struct RollForm {
    /// Its file, by its token.
    pub file: Uuid,
    /// What it is called.
    pub name: String,
    /// The day of which it is, RFC 3339.
    pub as_of: String,
    /// The last day on which it may be here, RFC 3339.
    pub last_day: String,
    /// How its file is laid out.
    pub shape: RollShape,
}

/// How far the reading of a roll is.
#[derive(Clone, Debug, Serialize, TS)]
pub(crate) struct RollLoading {
    /// Entries that were read.
    pub entries: u64,
    /// Bytes that were read.
    pub done: u64,
    /// Of so many bytes.
    pub of: u64,
}

/// What may differ, and it is the same person nevertheless.
#[derive(Clone, Copy, Deserialize, TS)]
pub(crate) struct RollTolerance {
    /// The address.
    pub address: bool,
    /// The family name.
    pub family: bool,
}

/// Quotas of areas, as they are typed.
#[derive(Deserialize, TS)]
pub(crate) struct QuotasGiven {
    /// A line an area: its name, a semicolon, and its number.
    pub text: String,
    /// So many of them have to have enough; all of them where it is not said.
    pub least: Option<u64>,
}

/// The roll, and what came of looking up the signatures of each petition.
#[derive(Serialize, TS)]
pub(crate) struct RollPage {
    /// The roll; none where none is here.
    pub roll: Option<RollRow>,
    /// Of each petition.
    pub counts: Vec<PetitionOnRoll>,
}

/// What came of looking up the signatures of a petition.
#[derive(Serialize, TS)]
pub(crate) struct PetitionOnRoll {
    /// Which.
    pub petition: Uuid,
    /// How many were found, are unsure, were not found.
    pub count: RollCount,
}

/// The roll, and what came of it.
#[tauri::command]
pub(crate) async fn roll(seats: State<'_, Seats>) -> Result<RollPage, Failure> {
    seats.run(page).await
}

fn page(seats: &Seats) -> Result<RollPage, Failure> {
    let desk = seats.desk()?;
    let mut desk = guard(&*desk);
    let roll = desk.roll(now())?;
    let petitions = desk.petitions()?;
    let counts = petitions.into_iter().map(|row| {
        let count = desk.count_looked_up(row.petition.id())?;
        Ok(PetitionOnRoll { petition: row.petition.id(), count })
    });
    Ok(RollPage { roll, counts: counts.collect::<Result<_, Failure>>()? })
}

/// Asks for the file of a roll in the system's own dialog; none where it was closed.
#[tauri::command]
pub(crate) async fn choose_roll(
    app: AppHandle,
    seats: State<'_, Seats>,
) -> Result<Option<RollFile>, Failure> {
    seats
        .run(move |seats| {
            let chosen = app.dialog().file().blocking_pick_file().and_then(|file| file.into_path().ok());
            Ok(chosen.map(|path: PathBuf| {
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
                RollFile { name: name.unwrap_or_default(), file: seats.token_of(path) }
            }))
        })
        .await
}

/// Looks into the file of a roll, by its token: its headings and its first entries, by the shape that is given or recognised.
#[tauri::command]
pub(crate) async fn look_into_roll(
    seats: State<'_, Seats>,
    file: Uuid,
    shape: Option<RollShape>,
) -> Result<RollPreview, Failure> {
    seats
        .run(move |seats| {
            let layout = shape.map(|shape| shape.layout()).transpose()?;
            Ok(preview_roll(&seats.place(file)?, layout.as_ref())?)
        })
        .await
}

/// Loads a roll in the place of the one before, and says how far it is. The desk does other things meanwhile.
#[tauri::command]
pub(crate) async fn load_roll(
    seats: State<'_, Seats>,
    form: RollForm,
    progress: Channel<RollLoading>,
) -> Result<RollLoaded, Failure> {
    seats
        .run(move |seats| {
            seats.stop().store(false, Relaxed);
            let (path, layout) = (seats.place(form.file)?, form.shape.layout()?);
            // That day itself is still one on which it may be here.
            let last_day: Date = form.last_day.parse().map_err(|_| DeskError::RollDates)?;
            let next = last_day.checked_add(1.day()).map_err(|_| DeskError::RollDates)?.at(0, 0, 0, 0);
            let delete_by = TimeZone::system().to_timestamp(next).map_err(|_| DeskError::RollDates)?;
            let new = NewRoll {
                name: &form.name,
                as_of: &form.as_of,
                delete_by: delete_by.as_second(),
                layout: &layout,
            };
            let desk = seats.desk()?;
            let begun = guard(&*desk).begin_roll(new, now(), &mut rand::rng())?;
            let filled = begun.fill(&path, &layout, |read| {
                let news = RollLoading { entries: read.entries, done: read.done, of: read.of };
                // A page that is gone needs no progress.
                let _unheard = progress.send(news);
                go_on(seats)
            })?;
            Ok(guard(&*desk).keep_roll(filled, now())?)
        })
        .await
}

fn go_on(seats: &Seats) -> ControlFlow<()> {
    if seats.stop().load(Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
}

/// Asks the loading or the looking up that runs to stop. A roll that is not whole is not kept; what was looked up is.
#[tauri::command]
pub(crate) async fn stop_roll(seats: State<'_, Seats>) -> Result<(), Failure> {
    seats.stop().store(true, Relaxed);
    Ok(())
}

/// Deletes the roll. What came of it stays.
#[tauri::command]
pub(crate) async fn delete_roll(seats: State<'_, Seats>) -> Result<RollPage, Failure> {
    seats
        .run(|seats| {
            guard(&*seats.desk()?).delete_roll()?;
            page(seats)
        })
        .await
}

/// Looks up the signatures of a petition that are not found yet, and says what came of them so far. The desk does other things
/// between.
#[tauri::command]
pub(crate) async fn look_up(
    seats: State<'_, Seats>,
    petition: Uuid,
    tolerance: RollTolerance,
    progress: Channel<RollCount>,
) -> Result<RollPage, Failure> {
    seats
        .run(move |seats| {
            seats.stop().store(false, Relaxed);
            let desk = seats.desk()?;
            let tolerance = Tolerance { address: tolerance.address, family: tolerance.family };
            let mut after = None;
            loop {
                after = guard(&*desk).look_up_after(petition, tolerance, after, now())?;
                if after.is_none() || go_on(seats).is_break() {
                    return page(seats);
                }
                // A page that is gone needs no progress.
                let _unheard = progress.send(guard(&*desk).count_looked_up(petition)?);
            }
        })
        .await
}

/// Whether so many that are required will be found valid, by all or by so many that are drawn; and in each area that has a quota. None where
/// no signature can be handed over.
///
/// Errors: `desk/quotas`, with the number of the line.
#[tauri::command]
pub(crate) async fn qualify(
    seats: State<'_, Seats>,
    petition: Uuid,
    required: u64,
    sampled: Option<u64>,
    public_value: String,
    quotas: Option<QuotasGiven>,
) -> Result<Option<Qualification>, Failure> {
    seats
        .run(move |seats| {
            let quotas = quotas.map(|given| Quotas::parse(&given.text, given.least)).transpose();
            let quotas = quotas.map_err(|error| match error {
                DeskError::Quotas { line } => Failure::new(error.code(), &line.to_string()),
                error => error.into(),
            })?;
            let desk = seats.desk()?;
            let mut desk = guard(&*desk);
            let sample = desk.draw_sample(petition, public_value.trim(), sampled.unwrap_or(u64::MAX))?;
            Ok(desk.qualify(petition, required, &sample, quotas.as_ref())?)
        })
        .await
}
