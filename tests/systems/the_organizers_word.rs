//! What the organizer said reaches an endpoint that was away, or that forgot it.

use std::{fs, path::Path};

use serde_json::Value;
use system_tests::{Campaign, CommandLine, Endpoint, PASSPHRASE, path};

fn sign(campaign: &Campaign, table: &CommandLine<'_>, people: std::ops::Range<usize>) {
    let drafts: String = people.map(|number| campaign.draft(number) + "\n").collect();
    table.run_with_input(&["table", "sign"], &drafts).unwrap();
}

fn collected(desk: &CommandLine<'_>) -> Value {
    desk.run(&["desk", "count"]).unwrap()[0]["collected"].clone()
}

fn forget(endpoint: &mut Endpoint, data: &Path) {
    endpoint.stop().unwrap();
    for file in fs::read_dir(data).unwrap().map(|entry| entry.unwrap().path()) {
        if file.file_name().unwrap().to_str().unwrap().starts_with("endpoint.db") {
            fs::remove_file(file).unwrap();
        }
    }
    endpoint.start_again().unwrap();
}

#[test]
fn a_server_that_forgot_is_told_again_and_every_signature_is_there_once() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("endpoint");
    let mut endpoint = Endpoint::start(&data).unwrap();
    let campaign = Campaign::new(folder.path(), Some(&endpoint.url())).unwrap();
    let (desk, table) = (&campaign.desk, campaign.table("table").unwrap());
    sign(&campaign, &table, 0..20);
    table.run(&["table", "send"]).unwrap();
    sign(&campaign, &table, 20..40);
    forget(&mut endpoint, &data);
    assert_ne!(table.end(&["table", "send"], "").unwrap().code, Some(0));
    desk.run(&["desk", "pull"]).unwrap();
    desk.run(&["desk", "tally"]).unwrap();
    let sent = table.run(&["table", "send"]).unwrap();
    assert_eq!((&sent[0]["received"], &sent[0]["waiting"]), (&Value::from(40), &Value::from(0)));
    desk.run(&["desk", "pull"]).unwrap();
    assert_eq!(collected(desk), 40);
    // Another server, with a key of its own, under the same address.
    endpoint.stop().unwrap();
    fs::remove_dir_all(&data).unwrap();
    endpoint.start_again().unwrap();
    for command in ["pull", "tally"] {
        let ended = desk.end(&["desk", command], "").unwrap();
        assert_eq!(ended.code, Some(1));
        assert!(ended.error.contains("endpoint/other-endpoint"), "{}", ended.error);
    }
}

#[test]
fn a_table_too_many_is_counted_after_a_word_that_was_given_without_a_network() {
    let folder = tempfile::tempdir().unwrap();
    let mut endpoint = Endpoint::start(&folder.path().join("endpoint")).unwrap();
    let campaign = Campaign::new(folder.path(), Some(&endpoint.url())).unwrap();
    let desk = &campaign.desk;
    let kit = path(folder.path(), "one.kit").unwrap();
    desk.run(&["desk", "make-kit", "--label", "One", "--max-tables", "1", "--out", &kit]).unwrap();
    let tables = ["first", "second"].map(|name| {
        let table = CommandLine::with_passphrase(&folder.path().join(name), PASSPHRASE).unwrap();
        table.run(&["table", "open-kit", &kit, "--label", name]).unwrap();
        table.run(&["table", "start-shift", "--place", "Market", "--volunteer", "D. R."]).unwrap();
        table
    });
    sign(&campaign, &tables[0], 0..3);
    sign(&campaign, &tables[1], 3..8);
    tables[0].run(&["table", "send"]).unwrap();
    assert_ne!(tables[1].end(&["table", "send"], "").unwrap().code, Some(0));
    let pulled = desk.run(&["desk", "pull"]).unwrap();
    let said = pulled.last().unwrap();
    assert_eq!((&said["new_entries"], &said["held"]), (&Value::from(3), &Value::from(1)));
    let rows = desk.run(&["desk", "tables"]).unwrap();
    let held = rows.iter().find(|row| row["state"] == "held").unwrap();
    assert_eq!((&held["label"], &held["received"]), (&Value::from("second"), &Value::from(5)));

    endpoint.stop().unwrap();
    let [table, device] = ["table", "device"].map(|name| held[name].as_str().unwrap());
    let confirmed = desk.run(&["desk", "confirm", table, "1", "--device", device]).unwrap();
    assert_eq!(confirmed[0]["told"], false);
    assert_eq!(confirmed[0]["untold"], "endpoint/unreachable");
    endpoint.start_again().unwrap();
    desk.run(&["desk", "pull"]).unwrap();
    assert_eq!(collected(desk), 8);
    let sent = tables[1].run(&["table", "send"]).unwrap();
    assert_eq!(sent[0]["received"], 5);
}
