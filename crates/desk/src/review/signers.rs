//! The signers of a petition, as they are compared.

use std::{num::NonZero, thread};

use matching::{Candidates, Pair, People, Signer, Weights};
use petition::Signature;
use rusqlite::Connection;
use uuid::Uuid;

use crate::{
    error::DeskError,
    storage::{signature, weighing::Weighing},
};

/// Pairs below this are two people's: they are not kept, and nobody looks at them.
pub(crate) const LEAST: f32 = 0.2;

/// The signers of a petition, ready to be compared with those who come.
pub(crate) struct Compared {
    pub(super) people: People<Uuid>,
    pub(super) weights: Weights,
}

/// The signers of a petition up to one, with the weights that were kept; none where those are of an earlier form.
pub(super) fn read_compared(
    db: &Connection,
    petition: Uuid,
    up_to: i64,
    weighing: &Weighing,
) -> Result<Option<Compared>, DeskError> {
    let Some(weights) = Weights::from_bytes(&weighing.weights) else { return Ok(None) };
    let mut people = read_people(db, petition, up_to)?;
    // So that which names go together counts as it did.
    people.candidates_since(people.len());
    Ok(Some(Compared { people, weights }))
}

/// The signers of a petition, in the order of their signatures' ids: what comes of them depends on nothing else.
pub(super) fn read_people(db: &Connection, petition: Uuid, up_to: i64) -> Result<People<Uuid>, DeskError> {
    let mut people = People::default();
    signature::for_each_content(db, petition, up_to, |id, table, cbor| add(&mut people, id, table, cbor))?;
    Ok(people)
}

pub(super) fn add(people: &mut People<Uuid>, id: Uuid, table: Uuid, cbor: &[u8]) {
    // It was one when it was kept; what is not is nobody's duplicate.
    let Ok(signature) = Signature::from_cbor(cbor) else { return };
    people.add(
        id,
        &Signer {
            name: &signature.full_name,
            email: signature.email.as_deref(),
            phone: signature.phone.as_deref().or(signature.phone_as_typed.as_deref()),
            postal_code: signature.address.postal_code.as_deref(),
            city: signature.address.city.as_deref(),
            street: signature.address.street.as_deref(),
            birth: None,
            document: None,
            table: Some(table.as_u64_pair().0),
            signed_at: Some(signature.signed_at),
        },
    );
}

/// The pairs that are likely enough to be kept, found by all cores.
pub(super) fn judge(people: &People<Uuid>, weights: &Weights, candidates: &Candidates) -> Vec<Pair<Uuid>> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let parts: Vec<_> = candidates
            .parts(cores)
            .map(|part| (part, scope.spawn(move || people.judge(weights, part, LEAST))))
            .collect();
        let judged = parts.into_iter().flat_map(|(part, thread)| {
            // A thread that could not finish did nothing that is kept: its part is judged here.
            thread.join().unwrap_or_else(|_| people.judge(weights, part, LEAST))
        });
        judged.collect()
    })
}
