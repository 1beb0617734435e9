//! The books of the log follow its entries by some: nothing that is told may depend on by how many.

use std::collections::BTreeMap;

use petition::StrikeReason;
use proptest::prelude::*;
use table::{Draft, ShiftClose, SignOutcome, Table, sending::Log};
use uuid::Uuid;

use crate::{
    kit::{NOW, PETITION, draft, keys, receive, rng, signed, verified, world},
    opened::opened,
};

const A_DAY: i64 = 86_400;

#[derive(Clone, Debug)]
enum Step {
    /// So many people sign.
    Sign(u64),
    /// Somebody's form comes again.
    Again(usize),
    /// The newest signature is told to be no one's.
    Note,
    NextGeneration,
    Restart,
    NextShift,
    NextDay,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => prop_oneof![1..4_u64, 14..34_u64].prop_map(Step::Sign),
        2 => any::<usize>().prop_map(Step::Again),
        1 => Just(Step::Note),
        1 => Just(Step::NextGeneration),
        2 => Just(Step::Restart),
        1 => Just(Step::NextShift),
        1 => Just(Step::NextDay),
    ]
}

/// What a table tells of its log.
fn told(table: &Table, now: i64) -> (u64, u64, u64, u64, Vec<Log>) {
    let counts = table.counts().unwrap();
    let today = table.saved_today(now).unwrap();
    (counts.saved, counts.waiting, counts.this_shift, today, table.logs())
}

fn with_id(id: Uuid) -> Draft {
    let mut draft = draft("Amina Yusuf");
    draft.id = Some(id);
    draft
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn whatever_happens_a_restart_tells_what_was_told_before_it(steps in proptest::collection::vec(step(), 1..16)) {
        let (folder, mut table) = signed(0);
        let path = folder.path().join("table");
        let (mut now, mut codes) = (NOW, BTreeMap::new());
        let (mut this_shift, mut today) = (0, 0);
        let sign = |table: &mut Table, id: Uuid, now: i64| match table.sign(&with_id(id), true, now, &mut rng()) {
            Ok(SignOutcome::Saved(saved)) => saved.withdrawal_code.to_string(),
            _ => panic!("not saved"),
        };
        for step in steps {
            match step {
                Step::Sign(people) => {
                    for _ in 0..people {
                        let id = Uuid::new_v4();
                        codes.insert(id, sign(&mut table, id, now));
                    }
                    (this_shift, today) = (this_shift + people, today + people);
                }
                Step::Again(which) => {
                    let ids: Vec<Uuid> = codes.keys().copied().collect();
                    if let Some(id) = ids.get(which % ids.len().max(1)) {
                        prop_assert_eq!(&sign(&mut table, *id, now), &codes[id]);
                    }
                }
                Step::Note => {
                    let newest = table.newest().unwrap();
                    if let Some(place) = newest.iter().find(|place| !place.is_struck) {
                        let place = (place.generation, place.index);
                        table.strike(place, StrikeReason::Test, "", now, &mut rng()).unwrap();
                    }
                }
                Step::NextGeneration => table.start_generation(now).unwrap(),
                Step::Restart => {
                    let before = told(&table, now);
                    drop(table);
                    table = Table::open(&path, keys(), now).unwrap();
                    prop_assert_eq!(told(&table, now), before);
                }
                Step::NextShift => {
                    table.end_shift(&ShiftClose::default(), now, &mut rng()).unwrap();
                    table.start_shift("Market", "D. R.", now, &mut rng()).unwrap();
                    this_shift = 0;
                }
                Step::NextDay => (now, today) = (now + A_DAY, 0),
            }
            let counts = table.counts().unwrap();
            let all = codes.len() as u64;
            prop_assert_eq!((counts.saved, counts.waiting, counts.this_shift), (all, all, this_shift));
            prop_assert_eq!(counts.petition(PETITION).table, all);
            prop_assert_eq!(table.saved_today(now).unwrap(), today);
        }
        // The log is whole: its head is what its entries give.
        let head = table.logs().last().unwrap().size;
        let batch = table.next_batch(table.generation(), 0, 4096).unwrap();
        prop_assert_eq!(verified(&world(), &batch.bytes).entries.len() as u64, head);
    }
}

#[test]
fn a_key_that_was_made_ready_is_of_one_signature_alone() {
    let (_folder, mut table) = signed(0);
    table.make_ready(NOW, &mut rng()).unwrap();
    let enc = |envelope: &Vec<u8>| envelope[9..9 + 1120].to_vec();
    for name in ["Amina Yusuf", "Vera Lind", "Juan Cruz"] {
        table.sign(&draft(name), true, NOW, &mut rand::rng()).unwrap();
        // The third is not waited for long enough.
        table.make_ready(NOW, &mut rand::rng()).unwrap();
        table.forget_ready();
    }
    let names: Vec<String> = opened(&table, 0).iter().map(|signature| signature.full_name.clone()).collect();
    assert_eq!(names, ["Amina Yusuf", "Vera Lind", "Juan Cruz"]);
    let batch = table.next_batch(1, 0, 10).unwrap();
    let keys: Vec<Vec<u8>> = verified(&world(), &batch.bytes).entries.iter().map(enc).collect();
    assert!(keys[0] != keys[1] && keys[1] != keys[2], "each has its own");
    receive(&mut table, 3);
}
