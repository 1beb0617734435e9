//! Restored and cloned computers: every branch is kept and opened, in any order of merging.

use crate::hand_made::{HandMadeCampaign, HandMadeTable, NOW, csv, merge, taken};
use desk::{BranchRow, Desk, Merged, Proof};
use proof::SigningKey;
use tempfile::TempDir;
use wire::{Signed, Tally};

fn campaign() -> HandMadeCampaign {
    HandMadeCampaign::new(13)
}

fn table_of(campaign: &HandMadeCampaign, signatures: u128) -> HandMadeTable {
    let mut table = HandMadeTable::new(campaign, 1, 1);
    for number in 0..signatures {
        let email = format!("person{number}@x.org");
        table.append(&campaign.signature(number, 0, &format!("Person {number}"), Some(&email)));
    }
    table
}

/// A copy of a table that went on by itself.
fn copy_of(campaign: &HandMadeCampaign, table: &HandMadeTable, entries: usize, own: u128) -> HandMadeTable {
    let mut copy = table.cloned(entries);
    for number in 0..own {
        copy.append(&campaign.signature(50 + number, 0, &format!("Copied {number}"), None));
    }
    copy
}

fn branches(desk: &Desk) -> Vec<(u64, u64, u64)> {
    let row = desk.tables().unwrap().remove(0);
    row.branches.iter().map(|branch| (branch.since, branch.own, branch.size)).collect()
}

#[test]
fn a_cloned_computers_signatures_are_in_the_ledger_beside_the_others() {
    let campaign = campaign();
    let (_folder, mut desk) = campaign.desk();
    let table = table_of(&campaign, 4);
    let copy = copy_of(&campaign, &table, 2, 3);
    merge(&mut desk, &table.whole());
    assert_eq!(taken(&merge(&mut desk, &copy.batch(0, 4))), (2, 2, 2, 0));
    assert_eq!(taken(&merge(&mut desk, &copy.batch(3, 5))), (1, 1, 1, 0));
    assert_eq!(taken(&merge(&mut desk, &copy.batch(5, 5))), (0, 0, 0, 0));
    assert_eq!(taken(&merge(&mut desk, &copy.batch(0, 2))), (0, 2, 0, 0));
    let count = desk.count(None).unwrap();
    assert_eq!((count.collected, count.resent, count.set_aside), (7, 0, 0));
    assert!(csv(&desk).contains("Copied 2"));
    let row = &desk.tables().unwrap()[0];
    assert_eq!(row.root, None, "it signed two");
    assert_eq!((row.proof, row.size, row.opened, row.missing), (Proof::Forked, 7, 7, 0));
    assert_eq!(branches(&desk).iter().filter(|branch| **branch == (2, 2, 4)).count(), 1);
    assert_eq!(branches(&desk).iter().filter(|branch| **branch == (2, 3, 5)).count(), 1);
    let logs = desk.verify().unwrap();
    assert_eq!(logs.len(), 2);
    assert!(logs.iter().all(|log| log.forked && log.is_proven() && !log.is_whole() && log.shared == 2));
    assert_ne!(logs[0].branch, logs[1].branch);
}

#[test]
fn both_branches_say_since_when_and_by_what_is_in_them_who_they_are() {
    let campaign = campaign();
    let table = table_of(&campaign, 4);
    let copy = copy_of(&campaign, &table, 2, 3);
    let tables = [[&table, &copy], [&copy, &table]].map(|order| {
        let (_folder, mut desk) = campaign.desk();
        for table in order {
            merge(&mut desk, &table.whole());
        }
        desk.tables().unwrap()
    });
    assert_eq!(tables[0], tables[1]);
    let codes = [&table, &copy].map(|table| {
        let leaf = proof::leaf_hash(&table.envelopes[2]);
        data_encoding::HEXLOWER.encode(&leaf.0[..4])
    });
    for branch in &tables[0][0].branches {
        assert!(codes.contains(&branch.branch));
        let BranchRow { since, since_time, set_aside, .. } = branch;
        assert_eq!((*since, since_time.is_some(), *set_aside), (2, true, 0));
    }
}

#[test]
fn a_batch_of_a_branch_waits_for_its_own_predecessor_and_for_no_other() {
    let campaign = campaign();
    let (_folder, mut desk) = campaign.desk();
    let table = table_of(&campaign, 6);
    let copy = copy_of(&campaign, &table, 1, 4);
    merge(&mut desk, &table.batch(0, 6));
    // As many entries are here, and they are of the other branch.
    let waits = merge(&mut desk, &copy.batch(4, 5));
    assert_eq!(waits, Merged::Waiting { origin: table.origin, from: 0, to: 4 });
    let row = &desk.tables().unwrap()[0];
    assert_eq!((row.proof, row.waiting, row.missing), (Proof::Forked, 1, 4));
    assert!(matches!(merge(&mut desk, &copy.batch(2, 4)), Merged::Waiting { .. }));
    let row = &desk.tables().unwrap()[0];
    assert_eq!((row.waiting, row.missing), (3, 2));
    assert_eq!(taken(&merge(&mut desk, &copy.batch(0, 2))), (4, 1, 4, 0));
    let row = &desk.tables().unwrap()[0];
    assert_eq!((row.waiting, row.missing, row.opened), (0, 0, 10));
}

