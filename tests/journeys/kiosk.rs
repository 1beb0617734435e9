//! The kiosk as signers go through it, in the real window.

use serde_json::json;
use system_tests::{Window, eventually, sample_petition};

use crate::{
    canaries::{CITY, COMMENT, EMAIL, NAME},
    look,
    street::{EVERYTHING, NAME_ONLY, Street, column, done, page, take_back},
};

#[tokio::test]
async fn one_word_is_a_name_and_one_tap_signs() {
    let street = Street::set_up(&[NAME_ONLY]).await;
    let window = street.open().await;
    window.click("kiosk-sign").await.unwrap();
    // The field has the focus: a name, then one tap.
    window.wait_for("[data-testid=field-full_name]:focus").await.unwrap();
    window.press("Sukarno").await.unwrap();
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
    assert_eq!(window.text("count-text").await.unwrap().split_whitespace().next(), Some("1"));
    look::is_good(&window, "thanks").await;
    done(&window).await;
    window.close().await.unwrap();
    let ledger = street.ledger();
    assert_eq!(column(&ledger, "name"), ["Sukarno"]);
    assert_eq!(column(&ledger, "email"), [""]);
}

#[tokio::test]
async fn a_full_form_with_a_drawn_signature_arrives_whole() {
    let street = Street::set_up(&[EVERYTHING]).await;
    let window = street.open().await;
    window.click("kiosk-sign").await.unwrap();
    for (field, value) in [
        ("full_name", NAME),
        ("email", EMAIL),
        ("phone", "(206) 555-0100"),
        ("postal_code", "98118"),
        ("city", CITY),
        ("region", "Washington"),
        ("street", "4 Orchard Street"),
        ("comment", COMMENT),
    ] {
        window.type_into(&format!("field-{field}"), value).await.unwrap();
    }
    window.choose("field-country", "US").await.unwrap();
    let wave: Vec<(f64, f64)> =
        (0..40).map(f64::from).map(|at| (0.1 + at / 50.0, 0.5 + (at / 3.0).sin() / 4.0)).collect();
    window.draw("field-ink", &wave).await.unwrap();
    window.draw("field-ink", &[(0.2, 0.2), (0.8, 0.3)]).await.unwrap();
    window.click("ink-undo").await.unwrap();
    window.click("field-of_age").await.unwrap();
    window.click("send-updates").await.unwrap();
    window.screenshot("kiosk-full-form").await.unwrap();
    look::is_good(&window, "a full form").await;
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
    done(&window).await;
    window.close().await.unwrap();
    let ledger = street.ledger();
    for (name, value) in [
        ("name", NAME),
        ("email", EMAIL),
        ("phone", "+12065550100"),
        ("country", "US"),
        ("postal_code", "98118"),
        ("city", CITY),
        ("region", "Washington"),
        ("street", "4 Orchard Street"),
        ("comment", COMMENT),
        ("age_stated", "yes"),
        ("ink", "yes"),
        ("public_display", "no"),
        ("updates", "yes"),
        ("sharing", "no"),
    ] {
        assert_eq!(column(&ledger, name), [value], "{name}");
    }
    // At the desk the hand is drawn again, as lines.
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    take_back(&window).await;
    window.click("nav-desk").await.unwrap();
    window.click("nav-ledger").await.unwrap();
    window.wait_for("[data-testid=ink-picture] path").await.unwrap();
    window.screenshot("desk-ledger-ink").await.unwrap();
    window.close().await.unwrap();
}

#[tokio::test]
async fn everything_that_is_wrong_is_said_at_once_and_nothing_typed_is_lost() {
    let street = Street::set_up(&[EVERYTHING]).await;
    let window = street.open().await;
    window.click("kiosk-sign").await.unwrap();
    window.type_into("field-email", "somebody@").await.unwrap();
    window.type_into("field-phone", "12").await.unwrap();
    window.type_into("field-city", "Seattle").await.unwrap();
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=error-summary]").await.unwrap();
    let focused = window.run("return document.activeElement.dataset.testid", Vec::new()).await.unwrap();
    assert_eq!(focused, "error-summary", "the summary takes the focus");
    for field in ["full_name", "email", "phone", "of_age", "ink"] {
        window.wait_for(&format!("[data-testid=error-link-field-{field}]")).await.unwrap();
        let told = format!(
            "const field = document.getElementById('field-{field}');
             return (field.getAttribute('aria-describedby') ?? '').split(' ')
                 .map((id) => document.getElementById(id)?.textContent ?? '').join('')"
        );
        assert_ne!(window.run(&told, Vec::new()).await.unwrap(), "", "{field} has its own words, tied to it");
    }
    look::is_good(&window, "every error at once").await;
    window.screenshot("kiosk-every-error").await.unwrap();
    window.click("error-link-field-email").await.unwrap();
    let focused = window.run("return document.activeElement.id", Vec::new()).await.unwrap();
    assert_eq!(focused, "field-email", "a line of the summary leads to its field");
    let kept =
        "return ['email', 'phone', 'city'].map((name) => document.getElementById(`field-${name}`).value)";
    assert_eq!(window.run(kept, Vec::new()).await.unwrap(), json!(["somebody@", "12", "Seattle"]));
    // Mended one after the other, they are no longer pointed at.
    window.type_into("field-full_name", "Sukarno").await.unwrap();
    window.type_into("field-email", "somebody@example.org").await.unwrap();
    window.type_into("field-phone", "").await.unwrap();
    type_signature(&window, "Sukarno").await;
    window.click("field-of_age").await.unwrap();
    window.wait_until_gone("[data-testid=error-summary]").await.unwrap();
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
    window.close().await.unwrap();
    assert_eq!(column(&street.ledger(), "typed_signature"), ["Sukarno"]);
}

