//! The night before delivery, where only people on a list count: the list is loaded, the signatures are looked up in it, and the
//! organizer sees whether they will qualify.

use std::fs;

use serde_json::json;
use system_tests::{Window, path};

use crate::{
    look::is_good,
    street::{Street, shows},
};

const WITH_ADDRESS: &str = "---
title: A bench at the pond
started_by: Friends of the Pond
addressed_to: The Parks Department
goal: 2
fields:
  street: optional
  postal_code: optional
  city: optional
---

We ask for one bench.
";

/// As a club's own list has it, in no form that is known.
const MEMBERS: &str = "Member No;Surname;First names;Date of birth;Home address;Zip;Town;County;Party\r\n\
    1;Okafor;Catherine Marie;1985-02-01;1420 N Pine St;98402;Tacoma;Pierce;X\r\n\
    2;Szymanski;Ignatius;1950-01-01;12 Oak St;98402;Tacoma;Pierce;X\r\n\
    3;Szymanski;Ignatius;1980-01-01;12 Oak St;98402;Tacoma;Pierce;X\r\n\
    4;Canaria;Maria;1990-01-01;7 Elm Ave;98403;Tacoma;King;X\r\n";

fn draft(name: &str, street: &str) -> String {
    json!({ "full_name": name, "street": street, "postal_code": "98402", "city": "Tacoma" }).to_string()
        + "\n"
}

#[tokio::test]
async fn a_roll_is_loaded_looked_up_in_and_says_whether_it_will_qualify() {
    let street = Street::set_up(&[WITH_ADDRESS]).await;
    let here = draft("Cathy Okafor", "1420 North Pine Street") + &draft("Ignatius Szymanski", "12 Oak St");
    street.sign_at_two_tables(&here, &draft("Thaddeus Baskerville", "9 Mill Rd"));
    let file = path(street.computer.folder(), "members-2026.csv").unwrap();
    fs::write(&file, MEMBERS).unwrap();

    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.click("nav-desk").await.unwrap();
    window.click("nav-roll").await.unwrap();
    window.wait_for("[data-testid=choose-roll]").await.unwrap();
    is_good(&window, "a desk without a roll").await;
    window.screenshot("roll-none").await.unwrap();
    load(&street, &window, &file).await;
    look_up(&window).await;
    decide(&window).await;
    qualify(&window).await;

    window.click("delete-roll").await.unwrap();
    window.wait_for("[data-testid=delete-roll-yes]").await.unwrap();
    is_good(&window, "a roll that may be deleted").await;
    window.click("delete-roll-yes").await.unwrap();
    window.wait_for_present("h2#roll-here:not(:has(bdi))").await.unwrap();
    // What was found stays.
    shows(&window, "roll-found", "1").await;
    window.close().await.unwrap();

    let dark = [("GTK_THEME", "Adwaita:dark")];
    let window = Window::open_with(&street.computer, &street.profile, &dark).await.unwrap();
    window.click("nav-desk").await.unwrap();
    window.click("speak-es").await.unwrap();
    window.click("nav-roll").await.unwrap();
    window.click("qualify").await.unwrap();
    window.wait_for("[data-testid=qualified]").await.unwrap();
    is_good(&window, "a roll in the dark, in Spanish").await;
    window.screenshot("roll-dark-es").await.unwrap();
    window.close().await.unwrap();
}

/// The file is chosen in the system's own dialog, and its columns are known by what their headings say.
async fn load(street: &Street, window: &Window, file: &str) {
    window.click("choose-roll").await.unwrap();
    street.choose_file(window, file).await;
    window.wait_for("[data-testid=roll-first]").await.unwrap();
    let first = window.text("roll-first").await.unwrap();
    assert!(first.contains("Okafor, Catherine Marie") && first.contains("1420 N Pine St"), "{first}");
    assert!(!first.contains('X'), "of a party nothing is read: {first}");
    window.click("load-roll").await.unwrap();
    window.wait_for("[data-testid=roll-name-error]").await.unwrap();
    window.type_into("roll-name", "Members of the club").await.unwrap();
    is_good(window, "a roll that is to be loaded").await;
    window.screenshot("roll-load").await.unwrap();
    // Without a name nobody is found.
    window.choose("roll-column-family", "").await.unwrap();
    window.wait_until_gone("[data-testid=roll-first]").await.unwrap();
    window.click("load-roll").await.unwrap();
    window.wait_for("[data-testid=roll-shape-error]").await.unwrap();
    window.choose("roll-column-family", "Surname").await.unwrap();
    window.wait_for("[data-testid=roll-first]").await.unwrap();
    window.click("load-roll").await.unwrap();
    window.wait_for_text("roll-name", "Members of the club").await.unwrap();
}

async fn look_up(window: &Window) {
    shows(window, "roll-not_looked_up", "3").await;
    window.click("look-up").await.unwrap();
    for found in ["roll-found", "roll-unsure", "roll-not_found"] {
        shows(window, found, "1").await;
    }
    is_good(window, "signatures that were looked up").await;
    window.screenshot("roll").await.unwrap();
    window.click("roll-unsure").await.unwrap();
    window.wait_for("[data-testid=chip-roll]").await.unwrap();
    window.wait_for_text("ledger", "Ignatius Szymanski").await.unwrap();
    window.click("open-story").await.unwrap();
    window.wait_for_text("story-facts", "several entries may be theirs").await.unwrap();
    window.click("story-close").await.unwrap();
}

/// Those that were not found do not count, by one word about each of them.
async fn decide(window: &Window) {
    window.click("nav-roll").await.unwrap();
    window.click("roll-not_found").await.unwrap();
    window.wait_for_text("ledger", "Thaddeus Baskerville").await.unwrap();
    window.click("many-open").await.unwrap();
    window.wait_for_text("many-holds", "as they are now").await.unwrap();
    shows(window, "rule-now", "3").await;
    shows(window, "rule-then", "2").await;
    window.type_into("many-reason", "Not on the list of members").await.unwrap();
    window.click("many-decide").await.unwrap();
    window.type_into("review-by", "Dee").await.unwrap();
    window.click("review-named").await.unwrap();
    window.wait_for_text("many-said", "listed one by one").await.unwrap();
    window.click("nav-overview").await.unwrap();
    shows(window, "count-deliverable", "2").await;
}

async fn qualify(window: &Window) {
    window.click("nav-roll").await.unwrap();
    window.wait_for("[data-testid=qualify]").await.unwrap();
    window.type_into("qualify-sampled", "1").await.unwrap();
    window.click("qualify").await.unwrap();
    window.wait_for("[data-testid=qualify-value-error]").await.unwrap();
    window.type_into("qualify-sampled", "").await.unwrap();
    window.click("qualify").await.unwrap();
    window.wait_for_text("qualified-low", "1 valid").await.unwrap();
    window.wait_for_text("qualified-high", "2 valid").await.unwrap();
    is_good(window, "whether it will qualify").await;
    window.screenshot("qualify").await.unwrap();
    window.click("qualify-by-area").await.unwrap();
    window.type_into("qualify-quotas", "PIERCE; 1\nKing 1").await.unwrap();
    window.click("qualify").await.unwrap();
    window.wait_for_text("failure", "Line 2").await.unwrap();
    window.type_into("qualify-quotas", "PIERCE; 1\nKing; 1").await.unwrap();
    window.type_into("qualify-least", "1").await.unwrap();
    window.click("qualify").await.unwrap();
    window.wait_for_text("qualified-areas", "1 of 2 areas have enough; 1 must").await.unwrap();
    is_good(window, "whether areas will qualify").await;
    window.screenshot("qualify-areas").await.unwrap();
}
