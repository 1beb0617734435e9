//! Signing: the draft, and the thanks.

use std::collections::BTreeMap;

use serde::Serialize;
use table::{Draft, Mended, Problem, Saved, SignOutcome as Signed, Table, TableError, WithdrawalCode};
use tauri::State;
use ts_rs::TS;
use uuid::Uuid;

use super::home::{Invite, invite, invites};
use crate::{
    failure::Failure,
    qr::{self, Qr},
    seats::{Seats, guard, now},
};

/// What came of a tap on "Sign".
#[derive(Serialize, TS)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub(crate) enum SignOutcome {
    /// Durable on this table.
    Saved(Box<Thanks>),
    /// Nothing was saved: these are to be mended, or warnings to be passed.
    Problems(Checked),
}

/// A draft looked at.
#[derive(Serialize, TS)]
pub(crate) struct Checked {
    /// Everything that is wrong or odd, in the order of the form.
    pub problems: Vec<Problem>,
    /// What would be kept in another form than it was typed in.
    pub mended: Vec<Mended>,
}

/// The thanks screen.
#[derive(Serialize, TS)]
pub(crate) struct Thanks {
    /// The invitation with its new count; none where that cannot be read now.
    pub invite: Option<Invite>,
    /// Ten characters; shown once, kept nowhere in clear.
    pub withdrawal_code: String,
    /// The code, with what it is for, as a picture.
    pub withdrawal_qr: Option<Qr>,
    /// The table's other petitions, recommended first; none where they cannot be read now.
    pub recommended: Vec<Invite>,
}

/// What is wrong or odd with a draft, and what is mended in it. Nothing is saved.
#[tauri::command]
pub(crate) async fn check(seats: State<'_, Seats>, draft: Draft) -> Result<Checked, Failure> {
    seats.run(move |seats| Ok(checked(&guard(&seats.table()?.table), &draft)?)).await
}

/// Signs: answers `saved` only once it is durable. In a visit (a UUID), each petition is signed once, however often it is
/// asked: what is asked again is answered by the same signature.
#[tauri::command]
pub(crate) async fn sign(
    seats: State<'_, Seats>,
    draft: Draft,
    pass_warnings: bool,
    visit: Uuid,
) -> Result<SignOutcome, Failure> {
    seats
        .run(move |seats| {
            let is_practice = seats.is_practising()?;
            let seat = seats.table()?;
            let mut table = guard(&seat.table);
            let mut visit_now = seats.visit();
            if is_practice {
                return rehearse(&table, visit_now.signed_in(visit), &draft, pass_warnings);
            }
            let outcome = sign_in_visit(&mut table, visit_now.signed_in(visit), draft, pass_warnings)?;
            if let (SignOutcome::Saved(_), Some(sender)) = (&outcome, &seat.sender) {
                sender.saved();
            }
            Ok(outcome)
        })
        .await
}

fn checked(table: &Table, draft: &Draft) -> Result<Checked, TableError> {
    Ok(Checked { problems: table.check(draft)?, mended: table.mended(draft)? })
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
        Signed::Problems(problems) => {
            Ok(SignOutcome::Problems(Checked { problems, mended: table.mended(&draft)? }))
        }
        Signed::Saved(saved) => {
            signed.insert(draft.petition, saved.signature);
            Ok(SignOutcome::Saved(Box::new(thanks(table, draft.petition, signed, &saved))))
        }
    }
}

/// What would come of a draft. Nothing is saved, sealed or counted, and the code is nobody's.
fn rehearse(
    table: &Table,
    signed: &mut BTreeMap<Uuid, Uuid>,
    draft: &Draft,
    pass_warnings: bool,
) -> Result<SignOutcome, Failure> {
    let checked = checked(table, draft)?;
    if checked.problems.iter().any(|problem| problem.is_error() || !pass_warnings) {
        return Ok(SignOutcome::Problems(checked));
    }
    signed.insert(draft.petition, Uuid::nil());
    let nobodys = Saved { signature: Uuid::nil(), withdrawal_code: WithdrawalCode::from_random([0; 7]) };
    Ok(SignOutcome::Saved(Box::new(thanks(table, draft.petition, signed, &nobodys))))
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

#[cfg(test)]
mod tests;
