//! Any order, any repetition, any split of batches: the same ledger, byte for byte.

use std::sync::LazyLock;

use crate::hand_made::{HandMadeCampaign, HandMadeTable, counts, csv, merge};
use desk::{Desk, ExplainedCount, LogVerification, Standing};
use matching::{Record, exact_duplicates};
use petition::Signature;
use proptest::{prelude::*, sample::subsequence};

struct World {
    campaign: HandMadeCampaign,
    tables: Vec<HandMadeTable>,
    signatures: Vec<Signature>,
    expected: (String, [ExplainedCount; 3]),
}

static WORLD: LazyLock<World> = LazyLock::new(World::new);

impl World {
    /// Three tables, one of them in two generations, with duplicates, re-sent signatures, ids used twice, unknown
    /// texts and entries that do not open.
    fn new() -> Self {
        let campaign = HandMadeCampaign::new(31);
        let mut tables: Vec<_> = [(1, 1), (2, 1), (2, 2), (3, 1)]
            .map(|(number, generation)| HandMadeTable::new(&campaign, number, generation))
            .into();
        let mut signatures = Vec::new();
        for number in 0..24_u128 {
            let email = format!("Person{}@x.org", number % 9);
            let email = (number % 5 != 0).then_some(email.as_str());
            let signature =
                campaign.signature(number, (number % 2) as usize, &format!("Person {}", number % 3), email);
            tables[[0, 1, 3][(number % 3) as usize]].append(&signature);
            signatures.push(signature);
        }
        for again in [1, 4, 7, 10] {
            tables[2].append(&signatures[again]);
        }
        // The id of a signature of the third table on another content, in an earlier place.
        let mut thief = campaign.signature(5, 0, "Thief", Some("thief@x.org"));
        thief.signed_at += 60;
        tables[0].append(&thief);
        let mut odd = campaign.signature(90, 0, "Odd", Some("odd@x.org"));
        odd.text_hash = [1; 32];
        tables[3].append(&odd);
        tables[1].append_content(b"nothing", campaign.petitions[0]);
        let replayed = tables[0].envelopes[0].clone();
        tables[2].envelopes.push(replayed);
        let (_folder, mut desk) = campaign.desk();
        for table in &tables {
            merge(&mut desk, &table.whole());
        }
        let expected = (csv(&desk), counts(&desk, &campaign));
        Self { campaign, tables, signatures, expected }
    }
}

/// Batches as (table, from, to) that together hold everything, in any order, some more than once.
fn batches() -> impl Strategy<Value = Vec<(usize, usize, usize)>> {
    let cuts: Vec<_> = WORLD
        .tables
        .iter()
        .map(|table| subsequence((1..table.size()).collect::<Vec<_>>(), 0..=table.size().min(4) - 1))
        .collect();
    let more = proptest::collection::vec((0..WORLD.tables.len(), any::<(u8, u8)>()), 0..5);
    (cuts, more)
        .prop_map(|(cuts, more)| {
            let mut batches = Vec::new();
            for (table, cuts) in cuts.into_iter().enumerate() {
                let size = WORLD.tables[table].size();
                let ends = [vec![0], cuts, vec![size]].concat();
                batches.extend(ends.windows(2).map(|pair| (table, pair[0], pair[1])));
            }
            for (table, (one, other)) in more {
                let size = WORLD.tables[table].size() + 1;
                let (one, other) = (usize::from(one) % size, usize::from(other) % size);
                batches.push((table, one.min(other), one.max(other)));
            }
            batches
        })
        .prop_shuffle()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_way_of_merging_gives_the_same_ledger(batches in batches()) {
        let (_folder, mut desk) = WORLD.campaign.desk();
        for (table, from, to) in batches {
            merge(&mut desk, &WORLD.tables[table].batch(from, to));
        }
        prop_assert_eq!(csv(&desk), WORLD.expected.0.as_str());
        prop_assert_eq!(counts(&desk, &WORLD.campaign), WORLD.expected.1);
        prop_assert_eq!(counted_by_hand(&desk), WORLD.expected.1[0]);
        prop_assert!(desk.verify().unwrap().iter().all(LogVerification::is_whole));
    }
}

/// The count of all as the pages of the ledger and the logs tell it.
fn counted_by_hand(desk: &Desk) -> ExplainedCount {
    let rows = desk.ledger("", 0, 999).unwrap().rows;
    let logs = desk.verify().unwrap();
    let of = |is: fn(&Standing) -> bool| rows.iter().filter(|row| is(&row.standing)).count() as u64;
    let entries: u64 = logs.iter().map(|log| log.size).sum();
    let (collected, set_aside) = (rows.len() as u64, logs.iter().map(|log| log.set_aside).sum());
    ExplainedCount {
        collected,
        duplicates: of(|standing| matches!(standing, Standing::Duplicate { .. })),
        in_review: of(|standing| matches!(standing, Standing::InReview)),
        deliverable: of(|standing| matches!(standing, Standing::Counted)),
        resent: entries - collected - set_aside,
        set_aside,
        ..ExplainedCount::default()
    }
}

#[test]
fn the_world_holds_one_of_everything() {
    let [all, ..] = WORLD.expected.1;
    assert_eq!(all.collected, 25);
    assert!(all.duplicates > 0 && all.deliverable > 0);
    assert_eq!((all.in_review, all.resent, all.set_aside), (1, 4, 3));
    assert_eq!(all.deliverable, all.collected - all.duplicates - all.in_review);
    assert!(WORLD.expected.0.contains("Thief"));
}

#[test]
fn duplicates_told_one_batch_at_a_time_are_those_told_at_once() {
    let world = &*WORLD;
    let (_folder, mut desk) = world.campaign.desk();
    let mut table = HandMadeTable::new(&world.campaign, 8, 1);
    for (size, signature) in (0..).zip(&world.signatures) {
        table.append(signature);
        merge(&mut desk, &table.batch(size, size + 1));
    }
    let told: Vec<_> = world
        .campaign
        .petitions
        .iter()
        .flat_map(|petition| {
            exact_duplicates(world.signatures.iter().filter(|signature| signature.petition == *petition).map(
                |signature| Record {
                    id: signature.id,
                    signed_at: signature.signed_at,
                    email: signature.email.as_deref(),
                    name: &signature.full_name,
                },
            ))
        })
        .collect();
    let mut shown: Vec<_> = desk
        .ledger("", 0, 99)
        .unwrap()
        .rows
        .iter()
        .filter_map(|row| match row.standing {
            desk::Standing::Duplicate { of } => Some((row.signature, of)),
            _ => None,
        })
        .collect();
    let mut told = told;
    told.sort_unstable();
    shown.sort_unstable();
    assert!(!told.is_empty());
    assert_eq!(shown, told);
}
