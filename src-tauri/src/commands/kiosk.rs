//! The kiosk: invite, read, sign, thanks, and the way back to the volunteer.

use std::collections::BTreeMap;

use table::{Draft, Petition, Problem, Saved, SignOutcome as Signed, Table};
use tauri::{AppHandle, Manager, State, WebviewWindow};
use uuid::Uuid;

use crate::{
    lock, qr,
    seats::{Seats, held, now},
    views::{AskedField, Failure, Invite, KioskHome, PetitionPage, PinOutcome, SignOutcome, Thanks},
};

/// The table's petitions, recommended first.
#[tauri::command(async)]
pub(crate) fn kiosk_home(seats: State<'_, Seats>) -> Result<KioskHome, Failure> {
    let seat = seats.table()?;
    let table = held(&seat.table);
    Ok(KioskHome { petitions: invites(&table, &[])? })
}

/// A petition whole.
#[tauri::command(async)]
pub(crate) fn kiosk_petition(seats: State<'_, Seats>, petition: Uuid) -> Result<PetitionPage, Failure> {
    let seat = seats.table()?;
    let table = held(&seat.table);
    let found = table.petition(petition).ok_or_else(no_petition)?;
    Ok(page(found, invite(&table, found)?))
}

/// What a draft would be told; nothing is saved.
#[tauri::command(async)]
pub(crate) fn check(seats: State<'_, Seats>, draft: Draft) -> Result<Vec<Problem>, Failure> {
    Ok(held(&seats.table()?.table).check(&draft)?)
}

/// Signs: answers `saved` only once it is durable. Once in a visit, however often it is asked: what is asked again is
/// answered by the same signature.
#[tauri::command(async)]
pub(crate) fn sign(
    seats: State<'_, Seats>,
    draft: Draft,
    pass_warnings: bool,
    visit: Uuid,
) -> Result<SignOutcome, Failure> {
    let seat = seats.table()?;
    let mut table = held(&seat.table);
    let mut visit_now = seats.visit();
    let outcome = sign_in_visit(&mut table, visit_now.signed_in(visit), draft, pass_warnings)?;
    if let (SignOutcome::Saved(_), Some(sender)) = (&outcome, &seat.sender) {
        sender.saved();
    }
    Ok(outcome)
}

/// Signs in a visit that has signed these petitions so far, each by the signature of this id.
fn sign_in_visit(
    table: &mut Table,
    signed: &mut BTreeMap<Uuid, Uuid>,
    mut draft: Draft,
    pass_warnings: bool,
) -> Result<SignOutcome, Failure> {
    draft.id = signed.get(&draft.petition).copied().or(draft.id);
    match table.sign(&draft, pass_warnings, now(), &mut rand::rng())? {
        Signed::Problems(problems) => Ok(SignOutcome::Problems { problems }),
        Signed::Saved(saved) => {
            signed.insert(draft.petition, saved.signature);
            Ok(SignOutcome::Saved(Box::new(thanks(table, draft.petition, signed, &saved))))
        }
    }
}

/// The thanks for what is saved. Whatever cannot be read now is left out of them: saved is said all the same.
fn thanks(table: &Table, petition: Uuid, signed: &BTreeMap<Uuid, Uuid>, saved: &Saved) -> Thanks {
    let withdrawal_code = saved.withdrawal_code.to_string();
    let found = table.petition(petition);
    let of = found.map(|petition| format!("\n{}\n{}", petition.title(), petition.started_by()));
    let signed: Vec<Uuid> = signed.keys().copied().collect();
    Thanks {
        invite: found.and_then(|petition| if_readable(invite(table, petition))),
        withdrawal_qr: qr::code(&format!("{withdrawal_code}{}", of.unwrap_or_default())),
        withdrawal_code,
        recommended: if_readable(invites(table, &signed)).unwrap_or_default(),
    }
}

fn if_readable<T>(read: Result<T, Failure>) -> Option<T> {
    read.inspect_err(|failure| tracing::warn!(code = failure.code, "not told after a signature")).ok()
}

/// After a visit: what was selected or copied in it is gone.
///
/// `padding` is as long as a message between the page and the shell may be: it takes the place of what was signed in
/// the buffers on the way.
#[tauri::command(async)]
pub(crate) fn forget_visit(window: WebviewWindow, padding: String) -> Result<(), Failure> {
    drop(padding);
    Ok(lock::empty_clipboards(&window)?)
}

/// Locks the window as a kiosk. There must be a shift, and a PIN to take it back with.
#[tauri::command(async)]
pub(crate) fn hand_to_signers(seats: State<'_, Seats>, window: WebviewWindow) -> Result<(), Failure> {
    held(&seats.table()?.table).check_hand_over()?;
    seats.set_locked(true)?;
    Ok(lock::lock(&window)?)
}

/// Gives the window back to the volunteer, for the PIN.
#[tauri::command(async)]
pub(crate) fn take_back(app: AppHandle, window: WebviewWindow, pin: String) -> Result<PinOutcome, Failure> {
    let seats = app.state::<Seats>();
    let outcome = held(&seats.table()?.table).check_pin(&pin, now())?;
    match outcome {
        table::PinOutcome::Right => {
            seats.set_locked(false)?;
            lock::unlock(&window)?;
            Ok(PinOutcome::Opened)
        }
        table::PinOutcome::Wrong { wait_seconds } | table::PinOutcome::Wait { wait_seconds } => {
            Ok(PinOutcome::Wrong { wait_seconds })
        }
    }
}

fn invites(table: &Table, signed: &[Uuid]) -> Result<Vec<Invite>, Failure> {
    let order = table.recommended(signed)?;
    order.into_iter().filter_map(|id| table.petition(id)).map(|petition| invite(table, petition)).collect()
}

fn invite(table: &Table, petition: &Petition) -> Result<Invite, Failure> {
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
        }
    }
}

/// A petition as its readers see it.
pub(crate) fn page(petition: &Petition, invite: Invite) -> PetitionPage {
    PetitionPage {
        invite,
        text_hash: petition.text_hash_hex(),
        body: petition.body().to_vec(),
        references: petition.references().to_vec(),
        fields: petition.fields().map(|(field, asked)| AskedField { field, asked }).collect(),
        minimum_age: petition.minimum_age(),
        erased_by: petition.erased_by().map(str::to_owned),
    }
}

fn no_petition() -> Failure {
    Failure::new("table/no-petition", "this table has no such petition")
}

#[cfg(test)]
#[path = "kiosk_tests.rs"]
mod tests;
