//! The kiosk on a touch screen.

use std::time::Duration;

use serde_json::{Value, json};
use system_tests::{Computer, Place, TouchScreen, Window, eventually};

use crate::street::{EVERYTHING, NAME_ONLY, Street, column, done};

const PATIENCE: Duration = Duration::from_secs(60);

/// A table in the street on a computer with a touch screen, and its window, handed to signers.
pub(crate) async fn open(petition: &str) -> (Street, Window, TouchScreen) {
    let (computer, glass) = Computer::start_with_touch_screen().await.unwrap();
    let street = Street::on(computer, &[petition]);
    let window = street.open().await;
    (street, window, glass)
}

/// One tap on an element, where a finger finds it.
pub(crate) async fn tap(window: &Window, glass: &mut TouchScreen, testid: &str) {
    glass.tap(place(window, testid).await).unwrap();
}

/// The middle of an element, once it stands still and nothing is over it.
pub(crate) async fn place(window: &Window, testid: &str) -> Place {
    let script = "const [testid, done] = arguments;
        const box = () => document.querySelector(`[data-testid=\"${testid}\"]`)?.getBoundingClientRect();
        const before = box();
        requestAnimationFrame(() => requestAnimationFrame(() => {
            const { x = 0, y = 0, width = 0, height = 0 } = box() ?? {};
            const middle = [x + width / 2, y + height / 2];
            const there = document.elementFromPoint(...middle)?.closest(`[data-testid=\"${testid}\"]`);
            done(there && before?.x === x && before?.y === y ? middle : null);
        }))";
    eventually(&format!("{testid} under a finger"), PATIENCE, async || {
        let middle = window.client().execute_async(script, vec![json!(testid)]).await?;
        Ok(serde_json::from_value::<Option<Place>>(middle)?)
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn nothing_that_fingers_do_enlarges_the_page() {
    let (street, window, mut glass) = open(EVERYTHING).await;
    tap(&window, &mut glass, "kiosk-sign").await;
    window.wait_for("[data-testid=field-full_name]").await.unwrap();
    let xdotool = |arguments: &[&str]| {
        assert!(street.computer.command("xdotool").args(arguments).status().unwrap().success());
    };
    hear_fingers(&window).await;
    glass.pinch((400.0, 400.0), 100.0, 500.0).unwrap();
    is_as_large_as_ever(&window, "a pinch").await;
    // Others that lie on the glass meanwhile make no pinch possible.
    glass.down(7, (200.0, 60.0)).unwrap();
    glass.down(8, (640.0, 780.0)).unwrap();
    glass.pinch((400.0, 400.0), 100.0, 500.0).unwrap();
    glass.up(7).unwrap();
    glass.pinch((400.0, 400.0), 100.0, 500.0).unwrap();
    glass.up(8).unwrap();
    is_as_large_as_ever(&window, "a pinch beside other fingers").await;
    glass.tap((400.0, 160.0)).unwrap();
    glass.tap((400.0, 160.0)).unwrap();
    is_as_large_as_ever(&window, "a double tap").await;
    xdotool(&["mousemove", "400", "400", "keydown", "ctrl", "click", "--repeat", "5", "4", "keyup", "ctrl"]);
    xdotool(&["key", "ctrl+plus", "ctrl+KP_Add", "ctrl+equal"]);
    is_as_large_as_ever(&window, "the wheel and keys").await;
    tap(&window, &mut glass, "start-over").await;
    window.wait_for("[data-testid=take-back]").await.unwrap();
    is_as_large_as_ever(&window, "a wipe").await;
    window.close().await.unwrap();
}

/// From here on the page counts the fingers that lie on it.
async fn hear_fingers(window: &Window) {
    let script = "window.fingers = 0;
        for (const name of ['touchstart', 'touchend', 'touchcancel'])
            window.addEventListener(name, (event) => (window.fingers = event.touches.length), true)";
    window.run(script, Vec::new()).await.unwrap();
}

/// The page has its first scale and its first size, after the last finger left it.
async fn is_as_large_as_ever(window: &Window, after: &str) {
    let script = "const [done] = arguments;
        const size = () => done([window.fingers ?? 0, visualViewport.scale, innerWidth, innerHeight, devicePixelRatio]);
        // What the web view makes of fingers is there a frame later.
        requestAnimationFrame(() => requestAnimationFrame(size))";
    let size = eventually("the last finger to leave the page", PATIENCE, async || {
        let size = window.client().execute_async(script, Vec::new()).await?;
        Ok((size[0] == 0).then_some(size))
    })
    .await
    .unwrap();

    assert_eq!(size, json!([0, 1, 1280, 800, 1]), "after {after}");
}

#[tokio::test]
async fn a_name_is_signed_in_twelve_taps() {
    let (street, window, mut glass) = open(NAME_ONLY).await;
    // The keyboard, the form, each letter (a name begins with a capital by itself), and Sign, which stands above the keyboard.
    let keys = ["s", "u", "k", "a", "r", "n", "o"].map(|key| format!("key-{key}"));
    for testid in ["display", "screen-keyboard", "display-close", "kiosk-sign"]
        .into_iter()
        .chain(keys.iter().map(String::as_str))
    {
        tap(&window, &mut glass, testid).await;
    }
    holds(&window, "field-full_name", "Sukarno").await;
    window.screenshot("touch-name").await.unwrap();
    tap(&window, &mut glass, "submit").await;
    window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
    done(&window).await;
    window.close().await.unwrap();
    let ledger = street.ledger();
    assert_eq!(column(&ledger, "name"), ["Sukarno"]);
    assert_eq!(column(&ledger, "email"), [""]);
}

#[tokio::test]
async fn a_key_writes_once_as_it_is_let_go_and_not_at_all_where_the_finger_slides_off() {
    let (_street, window, mut glass) = open(NAME_ONLY).await;
    let taps =
        ["display", "screen-keyboard", "display-close", "kiosk-sign", "key-a", "key-n", "key-n", "key-a"];
    for testid in taps {
        tap(&window, &mut glass, testid).await;
    }
    holds(&window, "field-full_name", "Anna").await;
    let (backspace, space) = (place(&window, "key-backspace").await, place(&window, "key-space").await);
    glass.down(1, backspace).unwrap();
    glass.move_to(1, (backspace.0, backspace.1 - 300.0)).unwrap();
    glass.up(1).unwrap();
    glass.tap(space).unwrap();
    holds(&window, "field-full_name", "Anna ").await;
    glass.tap(backspace).unwrap();
    holds(&window, "field-full_name", "Anna").await;
    // Of a key of the machine that is held down, only the first stroke is heard.
    let held = "return [false, true].map((repeat) => document.activeElement.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'x', repeat, bubbles: true, cancelable: true })))";
    assert_eq!(window.run(held, Vec::new()).await.unwrap(), json!([true, false]));
    window.close().await.unwrap();
}

#[tokio::test]
async fn the_keyboard_on_the_screen_is_whole_and_lets_the_field_be_seen() {
    let (_street, window, mut glass) = open(EVERYTHING).await;
    for testid in ["kiosk-sign", "display", "screen-keyboard", "display-close", "field-full_name"] {
        tap(&window, &mut glass, testid).await;
    }
    for (field, key) in [
        ("full_name", "a"),
        ("email", "b"),
        ("phone", "1"),
        ("postal_code", "2"),
        ("city", "c"),
        ("region", "d"),
        ("street", "e"),
        ("comment", "f"),
    ] {
        let testid = format!("field-{field}");
        window.wait_for(&format!("[data-testid={testid}]:focus")).await.unwrap();
        tap(&window, &mut glass, &format!("key-{key}")).await;
        // A name and a sentence begin with a capital by themselves.
        let written = if field == "email" { key.to_owned() } else { key.to_uppercase() };
        holds(&window, &testid, &written).await;
        is_seen_above_the_keyboard(&window, field).await;
        tap(&window, &mut glass, "key-next").await;
        if field == "phone" {
            // The country is chosen from a list, and the keyboard goes on from there.
            window.wait_for("[data-testid=field-country]:focus").await.unwrap();
            tap(&window, &mut glass, "key-next").await;
        }
    }
    window.close().await.unwrap();
}

/// The keyboard lies wholly within the window, and what is typed into the field stands above it.
async fn is_seen_above_the_keyboard(window: &Window, name: &str) {
    let sides = "const sides = (one) => (({ left, top, right, bottom }) => [left, top, right, bottom])(one.getBoundingClientRect());
        return ['[data-testid=keyboard]', ':focus', '[data-testid=submit]'].map((one) => sides(document.querySelector(one)))";
    let sides = window.run(sides, Vec::new()).await.unwrap();
    let [[left, top, right, bottom], [_, field, ..], [_, sign_top, _, sign_bottom]] =
        serde_json::from_value::<[[f64; 4]; 3]>(sides).unwrap();
    assert!(left >= 0.0 && top >= 0.0 && right <= 1280.0 && bottom <= 800.0, "the keyboard is cut");
    assert!(sign_top >= 0.0 && sign_bottom <= top, "what signs is under the keyboard, at {sign_bottom}");
    // Where the first line of the field stands.
    assert!(field >= 0.0 && field + 40.0 <= sign_top, "{name}: from {field}, what signs from {sign_top}");
}

/// A field holds that text, in a moment.
pub(crate) async fn holds(window: &Window, testid: &str, text: &str) {
    let value = "return document.querySelector(`[data-testid=\"${arguments[0]}\"]`)?.value ?? null";
    let mut held = Value::Null;
    eventually(&format!("{testid} to hold what was typed"), PATIENCE, async || {
        held = window.run(value, vec![json!(testid)]).await?;
        Ok((held == text).then_some(()))
    })
    .await
    .unwrap_or_else(|error| unreachable!("{error:#}: {text:?} was typed, it holds {held}"));
}
