//! Petitions: read from their source, and added.

use desk::{Desk, Petition, SourceProblem};
use serde::Serialize;
use tauri::{State, async_runtime::block_on};
use ts_rs::TS;
use uuid::Uuid;

use super::home::{DeskHome, home};
use crate::{
    failure::Failure,
    kiosk::{
        home::Invite,
        petition::{PetitionPage, page},
    },
    seats::{Seats, guard, now},
};

/// What a petition file holds, before it is added.
#[derive(Debug, Serialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub(crate) enum PetitionCheck {
    /// It can be added.
    Good {
        /// How it will look.
        page: Box<PetitionPage>,
    },
    /// It cannot be added.
    Bad {
        /// What is wrong, each with its line where known.
        problems: Vec<SourceFault>,
    },
}

/// One thing wrong with a petition's source.
#[derive(Debug, Serialize, TS)]
pub(crate) struct SourceFault {
    /// The line, from 1, where it is known.
    pub line: Option<u64>,
    /// Stable, for example `petition/no-text`.
    pub code: String,
    /// The setting, field or count that it is about, or what the parser said.
    pub about: Option<String>,
}

impl From<&SourceProblem> for SourceFault {
    fn from(problem: &SourceProblem) -> SourceFault {
        SourceFault { line: problem.line, code: problem.code().to_owned(), about: problem.about() }
    }
}

/// Reads a petition's source: how it would look, or what is wrong with it. Nothing is saved.
#[tauri::command]
pub(crate) async fn check_petition(source: String) -> Result<PetitionCheck, Failure> {
    Ok(match Petition::parse(Uuid::nil(), 1, &source) {
        Ok(petition) => {
            let invite = Invite::of(&petition, &petition.goal(0));
            PetitionCheck::Good { page: Box::new(page(&petition, invite)) }
        }
        Err(problems) => PetitionCheck::Bad { problems: problems.iter().map(SourceFault::from).collect() },
    })
}

/// Adds a petition.
#[tauri::command]
pub(crate) async fn add_petition(seats: State<'_, Seats>, source: String) -> Result<DeskHome, Failure> {
    seats
        .run(move |seats| {
            let desk = seats.desk()?;
            let mut desk = guard(&desk);
            desk.add_petition(&source, now(), &mut rand::rng())?;
            home(&desk)
        })
        .await
}

/// Gives a petition another text, as its next version.
#[tauri::command]
pub(crate) async fn correct_petition(
    seats: State<'_, Seats>,
    petition: Uuid,
    source: String,
) -> Result<DeskHome, Failure> {
    seats
        .run(move |seats| {
            let desk = seats.desk()?;
            let mut desk = guard(&desk);
            desk.correct_petition(petition, &source, now())?;
            home(&desk)
        })
        .await
}

/// Ends a petition, or opens it again.
#[tauri::command]
pub(crate) async fn end_petition(
    seats: State<'_, Seats>,
    petition: Uuid,
    ended: bool,
) -> Result<DeskHome, Failure> {
    seats
        .run(move |seats| {
            let desk = seats.desk()?;
            let mut desk = guard(&desk);
            desk.end_petition(petition, ended, now())?;
            home(&desk)
        })
        .await
}

/// Publishes at the endpoint what tables do not know yet.
#[tauri::command]
pub(crate) async fn publish_update(seats: State<'_, Seats>) -> Result<DeskHome, Failure> {
    seats
        .run(|seats| {
            let desk = seats.desk()?;
            let client = guard(&desk).client()?.ok_or_else(no_endpoint)?;
            block_on(Desk::publish_update(&desk, &client, now(), &mut rand::rng()))?;
            home(&guard(&desk))
        })
        .await
}

fn no_endpoint() -> Failure {
    Failure::new("desk/no-endpoint", "this campaign has no endpoint")
}
