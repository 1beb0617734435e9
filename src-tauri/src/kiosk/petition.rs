//! A petition whole: to read, and what its form asks.

use serde::Serialize;
use table::{Asked, Block, Field, Petition, Reference};
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
    /// Hex; goes back with the draft.
    pub text_hash: String,
    /// The text.
    pub body: Vec<Block>,
    /// The numbered references, in order of number.
    pub references: Vec<Reference>,
    /// The fields beside the full name, in the order asked.
    pub fields: Vec<AskedField>,
    /// The minimum age, where a statement is asked.
    pub minimum_age: Option<u8>,
    /// ISO date (YYYY-MM-DD) by which signatures are erased, where the organizer set one.
    pub erased_by: Option<String>,
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
