//! The organizer's backup in the window: told when it is old, written again, and a campaign brought back from it.

use std::{fs, path::Path};

use system_tests::{CommandLine, Computer, Window, path, sample_petition};

use crate::look::is_good;

const PASSPHRASE: &str = "a passphrase for the backup";

/// The person's own folder, among those that are offered.
pub(crate) async fn choose_home(window: &Window, home: &Path) {
    window.wait_for("[data-testid^=place-]").await.unwrap();
    let shown = "return [...document.querySelectorAll('[data-testid=places] label')].find((one) => one.querySelector('.path').textContent === arguments[0])
        .querySelector('input').dataset.testid";
    let testid = window.run(shown, vec![home.to_str().unwrap().into()]).await.unwrap();
    window.click(testid.as_str().unwrap()).await.unwrap();
}

fn backup_in(folder: &Path) -> String {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let found = files.filter(|path| path.extension().is_some_and(|extension| extension == "backup"));
    found.last().unwrap().to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_backup_that_is_old_is_told_and_written_and_brings_the_campaign_to_another_computer() {
    let computer = Computer::start().await.unwrap();
    let home = computer.folder().join("home").canonicalize().unwrap();
    let at = |name: &str| path(computer.folder(), name).unwrap();
    fs::write(at("passphrase"), PASSPHRASE).unwrap();
    fs::create_dir(at("stick")).unwrap();
    let line = CommandLine::on(&computer, &computer.profile("organizer"));
    let new = ["desk", "new", "--name", "Neighbors", "--backup", &at("stick/b.backup")];
    line.run(&[&new[..], &["--backup-passphrase-file", &at("passphrase")]].concat()).unwrap();
    // The stick is pulled out, and the campaign grows.
    fs::rename(at("stick"), at("pulled out")).unwrap();
    line.run(&["desk", "add-petition", sample_petition().to_str().unwrap()]).unwrap();

    let window = Window::open(&computer, &computer.profile("organizer")).await.unwrap();
    window.wait_for_text("backup-old", "not current").await.unwrap();
    is_good(&window, "a desk whose backup is old").await;
    window.click("go-backup").await.unwrap();
    window.wait_for_text("backup-files", "not there now").await.unwrap();
    choose_home(&window, &home).await;
    window.click("write-backup").await.unwrap();
    window.wait_for_text("backup-done", "read back").await.unwrap();
    is_good(&window, "the backup").await;
    window.screenshot("backup").await.unwrap();
    window.close().await.unwrap();
    let state = line.run(&["desk", "backup"]).unwrap();
    assert_eq!(state.len(), 2);
    assert_eq!((&state[0]["is_current"], &state[1]["is_current"]), (&false.into(), &true.into()));

    let window = Window::open(&computer, &computer.profile("another")).await.unwrap();
    window.click("choose-desk").await.unwrap();
    window.click("go-restore").await.unwrap();
    window.type_into("restore-file", &backup_in(&home)).await.unwrap();
    window.type_into("restore-passphrase", "another passphrase").await.unwrap();
    window.click("restore-campaign").await.unwrap();
    window.wait_for_text("failure-code", "desk/backup-passphrase").await.unwrap();
    is_good(&window, "bringing a campaign back").await;
    window.type_into("restore-passphrase", PASSPHRASE).await.unwrap();
    window.click("restore-campaign").await.unwrap();
    window.wait_for_text("desk-title", "Neighbors").await.unwrap();
    window.close().await.unwrap();
}

#[tokio::test]
async fn a_campaign_is_made_with_its_backup_after_a_passphrase_that_was_too_short() {
    let computer = Computer::start().await.unwrap();
    let home = computer.folder().join("home").canonicalize().unwrap();
    let profile = computer.profile("organizer");
    let window = Window::open(&computer, &profile).await.unwrap();
    window.click("choose-desk").await.unwrap();
    window.type_into("campaign-name", "Cedar").await.unwrap();
    choose_home(&window, &home).await;
    for (passphrase, code) in [("short", Some("desk/passphrase-short")), (PASSPHRASE, None)] {
        window.type_into("backup-passphrase", passphrase).await.unwrap();
        window.type_into("backup-repeat", passphrase).await.unwrap();
        window.click("create-campaign").await.unwrap();
        if let Some(code) = code {
            window.wait_for_text("failure-code", code).await.unwrap();
            assert!(!profile.join("desk/desk.db").exists());
        }
    }
    window.wait_for_text("desk-title", "Cedar").await.unwrap();
    assert!(!window.shows("backup-old").await.unwrap());
    window.close().await.unwrap();
    let state = CommandLine::on(&computer, &profile).run(&["desk", "backup"]).unwrap();
    assert_eq!(state[0]["is_current"], true);
    assert_eq!(state[0]["path"], backup_in(&home));
}
