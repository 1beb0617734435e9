//! Merging: what is taken, what waits, what is refused by name and loses nothing else.

use crate::hand_made::{HandMadeCampaign, HandMadeTable, NOW, counts, csv, merge, refusal, taken};
use desk::{Desk, Merged, Proof, Standing};
use proof::SigningKey;
use uuid::Uuid;
use wire::{Confirmation, Signed, Tally};

fn campaign() -> HandMadeCampaign {
    HandMadeCampaign::new(11)
}

fn table_of(campaign: &HandMadeCampaign, signatures: u128) -> HandMadeTable {
    let mut table = HandMadeTable::new(campaign, 1, 1);
    for number in 0..signatures {
        let email = format!("person{number}@x.org");
        table.append(&campaign.signature(number, 0, &format!("Person {number}"), Some(&email)));
    }
    table
}

#[test]
fn what_a_table_sealed_is_in_the_ledger_once() {
    let campaign = campaign();
    let (_folder, mut desk) = campaign.desk();
    let table = table_of(&campaign, 5);
    assert_eq!(taken(&merge(&mut desk, &table.batch(0, 3))), (3, 0, 3, 0));
    assert_eq!(taken(&merge(&mut desk, &table.batch(0, 5))), (2, 3, 2, 0));
    assert_eq!(taken(&merge(&mut desk, &table.batch(0, 5))), (0, 5, 0, 0));
    assert_eq!(taken(&merge(&mut desk, &table.batch(1, 4))), (0, 3, 0, 0));
    assert_eq!(taken(&merge(&mut desk, &table.batch(5, 5))), (0, 0, 0, 0));
    let count = desk.count(None).unwrap();
    assert_eq!((count.collected, count.deliverable, count.resent, count.set_aside), (5, 5, 0, 0));
    assert_eq!(desk.merged_at().unwrap(), Some(NOW));
    let row = &desk.tables().unwrap()[0];
    assert_eq!((row.size, row.opened, row.received, row.proof), (5, 5, 0, Proof::Complete));
    // What it signed is what is computed of the envelopes that are here.
    let computed = data_encoding::HEXLOWER.encode(&desk.verify().unwrap()[0].root.0);
    assert_eq!(row.root.as_ref(), Some(&computed));
    assert_eq!(desk.kits().unwrap()[0].tables, 1);
}

#[test]
fn a_batch_before_its_turn_waits_and_is_merged_by_itself() {
    let campaign = campaign();
    let (_folder, mut desk) = campaign.desk();
    let table = table_of(&campaign, 9);
    let waits = merge(&mut desk, &table.batch(6, 9));
    assert_eq!(waits, Merged::Waiting { origin: table.origin, from: 0, to: 6 });
    assert_eq!(desk.tables().unwrap()[0].proof, Proof::Gap);
    assert_eq!(taken(&merge(&mut desk, &table.batch(0, 2))), (2, 0, 2, 0));
    merge(&mut desk, &table.batch(4, 6));
    let row = &desk.tables().unwrap()[0];
    assert_eq!((row.size, row.opened, row.proof), (9, 2, Proof::Gap));
    let log = &desk.verify().unwrap()[0];
    assert_eq!(log.gaps, [(2, 4)]);
    assert!(log.checkpoint_ok && log.entries_ok && !log.is_whole());
    assert_eq!(taken(&merge(&mut desk, &table.batch(2, 5))), (7, 1, 7, 0));
    assert_eq!(desk.tables().unwrap()[0].proof, Proof::Complete);
    assert!(desk.verify().unwrap()[0].is_whole());
}

#[test]
fn what_waits_survives_closing_the_desk() {
    let campaign = campaign();
    let (folder, mut desk) = campaign.desk();
    let table = table_of(&campaign, 4);
    merge(&mut desk, &table.batch(2, 4));
    drop(desk);
    let mut desk = Desk::open(folder.path(), campaign.keys).unwrap();
    assert_eq!(taken(&merge(&mut desk, &table.batch(0, 2))), (4, 0, 4, 0));
}

