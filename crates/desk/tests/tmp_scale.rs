//! Temporary.
#![allow(clippy::all, missing_docs, unused)]
#[path = "desk/hand_made.rs"]
mod hand_made;
use hand_made::*;
use std::time::Instant;
#[test]
fn scale() {
    let campaign = HandMadeCampaign::new(61);
    let (_f, mut desk) = campaign.desk();
    let mut n = 0u128;
    for t in 1..=10u128 {
        let mut table = HandMadeTable::new(&campaign, t, 1);
        for _ in 0..10000 {
            let email = format!("person{}@example.org", n % 90000);
            table.append(&campaign.signature(
                n,
                (n % 2) as usize,
                &format!("Person Number {n}"),
                Some(&email),
            ));
            n += 1;
        }
        let s = Instant::now();
        merge(&mut desk, &table.batch(0, 4000));
        merge(&mut desk, &table.batch(4000, 8000));
        merge(&mut desk, &table.batch(8000, 10000));
        eprintln!("merged 10000 in {:?}", s.elapsed());
    }
    for q in ["", "number 99999", "market", "nobody at all"] {
        let s = Instant::now();
        let p = desk.ledger(q, 0, 50).unwrap();
        eprintln!("ledger {q:?}: {} in {:?}", p.total, s.elapsed());
        let s = Instant::now();
        let p = desk.ledger(q, 90000, 50).unwrap();
        eprintln!("ledger {q:?} far: {} in {:?}", p.total, s.elapsed());
    }
    let s = Instant::now();
    desk.count(None).unwrap();
    eprintln!("count {:?}", s.elapsed());
    let s = Instant::now();
    desk.count(Some(campaign.petitions[0])).unwrap();
    eprintln!("count one {:?}", s.elapsed());
    let s = Instant::now();
    desk.tables().unwrap();
    eprintln!("tables {:?}", s.elapsed());
    let s = Instant::now();
    let c = csv(&desk);
    eprintln!("csv {} bytes {:?}", c.len(), s.elapsed());
    let s = Instant::now();
    desk.verify().unwrap();
    eprintln!("verify {:?}", s.elapsed());
    let s = Instant::now();
    desk.tally(NOW).unwrap();
    eprintln!("tally {:?}", s.elapsed());
    eprintln!("size {:?}", std::fs::metadata(_f.path().join("desk.db")).unwrap().len());
}
