//! The lawyer on the other side: every figure is followed down to one signature, and what is decided about many is undone again.

use serde_json::json;
use system_tests::{Window, eventually};

use crate::{
    look::is_good,
    street::{NAME_ONLY, SOON, Street, shows},
};

const MARKET: [&str; 3] = ["Ottilie Zwirner", "Wendelin Quickley", "Philippa Ostrander"];
const LIBRARY: [&str; 2] = ["Thaddeus Baskerville", "Henrike Ravenscroft"];

/// Three signed at the market, two at the library.
async fn set_up() -> Street {
    let street = Street::set_up(&[NAME_ONLY]).await;
    let drafts = |names: &[&str]| {
        names.iter().map(|name| json!({ "full_name": name }).to_string() + "\n").collect::<String>()
    };
    street.sign_at_two_tables(&drafts(&MARKET), &drafts(&LIBRARY));
    street
}

#[tokio::test]
async fn a_figure_is_followed_down_to_one_signature_and_what_is_said_of_many_is_undone() {
    let street = set_up().await;
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.click("nav-desk").await.unwrap();
    shows(&window, "count-deliverable", "5").await;
    window.click("nav-ledger").await.unwrap();
    rows(&window, 5).await;
    is_good(&window, "the ledger").await;
    window.screenshot("ledger").await.unwrap();
    search(&window).await;
    many(&window).await;
    number(&window).await;
    window.close().await.unwrap();

    // The same in the dark, and in Spanish.
    let dark = [("GTK_THEME", "Adwaita:dark")];
    let window = Window::open_with(&street.computer, &street.profile, &dark).await.unwrap();
    window.click("nav-desk").await.unwrap();
    window.click("speak-es").await.unwrap();
    window.click("nav-number").await.unwrap();
    window.wait_for("[data-testid=number-row]").await.unwrap();
    is_good(&window, "the number in the dark, in Spanish").await;
    window.screenshot("number-dark-es").await.unwrap();
    window.click("how-we-count").await.unwrap();
    window.wait_for("[data-testid=how-rule]").await.unwrap();
    is_good(&window, "how we count in the dark, in Spanish").await;
    window.screenshot("how-dark-es").await.unwrap();
    window.click("nav-ledger").await.unwrap();
    rows(&window, 5).await;
    window.click("filter-more").await.unwrap();
    is_good(&window, "the ledger in the dark, in Spanish").await;
    window.screenshot("ledger-dark-es").await.unwrap();
    window.click("open-story").await.unwrap();
    window.wait_for("[data-testid=story-proof][data-good=true]").await.unwrap();
    is_good(&window, "a story in the dark, in Spanish").await;
    window.screenshot("story-dark-es").await.unwrap();
    window.close().await.unwrap();
}

/// Each key asks, and nothing has to be pressed.
async fn search(window: &Window) {
    window.type_into("ledger-search", "quick").await.unwrap();
    rows(window, 1).await;
    assert!(window.text("ledger").await.unwrap().contains("Wendelin Quickley"));
    // A word about a search is about each that is found now.
    window.click("many-open").await.unwrap();
    window.wait_for_text("many-holds", "as they are now").await.unwrap();
    shows(window, "rule-then", "4").await;
    window.click("many-leave").await.unwrap();
    window.type_into("ledger-search", "").await.unwrap();
    rows(window, 5).await;
}

