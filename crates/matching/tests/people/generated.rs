//! Twenty thousand signers that nobody is: how many of those who signed twice are found, and how many are wronged.

use std::collections::BTreeSet;

use matching::{Pair, People, clusters};

use crate::signers::{
    Made, Slips, make,
    score::{Score, score},
};

fn found(made: &[Made]) -> (People<u32>, Vec<Pair<u32>>, Vec<Vec<u32>>) {
    let mut people = People::default();
    for (id, one) in (0..).zip(made) {
        people.add(id, &one.signer());
    }
    let (_, pairs) = people.estimate_and_match(0.01);
    let clusters = clusters(&pairs, 0.5, |_, _| false);
    (people, pairs, clusters)
}

#[test]
fn who_signed_twice_is_found_with_nothing_set_by_hand() {
    let made = make(20_000, 18);
    let (mut people, _, clusters) = found(&made);
    let truth: Vec<Option<u32>> = made.iter().map(|one| Some(one.person)).collect();
    let near: Vec<Option<u32>> =
        made.iter().map(|one| (one.slips != Slips::Far).then_some(one.person)).collect();
    let (all, near): (Score, Score) = (score(&clusters, &truth), score(&clusters, &near));
    if std::env::var_os("SHOW").is_some() {
        let weights = people.estimate();
        show(&made, &clusters, &people, &weights);
        eprintln!("{all:?} {near:?}");
    }
    assert!(all.f1 >= 0.97, "{all:?}");
    assert!(near.f1 >= 0.99, "{near:?}");
}

#[test]
fn a_batch_that_comes_later_finds_what_all_at_once_would_have() {
    let made = make(5_000, 7);
    let (mut all, mut later) = (People::default(), People::default());
    for (id, one) in (0..).zip(&made) {
        all.add(id, &one.signer());
    }
    let (weights, mut at_once) = all.estimate_and_match(0.2);
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
    assert!(at_once_ids.len() > 150 && differ * 50 <= at_once_ids.len(), "{differ} of {}", at_once_ids.len());
    // Asked again when all are there, they are the same to the last digit, whatever the order in which they came.
    let mut again = later.pairs(&weights, 0.2);
    again.sort_by_key(|pair| (pair.one, pair.other));
    at_once.sort_by_key(|pair| (pair.one, pair.other));
    assert!(again == at_once);
}

fn show(made: &[Made], clusters: &[Vec<u32>], people: &People<u32>, weights: &matching::Weights) {
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
        if made[a as usize].person != made[b as usize].person && shown < 25 {
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
        if let Some(other) = first.insert(one.person, id) {
            if (of.get(&id).is_none() || of.get(&id) != of.get(&other)) && shown < 40 {
                shown += 1;
                eprintln!(
                    "MISSED\n  {}\n  {}\n  {:?}",
                    line(other),
                    line(id),
                    people.look_at(weights, other, id).unwrap()
                );
            }
        }
    }
}
