//! The desk: petitions, kits, tables, ledger.

use std::{path::PathBuf, sync::Mutex};

use desk::{Desk, DeskError, Petition, VerifierKey};
use jiff::Timestamp;
use tauri::State;
use uuid::Uuid;

use super::kiosk::page;
use crate::{
    seats::{Seats, held, now},
    views::{DeskHome, DeskPetition, DeskTable, Failure, Invite, KitRow, LedgerPage, PetitionCheck},
};

/// Everything on the desk's first screen.
#[tauri::command(async)]
pub(crate) fn desk_home(seats: State<'_, Seats>) -> Result<DeskHome, Failure> {
    let desk = seats.desk()?;
    let mut desk = held(&*desk);
    // A stick that was out may be in again.
    desk.keep_backup(now());
    home(&desk)
}

/// Says how a petition would look, or what is wrong with it.
#[tauri::command(async)]
pub(crate) fn check_petition(source: String) -> PetitionCheck {
    match Petition::parse(Uuid::nil(), 1, &source) {
        Ok(petition) => {
            let invite = Invite::of(&petition, &petition.goal(0));
            PetitionCheck::Good { page: Box::new(page(&petition, invite)) }
        }
        Err(problems) => PetitionCheck::Bad { problems: problems.iter().map(ToString::to_string).collect() },
    }
}

/// Adds a petition.
#[tauri::command(async)]
pub(crate) fn add_petition(seats: State<'_, Seats>, source: String) -> Result<DeskHome, Failure> {
    let desk = seats.desk()?;
    let mut desk = held(&*desk);
    desk.add_petition(&source, now(), &mut rand::rng())?;
    home(&desk)
}

/// The kits made here.
#[tauri::command(async)]
pub(crate) fn list_kits(seats: State<'_, Seats>) -> Result<Vec<KitRow>, Failure> {
    let rows = held(&*seats.desk()?).kits()?;
    Ok(rows
        .into_iter()
        .map(|row| KitRow {
            kit: row.kit,
            label: row.label,
            max_tables: row.max_tables,
            tables: row.tables,
            until: row.until,
        })
        .collect())
}

/// Makes a kit and writes its file; gives the file's path.
#[tauri::command(async)]
pub(crate) fn make_kit(
    seats: State<'_, Seats>,
    label: String,
    max_tables: u32,
    days: i64,
    folder: String,
) -> Result<String, Failure> {
    let until = desk::kit_until(now(), days)?;
    let folder = PathBuf::from(folder);
    desk::check_place(&folder.join("undersigned.kit"))?;
    let (kit, text) = {
        let desk = seats.desk()?;
        held(&*desk).make_kit(&label, max_tables, until, now(), &mut rand::rng())?
    };
    let path = folder.join(format!("undersigned-{}.kit", &kit.to_string()[..8]));
    desk::write_private(&path, text.as_bytes())?;
    Ok(path.display().to_string())
}

/// Lets a held table in.
#[tauri::command]
pub(crate) async fn confirm_table(
    seats: State<'_, Seats>,
    table: Uuid,
    generation: u32,
    device: Option<String>,
) -> Result<DeskHome, Failure> {
    let device: Option<VerifierKey> =
        device.map(|device| device.parse().map_err(|_| DeskError::UnknownTable)).transpose()?;
    let desk = seats.desk()?;
    held(&*desk).confirm_table(table, generation, device.as_ref(), now())?;
    tell(&desk).await;
    home(&held(&*desk))
}

/// Tells the endpoint all that was said at the desk. That it cannot be told now is no failure: the desk says so on its
/// screens, and tells it again with the next merge.
pub(super) async fn tell(desk: &Mutex<Desk>) {
    if let Err(error) = Desk::tell_endpoint(desk).await {
        tracing::warn!(code = error.code(), "the endpoint is not told yet");
    }
}

/// A page of the ledger.
#[tauri::command(async)]
pub(crate) fn ledger(
    seats: State<'_, Seats>,
    search: String,
    offset: u64,
    limit: u64,
) -> Result<LedgerPage, Failure> {
    let page = held(&*seats.desk()?).ledger(&search, offset, limit)?;
    Ok(LedgerPage { total: page.total, rows: page.rows })
}

/// Writes the ledger as CSV; gives the file's path.
#[tauri::command(async)]
pub(crate) fn export_csv(seats: State<'_, Seats>, folder: String) -> Result<String, Failure> {
    let day = Timestamp::now().strftime("%Y-%m-%d");
    let path = PathBuf::from(folder).join(format!("undersigned-ledger-{day}.csv"));
    held(&*seats.desk()?).write_csv(&path)?;
    Ok(path.display().to_string())
}

pub(super) fn home(desk: &Desk) -> Result<DeskHome, Failure> {
    let about = desk.campaign();
    let petitions = desk
        .petitions()?
        .into_iter()
        .map(|row| {
            let count = desk.count(Some(row.petition.id()))?;
            Ok(DeskPetition {
                petition: row.petition.id(),
                title: row.petition.title().to_owned(),
                started_by: row.petition.started_by().to_owned(),
                addressed_to: row.petition.addressed_to().to_owned(),
                version: row.petition.version(),
                goal: row.petition.goal(count.deliverable).goal,
                count,
            })
        })
        .collect::<Result<_, Failure>>()?;
    let tables = desk.tables()?.into_iter().map(DeskTable::from).collect();
    Ok(DeskHome {
        name: about.name,
        campaign: about.id.to_string(),
        endpoint: about.endpoint.map(|endpoint| endpoint.url),
        untold: desk.untold()?.map(str::to_owned),
        merged_at: desk.merged_at()?,
        petitions,
        count: desk.count(None)?,
        tables,
        backup: desk.backup_state()?.into(),
    })
}

impl From<desk::TableRow> for DeskTable {
    fn from(row: desk::TableRow) -> Self {
        Self {
            table: row.table,
            generation: row.generation,
            device: row.device.to_string(),
            label: row.label,
            size: row.size,
            received: row.received,
            opened: row.opened,
            set_aside: row.set_aside,
            waiting: row.waiting,
            missing: row.missing,
            behind: row.behind,
            branches: row.branches,
            proof: row.proof,
            last_seen: row.last_seen,
        }
    }
}
