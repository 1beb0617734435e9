//! Batch files through the real program: what waits, what is refused, and how the command ends.

use std::fs;

use serde_json::Value;
use system_tests::{Campaign, Endpoint};

#[test]
fn a_batch_that_waits_ends_with_a_code_of_its_own_and_one_bad_file_stops_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let endpoint = Endpoint::start(&folder.path().join("endpoint")).unwrap();
    let campaign = Campaign::new(folder.path(), Some(&endpoint.url())).unwrap();
    let desk = &campaign.desk;
    let table = campaign.table("table").unwrap();
    let sign = |people: std::ops::Range<usize>| {
        let drafts: String = people.map(|number| campaign.draft(number) + "\n").collect();
        table.run_with_input(&["table", "sign"], &drafts).unwrap();
    };
    sign(0..3);
    table.run(&["table", "send"]).unwrap();
    sign(3..5);
    let stick = folder.path().join("stick");
    fs::create_dir(&stick).unwrap();
    table.run(&["table", "carry", stick.to_str().unwrap()]).unwrap();
    let batch = fs::read_dir(&stick).unwrap().next().unwrap().unwrap().path();
    let batch = batch.to_str().unwrap();

    let ended = desk.end(&["desk", "merge", batch], "").unwrap();
    assert_eq!(ended.code, Some(6), "{}", ended.error);
    assert_eq!(
        (&ended.answers[0]["waiting_from"], &ended.answers[0]["waiting_to"]),
        (&Value::from(0), &Value::from(3))
    );
    let rows = desk.run(&["desk", "tables"]).unwrap();
    assert_eq!((&rows[0]["missing"], &rows[0]["waiting"]), (&Value::from(3), &Value::from(2)));

    let gone = stick.join("gone.batch");
    let ended = desk.end(&["desk", "merge", gone.to_str().unwrap(), batch], "").unwrap();
    assert_eq!((ended.code, &ended.answers[0]["refused"]), (Some(4), &Value::from("io/cannot-read")));
    assert_eq!(ended.answers.len(), 2);

    desk.run(&["desk", "pull"]).unwrap();
    assert_eq!(desk.run(&["desk", "count"]).unwrap()[0]["collected"], 5);
    desk.run(&["desk", "merge", batch]).unwrap();
}
