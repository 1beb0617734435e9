//! A table's computer that was copied: both sign, both are carried by hand, and the copy's volunteer says so.

use std::{fs, path::Path, process::Command};

use serde_json::json;
use system_tests::{Campaign, CommandLine, PASSPHRASE, path};

fn sign(campaign: &Campaign, table: &CommandLine<'_>, people: std::ops::Range<usize>) {
    let drafts: String = people.map(|number| campaign.draft(number) + "\n").collect();
    table.run_with_input(&["table", "sign"], &drafts).unwrap();
}

/// Carries all that waits to the desk; whatever it takes of it.
fn carry(campaign: &Campaign, table: &CommandLine<'_>, stick: &Path) {
    fs::create_dir_all(stick).unwrap();
    table.run(&["table", "carry", stick.to_str().unwrap()]).unwrap();
    let files: Vec<_> = fs::read_dir(stick).unwrap().map(|entry| entry.unwrap().path()).collect();
    let mut arguments = vec!["desk", "merge"];
    arguments.extend(files.iter().map(|file| file.to_str().unwrap()));
    campaign.desk.end(&arguments, "").unwrap();
}

fn collected(campaign: &Campaign) -> u64 {
    campaign.desk.run(&["desk", "count"]).unwrap()[0]["collected"].as_u64().unwrap()
}

#[test]
fn a_copy_goes_on_in_a_generation_of_its_own_and_every_signature_is_collected_once() {
    let folder = tempfile::tempdir().unwrap();
    let campaign = Campaign::new(folder.path(), None).unwrap();
    let table = campaign.table("table").unwrap();
    sign(&campaign, &table, 0..5);
    let copied =
        Command::new("cp").arg("-a").args([folder.path().join("table"), folder.path().join("copy")]).status();
    assert!(copied.unwrap().success());
    let copy = CommandLine::with_passphrase(&folder.path().join("copy"), PASSPHRASE).unwrap();
    sign(&campaign, &table, 5..9);
    sign(&campaign, &copy, 9..12);
    carry(&campaign, &table, &folder.path().join("stick"));
    assert_eq!(collected(&campaign), 9);
    carry(&campaign, &copy, &folder.path().join("stick of the copy"));
    let begun = copy.run(&["table", "new-generation"]).unwrap();
    assert_eq!(begun[0], json!({ "generation": 2, "waiting": 8 }));
    carry(&campaign, &copy, &folder.path().join("second stick of the copy"));
    assert_eq!(collected(&campaign), 12);
    // Both go on, and neither is in the other's way.
    sign(&campaign, &table, 12..14);
    sign(&campaign, &copy, 14..15);
    carry(&campaign, &table, &folder.path().join("third stick"));
    carry(&campaign, &copy, &folder.path().join("fourth stick"));
    assert_eq!(collected(&campaign), 15);
}

#[test]
fn a_weak_pin_sets_nothing_up_and_a_pin_is_set_and_changed_later() {
    let folder = tempfile::tempdir().unwrap();
    let _campaign = Campaign::new(folder.path(), None).unwrap();
    let at = |name: &str| path(folder.path(), name).unwrap();
    for (name, pin) in [("weak", "123456"), ("good", "246813"), ("better", "975310")] {
        fs::write(at(name), pin).unwrap();
    }
    let table = CommandLine::with_passphrase(&folder.path().join("table"), PASSPHRASE).unwrap();
    let open =
        |pin: &[&str]| table.end(&[&["table", "open-kit", &at("saturday.kit")], pin].concat(), "").unwrap();
    let refused = open(&["--pin-file", &at("weak")]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.error.contains("table/pin-run"), "{}", refused.error);
    assert!(!folder.path().join("table").exists(), "nothing was made");
    assert_eq!(open(&[]).answers[0]["pin"], json!(false));
    assert!(open(&[]).error.contains("table/exists"));
    let set = |arguments: &[&str]| table.end(&[&["table", "set-pin"], arguments].concat(), "").unwrap();
    assert_eq!(set(&["--pin-file", &at("good")]).code, Some(0));
    assert_eq!(table.run(&["table", "status"]).unwrap()[0]["pin"], json!(true));
    assert!(set(&["--pin-file", &at("better")]).error.contains("table/pin-needed"));
    assert!(
        set(&["--pin-file", &at("better"), "--old-pin-file", &at("better")])
            .error
            .contains("table/pin-wrong")
    );
    assert_eq!(set(&["--pin-file", &at("better"), "--old-pin-file", &at("good")]).code, Some(0));
}

