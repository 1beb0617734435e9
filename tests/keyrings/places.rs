//! Where the keys of a profile are is decided once, and several programs keep each other's keys.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    process::Command,
};

use system_tests::{Computer, PASSPHRASE, path};

use crate::{Street, code, files};

#[tokio::test]
async fn a_passphrase_for_keys_that_are_in_the_keyring_is_refused_and_makes_nothing() {
    let street = Street::with_table().await;
    let before = files(&street.profile);
    for arguments in [&["table", "status"][..], &["table", "sign"], &["table", "carry", "/tmp"]] {
        let ended = street.line_with_passphrase().end(arguments, "").unwrap();
        assert_eq!((ended.code, code(&ended.error)), (Some(1), "vault/in-keyring".to_owned()));
        assert!(ended.error.contains("without --passphrase-file"), "{}", ended.error);
    }
    assert_eq!(files(&street.profile), before);
    assert_eq!(street.saved(), 0);
}

#[tokio::test]
async fn reading_a_profile_that_is_not_there_makes_none() {
    let street = Street::on(Computer::start().await.unwrap());
    for line in [street.line(), street.line_with_passphrase()] {
        assert_eq!(code(&line.end(&["table", "status"], "").unwrap().error), "table/none");
        assert_eq!(code(&line.end(&["desk", "count"], "").unwrap().error), "desk/none");
    }
    assert!(!street.profile.exists());
}

/// A kit that arrives slowly, and another opened meanwhile: the keys of the table that came to be stay.
#[tokio::test]
async fn of_two_set_ups_at_once_one_is_told_that_there_is_a_table() {
    let street = Street::on(Computer::start().await.unwrap());
    let slow = street.computer.folder().join("slow.kit");
    assert!(Command::new("mkfifo").arg(&slow).status().unwrap().success());
    let first = street.line().start(&["table", "open-kit", slow.to_str().unwrap()]).unwrap();
    // It opens once the first reads its kit, after it has seen that there is no table.
    let mut writer = OpenOptions::new().write(true).open(&slow).unwrap();
    street.open_kit(&street.line()).unwrap();
    street.line().run(&["table", "start-shift", "--place", "Market"]).unwrap();
    street.line().run_with_input(&["table", "sign"], &(street.campaign.draft(1) + "\n")).unwrap();
    writer.write_all(&fs::read(street.kit()).unwrap()).unwrap();
    drop(writer);
    assert_eq!(first.wait().unwrap().code(), Some(1));
    assert_eq!(street.saved(), 1);
}

#[tokio::test]
async fn a_table_and_a_desk_on_one_profile_keep_each_others_keys() {
    let street = Street::with_table().await;
    street.line().run_with_input(&["table", "sign"], &(street.campaign.draft(1) + "\n")).unwrap();
    let (backup, phrase) = (
        path(street.computer.folder(), "own.backup").unwrap(),
        path(street.computer.folder(), "own.passphrase").unwrap(),
    );
    fs::write(&phrase, PASSPHRASE).unwrap();
    let new = ["desk", "new", "--name", "Own", "--backup", &backup, "--backup-passphrase-file", &phrase];
    street.line().run(&new).unwrap();
    assert_eq!(street.saved(), 1);
    street.line().run(&["desk", "count"]).unwrap();
    for name in ["table/database", "table/device", "desk/database", "desk/root", "desk/holder"] {
        assert_eq!(street.find_item(&format!("{}/{name}", street.id())).unwrap().len(), 32, "{name}");
    }
}

#[tokio::test]
async fn keys_of_the_first_form_in_one_item_are_moved_over() {
    let street = Street::with_table().await;
    street.line().run_with_input(&["table", "sign"], &(street.campaign.draft(1) + "\n")).unwrap();
    let id = street.id();
    street.make_first_form();

    assert_eq!(street.saved(), 1);
    assert_eq!(street.id(), id);
    assert!(street.find_item(&format!("{id}/table/device")).is_some());
    assert_eq!(street.find_item(&id), None, "the keys are kept twice");
    assert_eq!(street.saved(), 1);
}
