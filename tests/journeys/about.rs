//! The page about the program: what it is made of, and a file for whoever mends it that names nobody.

use std::fs;

use system_tests::Window;

use crate::street::{NAME_ONLY, PIN, Street};

/// What people gave names to on that computer, and who they are.
const NAMES: [&str; 9] = [
    "Neighbors",
    "Saturday",
    "Table 4",
    "Market",
    "D. R.",
    "bench at the pond",
    "Friends of the Pond",
    "Parks Department",
    PIN,
];

#[tokio::test]
async fn the_diagnostics_are_read_saved_and_name_nobody() {
    let street = Street::set_up(&[NAME_ONLY]).await;
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.click("about").await.unwrap();
    let parts = "return document.querySelectorAll('[data-testid=licences] li').length";
    window.wait_for("[data-testid=licences] li").await.unwrap();
    assert!(window.run(parts, Vec::new()).await.unwrap().as_u64().unwrap() > 300);
    let shown = window.wait_for_text("diagnostics", "\"version\"").await.unwrap();
    window.screenshot("about").await.unwrap();
    window.click("place-0").await.unwrap();
    window.click("save-diagnostics").await.unwrap();
    window.wait_for_text("diagnostics-saved", "undersigned-diagnostics.txt").await.unwrap();
    let saved =
        fs::read_to_string(street.computer.folder().join("home/undersigned-diagnostics.txt")).unwrap();
    assert!(saved.contains("\"saved\": 0") && saved.contains("\"petitions\": 1"), "{saved}");
    let folder = street.computer.folder().to_str().unwrap();
    for name in NAMES.into_iter().chain([folder]) {
        assert!(!shown.contains(name) && !saved.contains(name), "{name}: {saved}");
    }
    window.click("about-back").await.unwrap();
    window.click("hand-to-signers").await.unwrap();
    window.wait_for("[data-testid=take-back]").await.unwrap();
    assert!(!window.shows("about").await.unwrap());
    window.close().await.unwrap();
}
