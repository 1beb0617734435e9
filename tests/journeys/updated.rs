//! A text that is corrected while somebody signs: who has begun signs what they read, the next one reads the new text, and the
//! volunteer is told.

use std::{fs, time::Duration};

use system_tests::{CommandLine, Computer, Endpoint, Window, eventually, path, sample_petition};

use crate::street::{PIN, done, take_back};

/// The hash of the text that a signer who comes now would read.
async fn text_hash(window: &Window, petition: &str) -> String {
    let ask = "return window.__TAURI_INTERNALS__.invoke('kiosk_petition', { petition: arguments[0] })
        .then((page) => page.text.hash)";
    window.run(ask, vec![petition.into()]).await.unwrap().as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_correction_in_the_middle_of_a_visit_waits_for_the_next_signer_and_is_told_to_the_volunteer() {
    let computer = Computer::start().await.unwrap();
    let endpoint = Endpoint::start(&computer.folder().join("endpoint")).unwrap();
    let at = |name: &str| path(computer.folder(), name).unwrap();
    let organizer = CommandLine::on(&computer, &computer.profile("organizer"));
    fs::write(at("passphrase"), "a passphrase for the backup").unwrap();
    fs::write(at("pin"), PIN).unwrap();
    let new =
        ["desk", "new", "--name", "Neighbors", "--endpoint", &endpoint.url(), "--backup", &at("c.backup")];
    organizer.run(&[&new[..], &["--backup-passphrase-file", &at("passphrase")]].concat()).unwrap();
    let added = organizer.run(&["desk", "add-petition", sample_petition().to_str().unwrap()]).unwrap();
    let petition = added[0]["petition"].as_str().unwrap();
    organizer.run(&["desk", "make-kit", "--label", "Saturday", "--out", &at("street.kit")]).unwrap();
    organizer.run(&["desk", "tally"]).unwrap();
    let street = computer.profile("volunteer");
    let line = CommandLine::on(&computer, &street);
    line.run(&["table", "open-kit", &at("street.kit"), "--pin-file", &at("pin")]).unwrap();
    line.run(&["table", "start-shift", "--place", "Market"]).unwrap();

    let window = Window::open(&computer, &street).await.unwrap();
    window.click("hand-to-signers").await.unwrap();
    window.click("kiosk-sign").await.unwrap();
    window.type_into("field-full_name", "Ada Byron").await.unwrap();
    let before = text_hash(&window, petition).await;
    let text =
        fs::read_to_string(sample_petition()).unwrap().replacen("Palantir", "Palantir Technologies", 1);
    fs::write(at("corrected.md"), text).unwrap();
    organizer.run(&["desk", "correct-petition", petition, &at("corrected.md")]).unwrap();
    organizer.run(&["desk", "publish"]).unwrap();
    let is_there = async || Ok((text_hash(&window, petition).await != before).then_some(()));
    eventually("the correction at the table", Duration::from_secs(75), is_there).await.unwrap();
    // She signs what she read, without a word of it.
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
    done(&window).await;
    window.click("kiosk-sign").await.unwrap();
    window.type_into("field-full_name", "Amina Yusuf").await.unwrap();
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
    done(&window).await;
    take_back(&window).await;
    window.wait_for_text("news", "version 2").await.unwrap();
    window.screenshot("table-news").await.unwrap();
    window.click("read-news").await.unwrap();
    window.wait_for_text("table-received", "2").await.unwrap();
    window.close().await.unwrap();
    organizer.run(&["desk", "pull"]).unwrap();
    let count = organizer.run(&["desk", "count"]).unwrap();
    assert_eq!((&count[0]["collected"], &count[0]["deliverable"]), (&2.into(), &2.into()));
}
