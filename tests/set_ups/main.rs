//! Every set-up, a paper sheet, a stick, room that is made and what is sent, with the disk full at a write, and killed in the middle of one: it can be gone on
//! with or done again, and nothing half-made is shown as made.
//!
//! `UNDERSIGNED_FAULTS=all` fills the disk at every single write, and `UNDERSIGNED_KILLS` says how many kills of each;
//! `cargo xtask torture` does both at length.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "tests that say what they went through")]

mod kinds;
mod room;
mod sending;

use std::{env, ffi::OsString, fs, path::Path};

use kinds::{Kind, World};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::Value;
use system_tests::{Ended, FaultyDisk};

#[test]
fn a_table() {
    try_all(&kinds::TABLE);
}

#[test]
fn a_campaign() {
    try_all(&kinds::CAMPAIGN);
}

#[test]
fn a_campaign_that_is_brought_back() {
    try_all(&kinds::RESTORED);
}

#[test]
fn a_kit() {
    try_all(&kinds::KIT);
}

#[test]
fn a_paper_sheet() {
    try_all(&kinds::SHEET);
}

#[test]
fn a_stick() {
    try_all(&kinds::STICK);
}

#[test]
fn room_that_is_made() {
    try_all(&room::ROOM);
}

#[test]
fn what_is_sent() {
    try_all(&sending::SENDING);
}

fn try_all(kind: &Kind) {
    let (world, disk) = (World::new(), FaultyDisk::new().unwrap());
    let calls = count_calls(kind, &world, &disk);
    let stride = if env::var("UNDERSIGNED_FAULTS").is_ok_and(|which| which == "all") { 1 } else { calls / 4 };
    let mut full = 0;
    for first in (1..=calls).step_by(stride) {
        // Everything from this write on fails, until somebody makes room.
        let faults = [("FAULTY_FROM", first.to_string()), ("FAULTY_CALLS", "1000000".to_owned())];
        full += usize::from(try_once(kind, &world, &disk, &[&faults[..], &[error("ENOSPC")]].concat()));
    }
    let seed: u64 =
        env::var("UNDERSIGNED_SEED").ok().map_or_else(|| rand::rng().random(), |seed| seed.parse().unwrap());
    println!("UNDERSIGNED_SEED={seed}");
    let mut rng = StdRng::seed_from_u64(seed);
    let kills = env::var("UNDERSIGNED_KILLS").ok().map_or(4, |count| count.parse().unwrap());
    let mut killed = 0;
    for _ in 0..kills {
        let at = ("FAULTY_FROM", rng.random_range(1..=calls).to_string());
        killed += usize::from(try_once(kind, &world, &disk, &[at, error("KILL")]));
    }
    println!(
        "{}: {calls} writes; the disk full at {full}, killed at {killed}, done in the end each time",
        kind.name
    );
    assert!(full > 0 && killed > 0, "nothing ever failed");
}

fn error(name: &str) -> (&'static str, String) {
    ("FAULTY_ERROR", name.to_owned())
}

fn count_calls(kind: &Kind, world: &World, disk: &FaultyDisk) -> usize {
    let turn = tempfile::tempdir().unwrap();
    (kind.prepare)(world, turn.path());
    let ended = run(kind, world, turn.path(), disk.environment(turn.path(), &[]).unwrap());
    assert_eq!(ended.code, Some(0), "{}", ended.error);
    disk.count_calls().unwrap()
}

/// Whether it failed the first time.
fn try_once(kind: &Kind, world: &World, disk: &FaultyDisk, faults: &[(&str, String)]) -> bool {
    let turn = tempfile::tempdir().unwrap();
    (kind.prepare)(world, turn.path());
    let first = run(kind, world, turn.path(), disk.environment(turn.path(), faults).unwrap());
    let said = || format!("{faults:?}: {:?} {}", first.code, first.error);
    // A fault that it says in words, and no other.
    let known = ["/disk-full", "/disk", "-full"].iter().any(|end| code(&first).ends_with(end));
    assert!(first.code != Some(1) || known, "{}", said());
    let shown = (kind.is_shown)(world, turn.path());
    assert!(shown || first.code != Some(0), "said to be made, and is not there: {}", said());
    let again = run(kind, world, turn.path(), Vec::new());
    let is_there = shown && kind.exists.is_some_and(|exists| code(&again) == exists);
    assert!(again.code == Some(0) || is_there, "{}; then {:?} {}", said(), again.code, again.error);
    (kind.check_works)(world, turn.path());
    first.code != Some(0)
}

fn run(kind: &Kind, world: &World, turn: &Path, environment: Vec<(String, OsString)>) -> Ended {
    let (command_line, arguments) = (kind.command)(world, turn);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    command_line.with_environment(environment).end(&arguments, kind.input).unwrap()
}

/// The stable code of what it failed with.
fn code(ended: &Ended) -> String {
    let last = ended.error.lines().last().unwrap_or_default();
    let value: Value = serde_json::from_str(last).unwrap_or_default();
    value["error"].as_str().unwrap_or_default().to_owned()
}

/// A folder with all that is in it.
fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
