//! The entries of a log, opened as a desk does.

use petition::{Note, NoteAbout, Signature};
use sealing::Opener;
use table::Table;
use uuid::Uuid;

use crate::kit::{PETITION, verified, world};

/// The signatures of a log, from an entry on, opened as a desk does.
pub(crate) fn opened(table: &Table, from: u64) -> Vec<Signature> {
    let signatures = contents(table, from).into_iter().filter(|(petition, _)| *petition == PETITION);
    signatures.map(|(_, content)| Signature::from_cbor(&content).unwrap()).collect()
}

/// The notes of a log, from an entry on, opened as a desk does.
pub(crate) fn notes(table: &Table, from: u64) -> Vec<NoteAbout> {
    let notes = contents(table, from).into_iter().filter(|(petition, _)| petition.is_nil());
    notes.map(|(_, content)| Note::from_cbor(&content).unwrap().about).collect()
}

fn contents(table: &Table, from: u64) -> Vec<(Uuid, Vec<u8>)> {
    let world = world();
    let batch = table.next_batch(table.generation(), from, 4096).unwrap();
    let opener = Opener::new(&world.epoch).unwrap();
    let of_table = table.id().into_bytes();
    verified(&world, &batch.bytes)
        .entries
        .iter()
        .map(|envelope| {
            let campaign = *world.campaign.id.as_bytes();
            let petitions = [PETITION.into_bytes(), [0; 16]];
            let opened = opener.open(envelope, campaign, of_table, &petitions).unwrap();
            (Uuid::from_bytes(opened.petition), opened.content.to_vec())
        })
        .collect()
}
