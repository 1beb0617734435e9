//! Somebody bored tries to leave the kiosk.

use std::time::Duration;

use serde_json::json;
use system_tests::{Computer, Window, eventually};

use crate::street::{NAME_ONLY, Street, take_back};

/// How long a page may take to come back, on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// Chords that close, reload, print, open, search, zoom, switch or inspect something in a browser or on a desktop.
const CHORDS: [&str; 74] = [
    "alt+F4",
    "ctrl+w",
    "ctrl+shift+w",
    "ctrl+q",
    "ctrl+shift+q",
    "ctrl+F4",
    "ctrl+r",
    "ctrl+shift+r",
    "F5",
    "ctrl+F5",
    "shift+F5",
    "F11",
    "F12",
    "ctrl+shift+i",
    "ctrl+shift+j",
    "ctrl+shift+c",
    "ctrl+shift+k",
    "ctrl+shift+m",
    "ctrl+u",
    "ctrl+p",
    "ctrl+shift+p",
    "ctrl+s",
    "ctrl+shift+s",
    "ctrl+o",
    "ctrl+n",
    "ctrl+shift+n",
    "ctrl+t",
    "ctrl+shift+t",
    "ctrl+Tab",
    "ctrl+shift+Tab",
    "ctrl+Page_Down",
    "ctrl+l",
    "F6",
    "alt+d",
    "alt+Home",
    "alt+Left",
    "alt+Right",
    "BackSpace",
    "shift+BackSpace",
    "ctrl+f",
    "F3",
    "ctrl+g",
    "ctrl+h",
    "ctrl+j",
    "ctrl+k",
    "ctrl+d",
    "ctrl+shift+b",
    "ctrl+e",
    "ctrl+plus",
    "ctrl+minus",
    "ctrl+0",
    "ctrl+period",
    "ctrl+semicolon",
    "ctrl+shift+u",
    "ctrl+slash",
    "Menu",
    "shift+F10",
    "F1",
    "F7",
    "F10",
    "alt+f",
    "alt+e",
    "ctrl+alt+t",
    "ctrl+alt+Delete",
    "ctrl+shift+Delete",
    "Print",
    "ctrl+c",
    "ctrl+x",
    "Escape",
    "ctrl+Escape",
    "XF86Back",
    "XF86HomePage",
    "XF86WWW",
    "XF86Calculator",
];

/// The arguments of `xdotool` for what a mouse can try.
const GESTURES: [&[&str]; 12] = [
    &["mousemove", "640", "400", "click", "3"],
    &["mousemove", "200", "300", "click", "3"],
    &["mousemove", "640", "400", "click", "2"],
    &["mousemove", "640", "400", "click", "8"],
    &["mousemove", "640", "400", "click", "9"],
    &["mousemove", "200", "250", "click", "--repeat", "3", "1"],
    &["mousemove", "200", "250", "mousedown", "1", "mousemove", "1279", "0", "mouseup", "1"],
    &["mousemove", "100", "40", "mousedown", "1", "mousemove", "640", "799", "mouseup", "1"],
    &["keydown", "ctrl", "mousemove", "640", "400", "click", "--repeat", "5", "4", "keyup", "ctrl"],
    &["keydown", "shift", "mousemove", "640", "400", "click", "3", "keyup", "shift"],
    &["mousemove", "0", "0", "click", "1", "mousemove", "1279", "0", "click", "1"],
    &["mousemove", "640", "799", "click", "1", "mousemove", "1279", "799", "click", "3"],
];

/// What a script in the page could try, should one ever run there.
const SCRIPTS: [&str; 22] = [
    "window.close()",
    "window.open('https://example.org/')",
    "window.open('about:blank', '_blank', 'popup')",
    "location.href = 'https://example.org/'",
    "location.assign('file:///etc/passwd')",
    "location.replace('data:text/html,out')",
    "history.back()",
    "history.pushState(null, '', '/elsewhere')",
    "window.print()",
    "alert('out')",
    "prompt('PIN?')",
    "document.exitFullscreen?.()",
    "document.documentElement.requestFullscreen?.()",
    "const link = document.createElement('a'); link.href = 'https://example.org/'; link.target = '_blank'; document.body.append(link); link.click(); link.remove()",
    "const link = document.createElement('a'); link.href = 'data:text/plain,out'; link.download = 'out.txt'; document.body.append(link); link.click(); link.remove()",
    "const file = document.createElement('input'); file.type = 'file'; document.body.append(file); file.click(); file.remove()",
    "const frame = document.createElement('iframe'); frame.src = 'https://example.org/'; document.body.append(frame); frame.remove()",
    "const form = document.createElement('form'); form.action = 'https://example.org/'; document.body.append(form); form.submit(); form.remove()",
    "navigator.clipboard?.writeText('out').catch(() => {})",
    "navigator.share?.({ text: 'out' })?.catch(() => {})",
    "Notification?.requestPermission?.()",
    "location.reload()",
];

/// Commands that are the volunteer's or the organizer's, and the shell's own.
const COMMANDS: [&str; 13] = [
    "table_home",
    "end_shift",
    "hand_carry",
    "desk_home",
    "ledger",
    "export_csv",
    "hand_to_signers",
    "diagnostics",
    "plugin:window|close",
    "plugin:window|set_fullscreen",
    "plugin:dialog|open",
    "plugin:window-state|restore_state",
    "plugin:window-state|save_window_state",
];

