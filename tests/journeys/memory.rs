//! What is left of a signer in memory, in the page, in selections and on disk, once their visit is wiped.

use std::{fs, time::Duration};

use serde_json::json;
use system_tests::{Window, eventually, journey_folder};

use crate::{
    canaries::{self, CITY, COMMENT, EMAIL, NAME, POSTAL_CODE},
    memory_search::find,
    street::{EVERYTHING, Street, done, page},
    touch::place,
};

#[tokio::test]
async fn after_the_wipe_nobody_finds_the_person_in_memory_selections_or_files() {
    let street = Street::set_up(&[EVERYTHING]).await;
    let window = street.open().await;
    let (app, web) = (window.app_id().unwrap(), window.page_id().unwrap());
    // Twice: once signed and once abandoned, with a try to take the text along.
    for abandoned in [false, true] {
        window.click("kiosk-sign").await.unwrap();
        for (field, value) in [
            ("full_name", NAME),
            ("email", EMAIL),
            ("postal_code", POSTAL_CODE),
            ("city", CITY),
            ("comment", COMMENT),
        ] {
            type_keys(&street, &window, &format!("field-{field}"), value).await;
        }
        for chord in ["ctrl+a", "ctrl+c", "ctrl+x", "ctrl+a"] {
            street.computer.command("xdotool").args(["key", chord]).status().unwrap();
        }
        if !abandoned {
            assert!(!found_in(web).is_empty(), "the search finds what is typed while it is being typed");
            window.click("ink-type").await.unwrap();
            type_keys(&street, &window, "field-ink", NAME).await;
            window.click("field-of_age").await.unwrap();
            window.click("submit").await.unwrap();
            window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
            done(&window).await;
        } else {
            window.click("start-over").await.unwrap();
            window.wait_for("[data-testid=take-back]").await.unwrap();
        }
    }
    let cleared = "return document.querySelector('[data-testid=announced]').textContent !== ''";
    eventually("the word that all is cleared", Duration::from_secs(20), async || {
        Ok((window.run(cleared, Vec::new()).await? == json!(true)).then_some(()))
    })
    .await
    .unwrap();
    let in_app = found_in(app);
    let in_page = window.page_id().map(found_in).unwrap();
    assert!(!page(&window).await.contains("Wrenfield"), "in the page");

    // The next person pastes, undoes and middle-clicks.
    window.click("kiosk-sign").await.unwrap();
    window.click("field-full_name").await.unwrap();
    for chord in ["ctrl+v", "shift+Insert", "ctrl+z", "ctrl+shift+z"] {
        street.computer.command("xdotool").args(["key", chord]).status().unwrap();
    }
    let [x, y] = place(&window, "field-full_name").await.into();
    let [x, y] = [x, y].map(|side| side.round().to_string());
    street.computer.command("xdotool").args(["mousemove", &x, &y, "click", "2"]).status().unwrap();
    let value = "return document.getElementById('field-full_name').value";
    assert_eq!(window.run(value, Vec::new()).await.unwrap(), "", "pasted, or brought back");
    window.close().await.unwrap();

    let report = format!(
        "After two visits were wiped: {} canaries in the app's memory, {} in that of the web view's own process.\n",
        in_app.len(),
        in_page.len()
    );
    fs::write(journey_folder().unwrap().join("memory.txt"), &report).unwrap();
    assert!(in_app.is_empty(), "{report}  {}", in_app.join("\n  "));
    let found = canaries::found_below(street.computer.folder());
    assert!(found.is_empty(), "in clear: {found:?}");
}

/// Types as a keyboard does. What goes through the window's driver would be in the app's memory on its account.
async fn type_keys(street: &Street, window: &Window, field: &str, text: &str) {
    window.wait_for(&format!(":is(input, textarea)[data-testid={field}]")).await.unwrap();
    window.run("document.getElementById(arguments[0]).focus()", vec![json!(field)]).await.unwrap();
    street.computer.command("xdotool").args(["type", "--delay", "4", text]).status().unwrap();
    let typed = "return document.getElementById(arguments[0]).value.length";
    eventually("the keys to arrive", Duration::from_secs(20), async || {
        Ok((window.run(typed, vec![json!(field)]).await? == json!(text.chars().count())).then_some(()))
    })
    .await
    .unwrap();
}

/// Where a canary is in a process's memory, in UTF-8 and UTF-16: of each, which one, the kind of memory and what stands around it.
fn found_in(process: u32) -> Vec<String> {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let texts: Vec<Vec<u8>> =
        canaries::CANARIES.iter().flat_map(|text| [text.as_bytes().to_vec(), wide(text)]).collect();
    let told = find(process, &texts).into_iter().map(|found| {
        let canary = canaries::CANARIES[found.which / 2];
        format!("{canary} in {}: {}", found.place, found.around.escape_ascii())
    });
    told.collect()
}
