//! The same in the real window.

use system_tests::{Computer, PASSPHRASE, Window};

use crate::{PIN, Street, code};

/// The kit by its text, as from a message.
async fn open_kit(window: &Window, street: &Street) {
    try_to_open_kit(window, street).await;
    window.wait_for("[data-testid=hand-to-signers], [data-testid=start-shift]").await.unwrap();
}

async fn try_to_open_kit(window: &Window, street: &Street) {
    window.click("choose-table").await.unwrap();
    window.click("kit-paste").await.unwrap();
    let kit = std::fs::read_to_string(street.kit()).unwrap();
    let paste = "const field = document.getElementById('kit-text');
        field.value = arguments[0];
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    window.wait_for("#kit-text").await.unwrap();
    window.run(paste, vec![kit.into()]).await.unwrap();
    window.type_into("pin-new", PIN).await.unwrap();
    window.type_into("pin-repeat", PIN).await.unwrap();
    window.click("open-kit").await.unwrap();
}

#[tokio::test]
async fn a_set_up_that_failed_because_of_the_keyring_is_gone_on_with_in_the_same_window() {
    let mut street = Street::on(Computer::start().await.unwrap());
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.wait_for("[data-testid=choose-table]").await.unwrap();
    street.computer.lock_keyring().unwrap();
    try_to_open_kit(&window, &street).await;
    window.wait_for_text("failure", "locked").await.unwrap();
    street.computer.unlock_keyring().await.unwrap();
    window.click("open-kit").await.unwrap();
    window.wait_for("[data-testid=start-shift]").await.unwrap();
    window.close().await.unwrap();
    assert_eq!(street.saved(), 0);
}

#[tokio::test]
async fn a_window_offers_a_passphrase_where_the_keyring_keeps_nothing() {
    let street = Street::on(Computer::start_with_empty_keyring().await.unwrap());
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.wait_for("[data-testid=passphrase]").await.unwrap();
    let page = window.run("return document.body.innerText", Vec::new()).await.unwrap().to_string();
    assert!(page.contains("keyring cannot keep keys"), "{page}");
    window.screenshot("keyring-keeps-nothing").await.unwrap();
    window.type_into("passphrase", PASSPHRASE).await.unwrap();
    window.type_into("passphrase-repeat", PASSPHRASE).await.unwrap();
    window.click("unlock").await.unwrap();
    open_kit(&window, &street).await;
    window.close().await.unwrap();
    street.line_with_passphrase().run(&["table", "status"]).unwrap();
}

#[tokio::test]
async fn a_window_tells_of_a_locked_keyring_and_goes_on_once_it_is_open() {
    let mut street = Street::with_table().await;
    street.computer.lock_keyring().unwrap();
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.wait_for_text("failure", "locked").await.unwrap();
    window.screenshot("keyring-locked").await.unwrap();
    street.computer.unlock_keyring().await.unwrap();
    window.click("start-again").await.unwrap();
    window.click("hand-to-signers").await.unwrap();
    window.wait_for("[data-testid=take-back]").await.unwrap();
    window.close().await.unwrap();
}

#[tokio::test]
async fn before_anything_is_kept_a_locked_keyring_is_unlocked_or_a_passphrase_chosen() {
    let mut street = Street::on(Computer::start().await.unwrap());
    street.computer.lock_keyring().unwrap();
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.wait_for("[data-testid=passphrase]").await.unwrap();
    window.screenshot("keyring-locked-or-passphrase").await.unwrap();
    street.computer.unlock_keyring().await.unwrap();
    window.click("keyring-again").await.unwrap();
    open_kit(&window, &street).await;
    window.close().await.unwrap();
    assert_eq!(street.saved(), 0);
}

#[tokio::test]
async fn a_keyring_locked_in_the_middle_of_a_shift_does_not_end_signing_in_the_window() {
    let mut street = Street::with_table().await;
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.click("hand-to-signers").await.unwrap();
    street.computer.lock_keyring().unwrap();
    for _ in 0..2 {
        window.click("kiosk-sign").await.unwrap();
        window.type_into("field-full_name", "Person Number1").await.unwrap();
        window.click("submit").await.unwrap();
        window.wait_for("[data-testid=thanks-title]").await.unwrap();
        window.click("thanks-done").await.unwrap();
    }
    window.close().await.unwrap();
    street.computer.unlock_keyring().await.unwrap();
    assert_eq!(street.saved(), 2);
}

/// Once, the keys of a table that was set up beside an open window were lost with what the window wrote next.
#[tokio::test]
async fn while_a_window_is_open_the_command_line_waits_outside() {
    let street = Street::on(Computer::start().await.unwrap());
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.wait_for("[data-testid=choose-table]").await.unwrap();
    assert_eq!(street.open_kit(&street.line()), Err("profile/in-use".to_owned()));
    open_kit(&window, &street).await;
    let status = street.line().end(&["table", "status"], "").unwrap();
    assert_eq!((status.code, code(&status.error)), (Some(1), "profile/in-use".to_owned()));
    window.close().await.unwrap();
    assert_eq!(street.saved(), 0);
}

#[tokio::test]
async fn a_second_window_says_that_the_profile_is_open_already() {
    let street = Street::with_table().await;
    let mut signing = street.line().start(&["table", "sign"]).unwrap();
    let mut output = std::io::BufReader::new(signing.take_output().unwrap());
    let mut input = signing.take_input().unwrap();
    std::io::Write::write_all(&mut input, (street.campaign.draft(1) + "\n").as_bytes()).unwrap();
    std::io::BufRead::read_line(&mut output, &mut String::new()).unwrap();
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.wait_for_text("failure", "open already").await.unwrap();
    window.screenshot("profile-in-use").await.unwrap();
    drop(input);
    signing.wait().unwrap();
    window.click("start-again").await.unwrap();
    window.wait_for("[data-testid=hand-to-signers]").await.unwrap();
    window.close().await.unwrap();
}
