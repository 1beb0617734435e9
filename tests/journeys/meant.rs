//! What people type is kept as they meant it, and they see how before they sign.

use serde_json::json;
use system_tests::Window;

use crate::{
    kiosk::later,
    street::{EVERYTHING, NAME_ONLY, Street, column},
    touch::holds,
};

#[tokio::test]
async fn what_is_mended_is_shown_and_what_is_doubtful_is_asked_once() {
    let street = Street::set_up(&[EVERYTHING]).await;
    let window = street.open().await;
    window.click("kiosk-sign").await.unwrap();
    window.type_into("field-full_name", "Ａｄａ　Ｗｒｅｎｆｉｅｌｄ").await.unwrap();
    paste(&window, "field-email", "ａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇ").await;
    window.choose("field-country", "US").await.unwrap();
    window.type_into("field-phone", "555 0134").await.unwrap();
    paste(&window, "field-postal_code", "９８１０１").await;
    for (field, kept) in
        [("full_name", "Ada Wrenfield"), ("email", "ada@example.org"), ("postal_code", "98101")]
    {
        let words = window.wait_for_text(&format!("field-{field}-kept"), kept).await.unwrap();
        assert!(words.starts_with("This will be kept as"), "{words}");
    }
    window.screenshot("kiosk-mended").await.unwrap();
    // What was typed is left as it is.
    holds(&window, "field-postal_code", "９８１０１").await;
    window.click("field-of_age").await.unwrap();
    window.click("ink-type").await.unwrap();
    window.type_into("field-ink", "Ada").await.unwrap();
    window.click("submit").await.unwrap();
    // No number of the country: that is asked, and no reason to refuse anybody.
    window.wait_for_text("field-phone-warning", "unusual phone number").await.unwrap();
    window.wait_for_text("field-phone-kept", "555 0134").await.unwrap();
    assert_eq!(window.text("submit").await.unwrap(), "Sign anyway");
    window.screenshot("kiosk-doubtful-phone").await.unwrap();
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
    window.close().await.unwrap();
    let ledger = street.ledger();
    for (name, kept) in [
        ("name", "Ada Wrenfield"),
        ("email", "ada@example.org"),
        ("phone", "555 0134"),
        ("postal_code", "98101"),
    ] {
        assert_eq!(column(&ledger, name), [kept]);
    }
}

#[tokio::test]
async fn an_email_address_typed_as_a_name_is_asked_about() {
    let street = Street::set_up(&[NAME_ONLY]).await;
    let window = street.open().await;
    window.click("kiosk-sign").await.unwrap();
    window.type_into("field-full_name", "ada@example.org").await.unwrap();
    window.click("submit").await.unwrap();
    window.wait_for_text("field-full_name-warning", "looks like an e-mail address").await.unwrap();
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
    window.close().await.unwrap();
}

/// Text comes into a field as it does from a clipboard, and the field is left.
async fn paste(window: &Window, field: &str, text: &str) {
    let script = "const field = document.getElementById(arguments[0])
        field.focus()
        field.value = arguments[1]
        field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste', data: arguments[1] }))
        field.blur()";
    window.run(script, vec![json!(field), json!(text)]).await.unwrap();
}

/// The orders in which engines tell of an Enter that ends a composition: before its end, after it as a key of the input method,
/// and after it as a plain one.
const ENDS: [&str; 3] = ["enter(229, true); end()", "end(); enter(229, false)", "end(); enter(13, false)"];

#[tokio::test]
async fn enter_that_ends_a_composition_only_ends_it() {
    let street = Street::set_up(&[EVERYTHING]).await;
    let window = street.open().await;
    window.click("kiosk-sign").await.unwrap();
    window.wait_for("[data-testid=field-full_name]:focus").await.unwrap();
    let mut name = String::new();
    for ends in ENDS {
        name.push_str("서연");
        let compose = format!(
            "const field = document.getElementById('field-full_name')
            const tell = (event) => field.dispatchEvent(event)
            const enter = (keyCode, isComposing) =>
              tell(new KeyboardEvent('keydown', {{ key: 'Enter', keyCode, isComposing, bubbles: true, cancelable: true }}))
            const end = () => tell(new CompositionEvent('compositionend', {{ bubbles: true, data: '서연' }}))
            tell(new CompositionEvent('compositionstart', {{ bubbles: true }}))
            field.value += '서연'
            tell(new InputEvent('input', {{ bubbles: true, isComposing: true, inputType: 'insertCompositionText', data: '서연' }}))
            {ends}
            tell(new KeyboardEvent('keyup', {{ key: 'Enter', keyCode: 13, bubbles: true }}))"
        );
        window.run(&compose, Vec::new()).await.unwrap();
        assert_eq!(focused(&window).await, "field-full_name", "{ends}");
        holds(&window, "field-full_name", &name).await;
    }
    // The next one goes on, and brings nothing along.
    window.press("\u{e007}").await.unwrap();
    assert_eq!(focused(&window).await, "field-email");
    holds(&window, "field-email", "").await;
    holds(&window, "field-full_name", &name).await;
    window.close().await.unwrap();
}

async fn focused(window: &Window) -> String {
    let id = window.run("return document.activeElement.id", Vec::new()).await.unwrap();
    id.as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn who_dictates_is_not_taken_for_gone() {
    let street = Street::set_up(&[EVERYTHING]).await;
    let window = street.open().await;
    window.click("kiosk-sign").await.unwrap();
    window.wait_for("[data-testid=field-comment]").await.unwrap();
    // Each comes a minute after the one before: text, then a box that an aid for the blind ticks, without a key or a finger.
    let dictates = "const field = document.getElementById('field-comment')
        field.value += 'a'
        field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: 'a' }))";
    let ticks = "document.getElementById('field-of_age').click()";
    for change in [dictates, ticks, dictates, ticks, dictates] {
        later(&window, 60).await;
        window.run(change, Vec::new()).await.unwrap();
    }
    let countdown = "return document.querySelector('[data-testid=idle-dialog]') !== null";
    assert_eq!(window.run(countdown, Vec::new()).await.unwrap(), json!(false));
    holds(&window, "field-comment", "aaa").await;
    // A countdown that runs is stopped by its own button alone.
    later(&window, 95).await;
    window.wait_for("[data-testid=idle-dialog]").await.unwrap();
    window.run(dictates, Vec::new()).await.unwrap();
    assert_eq!(window.run(countdown, Vec::new()).await.unwrap(), json!(true));
    window.click("more-time").await.unwrap();
    holds(&window, "field-comment", "aaaa").await;
    window.close().await.unwrap();
}
