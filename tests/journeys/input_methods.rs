//! What the toolkit opens over a text field, and what its input method keeps between two people.

use system_tests::Window;

use crate::{
    break_out::{windows, xdotool},
    street::{EVERYTHING, Street},
    touch::holds,
};

#[tokio::test]
async fn no_chooser_opens_over_a_field_and_no_code_entry_begins() {
    let street = Street::set_up(&[EVERYTHING]).await;
    let window = street.open().await;
    let before = windows(&street.computer);
    window.click("kiosk-sign").await.unwrap();
    for field in ["field-full_name", "field-comment"] {
        window.click(field).await.unwrap();
        for chord in ["ctrl+period", "ctrl+semicolon", "ctrl+shift+e", "ctrl+shift+u"] {
            xdotool(&street.computer, &["key", chord]);
            assert_eq!(windows(&street.computer), before, "{field}: {chord} opened something");
        }
        // A code that was begun would turn into a sign.
        xdotool(&street.computer, &["key", "1", "f", "3", "3", "b", "space"]);
        holds(&window, field, "1f33b ").await;
        assert_eq!(windows(&street.computer), before);
    }
    window.close().await.unwrap();
}

#[tokio::test]
async fn a_sign_that_was_begun_is_not_joined_to_the_next_persons_letters() {
    let street = Street::set_up(&[EVERYTHING]).await;
    let window = street.open().await;
    for begun in
        [&["ctrl+shift+u", "1", "f"][..], &["dead_acute"], &["Multi_key", "apostrophe"], &["Multi_key"]]
    {
        window.click("kiosk-sign").await.unwrap();
        window.wait_for("[data-testid=field-full_name]:focus").await.unwrap();
        xdotool(&street.computer, &[&["key"], begun].concat());
        wipe(&window).await;
        window.click("kiosk-sign").await.unwrap();
        window.wait_for("[data-testid=field-full_name]:focus").await.unwrap();
        xdotool(&street.computer, &["key", "e", "b", "b", "a"]);
        holds(&window, "field-full_name", "ebba").await;
        wipe(&window).await;
    }
    // For those whose names need one, it is still there.
    window.click("kiosk-sign").await.unwrap();
    window.wait_for("[data-testid=field-full_name]:focus").await.unwrap();
    xdotool(&street.computer, &["key", "dead_acute", "e", "b", "b", "a"]);
    holds(&window, "field-full_name", "ébba").await;
    window.close().await.unwrap();
}

async fn wipe(window: &Window) {
    window.click("start-over").await.unwrap();
    window.wait_for("[data-testid=take-back]").await.unwrap();
    window.wait_for_present("[data-testid=announced]:not(:empty)").await.unwrap();
}
