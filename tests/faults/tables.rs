//! A table whose disk or clock is not as it should be.

use std::{ffi::OsString, fs, io::Write, path::Path};

use memchr::memmem;
use serde_json::{Value, json};
use system_tests::{Campaign, CommandLine, Ended, Endpoint, FaultyDisk, PASSPHRASE, WrongClock, path};
use tempfile::TempDir;
use uuid::Uuid;

use crate::all;

/// A part of each signer's name that is in no other file of a computer.
const CANARY: &str = "Zqxjvane";
const YEAR: i64 = 365 * 86_400;

/// A sheet, and the two people on it.
const SHEET: [&str; 6] = ["table", "enter-sheet", "--number", "7", "--total", "2"];
const PAPER: &str = "{\"full_name\":\"Ada Byron\"}\n{\"full_name\":\"Amina Yusuf\"}\n";

/// A computer with one table, whose programs meet faults.
struct Faulty {
    folder: TempDir,
    campaign: Campaign,
    table: CommandLine<'static>,
    disk: FaultyDisk,
}

impl Faulty {
    /// With the table set up, and a shift running.
    fn new() -> Self {
        let faulty = Self::without_table();
        faulty.campaign.table("table").unwrap();
        faulty
    }

    fn without_table() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let campaign = Campaign::new(folder.path(), None).unwrap();
        let table = CommandLine::with_passphrase(&folder.path().join("table"), PASSPHRASE).unwrap();
        ["table", "temporary"].iter().for_each(|name| fs::create_dir(folder.path().join(name)).unwrap());
        Self { folder, campaign, table, disk: FaultyDisk::new().unwrap() }
    }

    /// The table, by programs that are started so.
    fn with(&self, environment: Vec<(String, OsString)>) -> CommandLine<'static> {
        let temporary = ("TMPDIR".to_owned(), self.folder.path().join("temporary").into_os_string());
        self.table.with_environment([environment, vec![temporary]].concat())
    }

    /// The table, on a disk with these faults.
    fn on_disk(&self, faults: &[(&str, String)]) -> CommandLine<'static> {
        self.with(self.disk.environment(&self.folder.path().join("table"), faults).unwrap())
    }

    /// The table, on a disk that from a call on is full (ENOSPC), or at that call the program is killed (KILL).
    fn failing_at(&self, first: usize, fault: &str) -> CommandLine<'static> {
        self.on_disk(&[
            ("FAULTY_FROM", first.to_string()),
            ("FAULTY_CALLS", "1000000".to_owned()),
            ("FAULTY_ERROR", fault.to_owned()),
        ])
    }

    fn draft(&self, id: Uuid) -> String {
        self.campaign.draft_of(&json!({ "id": id, "full_name": format!("Canaria {CANARY}") })) + "\n"
    }

    fn saved(&self) -> u64 {
        self.table.run(&["table", "status"]).unwrap()[0]["saved"].as_u64().unwrap()
    }

    /// Nothing that a person typed is in a file of the table, or in a temporary one.
    fn check_canary(&self) {
        let places = ["table", "temporary"].map(|name| self.folder.path().join(name));
        let found: Vec<_> = places.iter().flat_map(|place| files_with(place, CANARY)).collect();
        assert!(found.is_empty(), "what was typed is in {found:?}");
    }
}

fn files_with(folder: &Path, what: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_with(&path, what));
        } else if memmem::find(&fs::read(&path).unwrap(), what.as_bytes()).is_some() {
            found.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    found
}

/// Calls from which on the disk is full, or at which the program is killed: each, or some.
fn moments(calls: usize) -> Vec<(usize, &'static str)> {
    let some = (1..=calls).step_by(if all() { 1 } else { calls.div_ceil(5) });
    some.flat_map(|first| [(first, "ENOSPC"), (first, "KILL")]).collect()
}

/// The code of the refusal that a program ended with.
fn refusal(ended: &Ended) -> String {
    assert_ne!(ended.code, Some(0));
    let error: Value = serde_json::from_str(ended.error.lines().last().unwrap_or_default())
        .unwrap_or_else(|_| panic!("refused without words: {}", ended.error));
    assert!(!ended.error.contains(CANARY) && !error["detail"].as_str().unwrap().is_empty());
    error["error"].as_str().unwrap().to_owned()
}

