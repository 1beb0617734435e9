//! The night before delivery: signatures that may be one person's, decided by keyboard alone.

use serde_json::json;
use system_tests::{Window, eventually};

use crate::{
    break_out::xdotool,
    look::is_good,
    street::{SOON, Street, shows, type_keys},
};

const PETITION: &str = "---
title: A bench at the pond
started_by: Friends of the Pond
addressed_to: The Parks Department
goal: 500
fields:
  email: optional
  postal_code: optional
  city: optional
---

There is no place to sit (1). We ask for one bench.

## References

1. Counted on a Sunday in May.
";

/// Who signed at both tables, it seems: a rare name and a city, the second time without an e-mail address.
const TWICE: [(&str, &str); 22] = [
    ("Ottilie Zwirner", "Auburn"),
    ("Wendelin Quickley", "Bothell"),
    ("Philippa Ostrander", "Burien"),
    ("Lysander Vandermolen", "Carnation"),
    ("Rosalind Trelawney", "Duvall"),
    ("Thaddeus Baskerville", "Edmonds"),
    ("Henrike Ravenscroft", "Everett"),
    ("Casimir Kowalczyk", "Fife"),
    ("Eulalia Abernathy", "Issaquah"),
    ("Ignatius Szymanski", "Kenmore"),
    ("Marguerite Featherstone", "Kent"),
    ("Florentin Oberlander", "Kirkland"),
    ("Hildegard Gallagher", "Lynnwood"),
    ("Leocadia Montague", "Marysville"),
    ("Balthazar Winterbourne", "Monroe"),
    ("Clementine Chatterjee", "Mukilteo"),
    ("Severin Lindqvist", "Puyallup"),
    ("Apollonia Thorvaldsen", "Redmond"),
    ("Gideon Pemberton", "Renton"),
    ("Winifred Nakagawa", "Sammamish"),
    ("Perpetua Villanueva", "Shoreline"),
    ("Ambrose Dragomir", "Tukwila"),
];

/// What is said of twenty of them, one after the other: ten are one person, eight are two, of two it cannot be told.
const SAID: &str = "ssdsuddssdsdsudsddss";

fn drafts(second: bool) -> String {
    let drafts = TWICE.iter().zip(98_001..).map(|((name, city), postal_code)| {
        let email = if second { String::new() } else { format!("{}@example.org", name.replace(' ', ".")) };
        let postal_code = postal_code.to_string();
        json!({ "full_name": name, "email": email, "city": city, "postal_code": postal_code }).to_string()
    });
    drafts.collect::<Vec<_>>().join("\n")
}

async fn set_up() -> Street {
    let street = Street::set_up(&[PETITION]).await;
    street.sign_at_two_tables(&drafts(false), &drafts(true));
    street
}

#[tokio::test]
async fn twenty_pairs_are_decided_by_keyboard_alone_and_a_rule_is_tried_set_and_undone() {
    let street = set_up().await;
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    open_review(&window).await;
    shows(&window, "review-left", "22").await;
    shows(&window, "review-deliverable", "44").await;
    is_good(&window, "a pair").await;
    window.screenshot("review-pair").await.unwrap();

    decide_twenty(&street, &window).await;
    shows(&window, "review-left", "4").await;
    shows(&window, "review-could-not-tell", "2").await;
    shows(&window, "review-deliverable", "34").await;
    xdotool(&street.computer, &["key", "z"]);
    shows(&window, "review-left", "5").await;
    shows(&window, "review-deliverable", "35").await;
    let heard = window.text("review-said").await.unwrap();
    assert!(heard.contains("Undone") && heard.contains("35 deliverable"), "{heard}");
    window.screenshot("review-decided").await.unwrap();

    rule(&window).await;
    window.close().await.unwrap();
    let count = street.command_line().run(&["desk", "count"]).unwrap();
    assert_eq!(count[0]["deliverable"], 35);

    // All of it is still there, also in the dark.
    let dark = [("GTK_THEME", "Adwaita:dark")];
    let window = Window::open_with(&street.computer, &street.profile, &dark).await.unwrap();
    open_review(&window).await;
    shows(&window, "review-left", "5").await;
    shows(&window, "review-deliverable", "35").await;
    is_good(&window, "a pair in the dark").await;
    window.screenshot("review-dark").await.unwrap();
    for left in (0..5).rev() {
        xdotool(&street.computer, &["key", "d"]);
        if left == 4 {
            window.wait_for("[data-testid=review-by]:focus").await.unwrap();
            type_keys(&street.computer, "Bo\n");
        }
        shows(&window, "review-left", &left.to_string()).await;
    }
    window.wait_for("[data-testid=review-none]").await.unwrap();
    is_good(&window, "nothing left to look at").await;
    window.screenshot("review-none").await.unwrap();
    window.close().await.unwrap();
}

async fn open_review(window: &Window) {
    window.click("nav-desk").await.unwrap();
    window.click("nav-review").await.unwrap();
    window.wait_for("[data-testid=review-pair]").await.unwrap();
}

/// By keys alone. The name is asked for once, and the first decision is not lost by that.
async fn decide_twenty(street: &Street, window: &Window) {
    // These are the system's, and decide nothing.
    xdotool(&street.computer, &["key", "ctrl+d", "alt+d"]);
    for (place, said) in SAID.chars().enumerate() {
        let shown = pair(window).await;
        xdotool(&street.computer, &["key", &said.to_string()]);
        if place == 0 {
            window.wait_for("[data-testid=review-by]:focus").await.unwrap();
            is_good(window, "who decides").await;
            window.screenshot("review-who").await.unwrap();
            type_keys(&street.computer, "Dee\n");
        }
        eventually("the next pair", SOON, async || Ok((pair(window).await != shown).then_some(())))
            .await
            .unwrap();
    }
}

/// The pair that is shown.
async fn pair(window: &Window) -> serde_json::Value {
    let script = "const { one, other } = document.querySelector('[data-testid=review-pair]').dataset;
        return [one, other]";
    window.run(script, Vec::new()).await.unwrap()
}

/// Whoever signed several times does not count at all: it is tried, set and undone.
async fn rule(window: &Window) {
    window.choose("rule-keep", "none").await.unwrap();
    window.click("rule-try").await.unwrap();
    // Nine are one person: of each, the one that counts would not.
    shows(window, "rule-then", "26").await;
    shows(window, "rule-now", "35").await;
    shows(window, "review-deliverable", "35").await;
    is_good(window, "a rule that is tried").await;
    window.screenshot("review-rule").await.unwrap();
    window.click("rule-set").await.unwrap();
    shows(window, "review-deliverable", "26").await;
    window.wait_for("[data-testid=decision-row][data-kind=rule][data-held=true]").await.unwrap();
    window.click_css("[data-testid=decision-row][data-kind=rule] button").await.unwrap();
    shows(window, "review-deliverable", "35").await;
    window.wait_for("[data-testid=decision-row][data-kind=rule][data-held=false] s").await.unwrap();
    window.wait_for("[data-testid=rule-keep]").await.unwrap();
    let keep = "return document.querySelector('[data-testid=rule-keep]').value";
    assert_eq!(window.run(keep, Vec::new()).await.unwrap(), "first");
    is_good(window, "decisions").await;
    window.screenshot("review-decisions").await.unwrap();
}
