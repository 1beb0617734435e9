//! A whole signing as a screen reader hears it, kept beside this file. `UPDATE_TRANSCRIPT=1` writes it anew.

use std::{env, fs, path::Path, time::Duration};

use system_tests::{ScreenReader, Window, eventually};

use crate::street::{EVERYTHING, Street, done};

const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn a_signing_is_heard_as_it_is_seen() {
    let street = Street::set_up(&[EVERYTHING]).await;
    let window = street.open_with(&[("NO_AT_BRIDGE", "0")]).await;
    let reader = ScreenReader::of(&street.computer).unwrap();
    let mut heard = String::new();
    heard += &screen(&reader, "The invitation", "button: Sign").await;
    window.click("kiosk-read").await.unwrap();
    heard += &screen(&reader, "The petition", "heading: References").await;
    window.click("kiosk-sign").await.unwrap();
    heard += &screen(&reader, "The form", "text field: Full name").await;
    window.type_into("field-email", "somebody@").await.unwrap();
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=error-summary]").await.unwrap();
    heard += &screen(&reader, "The form, with what is missing", "Please look at this first").await;
    fill_in(&window).await;
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
    let code = window.text("withdrawal-code").await.unwrap().replace(' ', "");
    heard += &screen(&reader, "The thanks", "heading: Thank you").await;
    done(&window).await;
    heard += &screen(&reader, "The next person", "The screen is cleared for the next person.").await;
    window.close().await.unwrap();
    // The code is another one each time.
    let (first, second) = code.split_at(5);
    is_as_kept(&heard.replace(first, "XXXXX").replace(second, "XXXXX"));
}

async fn fill_in(window: &Window) {
    window.type_into("field-full_name", "Sukarno").await.unwrap();
    window.type_into("field-email", "somebody@example.org").await.unwrap();
    window.click("ink-type").await.unwrap();
    window.type_into("field-ink", "Sukarno").await.unwrap();
    window.click("field-of_age").await.unwrap();
    window.wait_until_gone("[data-testid=error-summary]").await.unwrap();
}

/// All of a screen, once it has this.
async fn screen(reader: &ScreenReader, title: &str, wanted: &str) -> String {
    let mut last = Vec::new();
    let lines = eventually(title, PATIENCE, async || {
        // While the page changes, what is asked about may be gone.
        let lines = reader.read().unwrap_or_default();
        let is_there = lines.iter().any(|line| line.contains(wanted));
        // Whole once it is the same twice.
        let stands = is_there && lines == last;
        last.clone_from(&lines);
        Ok(stands.then_some(lines))
    })
    .await
    .unwrap_or_else(|error| unreachable!("{error:#}: no {wanted:?} in: {:#?}", reader.read()));
    format!("== {title} ==\n{}\n\n", lines.join("\n"))
}

#[track_caller]
fn is_as_kept(heard: &str) {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("journeys/screen_reader.txt");
    if env::var_os("UPDATE_TRANSCRIPT").is_some() {
        fs::write(&kept, heard).unwrap();
    }
    let kept = fs::read_to_string(kept).unwrap_or_default();
    let other = heard.lines().zip(kept.lines()).position(|(heard, kept)| heard != kept);
    assert!(heard == kept, "another line {other:?}; all of it is now:\n{heard}");
}
