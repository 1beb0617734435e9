//! A thousand signatures from three tables: two come by stick, one over HTTP.

use std::{fs, path::PathBuf};

use serde_json::Value;
use system_tests::{Campaign, CommandLine, Endpoint};

const SIGNED: [usize; 3] = [333, 333, 334];

struct World {
    campaign: Campaign,
    // Stops when the test ends.
    _endpoint: Endpoint,
    sticks: Vec<PathBuf>,
    _folder: tempfile::TempDir,
}

fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let endpoint = Endpoint::start(&folder.path().join("endpoint")).unwrap();
    let campaign = Campaign::new(folder.path(), Some(&endpoint.url())).unwrap();
    let mut next = 0;
    let mut sticks = Vec::new();
    for (number, count) in SIGNED.into_iter().enumerate() {
        let table = campaign.table(&format!("table-{number}")).unwrap();
        // Tables overlap by ten people, who signed at both: they must be found as the same.
        let people = next.max(10) - 10..next + count - if next == 0 { 0 } else { 10 };
        next = people.end;
        sign(&campaign, &table, people);
        if number == 2 {
            let sent = table.run(&["table", "send"]).unwrap();
            assert_eq!((&sent[0]["received"], &sent[0]["waiting"]), (&Value::from(count), &Value::from(0)));
        } else {
            let stick = folder.path().join(format!("stick-{number}"));
            fs::create_dir(&stick).unwrap();
            table.run(&["table", "carry", stick.to_str().unwrap()]).unwrap();
            sticks.extend(fs::read_dir(&stick).unwrap().map(|entry| entry.unwrap().path()));
        }
    }
    World { campaign, _endpoint: endpoint, sticks, _folder: folder }
}

fn sign(campaign: &Campaign, table: &CommandLine<'_>, people: std::ops::Range<usize>) {
    let drafts: String = people.clone().map(|number| campaign.draft(number) + "\n").collect();
    let saved = table.run_with_input(&["table", "sign"], &drafts).unwrap();
    assert_eq!(saved.iter().filter(|line| line["saved"].is_string()).count(), people.len());
}

fn merge_files(desk: &CommandLine<'_>, files: &[PathBuf]) {
    let mut arguments = vec!["desk", "merge"];
    arguments.extend(files.iter().map(|file| file.to_str().unwrap()));
    desk.run(&arguments).unwrap();
}

#[test]
fn every_order_and_every_repetition_gives_the_same_ledger() {
    let world = world();
    assert_eq!(world.sticks.len(), 2, "each table's batch fits one file");
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    let mut ledgers = Vec::new();
    for (number, order) in orders.into_iter().enumerate() {
        let desk = world.campaign.another_desk(&format!("desk-{number}")).unwrap();
        for source in order.into_iter().chain(order) {
            match source {
                2 => drop(desk.run(&["desk", "pull"]).unwrap()),
                stick => merge_files(&desk, &world.sticks[stick..=stick]),
            }
        }
        let count = desk.run(&["desk", "count"]).unwrap();
        assert_eq!(count[0]["collected"], 1000);
        // Twenty people signed at two tables; ten of them have no e-mail and are left to a person's judgement.
        assert_eq!(count[0]["duplicates"], 10);
        assert_eq!(count[0]["deliverable"], 990);
        desk.run(&["desk", "verify"]).unwrap();
        ledgers.push(world.campaign.csv(&desk).unwrap());
    }
    assert_eq!(ledgers[0].iter().filter(|byte| **byte == b'\n').count(), 1001);
    assert!(ledgers.iter().all(|ledger| *ledger == ledgers[0]), "the order of merging shows in the CSV");
}

#[test]
fn a_batch_with_a_changed_byte_is_refused_by_name_and_loses_nothing_else() {
    let world = world();
    let desk = &world.campaign.desk;
    let good = fs::read(&world.sticks[0]).unwrap();
    let touched = world.campaign.folder().join("touched.batch");
    merge_files(desk, &world.sticks[1..]);
    let before = world.campaign.csv(desk).unwrap();
    // Every part of the file, at a stride that meets none of its lengths; wire's own tests do every byte.
    for at in (0..good.len()).step_by(good.len() / 40 + 1).chain([good.len() - 1]) {
        let mut bytes = good.clone();
        bytes[at] ^= 0x04;
        fs::write(&touched, bytes).unwrap();
        let answer = desk.end(&["desk", "merge", touched.to_str().unwrap()], "").unwrap();
        assert_eq!(answer.code, Some(4), "byte {at}: {:?}", answer.answers);
        assert_eq!(answer.answers[0]["batch"], "touched.batch");
        assert!(answer.answers[0]["refused"].is_string());
    }
    assert_eq!(world.campaign.csv(desk).unwrap(), before);
    merge_files(desk, &world.sticks[..1]);
    desk.run(&["desk", "pull"]).unwrap();
    assert_eq!(desk.run(&["desk", "count"]).unwrap()[0]["collected"], 1000);
}
