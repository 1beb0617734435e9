//! A stick that is full, is pulled while it is written, or lies about what it wrote.

use std::{fs, path::Path};

use serde_json::{Value, json};
use system_tests::{Campaign, CommandLine, Ended, FaultyDisk, PASSPHRASE};

use crate::all;

const SIGNED: usize = 3;

/// The names of the batch files on a stick.
fn batches(stick: &Path) -> Vec<String> {
    let names = fs::read_dir(stick).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.ends_with(".batch")).collect()
}

/// The code that a program ended with; none where it did what was asked.
fn code(ended: &Ended) -> Option<String> {
    if ended.code == Some(0) {
        return None;
    }
    let error: Value = serde_json::from_str(ended.error.lines().last().unwrap_or_default())
        .unwrap_or_else(|_| panic!("refused without words: {}", ended.error));
    Some(error["error"].as_str().unwrap().to_owned())
}

#[test]
fn a_stick_that_fails_at_any_write_is_told_as_one_and_another_one_takes_everything() {
    let folder = tempfile::tempdir().unwrap();
    let campaign = Campaign::new(folder.path(), None).unwrap();
    let table = campaign.table("table").unwrap();
    let drafts: String = (0..SIGNED).map(|number| campaign.draft(number) + "\n").collect();
    table.run_with_input(&["table", "sign"], &drafts).unwrap();
    let disk = FaultyDisk::new().unwrap();
    let carry = |stick: &Path, faults: &[(&str, String)]| {
        fs::create_dir_all(stick).unwrap();
        let table = CommandLine::with_passphrase(&folder.path().join("table"), PASSPHRASE).unwrap();
        let table = table.with_environment(disk.environment(stick, faults).unwrap());
        table.end(&["table", "carry", stick.to_str().unwrap()], "").unwrap()
    };
    let whole = folder.path().join("whole");
    assert_eq!(code(&carry(&whole, &[])), None);
    let calls = disk.count_calls().unwrap();
    assert!(calls > 2, "{calls}");
    let mut told = Vec::new();
    for (fault, expect) in [("ENOSPC", "table/disk-full"), ("EIO", "table/file"), ("LIE", "table/read-back")]
    {
        for first in (1..=calls).step_by(if all() { 1 } else { 2 }) {
            let stick = folder.path().join(format!("{fault}-{first}"));
            let ended = carry(
                &stick,
                &[
                    ("FAULTY_FROM", first.to_string()),
                    ("FAULTY_CALLS", "1000000".to_owned()),
                    ("FAULTY_ERROR", fault.to_owned()),
                ],
            );
            if let Some(code) = code(&ended) {
                assert_eq!(code, expect, "{fault} at {first}: {}", ended.error);
                assert_eq!(
                    batches(&stick),
                    [""; 0],
                    "what is not whole passes for a batch: {fault} at {first}"
                );
                told.push(fault);
            } else {
                assert_eq!(batches(&stick), batches(&whole), "{fault} at {first}");
            }
            // It is put in again, and is well.
            assert_eq!(code(&carry(&stick, &[])), None, "{fault} at {first}");
            let name = &batches(&whole)[0];
            assert!(fs::read(stick.join(name)).unwrap() == fs::read(whole.join(name)).unwrap());
        }
    }
    for fault in ["ENOSPC", "EIO", "LIE"] {
        assert!(told.contains(&fault), "{fault} was never told");
    }
    let file = whole.join(&batches(&whole)[0]);
    campaign.desk.run(&["desk", "merge", file.to_str().unwrap()]).unwrap();
    assert_eq!(campaign.desk.run(&["desk", "count"]).unwrap()[0]["collected"], json!(SIGNED));
}