/// All of a place are void by one word, with count, sample and reason; then they are not.
async fn many(window: &Window) {
    window.wait_for_present("[data-testid=filter-place] option[value='=Market']").await.unwrap();
    window.choose("filter-place", "=Market").await.unwrap();
    rows(window, 3).await;
    shows(window, "seen-deliverable", "3").await;
    is_good(window, "one place of the ledger").await;
    window.screenshot("ledger-place").await.unwrap();

    window.click("many-open").await.unwrap();
    window.wait_for_text("many-chosen", "Market").await.unwrap();
    shows(window, "rule-now", "5").await;
    shows(window, "rule-then", "2").await;
    window.click("many-decide").await.unwrap();
    window.wait_for("[data-testid=many-reason-error]").await.unwrap();
    window.type_into("many-reason", "The sheets of this place were left alone").await.unwrap();
    is_good(window, "a word about many").await;
    window.screenshot("many").await.unwrap();
    window.click("many-decide").await.unwrap();
    window.type_into("review-by", "Dee").await.unwrap();
    is_good(window, "who says it").await;
    window.click("review-named").await.unwrap();
    shows(window, "seen-deliverable", "0").await;
    window.wait_for("[data-testid=many-row][data-held=true]").await.unwrap();
    is_good(window, "a word about many that was said").await;
    window.screenshot("many-said").await.unwrap();
    window.click("nav-overview").await.unwrap();
    shows(window, "count-deliverable", "2").await;

    // A figure is a door.
    window.click("count-void").await.unwrap();
    rows(window, 3).await;
    window.wait_for("[data-testid=chip-standing]").await.unwrap();
    window.click("many-undo").await.unwrap();
    window.wait_for("[data-testid=many-row][data-held=false] s").await.unwrap();
    rows(window, 0).await;
    window.click("chip-standing").await.unwrap();
    rows(window, 5).await;
    window.click("nav-overview").await.unwrap();
    shows(window, "count-deliverable", "5").await;
}

/// From the number to one signature, and its story.
async fn number(window: &Window) {
    window.click("nav-number").await.unwrap();
    shows(window, "count-deliverable", "5").await;
    window.wait_for("[data-testid=number-row]").await.unwrap();
    window.wait_for_present(".chart .ct-bar").await.unwrap();
    is_good(window, "the number").await;
    window.screenshot("number").await.unwrap();
    window.click("number-by-place").await.unwrap();
    window.wait_for_text("number-parts", "Library").await.unwrap();
    is_good(window, "the number by place").await;
    window.screenshot("number-place").await.unwrap();
    window.click("how-we-count").await.unwrap();
    window.wait_for("[data-testid=how-rule]").await.unwrap();
    is_good(window, "how we count").await;
    window.screenshot("how-we-count").await.unwrap();
    window.click("how-back").await.unwrap();
    window.click("number-by-place").await.unwrap();
    // The fewest are last.
    window.click_css("[data-testid=number-row]:last-child [data-testid=number-door]").await.unwrap();
    rows(window, 2).await;
    window.type_into("ledger-search", "Henrike").await.unwrap();
    rows(window, 1).await;

    window.click("open-story").await.unwrap();
    window.wait_for("[data-testid=story-facts]").await.unwrap();
    window.wait_for("[data-testid=story-entries]").await.unwrap();
    let facts = window.text("story-facts").await.unwrap();
    assert!(facts.contains("Library") && facts.contains("B. L."), "{facts}");
    let entries = window.text("story-entries").await.unwrap();
    assert!(entries.contains("Table 7") && entries.contains("entry 1"), "{entries}");
    window.wait_for("[data-testid=story-proof][data-good=true]").await.unwrap();
    is_good(window, "a story").await;
    window.screenshot("story").await.unwrap();
    window.choose("story-verdict", "void").await.unwrap();
    window.type_into("story-reason", "Signed for another").await.unwrap();
    window.click("story-decide").await.unwrap();
    window.wait_for("[data-testid=story-decision][data-held=true]").await.unwrap();
    window.wait_for_text("story-standing", "void").await.unwrap();
    is_good(window, "a story with a word about it").await;
    window.screenshot("story-void").await.unwrap();
    window.click("story-undo").await.unwrap();
    window.wait_for("[data-testid=story-decision][data-held=false] s").await.unwrap();
    window.wait_for_text("story-standing", "counted").await.unwrap();
    window.click("story-close").await.unwrap();
    window.click("nav-number").await.unwrap();
    shows(window, "count-deliverable", "5").await;
}

/// So many signatures are listed.
async fn rows(window: &Window, count: u64) {
    let script = "return document.querySelectorAll('[data-testid=ledger-row]').length";
    let what = format!("{count} rows");
    let found =
        eventually(&what, SOON, async || Ok((window.run(script, Vec::new()).await? == count).then_some(())))
            .await;
    if let Err(error) = found {
        let _picture = window.screenshot("failed-rows").await;
        unreachable!("{error}");
    }
}
