//! A day without any network: signatures are carried to another table, which sends them for the first.

use std::fs;

use system_tests::{CommandLine, Computer, Endpoint, Window, path, sample_petition};

use crate::{
    look::is_good,
    lost_laptop::choose_home,
    street::{PIN, type_keys},
};

/// A campaign, its kit, and an organizer who is elsewhere.
fn make_campaign(computer: &Computer, organizer: &CommandLine<'_>, endpoint: &str) {
    let at = |name: &str| path(computer.folder(), name).unwrap();
    fs::write(at("passphrase"), "a passphrase for the backup").unwrap();
    fs::write(at("pin"), PIN).unwrap();
    let new = ["desk", "new", "--name", "Neighbors", "--endpoint", endpoint, "--backup", &at("c.backup")];
    organizer.run(&[&new[..], &["--backup-passphrase-file", &at("passphrase")]].concat()).unwrap();
    organizer.run(&["desk", "add-petition", sample_petition().to_str().unwrap()]).unwrap();
    organizer.run(&["desk", "make-kit", "--label", "Saturday", "--out", &at("street.kit")]).unwrap();
}

fn set_up<'a>(computer: &'a Computer, name: &str) -> CommandLine<'a> {
    let at = |name: &str| path(computer.folder(), name).unwrap();
    let table = CommandLine::on(computer, &computer.profile(name));
    table.run(&["table", "open-kit", &at("street.kit"), "--label", name, "--pin-file", &at("pin")]).unwrap();
    table.run(&["table", "start-shift", "--place", "Market", "--volunteer", name]).unwrap();
    table
}

#[tokio::test]
async fn a_day_without_a_network_is_carried_to_a_table_that_sends_for_the_first() {
    let computer = Computer::start().await.unwrap();
    let home = computer.folder().join("home").canonicalize().unwrap();
    let mut endpoint = Endpoint::start(&computer.folder().join("endpoint")).unwrap();
    let organizer = CommandLine::on(&computer, &computer.profile("organizer"));
    make_campaign(&computer, &organizer, &endpoint.url());
    endpoint.stop().unwrap();
    let first = set_up(&computer, "Far table");
    set_up(&computer, "Near table");
    first
        .run_with_input(&["table", "sign"], "{\"full_name\":\"Ada Byron\"}\n{\"full_name\":\"Bo Li\"}\n")
        .unwrap();

    // The far table, all day.
    let window = Window::open(&computer, &computer.profile("Far table")).await.unwrap();
    window.wait_for("[data-testid=sending][data-state=no_network]").await.unwrap();
    window.click("pause-sending").await.unwrap();
    window.wait_for("[data-testid=sending][data-state=paused]").await.unwrap();
    is_good(&window, "a table that is paused").await;
    window.click("send-now").await.unwrap();
    window.wait_for("[data-testid=sending][data-state=no_network]").await.unwrap();
    window.click("nav-paper").await.unwrap();
    window.wait_for("[data-testid=sheet-number]:focus").await.unwrap();
    type_keys(&computer, "\n");
    window.wait_for_text("line-title", "Line 1").await.unwrap();
    window.type_into("line-full_name", "Amina Yusuf").await.unwrap();
    window.click("keep-line").await.unwrap();
    window.wait_for_present("[data-line='1'][data-kept=true]").await.unwrap();
    window.click("close-sheet").await.unwrap();
    window.click("close-now").await.unwrap();
    window.wait_for_text("sheet-closed", "1 signature saved").await.unwrap();
    window.click("nav-table-home").await.unwrap();
    window.click("strike").await.unwrap();
    window.wait_for("[data-testid=strike-which]").await.unwrap();
    window.choose("strike-which", "1").await.unwrap();
    is_good(&window, "a signature that is struck").await;
    window.screenshot("strike").await.unwrap();
    window.click("strike-now").await.unwrap();
    window.wait_for_text("struck", "stays where it is").await.unwrap();
    window.click("nav-hand-carry").await.unwrap();
    choose_home(&window, &home).await;
    window.click("hand-carry-write").await.unwrap();
    window.wait_for_text("carry-report", "3 signatures written").await.unwrap();
    window.wait_for("[data-testid=stick-files] [data-whose=own]").await.unwrap();
    is_good(&window, "a stick that was written").await;
    window.click("nav-end-shift").await.unwrap();
    window.click("end-shift").await.unwrap();
    window.wait_for_text("shift-saved", "3").await.unwrap();
    window.wait_for_text("shift-not-received", "3").await.unwrap();
    window.wait_for("[data-testid=qr]").await.unwrap();
    is_good(&window, "the end of a shift").await;
    window.screenshot("end-of-shift").await.unwrap();
    window.close().await.unwrap();

    // The near table, in the evening, where there is a network.
    endpoint.start_again().unwrap();
    let window = Window::open(&computer, &computer.profile("Near table")).await.unwrap();
    window.click("nav-hand-carry").await.unwrap();
    choose_home(&window, &home).await;
    window.wait_for("[data-testid=stick-files] [data-whose=other_table]").await.unwrap();
    window.click("upload-stick").await.unwrap();
    window.wait_for_text("uploaded", "1 batch was received.").await.unwrap();
    window.wait_for("[data-testid=stick-files] [data-outcome=received]").await.unwrap();
    is_good(&window, "a stick that was sent for another table").await;
    window.screenshot("stick").await.unwrap();
    window.close().await.unwrap();
    organizer.run(&["desk", "pull"]).unwrap();
    assert_eq!(organizer.run(&["desk", "count"]).unwrap()[0]["collected"], 3);
    // Of the sheet, and of the joke.
    assert_eq!(organizer.run(&["desk", "notes"]).unwrap().len(), 2, "the closing record is not on the stick");

    // The far table hears of it, and nothing is sent twice.
    let window = Window::open(&computer, &computer.profile("Far table")).await.unwrap();
    window.wait_for_text("table-received", "3").await.unwrap();
    window.wait_for("[data-testid=sending][data-state=done]").await.unwrap();
    window.close().await.unwrap();
    organizer.run(&["desk", "pull"]).unwrap();
    let count = organizer.run(&["desk", "count"]).unwrap();
    assert_eq!((&count[0]["collected"], &count[0]["resent"]), (&3.into(), &0.into()));
}
