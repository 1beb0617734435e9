//! The desk's first page.

use desk::{Desk, ExplainedCount, TableRow};
use serde::Serialize;
use tauri::State;
use ts_rs::TS;
use uuid::Uuid;

use super::backup_view::BackupView;
use crate::{
    failure::Failure,
    seats::{Seats, guard, now},
};

/// The desk's first screen.
#[derive(Debug, Serialize, TS)]
pub(crate) struct DeskHome {
    /// Name of the campaign.
    pub name: String,
    /// Its id.
    pub campaign: String,
    /// Endpoint address, if any.
    pub endpoint: Option<String>,
    /// Why the endpoint does not know all that was said here, by a code; it is told again with every merge.
    pub untold: Option<String>,
    /// When the last merge ended, Unix seconds.
    pub merged_at: Option<i64>,
    /// Its petitions.
    pub petitions: Vec<DeskPetition>,
    /// Count over all petitions.
    pub count: ExplainedCount,
    /// Tables known.
    pub tables: Vec<TableRow>,
    /// Its backup.
    pub backup: BackupView,
    /// What tables do not know yet.
    pub unpublished: Unpublished,
}

/// What tables do not know yet: all of it empty where they know everything.
#[derive(Debug, Serialize, TS)]
pub(crate) struct Unpublished {
    /// Titles of petitions that were added, changed, ended or opened again.
    pub petitions: Vec<String>,
    /// Labels of kits whose date was moved.
    pub kits: Vec<String>,
    /// The keys that are sealed to were rotated.
    pub keys: bool,
}

/// A petition at the desk.
#[derive(Debug, Serialize, TS)]
pub(crate) struct DeskPetition {
    /// Which.
    pub petition: Uuid,
    /// Title.
    pub title: String,
    /// Who started it.
    pub started_by: String,
    /// To whom.
    pub addressed_to: String,
    /// Its version.
    pub version: u32,
    /// The languages that it is written in, its own first.
    pub languages: Vec<String>,
    /// The goal being worked on.
    pub goal: u64,
    /// Its count.
    pub count: ExplainedCount,
    /// It has ended.
    pub ended: bool,
}

/// Everything on the desk's first screen.
#[tauri::command]
pub(crate) async fn desk_home(seats: State<'_, Seats>) -> Result<DeskHome, Failure> {
    seats
        .run(|seats| {
            let desk = seats.desk()?;
            let mut desk = guard(&desk);
            // A stick that was out may be in again.
            desk.keep_backup(now());
            home(&desk)
        })
        .await
}

pub(super) fn home(desk: &Desk) -> Result<DeskHome, Failure> {
    let about = desk.campaign();
    let desk::Unpublished { petitions, kits, keys } = desk.unpublished(now())?;
    let unpublished = Unpublished { petitions, kits, keys };
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
                languages: row.petition.texts().map(|text| text.language().to_owned()).collect(),
                goal: row.petition.goal(count.deliverable).goal,
                count,
                ended: desk.has_ended(row.petition.id())?,
            })
        })
        .collect::<Result<_, Failure>>()?;
    Ok(DeskHome {
        name: about.name,
        campaign: about.id.to_string(),
        endpoint: about.endpoint.map(|endpoint| endpoint.url),
        untold: desk.untold()?.map(str::to_owned),
        merged_at: desk.merged_at()?,
        petitions,
        count: desk.count(None)?,
        tables: desk.tables()?,
        backup: desk.backup_state()?.into(),
        unpublished,
    })
}
