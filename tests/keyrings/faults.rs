//! A keyring that keeps nothing, that is locked, that lost something, and one that is locked in a running shift.

use std::io::{BufRead, BufReader, Write};

use system_tests::Computer;

use crate::{Street, code, files};

#[tokio::test]
async fn a_keyring_without_a_drawer_is_told_and_a_passphrase_goes_on_from_there() {
    let street = Street::on(Computer::start_with_empty_keyring().await.unwrap());
    assert_eq!(street.open_kit(&street.line()), Err("vault/keyring-keeps-nothing".to_owned()));
    assert_eq!(street.open_kit(&street.line()), Err("vault/keyring-keeps-nothing".to_owned()), "again");
    street.open_kit(&street.line_with_passphrase()).unwrap();
    let status = street.line_with_passphrase().run(&["table", "status"]).unwrap();
    assert_eq!(status[0]["saved"], 0);
    let without = street.line().end(&["table", "status"], "").unwrap();
    assert_eq!(code(&without.error), "vault/passphrase-needed");
}

#[tokio::test]
async fn without_a_keyring_the_same() {
    let street = Street::on(Computer::start_without_keyring().await.unwrap());
    assert_eq!(street.open_kit(&street.line()), Err("vault/no-keyring".to_owned()));
    street.open_kit(&street.line_with_passphrase()).unwrap();
    street.line_with_passphrase().run(&["table", "status"]).unwrap();
}

#[tokio::test]
async fn a_locked_keyring_is_told_and_a_set_up_goes_on_once_it_is_open() {
    let mut street = Street::on(Computer::start().await.unwrap());
    street.computer.lock_keyring().unwrap();
    assert_eq!(street.open_kit(&street.line()), Err("vault/keyring-locked".to_owned()));
    street.computer.unlock_keyring().await.unwrap();
    street.open_kit(&street.line()).unwrap();
    assert_eq!(street.saved(), 0);
}

#[tokio::test]
async fn a_locked_keyring_and_a_passphrase_chosen_instead() {
    let mut street = Street::on(Computer::start().await.unwrap());
    street.computer.lock_keyring().unwrap();
    assert_eq!(street.open_kit(&street.line()), Err("vault/keyring-locked".to_owned()));
    street.open_kit(&street.line_with_passphrase()).unwrap();
    // The choice stays, whatever the keyring can do later.
    street.computer.unlock_keyring().await.unwrap();
    let without = street.line().end(&["table", "status"], "").unwrap();
    assert_eq!(code(&without.error), "vault/passphrase-needed");
    street.line_with_passphrase().run(&["table", "status"]).unwrap();
}

#[tokio::test]
async fn a_keyring_locked_in_the_middle_of_a_shift_loses_nothing_and_signing_goes_on() {
    let mut street = Street::with_table().await;
    let mut signing = street.line().start(&["table", "sign"]).unwrap();
    let mut input = signing.take_input().unwrap();
    let mut output = BufReader::new(signing.take_output().unwrap());
    let mut sign = |number| {
        input.write_all((street.campaign.draft(number) + "\n").as_bytes()).unwrap();
        let mut said = String::new();
        output.read_line(&mut said).unwrap();
        assert!(said.contains("\"saved\""), "{said}");
    };
    sign(1);
    street.computer.lock_keyring().unwrap();
    (2..5).for_each(&mut sign);
    drop(input);
    signing.wait().unwrap();
    let locked = street.line().end(&["table", "status"], "").unwrap();
    assert_eq!((locked.code, code(&locked.error)), (Some(1), "vault/keyring-locked".to_owned()));
    street.computer.unlock_keyring().await.unwrap();
    assert_eq!(street.saved(), 4);
}

#[tokio::test]
async fn a_keyring_that_is_gone_is_told_as_that_and_nothing_is_changed() {
    let mut street = Street::with_table().await;
    let before = files(&street.profile);
    street.computer.stop_keyring().unwrap();
    let ended = street.line().end(&["table", "status"], "").unwrap();
    // The bus starts another, which nobody has unlocked.
    assert_eq!(code(&ended.error), "vault/keyring-locked", "{}", ended.error);
    assert_eq!(files(&street.profile), before);
    street.computer.unlock_keyring().await.unwrap();
    assert_eq!(street.saved(), 0);
}

#[tokio::test]
async fn damage_and_loss_are_told_as_what_they_are_and_never_as_no_table() {
    let street = Street::with_table().await;
    let item = format!("{}/table/device", street.id());
    let key = street.find_item(&item).unwrap();
    let told = || code(&street.line().end(&["table", "status"], "").unwrap().error);
    street.clear_item(&item);
    assert_eq!(told(), "vault/entry-lost");
    street.store_item(&item, b"what is no key");
    assert_eq!(told(), "vault/damaged");
    street.clear_item(&item);
    street.store_item(&item, &key);
    assert_eq!(street.saved(), 0);
    // A table's folder on a profile that never kept its keys.
    let other = street.computer.profile("other");
    std::fs::create_dir_all(&other).unwrap();
    std::fs::rename(street.profile.join("table"), other.join("table")).unwrap();
    let copied = system_tests::CommandLine::on(&street.computer, &other);
    assert_eq!(code(&copied.end(&["table", "status"], "").unwrap().error), "vault/key-missing");
    // And a profile without one.
    assert_eq!(told(), "table/none");
}