#[tokio::test]
async fn the_next_petition_takes_name_and_address_along_and_none_is_offered_twice() {
    let sample = std::fs::read_to_string(sample_petition()).unwrap();
    let street = Street::set_up(&[EVERYTHING, NAME_ONLY, &sample]).await;
    let window = street.open().await;
    window.wait_for("button[data-testid^=petition-]").await.unwrap();
    look::is_good(&window, "the choice").await;
    window.screenshot("kiosk-choice").await.unwrap();
    choose(&window, "Palantir").await;
    window.click("kiosk-sign").await.unwrap();
    window.type_into("field-full_name", NAME).await.unwrap();
    window.type_into("field-city", CITY).await.unwrap();
    window.type_into("field-email", EMAIL).await.unwrap();
    window.click("show-publicly").await.unwrap();
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
    assert_eq!(offered(&window).await, ["A bench at the pond", "Keep the library open on Sundays"]);
    look::is_good(&window, "thanks with others").await;
    window.screenshot("kiosk-thanks-others").await.unwrap();
    choose(&window, "library").await;
    let brought =
        "return ['full_name', 'city', 'email'].map((name) => document.getElementById(`field-${name}`).value)
        .concat(document.getElementById('show-publicly').checked)";
    window.wait_for("[data-testid=field-street]").await.unwrap();
    assert_eq!(window.run(brought, Vec::new()).await.unwrap(), json!([NAME, CITY, "", false]));
    window.type_into("field-email", EMAIL).await.unwrap();
    type_signature(&window, NAME).await;
    window.click("field-of_age").await.unwrap();
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
    assert_eq!(offered(&window).await, ["A bench at the pond"], "none that was signed in this visit");
    choose(&window, "bench").await;
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
    assert!(offered(&window).await.is_empty());
    done(&window).await;
    // The next person finds nothing brought along.
    choose(&window, "Palantir").await;
    window.click("kiosk-sign").await.unwrap();
    window.wait_for("[data-testid=field-full_name]").await.unwrap();
    assert!(!page(&window).await.contains("Wrenfield"));
    window.close().await.unwrap();
    let ledger = street.ledger();
    assert_eq!(column(&ledger, "name"), [NAME, NAME, NAME]);
    assert_eq!(column(&ledger, "city"), ["", CITY, CITY], "by the title of the petition");
    assert_eq!(column(&ledger, "public_display"), ["no", "no", "yes"], "consents are each petition's own");
}

#[tokio::test]
async fn an_abandoned_form_is_wiped_after_a_countdown_and_never_counted() {
    let street = Street::set_up(&[NAME_ONLY]).await;
    let window = street.open().await;
    window.click("kiosk-sign").await.unwrap();
    window.type_into("field-full_name", NAME).await.unwrap();
    later(&window, 100).await;
    window.wait_for("[data-testid=idle-dialog]").await.unwrap();
    look::is_good(&window, "the question whether somebody is there").await;
    let words = window.text("idle-dialog").await.unwrap();
    assert!(words.contains("wiped"), "it says what will happen: {words}");
    window.click("more-time").await.unwrap();
    let kept = "return document.getElementById('field-full_name').value";
    assert_eq!(window.run(kept, Vec::new()).await.unwrap(), NAME, "who says so gets more time");
    later(&window, 115).await;
    window.wait_for("[data-testid=idle-dialog]").await.unwrap();
    window.screenshot("kiosk-countdown").await.unwrap();
    window.wait_for("[data-testid=take-back]").await.unwrap();
    assert!(!page(&window).await.contains("Wrenfield"));
    assert_eq!(window.text("count-text").await.unwrap().split_whitespace().next(), Some("0"));
    window.close().await.unwrap();
    assert_eq!(street.ledger().len(), 1, "a header, and nobody");
}

#[tokio::test]
async fn a_laptop_that_slept_wipes_as_it_wakes_and_the_tap_that_wakes_it_brings_nothing_back() {
    let street = Street::set_up(&[NAME_ONLY]).await;
    let window = street.open().await;
    for wakes_by_tap in [false, true] {
        window.click("kiosk-sign").await.unwrap();
        window.type_into("field-full_name", NAME).await.unwrap();
        later(&window, 3600).await;
        if wakes_by_tap {
            window.press("x").await.unwrap();
        }
        window.wait_for("[data-testid=take-back]").await.unwrap();
        assert!(!page(&window).await.contains("Wrenfield"));
        assert!(!window.shows("idle-dialog").await.unwrap(), "nobody is asked whether they are still there");
    }
    window.close().await.unwrap();
    assert_eq!(street.ledger().len(), 1, "a header, and nobody");
}

