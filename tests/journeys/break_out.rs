//! Somebody bored tries to leave the kiosk.

use std::time::Duration;

use serde_json::json;
use system_tests::{Computer, TouchScreen, Window, eventually};

use crate::{
    street::{NAME_ONLY, Street, take_back},
    touch,
    ways_out::{CHORDS, FINGERS, GESTURES, MIDDLE, SCRIPTS, SHELL_COMMANDS, commands_elsewhere},
};

/// How long a page may take to come back, on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn nothing_leads_out_of_the_locked_window() {
    let (street, window, mut glass) = touch::open(NAME_ONLY).await;
    let before = windows(&street.computer);
    for chord in CHORDS {
        xdotool(&street.computer, &["key", "--clearmodifiers", chord]);
        is_locked(&street, &window, chord, &before).await;
    }
    for gesture in GESTURES {
        xdotool(&street.computer, gesture);
        is_locked(&street, &window, &gesture.join(" "), &before).await;
    }
    for (gesture, makes) in FINGERS {
        makes(&mut glass).unwrap();
        is_locked(&street, &window, gesture, &before).await;
    }
    press_long(&street, &window, &mut glass, &before).await;
    for script in SCRIPTS {
        // Some end the page that the script runs in: its answer is no matter.
        let _answer = window.run(script, Vec::new()).await;
        is_locked(&street, &window, script, &before).await;
    }
    let commands = [&commands_elsewhere()[..], &SHELL_COMMANDS].concat();
    for command in &commands {
        let call = "const done = arguments[1];
            window.__TAURI_INTERNALS__.invoke(arguments[0], { folder: '/tmp', search: '', offset: 0, limit: 9, value: false })
                .then(() => done('answered'), (refused) => done(typeof refused === 'object' ? refused.code : String(refused)))";
        let answer = window.client().execute_async(call, vec![json!(command)]).await.unwrap();
        let refused = answer.as_str().unwrap();
        assert!(refused == "kiosk/locked" || refused.contains("not allowed"), "{command}: {refused}");
        is_locked(&street, &window, command, &before).await;
    }
    is_told(commands.len());
    // With all that behind it, a finger still opens the form, it still signs, and still opens by the PIN.
    touch::tap(&window, &mut glass, "kiosk-sign").await;
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
        window.wait_for("[data-testid=pin-open]:enabled:not([aria-disabled])").await.unwrap();
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
    let enabled =
        "return document.querySelector('[data-testid=pin-open]:enabled:not([aria-disabled])') !== null";
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

/// A finger that stays: the page hears of a menu that is asked for, and none opens.
async fn press_long(street: &Street, window: &Window, glass: &mut TouchScreen, before: &[String]) {
    let listen = "window.asked = false; addEventListener('contextmenu', () => (window.asked = true), true)";
    window.run(listen, Vec::new()).await.unwrap();
    let mut looks = 8;
    eventually("a press that is long enough", PATIENCE, async || {
        glass.down(0, MIDDLE)?;
        for _ in 0..looks {
            is_locked(street, window, "a finger that stays", before).await;
        }
        looks *= 2;
        glass.up(0)?;
        is_locked(street, window, "a long press", before).await;
        Ok((window.run("return window.asked", Vec::new()).await? == json!(true)).then_some(()))
    })
    .await
    .unwrap();
}

/// The documents state what is tried here.
#[expect(clippy::print_stdout, reason = "a figure, for whoever looks")]
fn is_told(commands: usize) {
    let [chords, mouse, fingers] = [CHORDS.len(), GESTURES.len(), FINGERS.len() + 1];
    let (scripts, shell) = (SCRIPTS.len(), SHELL_COMMANDS.len());
    println!("tried: {chords} chords, {mouse} + {fingers} gestures, {scripts} scripts, {commands} commands");
    let told = format!(
        "{chords} key chords, {mouse} gestures of the mouse, {fingers} of fingers, {scripts} scripts, every command \
         that is not the kiosk's, and {shell} of the shell's own"
    );
    let all = chords + mouse + fingers + scripts;
    for (document, text, told) in [
        ("docs/kiosk.md", include_str!("../../docs/kiosk.md"), told),
        ("README.md", include_str!("../../README.md"), format!("{all} chords, gestures and scripts")),
    ] {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(&told), "{document} does not say {told:?}");
    }
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
pub(crate) fn windows(computer: &Computer) -> Vec<String> {
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

pub(crate) fn xdotool(computer: &Computer, arguments: &[&str]) {
    let ended = computer.command("xdotool").args(arguments).status().unwrap();
    assert!(ended.success(), "{arguments:?}");
}

pub(crate) fn kill(process: u32) {
    let killed = std::process::Command::new("kill").args(["-9", &process.to_string()]).status().unwrap();
    assert!(killed.success());
}
