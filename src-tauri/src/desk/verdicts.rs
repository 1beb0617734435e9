//! What signatures stand for by an organizer's word: one, or all that agree with a filter.

use desk::{Decided, DecidedVerdict, DecisionRow, DecisionTrial, DeskError, LedgerFilter, Story};
use serde::Deserialize;
use tauri::State;
use ts_rs::TS;
use uuid::Uuid;

use super::{ledger::story_of, review::SAMPLE};
use crate::{
    failure::Failure,
    seats::{Seats, guard, now},
};

/// What an organizer says that a signature stands for.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Verdict {
    /// It counts, whatever was in its way.
    Counts,
    /// It does not.
    Void,
    /// The person took it back.
    Withdrawn,
    /// To be looked at before it counts.
    InReview,
}

impl From<Verdict> for DecidedVerdict {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Counts => DecidedVerdict::Counts,
            Verdict::Void => DecidedVerdict::Void,
            Verdict::Withdrawn => DecidedVerdict::Withdrawn,
            Verdict::InReview => DecidedVerdict::InReview,
        }
    }
}

/// Says what a signature stands for, and why. `by` is who says it, as they call themselves.
#[tauri::command]
pub(crate) async fn decide_signature(
    seats: State<'_, Seats>,
    signature: Uuid,
    petition: Uuid,
    verdict: Verdict,
    reason: String,
    by: String,
) -> Result<Story, Failure> {
    seats
        .run(move |seats| {
            let what = Decided::Verdict { signature, verdict: verdict.into(), reason };
            guard(&*seats.desk()?).decide(&by, petition, what, now(), &mut rand::rng())?;
            story_of(seats, signature)
        })
        .await
}

/// Undoes a decision about a signature, or an undoing of one.
#[tauri::command]
pub(crate) async fn undo_about(
    seats: State<'_, Seats>,
    signature: Uuid,
    decision: Uuid,
    by: String,
) -> Result<Story, Failure> {
    seats
        .run(move |seats| {
            guard(&*seats.desk()?).undo(&by, decision, now(), &mut rand::rng())?;
            story_of(seats, signature)
        })
        .await
}

/// A decision about all that agree with a filter: also those that come later, or where the filter asks for what changes, each that
/// there is now.
fn about_many(
    seats: &Seats,
    filter: &LedgerFilter,
    verdict: Verdict,
    reason: String,
) -> Result<(Uuid, Decided), Failure> {
    let verdict = verdict.into();
    if let Some((petition, chosen)) = filter.chosen() {
        return Ok((petition, Decided::Verdicts { chosen, verdict, reason }));
    }
    let petition = filter.petition.filter(|_| filter.is_of_now()).ok_or(DeskError::NothingToDecide)?;
    let mut signatures = guard(seats.desk()?.ledger()).find(filter)?;
    signatures.sort_unstable();
    Ok((petition, Decided::Listed { signatures, verdict, reason }))
}

/// What a word about all that agree with a filter would change. Nothing of it is kept.
#[tauri::command]
pub(crate) async fn try_many(
    seats: State<'_, Seats>,
    filter: LedgerFilter,
    verdict: Verdict,
) -> Result<DecisionTrial, Failure> {
    seats
        .run(move |seats| {
            let (petition, what) = about_many(seats, &filter, verdict, String::new())?;
            Ok(guard(&*seats.desk()?).try_decision(petition, what, SAMPLE)?)
        })
        .await
}

/// Says what all that agree with a filter stand for, and why. Gives the decisions about many, the
/// newest first.
#[tauri::command]
pub(crate) async fn decide_many(
    seats: State<'_, Seats>,
    filter: LedgerFilter,
    verdict: Verdict,
    reason: String,
    by: String,
) -> Result<Vec<DecisionRow>, Failure> {
    seats
        .run(move |seats| {
            let (petition, what) = about_many(seats, &filter, verdict, reason)?;
            let desk = seats.desk()?;
            let mut desk = guard(&*desk);
            desk.decide(&by, petition, what, now(), &mut rand::rng())?;
            Ok(desk.decisions_about_many(petition)?)
        })
        .await
}

/// The decisions of a petition about many signatures, the newest first.
#[tauri::command]
pub(crate) async fn decisions_about_many(
    seats: State<'_, Seats>,
    petition: Uuid,
) -> Result<Vec<DecisionRow>, Failure> {
    seats.run(move |seats| Ok(guard(&*seats.desk()?).decisions_about_many(petition)?)).await
}

/// Undoes a decision about many signatures, or an undoing of one; gives those decisions, the newest first.
#[tauri::command]
pub(crate) async fn undo_many(
    seats: State<'_, Seats>,
    petition: Uuid,
    decision: Uuid,
    by: String,
) -> Result<Vec<DecisionRow>, Failure> {
    seats
        .run(move |seats| {
            let desk = seats.desk()?;
            let mut desk = guard(&*desk);
            desk.undo(&by, decision, now(), &mut rand::rng())?;
            Ok(desk.decisions_about_many(petition)?)
        })
        .await
}
