//! Decisions about many signatures: which they choose.

use data_encoding::HEXLOWER;
use petition::Method;
use rusqlite::Connection;
use serde::Serialize;
use ts_rs::TS;
use uuid::Uuid;
use wire::{Chosen, ChosenMethod};

use crate::{
    error::DeskError,
    storage::{
        covered, decided,
        entry::EntryPlace,
        facets::{self, Facets},
    },
};

/// One thing that signatures are chosen by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ChosenBy {
    /// What: the member of the decision's note that says it.
    pub by: &'static str,
    /// The value that it has to have.
    pub value: String,
}

/// What a signature can be chosen by.
struct Candidate<'a> {
    signed_at: i64,
    /// Of its first place.
    table: Uuid,
    /// Of its first place.
    generation: u32,
    facets: &'a Facets,
}

/// Whether a signature agrees with all that is given.
fn is_chosen(chosen: &Chosen, candidate: &Candidate<'_>) -> bool {
    let Chosen { table, generation, shift, place, from, until, domain, area, language, method, text } =
        chosen;
    let Candidate { signed_at, facets, .. } = candidate;
    let method_of = match facets.method {
        Method::Kiosk => ChosenMethod::Kiosk,
        Method::Paper => ChosenMethod::Paper,
    };
    is_given_as(table.as_ref(), &candidate.table)
        && is_given_as(generation.as_ref(), &candidate.generation)
        && (shift.is_none() || *shift == facets.shift)
        && is_given_as(place.as_ref(), &facets.place)
        && from.is_none_or(|from| *signed_at >= from)
        && until.is_none_or(|until| *signed_at < until)
        && is_given_as(domain.as_ref(), &facets.domain)
        && is_given_as(area.as_ref(), &facets.area)
        && is_given_as(language.as_ref(), &facets.language)
        && is_given_as(method.as_ref(), &method_of)
        && text.as_ref().is_none_or(|text| *text == HEXLOWER.encode(&facets.text_hash))
}

fn is_given_as<T: PartialEq>(given: Option<&T>, value: &T) -> bool {
    given.is_none_or(|given| given == value)
}

/// What is chosen, as it is kept.
pub(super) fn text_of(chosen: &Chosen) -> Result<String, DeskError> {
    serde_json::to_string(chosen).map_err(|_| DeskError::Damaged("decision"))
}

/// Keeps which signatures a new decision covers, of those that are here.
pub(super) fn cover_by(
    db: &Connection,
    petition: Uuid,
    decision: Uuid,
    chosen: &Chosen,
) -> Result<(), DeskError> {
    let mut found = Vec::new();
    facets::for_each_of(db, petition, |id, signed_at, (table, generation), facets| {
        if is_chosen(chosen, &Candidate { signed_at, table, generation, facets }) {
            found.push(id);
        }
    })?;
    // In the order of the table that they go into.
    found.sort_unstable();
    for id in found {
        covered::insert(db, decision, id)?;
    }
    Ok(())
}

/// Says which decisions cover a signature that came; says it again where it was known, and was moved or replaced. Gives whether any does,
/// or did.
pub(crate) fn cover(
    db: &Connection,
    (id, petition, signed_at): (Uuid, Uuid, i64),
    is_known: bool,
    place: &EntryPlace,
    facets: &Facets,
) -> Result<bool, DeskError> {
    let mut is_covered = is_known && covered::delete_chosen(db, id)?;
    for (decision, chosen) in decided::list_many(db, petition)? {
        let chosen: Chosen = serde_json::from_str(&chosen).map_err(|_| DeskError::Damaged("decision"))?;
        let candidate = Candidate { signed_at, table: place.table, generation: place.generation, facets };
        if is_chosen(&chosen, &candidate) {
            covered::insert(db, decision, id)?;
            is_covered = true;
        }
    }
    Ok(is_covered || covered::is_covered(db, id)?)
}

/// What signatures are chosen by, each with its value in words that a note has.
pub(super) fn chosen_by(chosen: &Chosen) -> Vec<ChosenBy> {
    let Chosen { table, generation, shift, place, from, until, domain, area, language, method, text } =
        chosen;
    let method = method.map(|method| match method {
        ChosenMethod::Kiosk => "kiosk",
        ChosenMethod::Paper => "paper",
    });
    let all = [
        ("table", table.map(|table| table.to_string())),
        ("generation", generation.map(|generation| generation.to_string())),
        ("shift", shift.map(|shift| shift.to_string())),
        ("place", place.clone()),
        ("from", from.map(|from| from.to_string())),
        ("until", until.map(|until| until.to_string())),
        ("domain", domain.clone()),
        ("area", area.clone()),
        ("language", language.clone()),
        ("method", method.map(str::to_owned)),
        ("text", text.clone()),
    ];
    all.into_iter().filter_map(|(by, value)| value.map(|value| ChosenBy { by, value })).collect()
}
