//! Twenty thousand signers that nobody is: how many of those who signed twice are found, and how many are wronged.

use std::collections::BTreeSet;

use matching::{Pair, People, Weights, clusters};

use crate::{
    estimate,
    signers::{
        Made, Slips, make,
        score::{Score, score},
    },
};

/// Pairs from here on are taken for one person.
const TAKEN: f32 = 0.8;

/// Everybody of `made`, with weights from them.
fn known(made: &[Made]) -> (People<u32>, Weights) {
    let mut people = People::default();
    (0..).zip(made).for_each(|(id, one)| people.add(id, &one.signer()));
    let weights = estimate(&mut people);
    (people, weights)
}

#[test]
fn who_signed_twice_is_found_with_nothing_set_by_hand() {
    let made = make(20_000, 18);
    let (mut people, weights) = known(&made);
    let pairs = people.pairs(&weights, 0.01);
    let found = clusters(&pairs, TAKEN, |_, _| false);
    let truth: Vec<Option<u32>> = made.iter().map(|one| Some(one.person)).collect();
    let nearly: Vec<Option<u32>> =
        made.iter().map(|one| (one.slips != Slips::Far).then_some(one.person)).collect();
    let (all, near): (Score, Score) = (score(&found, &truth), score(&found, &nearly));
    if std::env::var_os("SHOW").is_some() {
        show(&made, &found, &people, &weights);
    }
    assert!(all.f1 >= 0.97 && all.precision >= 0.99 && all.recall >= 0.95, "{all:?}");
    assert!(near.f1 >= 0.99, "{near:?}");
}

#[test]
fn a_batch_that_comes_later_finds_what_all_at_once_would_have() {
    let made = make(5_000, 7);
    let (mut all, mut later) = (People::default(), People::default());
    for (id, one) in (0..).zip(&made) {
        all.add(id, &one.signer());
    }
    let weights = estimate(&mut all);
    let mut at_once = all.pairs(&weights, 0.2);
    let mut pairs = Vec::new();
    for (batch, part) in made.chunks(1_000).enumerate().rev() {
        let known = later.len();
        for (place, one) in (0u32..).zip(part) {
            later.add(u32::try_from(batch * 1_000).unwrap() + place, &one.signer());
        }
        pairs.extend(later.pairs_since(known, &weights, 0.2));
    }
    // How common a name is changes as batches come, and with it a probability; who is put together does not.
    let ids = |pairs: &[Pair<u32>]| -> BTreeSet<(u32, u32)> {
        pairs.iter().filter(|pair| pair.probability > 0.9).map(|pair| (pair.one, pair.other)).collect()
    };
    let (at_once_ids, later_ids) = (ids(&at_once), ids(&pairs));
    let differ = at_once_ids.symmetric_difference(&later_ids).count();
    assert!(at_once_ids.len() > 150 && differ * 25 <= at_once_ids.len(), "{differ} of {}", at_once_ids.len());
    // Asked again when all are there, they are the same to the last digit, whatever the order in which they came.
    let mut again = later.pairs(&weights, 0.2);
    again.sort_by_key(|pair| (pair.one, pair.other));
    at_once.sort_by_key(|pair| (pair.one, pair.other));
    assert!(again == at_once);
}

/// What went wrong, for whoever tunes: `SHOW=1 cargo test -p matching --test people -- --nocapture`.
#[expect(clippy::print_stderr, reason = "it is asked for")]
fn show(made: &[Made], clusters: &[Vec<u32>], people: &People<u32>, weights: &Weights) {
    let line = |id: u32| {
        let one = &made[id as usize];
        format!(
            "{} | {} | {} | {} | {} | {} | {} | t{} {:?}",
            one.name,
            one.email,
            one.phone,
            one.postal_code,
            one.city,
            one.street,
            one.birth,
            one.table,
            one.slips
        )
    };
    let mut shown = 0;
    for cluster in clusters {
        let (a, b) = (cluster[0], cluster[1]);
        if made[a as usize].person != made[b as usize].person && shown < 60 {
            shown += 1;
            eprintln!("WRONG\n  {}\n  {}\n  {:?}", line(a), line(b), people.look_at(weights, a, b).unwrap());
        }
    }
    let mut of = std::collections::HashMap::new();
    for (at, cluster) in clusters.iter().enumerate() {
        cluster.iter().for_each(|id| {
            of.insert(*id, at);
        });
    }
    let mut first = std::collections::HashMap::new();
    let mut shown = 0;
    for (id, one) in (0u32..).zip(made) {
        let Some(other) = first.insert(one.person, id) else { continue };
        if (!of.contains_key(&id) || of.get(&id) != of.get(&other)) && shown < 40 {
            shown += 1;
            let judged = people.look_at(weights, other, id).unwrap();
            eprintln!("MISSED\n  {}\n  {}\n  {judged:?}", line(other), line(id));
        }
    }
}
