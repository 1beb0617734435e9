//! Petitions: read from their source, and added.

use desk::{Petition, SourceProblem};
use serde::Serialize;
use tauri::State;
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
