//! A petition whole: to read, and what its form asks.

use std::collections::BTreeMap;

use serde::Serialize;
use table::{Asked, Block, Choice, Field, Petition, PetitionText, Reference};
use tauri::State;
use ts_rs::TS;
use uuid::Uuid;

use super::home::{Invite, invite};
use crate::{
    failure::Failure,
    seats::{Seats, guard, now},
};

/// A petition whole: to read, and what its form asks.
#[derive(Debug, Serialize, TS)]
pub(crate) struct PetitionPage {
    /// Its invitation.
    pub invite: Invite,
    /// The text in its own language.
    pub text: PageText,
    /// The text in the other languages that its organizer wrote.
    pub translations: Vec<PageText>,
    /// The fields beside the full name, in the order asked.
    pub fields: Vec<AskedField>,
    /// The minimum age, where a statement is asked.
    pub minimum_age: Option<u8>,
    /// ISO date (YYYY-MM-DD) by which signatures are erased, where the organizer set one.
    pub erased_by: Option<String>,
}

/// A petition's text in one language.
#[derive(Debug, Serialize, TS)]
pub(crate) struct PageText {
    /// BCP 47.
    pub language: String,
    /// Hex; goes back with the draft of whoever signs this text.
    pub hash: String,
    /// The text.
    pub body: Vec<Block>,
    /// What stands over the references, in the author's own words, if anything does.
    pub references_heading: Option<String>,
    /// The numbered references, in order of number.
    pub references: Vec<Reference>,
    /// The organizer's own words for choices; the screen has its own for the others.
    pub choices: BTreeMap<Choice, String>,
}

impl PageText {
    fn of(text: &PetitionText) -> Self {
        Self {
            language: text.language().to_owned(),
            hash: text.hash_hex(),
            body: text.body().to_vec(),
            references_heading: text.references_heading().map(str::to_owned),
            references: text.references().to_vec(),
            choices: text.choices().clone(),
        }
    }
}

/// A field of the form.
#[derive(Debug, Serialize, TS)]
pub(crate) struct AskedField {
    /// Which.
    pub field: Field,
    /// Optional or required.
    pub asked: Asked,
}

/// A petition whole. The table makes ready for a signature.
#[tauri::command]
pub(crate) async fn kiosk_petition(seats: State<'_, Seats>, petition: Uuid) -> Result<PetitionPage, Failure> {
    seats
        .run(move |seats| {
            let seat = seats.table()?;
            let mut table = guard(&seat.table);
            let found =
                table.petition(petition).filter(|_| !table.is_ended(petition)).ok_or_else(no_petition)?;
            let page = page(found, invite(&table, found)?);
            // What keeps it from that, the signature says.
            if let Err(error) = table.make_ready(now(), &mut rand::rng()) {
                tracing::warn!(code = error.code(), "not made ready for a signature");
            }
            Ok(page)
        })
        .await
}

/// A petition as its readers see it.
pub(crate) fn page(petition: &Petition, invite: Invite) -> PetitionPage {
    PetitionPage {
        invite,
        text: PageText::of(petition.original()),
        translations: petition.translations().iter().map(PageText::of).collect(),
        fields: petition.fields().map(|(field, asked)| AskedField { field, asked }).collect(),
        minimum_age: petition.minimum_age(),
        erased_by: petition.erased_by().map(str::to_owned),
    }
}

fn no_petition() -> Failure {
    Failure::new("table/no-petition", "this table has no such petition")
}
