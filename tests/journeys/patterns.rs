//! What is strange is looked at together: a shift that nobody could have had, and what another organizer has decided.

use std::fs;

use serde_json::json;
use system_tests::{CommandLine, Window, path};

use crate::{
    look::is_good,
    street::{Street, shows},
};

const PETITION: &str = "---
title: A bench at the pond
started_by: Friends of the Pond
addressed_to: The Parks Department
goal: 500
fields:
  street: optional
  postal_code: optional
---

We ask for one bench.
";

fn draft(name: &str, street: &str) -> String {
    json!({ "full_name": name, "street": street, "postal_code": "98402" }).to_string() + "\n"
}

const FAMILIES: &str = "Abernathy Bartholomew Baskerville Chatterjee Crawford Dragomir Dubois Esposito Featherstone Fitzgerald Gallagher \
    Hollingsworth Ivanov Jankowski Kaminski Lindqvist McAllister Montague Nakagawa Oberlander Pemberton Quickley Ravenscroft Szymanski \
    Thorvaldsen Trelawney Underhill Villanueva Winterbourne Xanthopoulos Yamamoto Zimmermann";
const GIVEN: [&str; 7] = ["Rosalind", "Tobias", "Marisol", "Percival", "Lucille", "Jasper", "Octavia"];

/// In one minute, in the order of the alphabet, at one address.
fn made_up() -> String {
    let names = FAMILIES.split_whitespace().zip(GIVEN.into_iter().cycle());
    names.map(|(family, given)| draft(&format!("{given} {family}"), "9 Mill Rd")).collect()
}

#[tokio::test]
async fn a_shift_that_nobody_could_have_had_is_shown_and_another_organizers_decisions_are_taken_in() {
    let street = Street::set_up(&[PETITION]).await;
    let honest = draft("Ottilie Zwirner", "1420 Pine St") + &draft("Casimir Kowalczyk", "12 Oak St");
    street.sign_at_two_tables(&made_up(), &honest);
    let decisions = path(street.computer.folder(), "decisions-of-bo.json").unwrap();
    let profile = street.computer.profile("second");
    let second = second_organizer(&street, &profile, &decisions);

    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.click("nav-desk").await.unwrap();
    window.click("nav-review").await.unwrap();
    window.click("patterns").await.unwrap();
    window.wait_for("[data-testid=patterns-found]").await.unwrap();
    for kind in ["fast", "alphabetical", "one_address"] {
        let row = format!("[data-testid=pattern-row][data-kind={kind}]");
        window.wait_for(&row).await.unwrap();
    }
    is_good(&window, "strange patterns").await;
    window.screenshot("patterns").await.unwrap();
    window.click("pattern-open").await.unwrap();
    window.wait_for_text("ledger-total", "32 of 34").await.unwrap();
    window.wait_for("[data-testid=chip-shift]").await.unwrap();

    window.click("nav-review").await.unwrap();
    window.click("exchange-take").await.unwrap();
    street.choose_file(&window, &decisions).await;
    window.wait_for_text("exchange-taken", "1 new decision").await.unwrap();
    window.click("exchange-write").await.unwrap();
    window.wait_for("[data-testid=place-0]").await.unwrap();
    is_good(&window, "decisions that are to be written").await;
    window.click("place-0").await.unwrap();
    window.click("exchange-file-write").await.unwrap();
    let written = window.wait_for_text("exchange-written", "undersigned").await.unwrap();
    is_good(&window, "decisions that were exchanged").await;
    window.screenshot("exchange").await.unwrap();
    window.click("nav-overview").await.unwrap();
    shows(&window, "count-deliverable", "33").await;
    window.close().await.unwrap();

    let taken = second.run(&["desk", "take-decisions", &written]).unwrap();
    assert_eq!(taken[0], json!({ "new": 0, "known": 1 }));
}

/// Somebody who has the campaign's backup and the same files, and says of one signature that it is void.
fn second_organizer<'a>(street: &'a Street, profile: &std::path::Path, decisions: &str) -> CommandLine<'a> {
    let at = |name: &str| path(street.computer.folder(), name).unwrap();
    let first = street.command_line();
    let by = ["--backup-passphrase-file", &at("passphrase")];
    first.run(&[&["desk", "backup", "--out", &at("now.backup")], &by[..]].concat()).unwrap();
    let second = CommandLine::on(&street.computer, profile);
    second.run(&[&["desk", "restore", &at("now.backup")], &by[..]].concat()).unwrap();
    for stick in ["stick-4", "stick-7"] {
        for file in fs::read_dir(at(stick)).unwrap() {
            second.run(&["desk", "merge", file.unwrap().path().to_str().unwrap()]).unwrap();
        }
    }
    let found = second.run(&["desk", "ledger", "Casimir"]).unwrap();
    let [signature, petition] = ["signature", "petition"].map(|name| found[0][name].as_str().unwrap());
    let about = ["desk", "decide", signature, "--petition", petition, "--as", "void"];
    second.run(&[&about[..], &["--reason", "A joke", "--by", "Bo"]].concat()).unwrap();
    second.run(&["desk", "write-decisions", "--out", decisions]).unwrap();
    second
}
