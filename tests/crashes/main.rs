//! `kill -9` at random moments: every signature reported as saved is in the ledger exactly once.
//!
//! `UNDERSIGNED_KILLS` says how many kills of each; the short form is ten. `cargo xtask torture` does 200.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a campaign that says its seed and its figures"
)]

use std::{
    collections::BTreeSet,
    env, fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{ChildStdin, ChildStdout},
};

use rand::{RngExt, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};
use system_tests::{Campaign, CommandLine, Endpoint, Running};
use uuid::Uuid;

fn kills() -> usize {
    env::var("UNDERSIGNED_KILLS").ok().map_or(10, |count| count.parse().unwrap())
}

fn rng() -> StdRng {
    let seed =
        env::var("UNDERSIGNED_SEED").ok().map_or_else(|| rand::rng().random(), |seed| seed.parse().unwrap());
    println!("UNDERSIGNED_SEED={seed}");
    StdRng::seed_from_u64(seed)
}

/// Lets a random while pass without waiting for a clock: a moment between two instructions, up to some milliseconds.
fn a_moment(rng: &mut StdRng) {
    let turns: u32 = rng.random_range(0..400_000);
    (0..turns).for_each(|_| std::hint::spin_loop());
}

/// A table that is signed at line by line.
struct Signing {
    process: Running,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Signing {
    fn start(table: &CommandLine<'_>) -> Self {
        let mut process = table.start(&["table", "sign"]).unwrap();
        let input = process.take_input().unwrap();
        let output = BufReader::new(process.take_output().unwrap());
        Self { process, input, output }
    }

    fn say(&mut self, draft: &str) {
        writeln!(self.input, "{draft}").unwrap();
        self.input.flush().unwrap();
    }

    fn hear(&mut self) -> Option<Value> {
        let mut line = String::new();
        // A killed process may leave half a line, which says nothing.
        (self.output.read_line(&mut line).unwrap() > 0)
            .then(|| serde_json::from_str(&line).unwrap_or_default())
    }

    fn kill(self) -> Vec<Value> {
        let Self { process, input: _input, mut output } = self;
        process.kill().unwrap();
        let mut lines = Vec::new();
        let mut line = String::new();
        while output.read_line(&mut line).unwrap() > 0 {
            lines.push(serde_json::from_str(&line).unwrap_or_default());
            line.clear();
        }
        lines
    }
}

fn saved_in(lines: &[Value]) -> impl Iterator<Item = String> {
    lines.iter().filter_map(|line| line["saved"].as_str()).map(str::to_owned)
}

fn ledger_ids(campaign: &Campaign) -> Vec<String> {
    let csv = campaign.csv(&campaign.desk).unwrap();
    let mut csv = csv::Reader::from_reader(csv.as_slice());
    let column = csv.headers().unwrap().iter().position(|name| name == "signature").unwrap();
    csv.records().map(|row| row.unwrap()[column].to_owned()).collect()
}

fn carry_and_merge(campaign: &Campaign, table: &CommandLine<'_>, folder: &Path) {
    let stick = folder.join("stick");
    fs::create_dir_all(&stick).unwrap();
    table.run(&["table", "carry", stick.to_str().unwrap(), "--all"]).unwrap();
    let mut files: Vec<_> = fs::read_dir(&stick).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        campaign.desk.run(&["desk", "merge", file.to_str().unwrap()]).unwrap();
    }
}

#[track_caller]
fn check_ledger(campaign: &Campaign, saved: &BTreeSet<String>) {
    let ids = ledger_ids(campaign);
    let distinct: BTreeSet<String> = ids.iter().cloned().collect();
    assert_eq!(ids.len(), distinct.len(), "a signature is in the ledger twice");
    let lost: Vec<_> = saved.difference(&distinct).collect();
    assert!(lost.is_empty(), "{} of {} saved signatures are lost", lost.len(), saved.len());
}