#[test]
fn any_changed_byte_is_refused_by_name_and_loses_nothing() {
    let campaign = campaign();
    let (_folder, mut desk) = campaign.desk();
    let table = table_of(&campaign, 4);
    merge(&mut desk, &table.batch(0, 2));
    let (before, counted) = (csv(&desk), counts(&desk, &campaign));
    let batch = table.batch(2, 4);
    let mut refused = 0;
    for at in 0..batch.len() {
        let mut changed = batch.clone();
        changed[at] ^= if at % 2 == 0 { 0x01 } else { 0x80 };
        assert!(refusal(&merge(&mut desk, &changed)).starts_with("batch/"), "byte {at}");
        refused += 1;
    }
    for short in [0, 4, batch.len() / 2, batch.len() - 1] {
        refusal(&merge(&mut desk, &batch[..short]));
    }
    refusal(&merge(&mut desk, &[batch.as_slice(), b"\0"].concat()));
    assert_eq!(refused, batch.len());
    assert_eq!(csv(&desk), before);
    assert_eq!(counts(&desk, &campaign), counted);
    assert_eq!(taken(&merge(&mut desk, &batch)), (2, 0, 2, 0));
    assert!(desk.verify().unwrap().iter().all(desk::LogVerification::is_whole));
}

#[test]
fn a_batch_of_another_campaign_is_refused() {
    let campaign = campaign();
    let (_folder, mut desk) = campaign.desk();
    let other = table_of(&HandMadeCampaign::new(12), 1);
    assert_eq!(refusal(&merge(&mut desk, &other.whole())), "batch/document");
}

#[test]
fn entries_in_another_order_are_refused() {
    let campaign = campaign();
    let (_folder, mut desk) = campaign.desk();
    let table = table_of(&campaign, 2);
    let mut batch = wire::Batch::decode(&table.whole()).unwrap();
    batch.entries.swap(0, 1);
    assert_eq!(refusal(&merge(&mut desk, &batch.encode())), "batch/changed");
    batch.entries.pop();
    assert_eq!(refusal(&merge(&mut desk, &batch.encode())), "batch/changed");
}

#[test]
fn what_does_not_open_is_set_aside_with_its_reason_and_holds_up_nobody() {
    let campaign = campaign();
    let (_folder, mut desk) = campaign.desk();
    let mut table = table_of(&campaign, 1);
    table.append_content(b"no signature at all", campaign.petitions[0]);
    let of_trees = campaign.signature(8, 0, "Mixed up", None);
    table.append_content(&of_trees.to_cbor().unwrap(), campaign.petitions[1]);
    table.append_content(b"of a petition nobody knows", Uuid::from_u128(5));
    table.append(&campaign.signature(9, 0, "Last", None));
    // An envelope of another table, appended as it is.
    let mut other = HandMadeTable::new(&campaign, 2, 1);
    other.append(&campaign.signature(10, 0, "Replayed", None));
    table.envelopes.push(other.envelopes[0].clone());
    assert_eq!(taken(&merge(&mut desk, &table.whole())), (6, 0, 2, 4));
    let [all, trees, buses] = counts(&desk, &campaign);
    assert_eq!((all.collected, all.set_aside), (2, 4));
    assert_eq!((trees.set_aside, buses.set_aside), (1, 1));
    let row = &desk.tables().unwrap()[0];
    assert_eq!((row.size, row.opened, row.proof), (6, 2, Proof::Complete));
    let log = &desk.verify().unwrap()[0];
    assert_eq!((log.size, log.opened, log.set_aside), (6, 2, 4));
    assert!(log.is_whole());
    assert!(!csv(&desk).contains("Replayed"));
}

#[test]
fn a_signature_on_a_text_that_nobody_knows_is_kept_in_review() {
    let campaign = campaign();
    let (_folder, mut desk) = campaign.desk();
    let mut table = HandMadeTable::new(&campaign, 1, 1);
    let mut odd = campaign.signature(1, 0, "Ada", Some("ada@x.org"));
    odd.text_hash[0] ^= 1;
    odd.signed_at -= 3600;
    table.append(&odd);
    table.append(&campaign.signature(2, 0, "Ada", Some("ada@x.org")));
    merge(&mut desk, &table.whole());
    let count = desk.count(None).unwrap();
    assert_eq!((count.collected, count.in_review, count.duplicates, count.deliverable), (2, 1, 0, 1));
    let rows = desk.ledger("", 0, 9).unwrap().rows;
    let standing = |id: Uuid| rows.iter().find(|row| row.signature == id).unwrap().standing.clone();
    assert_eq!(standing(odd.id), Standing::InReview);
    assert!(csv(&desk).contains("signature/unknown-text"));
}

