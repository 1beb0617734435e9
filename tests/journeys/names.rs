//! Names in scripts that have no key for each of their letters, tapped whole on the keyboard on the screen.

use std::time::Duration;

use serde_json::json;
use system_tests::{Window, eventually};

use crate::{
    street::{NAME_ONLY, column, done},
    touch::{holds, open, tap},
};

/// A language, a name in it, and what is tapped for it: keys, and after a `+` what is offered beside the letter.
const NAMES: [(&str, &str, &str); 4] = [
    ("ko", "박지훈", "ㅂ ㅏ ㄱ ㅈ ㅣ ㅎ ㅜ ㄴ"),
    ("am", "አበበ ቢቂላ", "አ በ በ space በ +ቢ ቀ +ቂ ለ +ላ"),
    ("ar", "فاطمة الأحمد", "ف ا ط م ة space ا ل ا +أ ح م د"),
    ("vi", "Nguyễn Thị Hạnh", "n g u y ê +ễ n space t h i +ị space h a +ạ n h"),
];

#[tokio::test]
async fn korean_amharic_arabic_and_vietnamese_names_are_tapped_and_arrive_whole() {
    let (street, window, mut glass) = open(NAME_ONLY).await;
    for testid in ["display", "screen-keyboard", "display-close"] {
        tap(&window, &mut glass, testid).await;
    }
    for (language, name, taps) in NAMES {
        tap(&window, &mut glass, &format!("language-{language}")).await;
        tap(&window, &mut glass, "kiosk-sign").await;
        window.wait_for("[data-testid=field-full_name]:focus").await.unwrap();
        for key in taps.split(' ') {
            let testid = match key.strip_prefix('+') {
                Some(letter) => offered(&window, letter).await,
                None => format!("key-{key}"),
            };
            tap(&window, &mut glass, &testid).await;
        }
        holds(&window, "field-full_name", name).await;
        window.screenshot(&format!("names-{language}")).await.unwrap();
        tap(&window, &mut glass, "submit").await;
        window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
        done(&window).await;
    }
    window.close().await.unwrap();
    let mut arrived = column(&street.ledger(), "name");
    let mut names: Vec<String> = NAMES.iter().map(|(_, name, _)| (*name).to_owned()).collect();
    arrived.sort();
    names.sort();
    assert_eq!(arrived, names);
}

/// The button beside the keys that offers this letter.
async fn offered(window: &Window, letter: &str) -> String {
    let script = "return [...document.querySelectorAll('[data-testid^=suggestion-]')]
        .find((one) => one.textContent === arguments[0])?.dataset.testid ?? null";
    eventually(&format!("{letter} to be offered"), Duration::from_secs(20), async || {
        Ok(window.run(script, vec![json!(letter)]).await?.as_str().map(str::to_owned))
    })
    .await
    .unwrap()
}