#[tokio::test]
async fn a_form_that_another_window_covers_for_long_is_wiped() {
    let street = Street::set_up(&[NAME_ONLY]).await;
    let window = street.open().await;
    window.click("kiosk-sign").await.unwrap();
    window.type_into("field-full_name", NAME).await.unwrap();
    window.run("window.dispatchEvent(new Event('blur'))", Vec::new()).await.unwrap();
    later(&window, 25).await;
    window.wait_for("[data-testid=take-back]").await.unwrap();
    assert!(!page(&window).await.contains("Wrenfield"));
    window.close().await.unwrap();
}

/// So many seconds go by, as a page sees it when the computer sleeps: on the clock of the wall alone.
pub(crate) async fn later(window: &Window, seconds: u32) {
    let script = "const now = Date.now; Date.now = () => now() + 1000 * arguments[0]";
    let script = script.replace("arguments[0]", &seconds.to_string());
    window.run(&script, Vec::new()).await.unwrap();
}

#[tokio::test]
async fn the_keyboard_alone_is_enough() {
    let street = Street::set_up(&[EVERYTHING]).await;
    let window = street.open().await;
    tab_to(&window, "kiosk-read").await;
    window.press("\u{e007}").await.unwrap();
    window.wait_for("[data-testid=reference-mark-1]").await.unwrap();
    tab_to(&window, "reference-mark-1").await;
    window.press("\u{e007}").await.unwrap();
    tab_to(&window, "reference-back-1").await;
    window.press("\u{e007}").await.unwrap();
    let focused = "return document.activeElement.dataset.testid ?? ''";
    assert_eq!(window.run(focused, Vec::new()).await.unwrap(), "reference-mark-1", "back where it was read");
    tab_to(&window, "kiosk-sign").await;
    window.press("\u{e007}").await.unwrap();
    window.wait_for("[data-testid=field-full_name]").await.unwrap();
    window.press("Sukarno").await.unwrap();
    // Enter goes on to the next field.
    window.press("\u{e007}").await.unwrap();
    window.press("sukarno@example.org").await.unwrap();
    tab_to(&window, "ink-type").await;
    window.press(" ").await.unwrap();
    window.wait_for("input[data-testid=field-ink]").await.unwrap();
    window.press("Sukarno").await.unwrap();
    tab_to(&window, "field-of_age").await;
    window.press(" ").await.unwrap();
    tab_to(&window, "submit").await;
    window.press("\u{e007}").await.unwrap();
    window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
    tab_to(&window, "thanks-done").await;
    window.press("\u{e007}").await.unwrap();
    window.wait_for("[data-testid=take-back]").await.unwrap();
    window.close().await.unwrap();
    assert_eq!(column(&street.ledger(), "email"), ["sukarno@example.org"]);
}

/// Presses Tab until an element has the focus. The focus is always seen, and never lost on the way.
async fn tab_to(window: &Window, testid: &str) {
    window.wait_for(&format!("[data-testid={testid}]")).await.unwrap();
    for _ in 0..60 {
        window.press("\u{e004}").await.unwrap();
        let state = "const at = document.activeElement;
            // A mark in the text is outlined around its number, not around all that a finger may hit.
            const outlined = at === document.body
                || [at, ...at.children].some((one) => getComputedStyle(one).outlineStyle !== 'none');
            return [at.dataset.testid ?? '', outlined]";
        let state = window.run(state, Vec::new()).await.unwrap();
        assert_eq!(state[1], true, "{} has the focus and does not show it", state[0]);
        if state[0] == testid {
            return;
        }
    }
    unreachable!("Tab does not lead to {testid}");
}

async fn type_signature(window: &Window, text: &str) {
    window.click("ink-type").await.unwrap();
    window.wait_for("input[data-testid=field-ink]").await.unwrap();
    window.type_into("field-ink", text).await.unwrap();
}

async fn choose(window: &Window, part: &str) {
    eventually("a petition to choose", std::time::Duration::from_secs(20), async || {
        let script = "const button = [...document.querySelectorAll('button[data-testid^=petition-]')].find((one) => one.textContent.includes(arguments[0]));
            return button?.dataset.testid ?? null";
        let testid = window.run(script, vec![json!(part)]).await?;
        Ok(testid.as_str().map(str::to_owned))
    })
    .await
    .map(|testid| async move { window.click(&testid).await.unwrap() })
    .unwrap()
    .await;
}

async fn offered(window: &Window) -> Vec<String> {
    let script = "return [...document.querySelectorAll('button[data-testid^=petition-] .title')].map((one) => one.textContent).sort()";
    let titles = window.run(script, Vec::new()).await.unwrap();
    titles.as_array().unwrap().iter().map(|title| title.as_str().unwrap().to_owned()).collect()
}
