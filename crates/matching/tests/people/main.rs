//! Who is found to be the same person: among people made by hand, in cases of others, and among twenty thousand that nobody is.
#![expect(clippy::unwrap_used, reason = "tests")]

mod field;
mod generated;
mod labelled;
mod signers;

use matching::{People, Weights};

/// Weights from all that are there.
fn estimate<Id: Copy + Ord>(people: &mut People<Id>) -> Weights {
    let candidates = people.candidates();
    people.estimate(&candidates)
}
