//! Merging batch files: what cannot be read is refused by name, without being read, and stops no other.

use std::{
    fs::{self, File},
    path::PathBuf,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::hand_made::{GO_ON, HandMadeCampaign, HandMadeTable, NOW, refusal, taken};
use desk::{Desk, Merged};

fn table_of(campaign: &HandMadeCampaign, signatures: u128) -> HandMadeTable {
    let mut table = HandMadeTable::new(campaign, 1, 1);
    for number in 0..signatures {
        table.append(&campaign.signature(number, 0, &format!("Person {number}"), None));
    }
    table
}

#[test]
fn one_file_that_cannot_be_read_or_is_too_large_stops_no_other() {
    let campaign = HandMadeCampaign::new(61);
    let (_folder, desk) = campaign.desk();
    let table = table_of(&campaign, 4);
    let stick = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| {
        let path = stick.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let huge = stick.path().join("huge.batch");
    // Two gigabytes that take no room on the disk: who reads them needs the memory.
    File::create(&huge).unwrap().set_len(2 << 30).unwrap();
    let folder = stick.path().join("folder.batch");
    fs::create_dir(&folder).unwrap();
    let paths: Vec<PathBuf> = vec![
        stick.path().join("gone.batch"),
        huge,
        folder,
        put("empty.batch", b""),
        put("short.batch", &table.whole()[..200]),
        put("good.batch", &table.whole()),
    ];
    let mut heard = Vec::new();
    let desk = Mutex::new(desk);
    let report = Desk::merge_files(&desk, &paths, NOW, &GO_ON, |name, _| heard.push(name.to_owned()));
    assert!(report.ended_early.is_none());
    let names: Vec<_> = report.merged.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(names, heard);
    let refused: Vec<_> = report.merged[..5].iter().map(|(_, merged)| refusal(merged)).collect();
    let codes = ["io/cannot-read", "batch/too-large", "batch/no-file", "batch/truncated", "batch/truncated"];
    assert_eq!(refused, codes);
    assert_eq!(taken(&report.merged[5].1), (4, 0, 4, 0));
}

#[test]
fn once_it_is_stopped_no_further_file_is_tried_and_what_was_merged_is_kept() {
    let campaign = HandMadeCampaign::new(66);
    let (_folder, desk) = campaign.desk();
    let table = table_of(&campaign, 4);
    let stick = tempfile::tempdir().unwrap();
    let paths: Vec<PathBuf> = (0..4)
        .map(|from| {
            let path = stick.path().join(format!("{from}.batch"));
            fs::write(&path, table.batch(from, from + 1)).unwrap();
            path
        })
        .collect();
    let (desk, stop) = (Mutex::new(desk), AtomicBool::new(false));
    let report = Desk::merge_files(&desk, &paths, NOW, &stop, |name, _| {
        stop.store(name == "1.batch", Ordering::Relaxed);
    });
    assert_eq!(report.ended_early.map(|error| error.code()), Some("desk/cancelled"));
    assert_eq!((report.merged.len(), report.not_tried), (2, 2));
    assert_eq!(desk.lock().unwrap().count(None).unwrap().collected, 2);
}

#[test]
fn a_thousand_files_in_the_wrong_order_are_one_log() {
    let campaign = HandMadeCampaign::new(62);
    let (_folder, desk) = campaign.desk();
    let table = table_of(&campaign, 3);
    let stick = tempfile::tempdir().unwrap();
    let mut paths = Vec::new();
    for number in 0..1000 {
        // The last first; each of the three any number of times.
        let from = 2 - (number * 3 / 1000);
        let path = stick.path().join(format!("{number:04}.batch"));
        fs::write(&path, table.batch(from, from + 1)).unwrap();
        paths.push(path);
    }
    let desk = Mutex::new(desk);
    let report = Desk::merge_files(&desk, &paths, NOW, &GO_ON, |_, _| {});
    assert_eq!(report.merged.len(), 1000);
    // What waited on the way waits no more in the end, and is told as that.
    assert!(report.merged.iter().all(|(_, merged)| matches!(merged, Merged::Taken { .. })));
    let new: u64 = report.merged.iter().map(|(_, merged)| taken(merged).0).sum();
    assert_eq!((new, desk.lock().unwrap().count(None).unwrap().collected), (3, 3));
}

#[test]
fn what_still_waits_in_the_end_is_told_as_waiting() {
    let campaign = HandMadeCampaign::new(63);
    let (_folder, desk) = campaign.desk();
    let table = table_of(&campaign, 5);
    let stick = tempfile::tempdir().unwrap();
    let paths = [(2, 3), (4, 5), (0, 2)].map(|(from, to)| {
        let path = stick.path().join(format!("{from}.batch"));
        fs::write(&path, table.batch(from, to)).unwrap();
        path
    });
    let report = Desk::merge_files(&Mutex::new(desk), &paths, NOW, &GO_ON, |_, _| {});
    let waits: Vec<_> =
        report.merged.iter().map(|(_, merged)| matches!(merged, Merged::Waiting { .. })).collect();
    assert_eq!(waits, [false, true, false]);
}
