//! A profile or a stick on a file system that lacks what others have: it works there, or is refused in words before anything is
//! made, and nothing that was saved is lost (F27).

use std::{fs, path::Path};

use serde_json::{Value, json};
use system_tests::{Campaign, CommandLine, Ended, OddFileSystem, PASSPHRASE, path};

/// What a file system may lack: of a drive without its lock service, of FAT and exFAT, of a network drive, of a FUSE mount.
const LACKS: [&str; 6] = [
    "shared-memory",
    "locks",
    "modes",
    "folder-sync",
    "links",
    "shared-memory locks modes folder-sync links",
];

/// The code that a program ended with; none where it did what was asked.
fn code(ended: &Ended) -> Option<String> {
    if ended.code == Some(0) {
        return None;
    }
    let error: Value = serde_json::from_str(ended.error.lines().last().unwrap_or_default())
        .unwrap_or_else(|_| panic!("refused without words: {}", ended.error));
    assert!(!error["detail"].as_str().unwrap().is_empty());
    Some(error["error"].as_str().unwrap().to_owned())
}

fn profile(folder: &Path) -> CommandLine<'static> {
    CommandLine::with_passphrase(folder, PASSPHRASE).unwrap()
}

/// What cannot be without it is told as what it is: a place to leave, and no disk that fails.
fn check_told(lacks: &str, code: Option<&str>) {
    if ["shared-memory", "locks", "modes"].iter().any(|needed| lacks.contains(needed)) {
        assert!(code.is_some_and(|code| code.ends_with("/file-system")), "without {lacks}: {code:?}");
    } else {
        assert_eq!(code, None, "without {lacks}");
    }
}

#[test]
fn a_table_on_an_odd_file_system_works_or_is_refused_before_it_is_made() {
    let (folder, odd) = (tempfile::tempdir().unwrap(), OddFileSystem::new().unwrap());
    let campaign = Campaign::new(folder.path(), None).unwrap();
    let kit = path(folder.path(), "saturday.kit").unwrap();
    for (number, lacks) in LACKS.iter().enumerate() {
        let place = folder.path().join(format!("table-{number}"));
        fs::create_dir(&place).unwrap();
        let table = profile(&place);
        let on_odd = table.with_environment(odd.environment(&place, lacks).unwrap());
        let opened = code(&on_odd.end(&["table", "open-kit", &kit, "--label", "One"], "").unwrap());
        println!("a table without {lacks}: {}", opened.as_deref().unwrap_or("works"));
        check_told(lacks, opened.as_deref());
        if opened.is_some() {
            // Somebody moves it to a good place, and it is as if nothing had been.
            table.run(&["table", "open-kit", &kit, "--label", "One"]).unwrap();
            table.run(&["table", "start-shift", "--place", "Market"]).unwrap();
        } else {
            on_odd.run(&["table", "start-shift", "--place", "Market"]).unwrap();
        }
        let signed = code(&on_odd.end(&["table", "sign"], &(campaign.draft(1) + "\n")).unwrap());
        let saved = table.run(&["table", "status"]).unwrap()[0]["saved"].clone();
        assert_eq!(saved, json!(u64::from(signed.is_none())), "{lacks}: {signed:?}");
    }
}

#[test]
fn a_desk_on_an_odd_file_system_works_or_is_refused_before_it_is_made() {
    let (folder, odd) = (tempfile::tempdir().unwrap(), OddFileSystem::new().unwrap());
    let passphrase = path(folder.path(), "backup.passphrase").unwrap();
    fs::write(&passphrase, PASSPHRASE).unwrap();
    for (number, lacks) in LACKS.iter().enumerate() {
        let place = folder.path().join(format!("desk-{number}"));
        fs::create_dir(&place).unwrap();
        let backup = path(folder.path(), &format!("{number}.backup")).unwrap();
        let desk = profile(&place);
        let on_odd = desk.with_environment(odd.environment(&place, lacks).unwrap());
        let new = ["desk", "new", "--name", "Neighbours", "--backup", &backup];
        let new = [&new[..], &["--backup-passphrase-file", &passphrase]].concat();
        let made = code(&on_odd.end(&new, "").unwrap());
        println!("a desk without {lacks}: {}", made.as_deref().unwrap_or("works"));
        check_told(lacks, made.as_deref());
        if made.is_some() {
            assert!(!Path::new(&backup).exists(), "a backup of a campaign that is not there");
            desk.run(&new).unwrap();
        }
        desk.run(&["desk", "count"]).unwrap();
    }
}

#[test]
fn whatever_a_stick_lacks_what_is_carried_on_it_is_whole() {
    let (folder, odd) = (tempfile::tempdir().unwrap(), OddFileSystem::new().unwrap());
    let campaign = Campaign::new(folder.path(), None).unwrap();
    let table = campaign.table("table").unwrap();
    table.run_with_input(&["table", "sign"], &(campaign.draft(1) + "\n")).unwrap();
    for (number, lacks) in LACKS.iter().enumerate() {
        let stick = folder.path().join(format!("stick-{number}"));
        fs::create_dir(&stick).unwrap();
        let on_odd = table.with_environment(odd.environment(&stick, lacks).unwrap());
        let carried = on_odd.run(&["table", "carry", stick.to_str().unwrap()]).unwrap();
        let file = stick.join(carried[0]["files"][0].as_str().unwrap());
        campaign.desk.run(&["desk", "merge", file.to_str().unwrap()]).unwrap();
    }
    assert_eq!(campaign.desk.run(&["desk", "count"]).unwrap()[0]["collected"], json!(1));
}
