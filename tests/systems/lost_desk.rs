//! The organizer's computer is gone: a new one with the newest backup alone has the same campaign.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde_json::{Value, json};
use system_tests::{Campaign, CommandLine, Endpoint, PASSPHRASE, path};

/// People who sign a petition at a table.
fn sign(campaign: &Campaign, table: &CommandLine<'_>, petition: &str, people: std::ops::Range<usize>) {
    let drafts: String = people
        .map(|number| {
            let mut draft: Value = serde_json::from_str(&campaign.draft(number)).unwrap();
            draft["petition"] = json!(petition);
            format!("{draft}\n")
        })
        .collect();
    table.run_with_input(&["table", "sign", "--pass-warnings"], &drafts).unwrap();
}

fn add_petition(campaign: &Campaign, title: &str) -> String {
    let file = path(campaign.folder(), &format!("{title}.md")).unwrap();
    let text = format!(
        "---\ntitle: {title}\nstarted_by: Neighbours\naddressed_to: The city\n---\n\nWe ask for it.\n"
    );
    fs::write(&file, text).unwrap();
    let added = campaign.desk.run(&["desk", "add-petition", &file]).unwrap();
    assert_eq!(added[0]["backup_is_current"], true);
    added[0]["petition"].as_str().unwrap().to_owned()
}

/// A kit of now, and a table that has opened it, in a running shift.
fn table_with_a_kit_of_now(campaign: &Campaign, name: &str) -> (String, CommandLine<'static>) {
    let file = path(campaign.folder(), &format!("{name}.kit")).unwrap();
    let made = campaign.desk.run(&["desk", "make-kit", "--label", name, "--out", &file]).unwrap();
    let table = CommandLine::with_passphrase(&campaign.folder().join(name), PASSPHRASE).unwrap();
    table.run(&["table", "open-kit", &file, "--label", name]).unwrap();
    table.run(&["table", "start-shift", "--place", "Market", "--volunteer", "D. R."]).unwrap();
    (made[0]["kit"].as_str().unwrap().to_owned(), table)
}

/// The same computer once more, as a restored image of its disk.
fn cloned(campaign: &Campaign, name: &str) -> CommandLine<'static> {
    let (from, to) = (campaign.folder().join(name), campaign.folder().join(format!("{name} again")));
    copy(&from, &to);
    CommandLine::with_passphrase(&to, PASSPHRASE).unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let there = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &there);
        } else {
            fs::copy(entry.path(), there).unwrap();
        }
    }
}

fn carry(campaign: &Campaign, table: &CommandLine<'_>, name: &str) -> Vec<PathBuf> {
    let stick = campaign.folder().join(name);
    fs::create_dir(&stick).unwrap();
    table.run(&["table", "carry", stick.to_str().unwrap()]).unwrap();
    fs::read_dir(&stick).unwrap().map(|entry| entry.unwrap().path()).collect()
}

/// Pulls, merges every stick, and pulls again; gives the count and the CSV.
fn gather(campaign: &Campaign, desk: &CommandLine<'_>, sticks: &[PathBuf]) -> (Vec<Value>, Vec<u8>) {
    desk.run(&["desk", "pull"]).unwrap();
    for stick in sticks {
        let ended = desk.end(&["desk", "merge", stick.to_str().unwrap()], "").unwrap();
        assert!(ended.answers[0]["new_entries"].is_u64(), "{:?}", ended.answers);
    }
    (desk.run(&["desk", "count"]).unwrap(), campaign.csv(desk).unwrap())
}

#[test]
fn a_new_computer_with_the_newest_backup_alone_has_every_signature_and_the_same_csv() {
    let folder = tempfile::tempdir().unwrap();
    let endpoint = Endpoint::start(&folder.path().join("endpoint")).unwrap();
    let campaign = Campaign::new(folder.path(), Some(&endpoint.url())).unwrap();
    let old = &campaign.desk;
    let mut sticks = Vec::new();

    // One petition, sent.
    let first = campaign.petition.clone();
    let table = campaign.table("first").unwrap();
    sign(&campaign, &table, &first, 0..10);
    table.run(&["table", "send"]).unwrap();
    old.run(&["desk", "pull"]).unwrap();

    // A second one and new keys, carried; this kit is lost later.
    let second = add_petition(&campaign, "Buses");
    old.run(&["desk", "rotate"]).unwrap();
    let (lost, table) = table_with_a_kit_of_now(&campaign, "second");
    sign(&campaign, &table, &first, 5..15);
    sign(&campaign, &table, &second, 10..20);
    sticks.extend(carry(&campaign, &table, "second stick"));

    // A third one and new keys again, at a computer of which there are two.
    let third = add_petition(&campaign, "Benches");
    old.run(&["desk", "rotate"]).unwrap();
    let (_, table) = table_with_a_kit_of_now(&campaign, "third");
    sign(&campaign, &table, &third, 20..25);
    let again = cloned(&campaign, "third");
    sign(&campaign, &table, &second, 30..35);
    sign(&campaign, &again, &third, 40..47);
    table.run(&["table", "send"]).unwrap();
    sticks.extend(carry(&campaign, &again, "third stick"));

    let revoked = old.run(&["desk", "revoke", "--kit", &lost, "--reason", "lost"]).unwrap();
    assert_eq!(revoked[0]["backup_is_current"], true);
    let before = gather(&campaign, old, &sticks);
    let (collected, set_aside) = (&before.0[0]["collected"], &before.0[0]["set_aside"]);
    assert_eq!((collected, set_aside), (&json!(10 + 20 + 5 + 5 + 7), &json!(0)), "{:?}", before.0);
    old.run(&["desk", "tally"]).unwrap();

    // The computer and all that is on it are gone; the file of the backup was on a stick.
    let stick = path(folder.path(), "a copy of the backup").unwrap();
    fs::copy(folder.path().join("campaign.backup"), &stick).unwrap();
    fs::remove_dir_all(folder.path().join("desk")).unwrap();
    let new = CommandLine::with_passphrase(&folder.path().join("new desk"), PASSPHRASE).unwrap();
    let passphrase = path(folder.path(), "desk.passphrase").unwrap();
    new.run(&["desk", "restore", &stick, "--backup-passphrase-file", &passphrase]).unwrap();
    sticks.reverse();
    let after = gather(&campaign, &new, &sticks);
    assert_eq!(after.0, before.0, "the count is another");
    assert!(after.1 == before.1, "the CSV is another");

    // And it goes on: a kit of the new desk, and a tally above the last.
    let made = path(folder.path(), "new.kit").unwrap();
    new.run(&["desk", "make-kit", "--label", "New", "--out", &made]).unwrap();
    let table = CommandLine::with_passphrase(&folder.path().join("new"), PASSPHRASE).unwrap();
    table.run(&["table", "open-kit", &made, "--label", "new"]).unwrap();
    table.run(&["table", "start-shift", "--place", "Market", "--volunteer", "D. R."]).unwrap();
    sign(&campaign, &table, &third, 60..61);
    table.run(&["table", "send"]).unwrap();
    new.run(&["desk", "pull"]).unwrap();
    new.run(&["desk", "tally"]).unwrap();
    assert_eq!(new.run(&["desk", "count"]).unwrap()[0]["collected"], json!(48));
}
