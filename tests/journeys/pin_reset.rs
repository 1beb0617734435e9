//! A volunteer who forgot the PIN takes a locked table back with the code that the organizer reads out.

use system_tests::Window;

use crate::{
    look::is_good,
    street::{NAME_ONLY, PIN, Street},
};

const NEW_PIN: &str = "975310";

/// What the organizer reads out for the street's kit, from the desk's window.
async fn code_at_the_desk(window: &Window) -> String {
    window.click("nav-desk").await.unwrap();
    window.click("nav-kits").await.unwrap();
    window.click_css("[data-testid=kits] [data-testid^='pin-reset-']").await.unwrap();
    let code = window.wait_for_text("pin-reset-code", "-").await.unwrap();
    is_good(window, "the PIN reset code at the desk").await;
    window.screenshot("pin-reset-code").await.unwrap();
    window.click("pin-reset-close").await.unwrap();
    window.screenshot("kits").await.unwrap();
    window.click("nav-table").await.unwrap();
    code
}

/// Types with the dialog's own keys, in place of what is there: there is no keyboard.
async fn touch(window: &Window, field: &str, text: &str) {
    window.click(field).await.unwrap();
    let length = "return document.getElementById(arguments[0]).value.length";
    while window.run(length, vec![field.into()]).await.unwrap() != 0 {
        window.click("pin-backspace").await.unwrap();
    }
    for sign in text.chars().filter(char::is_ascii_alphanumeric) {
        window.click(&format!("pin-key-{sign}")).await.unwrap();
    }
}

async fn said(window: &Window) -> String {
    let script = "return document.querySelector('[data-testid=pin-told]').textContent";
    window.run(script, Vec::new()).await.unwrap().as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_forgotten_pin_is_set_anew_by_the_code_that_is_read_out() {
    let street = Street::set_up(&[NAME_ONLY]).await;
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    let code = code_at_the_desk(&window).await;
    window.click("hand-to-signers").await.unwrap();
    window.click("take-back").await.unwrap();
    window.click("pin-forgotten").await.unwrap();
    window.wait_for("[data-testid=reset-code]:focus").await.unwrap();
    is_good(&window, "the PIN reset").await;
    window.screenshot("pin-reset").await.unwrap();
    // Wrong codes wait as wrong PINs do, and are said once.
    for field in ["new-pin", "new-pin-again"] {
        window.type_into(field, NEW_PIN).await.unwrap();
    }
    window.type_into("reset-code", "0000 0000 0000 0000").await.unwrap();
    window.click("reset-open").await.unwrap();
    window.wait_for_text("reset-code-error", "Try again").await.unwrap();
    window.click("reset-open").await.unwrap();
    window.wait_for_text("reset-code-error", "Wait").await.unwrap();
    let told = said(&window).await;
    assert!(told.contains("Wait 5 seconds"), "{told}");
    is_good(&window, "a wrong PIN reset code").await;
    window.screenshot("pin-reset-wrong").await.unwrap();
    window.wait_for("[data-testid=reset-open]:enabled:not([aria-disabled])").await.unwrap();
    assert_eq!(said(&window).await, told, "the seconds are not counted aloud");
    // What cannot be a PIN is refused with its reason, and two that differ are.
    touch(&window, "reset-code", &code).await;
    window.type_into("new-pin", "123456").await.unwrap();
    window.click("reset-open").await.unwrap();
    window.wait_for_text("new-pin-again-error", "not the same").await.unwrap();
    window.type_into("new-pin-again", "123456").await.unwrap();
    window.click("reset-open").await.unwrap();
    window.wait_for_text("new-pin-error", "digits follow each other").await.unwrap();
    window.screenshot("pin-reset-weak").await.unwrap();
    assert!(!window.shows("hand-to-signers").await.unwrap());
    for field in ["new-pin", "new-pin-again"] {
        touch(&window, field, NEW_PIN).await;
    }
    window.click("reset-open").await.unwrap();
    window.wait_for("[data-testid=hand-to-signers]").await.unwrap();
    assert!(!street.profile.join("kiosk.lock").exists());
    // From now on it is the new PIN that takes the table back.
    window.click("hand-to-signers").await.unwrap();
    window.click("take-back").await.unwrap();
    window.type_into("pin", PIN).await.unwrap();
    window.click("pin-open").await.unwrap();
    window.wait_for("[data-testid=pin-error]").await.unwrap();
    window.type_into("pin", NEW_PIN).await.unwrap();
    window.click("pin-open").await.unwrap();
    window.wait_for("[data-testid=hand-to-signers]").await.unwrap();
    window.close().await.unwrap();
}
