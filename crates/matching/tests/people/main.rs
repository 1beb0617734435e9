//! Who is found to be the same person: among people made by hand, in cases of others, and among twenty thousand that nobody is.
#![expect(clippy::unwrap_used, reason = "tests")]

mod field;
mod generated;
mod labelled;
mod parts;
mod roll;
mod signers;

use matching::{People, Weights};

/// Weights from all that are there.
fn estimate<Id: Copy + Ord>(people: &mut People<Id>) -> Weights {
    let candidates = people.candidates();
    people.estimate(&candidates)
}

#[test]
fn among_nobody_and_one_alone_there_is_no_pair() {
    let mut people = People::<u32>::default();
    for signers in 0..2 {
        let weights = estimate(&mut people);
        assert!(people.pairs(&weights, 0.0).is_empty(), "{signers}");
        people.add(signers, &matching::Signer { name: "Ada Lovelace", ..Default::default() });
    }
}