#[test]
fn a_signature_appended_again_is_one_with_its_first_place() {
    let campaign = campaign();
    let ada = campaign.signature(1, 0, "Ada", Some("ada@x.org"));
    let mut first = HandMadeTable::new(&campaign, 1, 1);
    first.append(&campaign.signature(7, 0, "Before", None));
    first.append(&ada);
    let mut second = HandMadeTable::new(&campaign, 1, 2);
    second.append(&ada);
    second.append(&ada);
    let orders = [[first.whole(), second.whole()], [second.whole(), first.whole()]];
    for order in orders {
        let (_folder, mut desk) = campaign.desk();
        for batch in &order {
            merge(&mut desk, batch);
        }
        let count = desk.count(None).unwrap();
        assert_eq!((count.collected, count.duplicates, count.resent, count.set_aside), (2, 0, 2, 0));
        let page = desk.ledger("ada", 0, 9).unwrap();
        assert_eq!(page.total, 1);
        assert_eq!((page.rows[0].generation, page.rows[0].index), (1, 1));
    }
}

#[test]
fn one_id_on_two_contents_is_told_by_its_first_place_in_any_order() {
    let campaign = campaign();
    let ada = campaign.signature(1, 0, "Ada", Some("ada@x.org"));
    let mut other = campaign.signature(1, 1, "Not Ada", Some("other@x.org"));
    other.signed_at += 60;
    let friend = campaign.signature(2, 1, "not ada", Some("OTHER@x.org"));
    let mut tables: Vec<_> = (1..=3).map(|number| HandMadeTable::new(&campaign, number, 1)).collect();
    tables[0].append(&ada);
    tables[1].append(&other);
    tables[1].append(&friend);
    tables[2].append(&ada);
    let mut results = Vec::new();
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let (_folder, mut desk) = campaign.desk();
        for table in order {
            merge(&mut desk, &tables[table].whole());
        }
        results.push((csv(&desk), counts(&desk, &campaign)));
    }
    assert!(results.iter().all(|result| *result == results[0]));
    let (csv, [all, ..]) = &results[0];
    assert_eq!((all.collected, all.duplicates, all.resent, all.set_aside), (2, 0, 1, 1));
    assert!(csv.contains("ada@x.org") && !csv.contains("Not Ada"));
}

#[test]
fn exact_duplicates_are_told_across_tables_and_petitions_stay_apart() {
    let campaign = campaign();
    let (_folder, mut desk) = campaign.desk();
    let mut one = HandMadeTable::new(&campaign, 1, 1);
    let mut two = HandMadeTable::new(&campaign, 2, 1);
    let late = campaign.signature(6, 0, "Ada  LOVELACE", Some("ADA@x.org"));
    let early = campaign.signature(1, 0, "ada lovelace", Some("ada@x.org"));
    one.append(&late);
    one.append(&campaign.signature(3, 1, "Ada Lovelace", Some("ada@x.org")));
    two.append(&early);
    two.append(&campaign.signature(4, 0, "Ada Lovelace", None));
    merge(&mut desk, &one.whole());
    assert_eq!(desk.count(None).unwrap().duplicates, 0);
    merge(&mut desk, &two.whole());
    let [all, trees, buses] = counts(&desk, &campaign);
    assert_eq!((all.collected, all.duplicates, all.deliverable), (4, 1, 3));
    assert_eq!((trees.deliverable, buses.deliverable), (2, 1));
    let row = &desk.ledger("  ADA   lovelace", 0, 9).unwrap().rows;
    let late = row.iter().find(|row| row.signature == late.id).unwrap();
    assert_eq!(late.standing, Standing::Duplicate { of: early.id });
}