#[tokio::test]
async fn nothing_leads_out_of_the_locked_window() {
    let street = Street::set_up(&[NAME_ONLY]).await;
    let window = street.open().await;
    let before = windows(&street.computer);
    for chord in CHORDS {
        xdotool(&street.computer, &["key", "--clearmodifiers", chord]);
        is_locked(&street, &window, chord, &before).await;
    }
    for gesture in GESTURES {
        xdotool(&street.computer, gesture);
        is_locked(&street, &window, &gesture.join(" "), &before).await;
    }
    for script in SCRIPTS {
        // Some end the page that the script runs in: its answer is no matter.
        let _answer = window.run(script, Vec::new()).await;
        is_locked(&street, &window, script, &before).await;
    }
    for command in COMMANDS {
        let call = "const done = arguments[1];
            window.__TAURI_INTERNALS__.invoke(arguments[0], { folder: '/tmp', search: '', offset: 0, limit: 9, value: false })
                .then(() => done('answered'), (refused) => done(typeof refused === 'object' ? refused.code : String(refused)))";
        let answer = window.client().execute_async(call, vec![json!(command)]).await.unwrap();
        let refused = answer.as_str().unwrap();
        assert!(refused == "kiosk/locked" || refused.contains("not allowed"), "{command}: {refused}");
        is_locked(&street, &window, command, &before).await;
    }
    // With all that behind it, it still signs, and still opens by the PIN.
    window.click("kiosk-sign").await.unwrap();
    window.type_into("field-full_name", "Sukarno").await.unwrap();
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
    window.click("thanks-done").await.unwrap();
    take_back(&window).await;
    assert!(!street.profile.join("kiosk.lock").exists());
    window.close().await.unwrap();
}

#[tokio::test]
async fn a_crash_comes_back_locked_and_guesses_still_wait() {
    let street = Street::set_up(&[NAME_ONLY]).await;
    let window = street.open().await;
    window.click("take-back").await.unwrap();
    for _ in 0..3 {
        window.type_into("pin", "1111").await.unwrap();
        window.wait_for("[data-testid=pin-open]:enabled").await.unwrap();
        window.click("pin-open").await.unwrap();
        window.wait_for("[data-testid=pin-error]").await.unwrap();
    }
    let waits = window.wait_for_text("pin-error", "Wait").await.unwrap();
    kill(window.app_id().unwrap());
    drop(window);
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.wait_for("[data-testid=take-back]").await.unwrap();
    assert!(street.profile.join("kiosk.lock").exists(), "after {waits}");
    window.click("take-back").await.unwrap();
    window.type_into("pin", "1111").await.unwrap();
    window.click("pin-open").await.unwrap();
    // The first guesses of a table wait for nothing: the ones before the crash still count.
    window.wait_for_text("pin-error", "Wait").await.unwrap();
    let longest = Duration::from_secs(90);
    let enabled = "return document.querySelector('[data-testid=pin-open]:enabled') !== null";
    eventually("the wait to be over", longest, async || {
        Ok((window.run(enabled, Vec::new()).await? == json!(true)).then_some(()))
    })
    .await
    .unwrap();
    window.type_into("pin", crate::street::PIN).await.unwrap();
    window.click("pin-open").await.unwrap();
    window.wait_for("[data-testid=hand-to-signers]").await.unwrap();
    window.close().await.unwrap();
}

/// Still locked, still the kiosk, still the whole screen, and no other window.
async fn is_locked(street: &Street, window: &Window, tried: &str, before: &[String]) {
    assert!(street.profile.join("kiosk.lock").exists(), "{tried}: unlocked");
    let there = eventually(&format!("the kiosk after {tried}"), PATIENCE, async || {
        let shown = "return document.documentElement.classList.contains('kiosk')
            && document.querySelector('[data-testid=take-back], dialog[open]') !== null
            && Math.round(innerWidth) === screen.width && Math.round(innerHeight) === screen.height
            && (visualViewport?.scale ?? 1) === 1";
        // A page that is being loaded again has no answer yet.
        Ok(window.run(shown, Vec::new()).await.is_ok_and(|shown| shown == json!(true)).then_some(()))
    })
    .await;
    if there.is_err() {
        // It is no matter if it cannot be taken.
        let _picture = window.screenshot("failed-break-out").await;
    }
    there.unwrap();
    assert_eq!(windows(&street.computer), before, "{tried}: something opened, closed or moved");
}

/// Every window on the screen with its place, but for those of the window manager.
fn windows(computer: &Computer) -> Vec<String> {
    let found =
        computer.command("xdotool").args(["search", "--onlyvisible", "--name", "."]).output().unwrap();
    let mut windows: Vec<String> = String::from_utf8_lossy(&found.stdout)
        .lines()
        .map(|id| {
            let geometry = computer.command("xdotool").args(["getwindowgeometry", id]).output().unwrap();
            String::from_utf8_lossy(&geometry.stdout).into_owned()
        })
        .collect();
    windows.sort();
    windows
}

fn xdotool(computer: &Computer, arguments: &[&str]) {
    let ended = computer.command("xdotool").args(arguments).status().unwrap();
    assert!(ended.success(), "{arguments:?}");
}

fn kill(process: u32) {
    let killed = std::process::Command::new("kill").args(["-9", &process.to_string()]).status().unwrap();
    assert!(killed.success());
}