#[test]
fn a_forgotten_pin_is_reset_by_the_code_of_the_kit_and_by_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let campaign = Campaign::new(folder.path(), None).unwrap();
    let at = |name: &str| path(folder.path(), name).unwrap();
    let make = ["desk", "make-kit", "--label", "Another", "--out", &at("another.kit")];
    campaign.desk.run(&make).unwrap();
    let kits = campaign.desk.run(&["desk", "kits"]).unwrap();
    let code_of = |label: &str| {
        let kit = kits.iter().find(|kit| kit["label"] == label).unwrap()["kit"].as_str().unwrap();
        let said = campaign.desk.run(&["desk", "pin-reset-code", "--kit", kit]).unwrap();
        said[0]["code"].as_str().unwrap().to_owned()
    };
    fs::write(at("right"), format!("{}\n", code_of("Saturday").to_lowercase().replace('-', " "))).unwrap();
    fs::write(at("wrong"), code_of("Another")).unwrap();
    fs::write(at("short"), "ABCD-EFGH").unwrap();
    for (name, pin) in [("weak", "123456"), ("forgotten", "246813"), ("new", "975310")] {
        fs::write(at(name), pin).unwrap();
    }
    let table = CommandLine::with_passphrase(&folder.path().join("table"), PASSPHRASE).unwrap();
    table.run(&["table", "open-kit", &at("saturday.kit"), "--pin-file", &at("forgotten")]).unwrap();
    let reset = |code: &str, pin: &str| {
        let set = ["table", "set-pin", "--reset-code-file", &at(code), "--pin-file", &at(pin)];
        table.end(&set, "").unwrap()
    };
    for (code, pin, refused) in [
        ("right", "weak", "table/pin-run"),
        ("short", "new", "table/reset-code"),
        ("wrong", "new", "table/pin-wrong"),
    ] {
        let ended = reset(code, pin);
        assert_eq!(ended.code, Some(1));
        assert!(ended.error.contains(refused), "{}", ended.error);
    }
    assert_eq!(reset("right", "new").code, Some(0));
    let change = |old: &str| {
        let set = ["table", "set-pin", "--old-pin-file", &at(old), "--pin-file", &at("forgotten")];
        table.end(&set, "").unwrap().code
    };
    assert_eq!((change("forgotten"), change("new")), (Some(1), Some(0)));
    let unknown = "6b1f5c56-2f0e-4bb0-a9a4-0d6c2a1f7c11";
    let unknown = campaign.desk.end(&["desk", "pin-reset-code", "--kit", unknown], "").unwrap();
    assert!(unknown.error.contains("desk/unknown-kit"), "{}", unknown.error);
}

#[test]
fn what_does_nothing_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let campaign = Campaign::new(folder.path(), None).unwrap();
    let table = campaign.table("table").unwrap();
    let stick = folder.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let carried = table.run(&["table", "carry", stick.to_str().unwrap()]).unwrap();
    assert_eq!((&carried[0]["signatures"], &carried[0]["nothing"]), (&json!(0), &json!("none_saved")));
    let sent = table.end(&["table", "send"], "").unwrap();
    assert!(sent.error.contains("table/no-endpoint"), "{}", sent.error);
    sign(&campaign, &table, 0..1);
    let carried = table.run(&["table", "carry", stick.to_str().unwrap()]).unwrap();
    assert_eq!((&carried[0]["signatures"], &carried[0]["nothing"]), (&json!(1), &json!(null)));
}