#[test]
fn a_fork_of_a_fork_and_one_at_the_first_entry_are_branches_of_their_own() {
    let campaign = campaign();
    let table = table_of(&campaign, 5);
    let copy = copy_of(&campaign, &table, 3, 3);
    let mut third = copy.cloned(4);
    third.append(&campaign.signature(70, 1, "Third", None));
    let mut other = table.cloned(0);
    other.append(&campaign.signature(80, 1, "Other", None));
    let all = [&table, &copy, &third, &other];
    let mut ledgers = Vec::new();
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] {
        let (_folder, mut desk) = campaign.desk();
        for place in order {
            merge(&mut desk, &all[place].whole());
        }
        let logs = desk.verify().unwrap();
        assert_eq!(logs.len(), 4);
        assert!(logs.iter().all(|log| log.is_proven()));
        assert_eq!(desk.count(None).unwrap().collected, 5 + 3 + 1 + 1);
        let found: Vec<_> = logs.iter().map(|log| (log.branch.clone(), log.root, log.size)).collect();
        ledgers.push((csv(&desk), desk.tables().unwrap(), found));
    }
    assert!(ledgers.iter().all(|ledger| *ledger == ledgers[0]));
    let mut since: Vec<_> =
        ledgers[0].1[0].branches.iter().map(|branch| (branch.since, branch.own)).collect();
    since.sort_unstable();
    assert_eq!(since, [(0, 1), (3, 2), (4, 1), (4, 2)]);
}

#[test]
fn two_devices_that_claim_one_table_and_generation_have_a_log_each() {
    let campaign = campaign();
    let table = table_of(&campaign, 2);
    let mut stranger = HandMadeTable::new(&campaign, 1, 1);
    stranger.take_another_device(&campaign, "Stranger");
    // One signature is in both.
    stranger.append(&campaign.signature(1, 0, "Person 1", Some("person1@x.org")));
    stranger.append(&campaign.signature(60, 0, "Strange", None));
    let mut ledgers = Vec::new();
    for order in [[&table, &stranger], [&stranger, &table]] {
        let (_folder, mut desk) = campaign.desk();
        for table in order {
            merge(&mut desk, &table.whole());
        }
        let count = desk.count(None).unwrap();
        assert_eq!((count.collected, count.resent), (3, 1));
        ledgers.push((csv(&desk), desk.tables().unwrap()));
    }
    assert_eq!(ledgers[0], ledgers[1]);
    let shown: Vec<_> = ledgers[0].1.iter().map(|row| (row.label.as_str(), row.opened, row.proof)).collect();
    assert!(
        shown.contains(&("Table 1", 2, Proof::Forked)) && shown.contains(&("Stranger", 2, Proof::Forked))
    );
    // What is before a device's batch is looked for in its own log.
    let (_folder, mut desk) = campaign.desk();
    merge(&mut desk, &table.whole());
    assert!(matches!(merge(&mut desk, &stranger.batch(1, 2)), Merged::Waiting { from: 0, to: 1, .. }));
}

#[test]
fn the_tally_names_the_longest_branch_by_its_root_whatever_came_first() {
    let campaign = campaign();
    let table = table_of(&campaign, 5);
    let copy = copy_of(&campaign, &table, 3, 4);
    for order in [[&table, &copy], [&copy, &table]] {
        let (_folder, mut desk) = campaign.desk();
        order.into_iter().for_each(|table| drop(merge(&mut desk, &table.whole())));
        let note = desk.tally(NOW).unwrap();
        let root = SigningKey::root(&campaign.keys.root);
        let tally = Signed::<Tally>::verify_root(&note, table.origin.campaign, root.verifier()).unwrap().body;
        let longest = desk.verify().unwrap().into_iter().max_by_key(|log| log.size).unwrap();
        let said = &tally.logs[0];
        assert_eq!((tally.logs.len(), said.size, longest.size), (1, 7, 7));
        assert_eq!(said.root, Some(data_encoding::BASE64.encode(&longest.root.0)));
    }
}

#[test]
fn branches_go_on_after_the_desk_was_closed() {
    let campaign = campaign();
    let (folder, mut desk): (TempDir, _) = campaign.desk();
    let table = table_of(&campaign, 4);
    let copy = copy_of(&campaign, &table, 2, 3);
    for batch in [table.batch(0, 3), copy.batch(4, 5), copy.batch(0, 3)] {
        merge(&mut desk, &batch);
    }
    drop(desk);
    let mut desk = Desk::open(folder.path(), campaign.keys).unwrap();
    assert_eq!(taken(&merge(&mut desk, &copy.batch(3, 4))), (2, 0, 2, 0));
    assert_eq!(taken(&merge(&mut desk, &table.batch(3, 4))), (1, 0, 1, 0));
    assert_eq!(desk.count(None).unwrap().collected, 7);
}
