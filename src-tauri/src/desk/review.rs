//! Who is one person: the pairs that a person has to look at, what is decided of them, and the target's rule.

use desk::{
    Decided, DecidedKeep, DecisionRow, DecisionTrial, Desk, DeskError, LikelyPair, Pattern, PileCount,
    RuleRow,
};
use serde::{Deserialize, Serialize};
use tauri::State;
use ts_rs::TS;
use uuid::Uuid;

use crate::{
    failure::Failure,
    seats::{Seats, guard, now},
};

/// So many pairs are shown ahead: who decides one does not wait for the next.
const AHEAD: u64 = 6;
/// So many decisions are listed.
const LISTED: u64 = 50;
/// So many signatures show what a decision would change.
pub(super) const SAMPLE: usize = 12;

/// What there is to look at of a petition. Personal data: it has no `Debug`.
#[derive(Serialize, TS)]
pub(crate) struct Review {
    /// The next pairs.
    pub pairs: Vec<LikelyPair>,
    /// How many there are.
    pub pile: PileCount,
    /// The rule that decides the others.
    pub rule: RuleRow,
    /// What was decided, the newest first.
    pub decisions: Vec<DecisionRow>,
    /// The newest that holds: what one step back undoes.
    pub last: Option<DecisionRow>,
    /// What can be handed over, as it stands.
    pub deliverable: u64,
}

/// What somebody says of two signatures.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PairChoice {
    /// They are one person's.
    Same,
    /// They are two people's.
    Different,
    /// It cannot be told.
    Undecided,
}

/// Which of several signatures of one person counts.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Keeps {
    /// The first.
    First,
    /// The last.
    Latest,
    /// None of them.
    None,
}

impl From<Keeps> for DecidedKeep {
    fn from(keeps: Keeps) -> Self {
        match keeps {
            Keeps::First => DecidedKeep::First,
            Keeps::Latest => DecidedKeep::Latest,
            Keeps::None => DecidedKeep::None,
        }
    }
}

fn of(desk: &mut Desk, petition: Uuid) -> Result<Review, Failure> {
    Ok(Review {
        pairs: desk.pile(petition, AHEAD)?,
        pile: desk.count_pile(petition)?,
        rule: desk.rule(petition)?,
        decisions: desk.decisions(petition, LISTED)?,
        last: desk.last_decision(petition)?,
        deliverable: desk.count(Some(petition))?.deliverable,
    })
}

/// What there is to look at of a petition.
#[tauri::command]
pub(crate) async fn review(seats: State<'_, Seats>, petition: Uuid) -> Result<Review, Failure> {
    seats.run(move |seats| of(&mut guard(&*seats.desk()?), petition)).await
}

/// Decides something, and says what there is to look at then.
async fn decided(
    seats: State<'_, Seats>,
    petition: Uuid,
    decide: impl FnOnce(&mut Desk) -> Result<Uuid, DeskError> + Send + 'static,
) -> Result<Review, Failure> {
    seats
        .run(move |seats| {
            let desk = seats.desk()?;
            let mut desk = guard(&*desk);
            decide(&mut desk)?;
            of(&mut desk, petition)
        })
        .await
}

/// Says whether two signatures are one person's. `by` is who says it, as they call themselves.
#[tauri::command]
pub(crate) async fn decide_pair(
    seats: State<'_, Seats>,
    petition: Uuid,
    one: Uuid,
    other: Uuid,
    choice: PairChoice,
    by: String,
) -> Result<Review, Failure> {
    let what = match choice {
        PairChoice::Same => Decided::Same { one, other },
        PairChoice::Different => Decided::Different { one, other },
        PairChoice::Undecided => Decided::Undecided { one, other },
    };
    decided(seats, petition, move |desk| desk.decide(&by, petition, what, now(), &mut rand::rng())).await
}

/// Undoes a decision, or an undoing.
#[tauri::command]
pub(crate) async fn undo_decision(
    seats: State<'_, Seats>,
    petition: Uuid,
    decision: Uuid,
    by: String,
) -> Result<Review, Failure> {
    decided(seats, petition, move |desk| desk.undo(&by, decision, now(), &mut rand::rng())).await
}

/// What another rule would change. Nothing of it is kept.
#[tauri::command]
pub(crate) async fn try_rule(
    seats: State<'_, Seats>,
    petition: Uuid,
    keep: Keeps,
    per_mille: u16,
) -> Result<DecisionTrial, Failure> {
    seats
        .run(move |seats| {
            let rule = Decided::Rule { keep: keep.into(), per_mille };
            Ok(guard(&*seats.desk()?).try_decision(petition, rule, SAMPLE)?)
        })
        .await
}

/// Sets the rule of a petition.
#[tauri::command]
pub(crate) async fn set_rule(
    seats: State<'_, Seats>,
    petition: Uuid,
    keep: Keeps,
    per_mille: u16,
    by: String,
) -> Result<Review, Failure> {
    let what = Decided::Rule { keep: keep.into(), per_mille };
    decided(seats, petition, move |desk| desk.decide(&by, petition, what, now(), &mut rand::rng())).await
}

/// What is strange in the signatures of a petition, shift by shift. Everything else goes on meanwhile.
#[tauri::command]
pub(crate) async fn patterns(seats: State<'_, Seats>, petition: Uuid) -> Result<Vec<Pattern>, Failure> {
    seats
        .run(move |seats| {
            let mut reader = guard(&*seats.desk()?).reader()?;
            Ok(reader.patterns(petition)?)
        })
        .await
}