#[test]
fn a_clock_that_is_a_year_off_is_told_before_the_first_signature_and_what_is_signed_is_sealed() {
    let (faulty, clock) = (Faulty::new(), WrongClock::new().unwrap());
    for (off, expect) in [(-YEAR, "clock_behind"), (YEAR, "expired"), (0, "good")] {
        let table = faulty.with(clock.environment(off));
        table.run(&["table", "end-shift"]).unwrap();
        let started = table.run(&["table", "start-shift", "--place", "Market"]).unwrap();
        assert_eq!(started[0]["kit_time"], json!(expect));
        assert_eq!(table.run(&["table", "status"]).unwrap()[0]["kit_time"], json!(expect));
        let signed = table.run_with_input(&["table", "sign"], &faulty.draft(Uuid::new_v4())).unwrap();
        assert!(signed[0]["saved"].is_string());
    }
    faulty.check_canary();
    let stick = faulty.folder.path().join("stick");
    fs::create_dir(&stick).unwrap();
    faulty.table.run(&["table", "carry", stick.to_str().unwrap()]).unwrap();
    assert!(files_with(&stick, CANARY).is_empty());
    let file = fs::read_dir(&stick).unwrap().next().unwrap().unwrap().path();
    faulty.campaign.desk.run(&["desk", "merge", file.to_str().unwrap()]).unwrap();
    let csv = String::from_utf8(faulty.campaign.csv(&faulty.campaign.desk).unwrap()).unwrap();
    assert_eq!(csv.matches(CANARY).count(), 3, "the desk opens all three");
}

#[test]
fn a_table_file_that_is_read_only_refuses_in_words() {
    let faulty = Faulty::new();
    let file = faulty.folder.path().canonicalize().unwrap().join("table/table/table.db");
    assert!(file.is_file());
    let table = faulty.on_disk(&[("FAULTY_READ_ONLY", file.to_str().unwrap().to_owned())]);
    let refused = table.end(&["table", "sign"], &faulty.draft(Uuid::new_v4())).unwrap();
    assert_eq!(refusal(&refused), "table/read-only");
    assert!(refused.answers.is_empty());
    faulty.check_canary();
    assert_eq!(faulty.saved(), 0);
}

#[test]
fn a_table_file_that_is_read_only_is_told_by_paper_and_sending_too_and_what_is_there_can_be_carried_away() {
    let folder = tempfile::tempdir().unwrap();
    let endpoint = Endpoint::start(&folder.path().join("endpoint")).unwrap();
    let campaign = Campaign::new(folder.path(), Some(&endpoint.url())).unwrap();
    let table = campaign.table("table").unwrap();
    table.run_with_input(&["table", "sign"], &(campaign.draft(0) + "\n")).unwrap();
    let (stick, disk) = (folder.path().join("stick"), FaultyDisk::new().unwrap());
    fs::create_dir(&stick).unwrap();
    let file = folder.path().canonicalize().unwrap().join("table/table/table.db");
    let faults = [("FAULTY_READ_ONLY", file.to_str().unwrap().to_owned())];
    let read_only = table.with_environment(disk.environment(&folder.path().join("table"), &faults).unwrap());
    let stick = stick.to_str().unwrap();
    for arguments in [&SHEET[..], &["table", "send"]] {
        let ended = read_only.end(arguments, PAPER).unwrap();
        assert_eq!(refusal(&ended), "table/read-only", "{arguments:?}");
        let status = table.run(&["table", "status"]).unwrap();
        assert_eq!((&status[0]["saved"], &status[0]["waiting"]), (&json!(1), &json!(1)), "{arguments:?}");
    }
    // What is there can be carried away all the same.
    let carried = read_only.run(&["table", "carry", stick]).unwrap();
    let file = folder.path().join("stick").join(carried[0]["files"][0].as_str().unwrap());
    campaign.desk.run(&["desk", "merge", file.to_str().unwrap()]).unwrap();
    assert_eq!(campaign.desk.run(&["desk", "count"]).unwrap()[0]["collected"], json!(1));
    // It can be written again, and everything goes on.
    table.run_with_input(&SHEET, PAPER).unwrap();
    table.run(&["table", "send"]).unwrap();
    campaign.desk.run(&["desk", "pull"]).unwrap();
    assert_eq!(campaign.desk.run(&["desk", "count"]).unwrap()[0]["collected"], json!(3));
}

