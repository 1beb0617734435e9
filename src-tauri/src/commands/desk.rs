//! The desk: petitions, kits, tables, merge, ledger.

use std::{path::PathBuf, sync::Mutex};

use data_encoding::BASE64;
use desk::{
    Desk, DeskError, EndedEarly, Merged, Proof, PullReport,
    petition::Petition,
    proof::VerifierKey,
    wire::{self, Client, ClientError},
};
use jiff::Timestamp;
use tauri::State;
use uuid::Uuid;

use super::kiosk::page;
use crate::{
    seats::{Seats, held, now},
    views::{
        DeskHome, DeskPetition, DeskTable, DroppedFile, EndpointReach, Failure, Invite, KitRow, LedgerPage,
        MergeReport, PetitionCheck, ProofState, RefusedBatch,
    },
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
    let client = client(&held(desk));
    if let Ok(Some(client)) = client
        && let Err(error) = Desk::tell(desk, &client).await
    {
        tracing::warn!(code = error.code(), "the endpoint is not told yet");
    }
}

/// Pulls from the endpoint, merges, and publishes the new count.
#[tauri::command]
pub(crate) async fn merge_now(seats: State<'_, Seats>) -> Result<MergeReport, Failure> {
    let desk = seats.desk()?;
    let client = client(&held(&*desk))?;
    let Some(client) = client else {
        return Report::default().end(&desk, EndpointReach::NotAsked);
    };
    let mut report = Report::default();
    match Desk::pull(&desk, &client, now()).await {
        Ok(pulled) => {
            report.add_pulled(&pulled);
            report.publish(&desk, &client).await;
            report.end(&desk, EndpointReach::Reached)
        }
        Err(EndedEarly { report: pulled, error }) => {
            report.add_pulled(&pulled);
            match error {
                DeskError::Endpoint(ClientError::Unreachable | ClientError::NotTheEndpoint) => {
                    report.end(&desk, EndpointReach::NotReached)
                }
                error if pulled.merged.is_empty() => Err(error.into()),
                error => {
                    report.ended_early = Some(error.into());
                    report.end(&desk, EndpointReach::Reached)
                }
            }
        }
    }
}

/// Merges batch files, and publishes the new count where the endpoint can be reached.
#[tauri::command]
pub(crate) async fn merge_files(
    seats: State<'_, Seats>,
    files: Vec<DroppedFile>,
) -> Result<MergeReport, Failure> {
    let desk = seats.desk()?;
    let mut report = Report::default();
    for file in &files {
        let merged = match BASE64.decode(file.content.as_bytes()) {
            Ok(bytes) => held(&*desk).merge(&file.name, &bytes, now())?,
            Err(_) => Merged::Refused { code: "batch/not-a-batch", detail: "this is not a batch".to_owned() },
        };
        report.add(&file.name, &merged);
    }
    let client = client(&held(&*desk))?;
    if let Some(client) = client {
        report.publish(&desk, &client).await;
    }
    report.end(&desk, EndpointReach::NotAsked)
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

#[derive(Default)]
struct Report {
    new_entries: u64,
    known_entries: u64,
    new_signatures: u64,
    set_aside: u64,
    held: u64,
    refused: Vec<RefusedBatch>,
    tally_published: bool,
    ended_early: Option<Failure>,
}

impl Report {
    fn add_pulled(&mut self, pulled: &PullReport) {
        self.held = pulled.held;
        pulled.merged.iter().for_each(|(name, merged)| self.add(name, merged));
    }

    /// Publishes the new count. Without a network that waits for the next merge, and is no failure.
    async fn publish(&mut self, desk: &Mutex<Desk>, client: &Client) {
        match Desk::publish_tally(desk, client, now()).await {
            Ok(()) => self.tally_published = true,
            Err(DeskError::Endpoint(ClientError::Unreachable | ClientError::NotTheEndpoint)) => {}
            Err(error) => self.ended_early = Some(error.into()),
        }
    }

    fn add(&mut self, name: &str, merged: &Merged) {
        match merged {
            Merged::Taken { new_entries, known_entries, new_signatures, set_aside, .. } => {
                self.new_entries += new_entries;
                self.known_entries += known_entries;
                self.new_signatures += new_signatures;
                self.set_aside += set_aside;
            }
            Merged::Waiting { from, to, .. } => self.refused.push(RefusedBatch {
                name: name.to_owned(),
                code: "desk/waiting".to_owned(),
                detail: format!("kept: it waits for entries {from} to {to} of its table"),
            }),
            Merged::Refused { code, detail } => self.refused.push(RefusedBatch {
                name: name.to_owned(),
                code: (*code).to_owned(),
                detail: detail.clone(),
            }),
        }
    }

    fn end(self, desk: &Mutex<Desk>, endpoint: EndpointReach) -> Result<MergeReport, Failure> {
        Ok(MergeReport {
            new_entries: self.new_entries,
            known_entries: self.known_entries,
            new_signatures: self.new_signatures,
            set_aside: self.set_aside,
            refused: self.refused,
            endpoint,
            count: held(desk).count(None)?,
            tally_published: self.tally_published,
            held: self.held,
            ended_early: self.ended_early,
        })
    }
}

fn client(desk: &Desk) -> Result<Option<Client>, wire::ClientError> {
    desk.campaign().endpoint.as_ref().map(Client::of).transpose()
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
            device: Some(row.device.to_string()),
            label: row.label,
            size: row.size,
            received: row.received,
            opened: row.opened,
            proof: match row.proof {
                Proof::Complete => ProofState::Complete,
                Proof::Gap => ProofState::Gap,
                Proof::Behind => ProofState::Behind,
                Proof::Forked => ProofState::Forked,
                Proof::Held => ProofState::Held,
            },
            last_seen: row.last_seen,
        }
    }
}