#[test]
fn a_clock_of_1980_does_not_win_over_a_right_one_whichever_comes_first() {
    let campaign = campaign();
    let mut right = campaign.signature(1, 0, "Ada Lovelace", Some("ada@x.org"));
    right.signed_at += 60;
    let mut wrong = campaign.signature(2, 0, "Ada Lovelace", Some("ada@x.org"));
    wrong.signed_at = 315_964_800;
    let tables: Vec<_> = [&right, &wrong]
        .iter()
        .zip(1..)
        .map(|(signature, number)| {
            let mut table = HandMadeTable::new(&campaign, number, 1);
            table.append(signature);
            table.whole()
        })
        .collect();
    for order in [[0, 1], [1, 0]] {
        let (_folder, mut desk) = campaign.desk();
        order.iter().for_each(|table| drop(merge(&mut desk, &tables[*table])));
        let rows = desk.ledger("", 0, 9).unwrap().rows;
        let row = |id| rows.iter().find(|row| row.signature == id).unwrap();
        assert_eq!(row(right.id).standing, Standing::Counted);
        assert_eq!(row(wrong.id).standing, Standing::Duplicate { of: right.id });
        assert!(row(wrong.id).is_time_doubtful && !row(right.id).is_time_doubtful);
    }
}

#[test]
fn the_label_of_a_table_is_that_of_its_earliest_admission() {
    let campaign = campaign();
    let mut early = HandMadeTable::labelled(&campaign, 1, 1, "Early", NOW);
    let mut late = HandMadeTable::labelled(&campaign, 1, 1, "Late", NOW + 60);
    early.append(&campaign.signature(1, 0, "Ada", None));
    late.envelopes = early.envelopes.clone();
    for order in [[&early, &late], [&late, &early]] {
        let (_folder, mut desk) = campaign.desk();
        for table in order {
            merge(&mut desk, &table.whole());
        }
        assert_eq!(desk.tables().unwrap()[0].label, "Early");
        assert!(desk.verify().unwrap()[0].is_whole());
    }
}

#[test]
fn the_tally_tells_what_is_deliverable_and_grows_by_one() {
    let campaign = campaign();
    let (folder, mut desk) = campaign.desk();
    let mut table = table_of(&campaign, 3);
    table.append(&campaign.signature(40, 0, "Person 1", Some("person1@x.org")));
    merge(&mut desk, &table.whole());
    let root = SigningKey::root(&campaign.keys.root);
    let read =
        |note: &str| Signed::<Tally>::verify_root(note, table.origin.campaign, root.verifier()).unwrap().body;
    let tally = read(&desk.tally(NOW).unwrap());
    assert_eq!(tally.seq, 1);
    let count =
        |petition: Uuid| tally.petitions.iter().find(|count| count.petition == petition).unwrap().count;
    assert_eq!((count(campaign.petitions[0]), count(campaign.petitions[1])), (3, 0));
    assert_eq!(
        (tally.logs[0].table, tally.logs[0].generation, tally.logs[0].size),
        (table.origin.table, 1, 4)
    );
    let root = data_encoding::BASE64.encode(&desk.verify().unwrap()[0].root.0);
    assert_eq!(tally.logs[0].root.as_ref(), Some(&root), "its table knows by this that its own log is meant");
    drop(desk);
    let mut desk = Desk::open(folder.path(), campaign.keys).unwrap();
    assert_eq!(read(&desk.tally(NOW).unwrap()).seq, 2);
}

#[test]
fn a_known_table_can_be_confirmed_and_no_other() {
    let campaign = campaign();
    let (_folder, mut desk) = campaign.desk();
    let table = table_of(&campaign, 1);
    merge(&mut desk, &table.whole());
    let root = SigningKey::root(&campaign.keys.root);
    let note = desk.confirm_table(table.origin.table, 1, None, NOW).unwrap();
    let signed = Signed::<Confirmation>::verify_root(&note, table.origin.campaign, root.verifier()).unwrap();
    assert_eq!((signed.body.table, signed.body.generation), (table.origin.table, 1));
    assert_eq!(
        desk.confirm_table(table.origin.table, 2, None, NOW).err().unwrap().code(),
        "desk/unknown-table"
    );
}