#[test]
fn a_table_killed_while_it_signs_loses_nothing_that_it_called_saved() {
    let folder = tempfile::tempdir().unwrap();
    let campaign = Campaign::new(folder.path(), None).unwrap();
    let table = campaign.table("table").unwrap();
    let mut rng = rng();
    let (mut saved, mut said) = (BTreeSet::new(), 0_usize);
    for _ in 0..kills() {
        let mut signing = Signing::start(&table);
        for _ in 0..rng.random_range(0..12) {
            said += 1;
            signing.say(&campaign.draft(said));
            saved.extend(saved_in(&[signing.hear().unwrap()]));
        }
        // One more is on its way when the process dies: before, in or after its transaction.
        said += 1;
        signing.say(&campaign.draft(said));
        a_moment(&mut rng);
        saved.extend(saved_in(&signing.kill()));
    }
    carry_and_merge(&campaign, &table, folder.path());
    check_ledger(&campaign, &saved);
    assert!(saved.len() <= said && !saved.is_empty());
    assert!(ledger_ids(&campaign).len() <= said, "more signatures than were signed");
    println!("{} kills, {} saved, none lost", kills(), saved.len());
}

#[test]
fn a_draft_that_is_sent_again_after_a_kill_counts_once_and_hears_the_code_that_was_told() {
    let folder = tempfile::tempdir().unwrap();
    let campaign = Campaign::new(folder.path(), None).unwrap();
    let table = campaign.table("table").unwrap();
    let mut rng = rng();
    let mut answered = 0;
    for _ in 0..kills() {
        let id = Uuid::new_v4().to_string();
        let draft = campaign.draft_of(&json!({ "id": id, "full_name": "Amina Yusuf" }));
        let mut signing = Signing::start(&table);
        signing.say(&draft);
        // Opening the table takes most of the time: the moments are spread over all of it.
        (0..rng.random_range(0..90)).for_each(|_| a_moment(&mut rng));
        let told = signing.kill();
        let again = table.run_with_input(&["table", "sign"], &format!("{draft}\n{draft}\n")).unwrap();
        for member in ["saved", "withdrawal_code"] {
            assert_eq!(again[1][member], again[0][member], "{member}");
        }
        assert_eq!(again[0]["saved"], *id);
        if let Some(code) = told.first().map(|told| &told["withdrawal_code"]).filter(|code| code.is_string())
        {
            answered += 1;
            assert_eq!(again[0]["withdrawal_code"], *code);
        }
    }
    carry_and_merge(&campaign, &table, folder.path());
    assert_eq!(ledger_ids(&campaign).len(), kills());
    println!("{} kills, {answered} after the answer, each counts once", kills());
}

#[test]
fn an_endpoint_killed_while_it_receives_loses_nothing_and_counts_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mut endpoint = Endpoint::start(&folder.path().join("endpoint")).unwrap();
    let campaign = Campaign::new(folder.path(), Some(&endpoint.url())).unwrap();
    let table = campaign.table("table").unwrap();
    let mut rng = rng();
    let (mut saved, mut said) = (BTreeSet::new(), 0_usize);
    for _ in 0..kills() {
        let people = rng.random_range(1..40);
        let drafts: String = (0..people).map(|number| campaign.draft(said + number) + "\n").collect();
        said += people;
        saved.extend(saved_in(&table.run_with_input(&["table", "sign"], &drafts).unwrap()));
        let sender = table.start(&["table", "send"]).unwrap();
        // The sender needs some time to open its table: the moments are spread over all of its run.
        (0..rng.random_range(0..90)).for_each(|_| a_moment(&mut rng));
        endpoint.kill().unwrap();
        // It ends by itself: it cannot reach the endpoint any more, or has been received whole.
        sender.wait().unwrap();
        endpoint.start_again().unwrap();
    }
    table.run(&["table", "send"]).unwrap();
    let status = table.run(&["table", "status"]).unwrap();
    assert_eq!((status[0]["received"].as_u64(), status[0]["waiting"].as_u64()), (Some(said as u64), Some(0)));
    campaign.desk.run(&["desk", "pull"]).unwrap();
    check_ledger(&campaign, &saved);
    assert_eq!(ledger_ids(&campaign).len(), said);
    println!("{} kills, {} received, none lost, none twice", kills(), said);
}