#[test]
fn paper_and_sending_with_a_clock_that_is_a_year_off_reach_the_endpoint() {
    let folder = tempfile::tempdir().unwrap();
    let endpoint = Endpoint::start(&folder.path().join("endpoint")).unwrap();
    let campaign = Campaign::new(folder.path(), Some(&endpoint.url())).unwrap();
    let clock = WrongClock::new().unwrap();
    for (turn, off) in [-YEAR, YEAR].into_iter().enumerate() {
        let right = campaign.table(&format!("table-{turn}")).unwrap();
        let table = right.with_environment(clock.environment(off));
        table.run_with_input(&["table", "sign"], &(campaign.draft(turn) + "\n")).unwrap();
        table.run_with_input(&SHEET, PAPER).unwrap();
        table.run(&["table", "send"]).unwrap();
        let status = right.run(&["table", "status"]).unwrap();
        assert_eq!((&status[0]["saved"], &status[0]["waiting"]), (&json!(3), &json!(0)), "{off}");
    }
    campaign.desk.run(&["desk", "pull"]).unwrap();
    let count = campaign.desk.run(&["desk", "count"]).unwrap();
    assert_eq!((&count[0]["collected"], &count[0]["set_aside"]), (&json!(6), &json!(0)), "{count:?}");
}

#[test]
fn a_table_stopped_at_any_write_saves_or_refuses_in_words_and_asking_again_counts_once() {
    let faulty = Faulty::new();
    faulty.on_disk(&[]).run_with_input(&["table", "sign"], &faulty.draft(Uuid::new_v4())).unwrap();
    let calls = faulty.disk.count_calls().unwrap();
    assert!(calls > 3, "{calls}");
    let (mut signed, mut refused) = (1, 0);
    for (first, fault) in moments(calls) {
        let table = faulty.failing_at(first, fault);
        let draft = faulty.draft(Uuid::new_v4());
        let ended = table.end(&["table", "sign"], &draft).unwrap();
        faulty.check_canary();
        let told = ended.answers.first().cloned();
        if told.is_none() && fault == "ENOSPC" {
            refused += 1;
            let code = refusal(&ended);
            assert!(
                ["table/disk-full", "table/disk"].contains(&code.as_str()),
                "{code} at call {first} of {calls}"
            );
        }
        // With room again: what was told is true, and the code is the one that was told.
        let again = faulty.table.run_with_input(&["table", "sign"], &draft).unwrap();
        assert!(told.is_none_or(|told| told == again[0]));
        signed += 1;
        assert_eq!(faulty.saved(), signed);
    }
    assert!(refused > 0);
}

#[test]
fn a_table_killed_in_the_middle_of_twenty_signings_has_no_name_in_any_file() {
    let faulty = Faulty::new();
    let mut process = faulty.on_disk(&[]).start(&["table", "sign"]).unwrap();
    let mut input = process.take_input().unwrap();
    let drafts: String = (0..20).map(|_| faulty.draft(Uuid::new_v4())).collect();
    input.write_all(drafts.as_bytes()).unwrap();
    // Some are saved, and one is on its way.
    let mut first = std::io::BufReader::new(process.take_output().unwrap());
    std::io::BufRead::read_line(&mut first, &mut String::new()).unwrap();
    process.kill().unwrap();
    faulty.check_canary();
    assert!((1..=20).contains(&faulty.saved()));
    faulty.check_canary();
}

#[test]
fn a_set_up_that_is_stopped_at_any_write_is_whole_or_can_be_done_again() {
    let faulty = Faulty::without_table();
    let profile = faulty.folder.path().join("table");
    let kit = path(faulty.folder.path(), "saturday.kit").unwrap();
    let pin = path(faulty.folder.path(), "pin").unwrap();
    fs::write(&pin, "246813").unwrap();
    let open = ["table", "open-kit", &kit, "--pin-file", &pin];
    faulty.on_disk(&[]).run(&open).unwrap();
    let calls = faulty.disk.count_calls().unwrap();
    let mut stopped = 0;
    for (first, fault) in moments(calls) {
        fs::remove_dir_all(&profile).unwrap();
        fs::create_dir(&profile).unwrap();
        let table = faulty.failing_at(first, fault);
        let ended = table.end(&open, "").unwrap();
        if ended.code != Some(0) {
            stopped += 1;
            if ended.code.is_some() {
                refusal(&ended);
            }
            let again = faulty.table.end(&open, "").unwrap();
            let is_there = again.code != Some(0) && refusal(&again) == "table/exists";
            assert!(is_there || again.code == Some(0), "at call {first} of {calls}: {}", again.error);
        }
        let status = faulty.table.run(&["table", "status"]).unwrap();
        assert_eq!(
            (&status[0]["saved"], &status[0]["pin"]),
            (&json!(0), &json!(true)),
            "{fault} at call {first}"
        );
    }
    assert!(stopped > 0);
}
