//! Any order, any repetition, any split of batches, with forks, restored images, late petitions and late keys: one
//! ledger, byte for byte.

use std::env;

use crate::{
    hand_made::{HandMadeTable, NOW, merge},
    world::{LATE_PETITION, Ledger, WORLD, late_rng},
};
use desk::{Desk, ExplainedCount, LogVerification, Proof, Standing};
use proptest::{prelude::*, sample::subsequence};

/// What happens at a desk.
#[derive(Clone, Debug)]
enum Event {
    /// A batch of a table comes: from one entry up to another.
    Batch(usize, usize, usize),
    Petition,
    Epoch,
    /// The program ends and is started again.
    Restart,
}

/// Events with batches that together hold everything, in any order, some more than once.
fn events() -> impl Strategy<Value = Vec<Event>> {
    let cuts: Vec<_> = WORLD
        .tables
        .iter()
        .map(|table| subsequence((1..table.size()).collect::<Vec<_>>(), 0..=table.size().min(4) - 1))
        .collect();
    let more = proptest::collection::vec((0..WORLD.tables.len(), any::<(u8, u8)>()), 0..5);
    (cuts, more, 0..2_usize)
        .prop_map(|(cuts, more, restarts)| {
            let mut events = vec![Event::Petition, Event::Epoch];
            events.extend((0..restarts).map(|_| Event::Restart));
            for (table, cuts) in cuts.into_iter().enumerate() {
                let size = WORLD.tables[table].size();
                let ends = [vec![0], cuts, vec![size]].concat();
                events.extend(ends.windows(2).map(|pair| Event::Batch(table, pair[0], pair[1])));
            }
            for (table, (one, other)) in more {
                let size = WORLD.tables[table].size() + 1;
                let (one, other) = (usize::from(one) % size, usize::from(other) % size);
                events.push(Event::Batch(table, one.min(other), one.max(other)));
            }
            events
        })
        .prop_shuffle()
}

/// Whether a desk to which all this happens has the one ledger in the end.
fn converges(events: Vec<Event>) -> Result<(), TestCaseError> {
    let (folder, mut desk) = WORLD.desk();
    for event in events {
        match event {
            Event::Batch(table, from, to) => {
                merge(&mut desk, &WORLD.batch(table, from, to));
            }
            Event::Petition => {
                desk.add_petition(LATE_PETITION, NOW, &mut late_rng()).unwrap();
            }
            Event::Epoch => {
                WORLD.bring_epoch(folder.path());
                desk.reopen_set_aside().unwrap();
            }
            Event::Restart => {
                drop(desk);
                desk = Desk::open(folder.path(), WORLD.campaign.keys.clone()).unwrap();
            }
        }
    }
    let ledger = Ledger::of(&desk, &WORLD.campaign);
    prop_assert_eq!(&ledger.csv, &WORLD.expected.csv);
    prop_assert_eq!(counted_by_hand(&desk, &ledger), ledger.counts[0]);
    prop_assert_eq!(&ledger, &WORLD.expected);
    prop_assert!(ledger.logs.iter().all(LogVerification::is_proven));
    Ok(())
}

/// A quarter of the cases, so that they are tried side by side. `UNDERSIGNED_WAYS` says how many ways are tried in all;
/// `cargo xtask torture` tries 4,096.
fn a_quarter() -> ProptestConfig {
    let ways = env::var("UNDERSIGNED_WAYS").map_or(768, |ways| ways.parse().unwrap());
    ProptestConfig { cases: ways / 4, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(a_quarter())]

    #[test]
    fn every_way_of_merging_gives_the_same_ledger_first_quarter(events in events()) {
        converges(events)?;
    }

    #[test]
    fn every_way_of_merging_gives_the_same_ledger_second_quarter(events in events()) {
        converges(events)?;
    }

    #[test]
    fn every_way_of_merging_gives_the_same_ledger_third_quarter(events in events()) {
        converges(events)?;
    }

    #[test]
    fn every_way_of_merging_gives_the_same_ledger_last_quarter(events in events()) {
        converges(events)?;
    }
}

/// The count of all as the pages of the ledger and the tables tell it.
fn counted_by_hand(desk: &Desk, ledger: &Ledger) -> ExplainedCount {
    let rows = desk.ledger("", 0, 999).unwrap().rows;
    let of = |is: fn(&Standing) -> bool| rows.iter().filter(|row| is(&row.standing)).count() as u64;
    let opened: u64 = ledger.tables.iter().map(|table| table.opened).sum();
    let collected = rows.len() as u64;
    ExplainedCount {
        collected,
        duplicates: of(|standing| matches!(standing, Standing::Duplicate { .. })),
        in_review: of(|standing| matches!(standing, Standing::InReview)),
        deliverable: of(|standing| matches!(standing, Standing::Counted)),
        resent: opened - collected,
        set_aside: ledger.tables.iter().map(|table| table.set_aside).sum(),
        ..ExplainedCount::default()
    }
}

#[test]
fn the_world_holds_one_of_everything() {
    let Ledger { csv, counts: [all, ..], tables, .. } = &WORLD.expected;
    assert!(all.duplicates > 0 && all.deliverable > 0);
    assert_eq!((all.collected, all.in_review, all.resent, all.set_aside), (22, 1, 6, 5));
    assert_eq!(all.deliverable, all.collected - all.duplicates - all.in_review);
    for name in ["Thief", "Late", "Sealed later", "Copied twice", "At once", "Restored"] {
        assert!(csv.contains(name), "{name}");
    }
    let branches: Vec<_> =
        tables.iter().map(|row| (row.label.as_str(), row.branches.len(), row.proof)).collect();
    assert!(branches.contains(&("Table 1", 4, Proof::Forked)));
    assert!(branches.contains(&("Restored", 0, Proof::Forked)));
}

#[test]
fn what_a_late_petition_or_key_opens_is_set_aside_until_then() {
    let (folder, mut desk) = WORLD.desk();
    for table in &WORLD.tables {
        merge(&mut desk, &table.whole());
    }
    let before = desk.count(None).unwrap();
    desk.add_petition(LATE_PETITION, NOW, &mut late_rng()).unwrap();
    let petition = desk.count(None).unwrap();
    WORLD.bring_epoch(folder.path());
    assert_eq!(desk.reopen_set_aside().unwrap(), 2);
    let epoch = desk.count(None).unwrap();
    let set_aside = [before, petition, epoch].map(|count| count.set_aside);
    assert_eq!(set_aside, [epoch.set_aside + 5, epoch.set_aside + 2, epoch.set_aside]);
    assert_eq!(epoch, WORLD.expected.counts[0]);
}

#[test]
fn duplicates_told_one_entry_at_a_time_are_those_told_at_once() {
    let world = &*WORLD;
    let (_folder, mut desk) = world.campaign.desk();
    let mut table = HandMadeTable::new(&world.campaign, 8, 1);
    for (size, signature) in (0..).zip(&world.signatures) {
        table.append(signature);
        merge(&mut desk, &table.batch(size, size + 1));
    }
    let (_folder, mut at_once) = world.campaign.desk();
    merge(&mut at_once, &table.whole());
    let duplicates = |desk: &Desk| -> Vec<_> {
        let rows = desk.ledger("", 0, 99).unwrap().rows.into_iter();
        rows.filter_map(|row| match row.standing {
            Standing::Duplicate { of } => Some((row.signature, of)),
            _ => None,
        })
        .collect()
    };
    let (shown, told) = (duplicates(&desk), duplicates(&at_once));
    assert!(!told.is_empty());
    assert_eq!(shown, told);
}
