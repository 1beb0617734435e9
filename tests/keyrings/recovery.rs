//! A keyring that has lost the table's keys, and the words on paper.

use std::fs;

use system_tests::Window;

use crate::{PIN, Street, code};

impl Street {
    fn words(&self) -> Vec<String> {
        let pin = system_tests::path(self.computer.folder(), "pin").unwrap();
        let answer = self.line().run(&["table", "recovery-words", "--pin-file", &pin]).unwrap();
        answer[0]["words"].as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect()
    }

    fn sign(&self, count: usize) {
        let drafts: String = (0..count).map(|number| self.campaign.draft(number) + "\n").collect();
        self.line().run_with_input(&["table", "sign"], &drafts).unwrap();
    }

    fn lose_keys(&self) {
        for name in ["table/database", "table/device"] {
            self.clear_item(&format!("{}/{name}", self.id()));
        }
    }

    /// Tries to bring the table back by words in a file.
    fn recover(&self, words: &str) -> Result<serde_json::Value, String> {
        let file = system_tests::path(self.computer.folder(), "words").unwrap();
        fs::write(&file, words).unwrap();
        let ended = self.line().end(&["table", "recover", "--words-file", &file], "").unwrap();
        if ended.code == Some(0) { Ok(ended.answers[0].clone()) } else { Err(code(&ended.error)) }
    }
}

#[tokio::test]
async fn a_table_whose_keys_the_keyring_lost_comes_back_by_its_words_with_every_signature() {
    let street = Street::with_table().await;
    street.sign(3);
    let words = street.words();
    assert_eq!(words.len(), 24);
    let without_pin = street.line().end(&["table", "recovery-words"], "").unwrap();
    assert_eq!(code(&without_pin.error), "table/pin-needed");
    street.lose_keys();
    let told = || code(&street.line().end(&["table", "status"], "").unwrap().error);
    assert_eq!(told(), "vault/entry-lost");
    // Words that are not this table's keep nothing.
    let mut slip = words.clone();
    slip.swap(0, 1);
    assert!(matches!(
        street.recover(&slip.join(" ")).unwrap_err().as_str(),
        "table/recovery-checksum" | "table/recovery-other"
    ));
    assert_eq!(street.recover(&words[1..].join(" ")), Err("table/recovery-count".to_owned()));
    let of_zero = format!("{}art", "abandon ".repeat(23));
    assert_eq!(street.recover(&of_zero), Err("table/recovery-other".to_owned()));
    assert_eq!(told(), "vault/entry-lost");
    let short: Vec<String> =
        words.iter().map(|word| word.chars().take(4).collect::<String>().to_uppercase()).collect();
    let back = street.recover(&short.join("\n")).unwrap();
    assert_eq!((&back["saved"], &back["waiting"], &back["generation"]), (&3.into(), &3.into(), &2.into()));
    assert_eq!(street.saved(), 3, "the keyring has its keys again");
    street.sign(4);
    assert_eq!((street.saved(), street.words()), (7.into(), words));
}

#[tokio::test]
async fn a_window_asks_for_the_words_and_the_table_goes_on() {
    let street = Street::with_table().await;
    street.sign(2);
    let words = street.words();
    street.lose_keys();
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.wait_for("#recovery-words").await.unwrap();
    window.screenshot("recover-table").await.unwrap();
    window.type_into("recovery-words", "abandon art").await.unwrap();
    window.click("recover").await.unwrap();
    window.wait_for("#recovery-words-error, [data-testid=failure]").await.unwrap();
    window.type_into("recovery-words", &format!(" {}", words.join(" "))).await.unwrap();
    let set = "const field = document.getElementById('recovery-words');
        field.value = arguments[0];
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    window.run(set, vec![words.join(" ").into()]).await.unwrap();
    window.click("recover").await.unwrap();
    window.wait_for("[data-testid=hand-to-signers]").await.unwrap();
    // The same words again, behind the PIN.
    window.click("nav-kit").await.unwrap();
    window.type_into("recovery-pin", PIN).await.unwrap();
    window.click("show-recovery-words").await.unwrap();
    window.wait_for_text("recovery-words-dialog", &words[23]).await.unwrap();
    window.screenshot("recovery-words").await.unwrap();
    window.close().await.unwrap();
    assert_eq!(street.saved(), 2);
}

#[tokio::test]
async fn a_locked_table_whose_keys_are_lost_asks_for_the_words_and_stays_locked() {
    let street = Street::with_table().await;
    street.sign(1);
    let words = street.words();
    street.lose_keys();
    // As a crash in the hands of signers leaves it.
    fs::write(street.profile.join("kiosk.lock"), "").unwrap();
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.type_into("recovery-words", "abandon art").await.unwrap();
    window.click("recover").await.unwrap();
    window.wait_for("#recovery-words-error, [data-testid=failure]").await.unwrap();
    let set = "const field = document.getElementById('recovery-words');
        field.value = arguments[0];
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    window.run(set, vec![words.join(" ").into()]).await.unwrap();
    window.click("recover").await.unwrap();
    window.wait_for("[data-testid=take-back]").await.unwrap();
    assert!(!window.shows("hand-to-signers").await.unwrap(), "the kiosk, and nothing else");
    window.close().await.unwrap();
    assert_eq!(street.saved(), 1);
}
