//! What the kiosk starts with.

use serde::Serialize;
use table::{Petition, PetitionText, Table};
use tauri::{State, WebviewWindow};
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    failure::Failure,
    monitor::Monitor,
    seats::{Seats, guard},
};

/// What the kiosk starts with.
#[derive(Debug, Serialize, TS)]
pub(crate) struct KioskHome {
    /// The table's petitions, recommended first.
    pub petitions: Vec<Invite>,
    /// The screen was cleared of the visit before, since this was last asked.
    pub cleared: bool,
    /// The keyboard on the screen is shown.
    pub keyboard: bool,
    /// No sound is made.
    pub muted: bool,
    /// The volunteer rehearses: nothing is saved, sealed or counted.
    pub practice: bool,
    /// How many pixels of the page a millimetre of the screen has.
    pub pixels_per_mm: f64,
}

/// A petition as an invitation: the first thing a signer sees.
#[derive(Debug, Serialize, TS)]
pub(crate) struct Invite {
    /// Which petition.
    pub petition: Uuid,
    /// Title.
    pub title: String,
    /// Who started it.
    pub started_by: String,
    /// To whom.
    pub addressed_to: String,
    /// The language its text is in, BCP 47.
    pub language: String,
    /// How many have signed, as far as this table knows.
    pub count: u64,
    /// The goal being worked on.
    pub goal: u64,
    /// 0 to 1, of the way to the goal.
    pub progress: f64,
    /// The note on the milestone ahead, if there is one.
    pub milestone_note: Option<String>,
    /// The same in the other languages that its organizer wrote.
    pub translations: Vec<InviteText>,
}

/// The words of an invitation in another language.
#[derive(Debug, Serialize, TS)]
pub(crate) struct InviteText {
    /// BCP 47.
    pub language: String,
    /// Title.
    pub title: String,
    /// Who started it.
    pub started_by: String,
    /// To whom.
    pub addressed_to: String,
    /// The note on the milestone ahead, if there is one.
    pub milestone_note: Option<String>,
}

/// The table's petitions, recommended first.
#[tauri::command]
pub(crate) async fn kiosk_home(window: WebviewWindow, seats: State<'_, Seats>) -> Result<KioskHome, Failure> {
    let monitor = Monitor::under(&window).await;
    seats
        .run(move |seats| {
            let practice = seats.is_practising()?;
            let petitions = invites(&guard(&seats.table()?.table), &[])?;
            let mut visit = seats.visit();
            Ok(KioskHome {
                petitions,
                cleared: visit.take_cleared(),
                keyboard: visit.keyboard,
                muted: visit.muted,
                practice,
                pixels_per_mm: monitor.density(seats.folder()).0,
            })
        })
        .await
}

pub(super) fn invites(table: &Table, signed: &[Uuid]) -> Result<Vec<Invite>, Failure> {
    let order = table.recommended(signed)?;
    order.into_iter().filter_map(|id| table.petition(id)).map(|petition| invite(table, petition)).collect()
}

pub(super) fn invite(table: &Table, petition: &Petition) -> Result<Invite, Failure> {
    let goal = table.goal(petition.id())?;
    Ok(Invite::of(petition, &goal))
}

impl Invite {
    pub(crate) fn of(petition: &Petition, goal: &table::Goal) -> Self {
        Self {
            petition: petition.id(),
            title: petition.title().to_owned(),
            started_by: petition.started_by().to_owned(),
            addressed_to: petition.addressed_to().to_owned(),
            language: petition.language().to_owned(),
            count: goal.count,
            goal: goal.goal,
            progress: goal.progress,
            milestone_note: goal.milestone_note.clone(),
            translations: petition.translations().iter().map(|text| InviteText::of(text, goal)).collect(),
        }
    }
}

impl InviteText {
    fn of(text: &PetitionText, goal: &table::Goal) -> Self {
        Self {
            language: text.language().to_owned(),
            title: text.title().to_owned(),
            started_by: text.started_by().to_owned(),
            addressed_to: text.addressed_to().to_owned(),
            milestone_note: goal.milestone.and_then(|at| text.milestones().get(&at).cloned()),
        }
    }
}
