//! A whole signing by the keys of a keyboard, a signature drawn with them too, and where the focus is meanwhile.

use std::time::Duration;

use serde_json::json;
use system_tests::{Window, eventually};

use crate::{
    break_out::xdotool,
    street::{EVERYTHING, Street, column, done, type_keys},
    touch::holds,
};

/// How long a press may take to be seen.
const SOON: Duration = Duration::from_secs(5);

#[tokio::test]
async fn a_petition_is_read_and_signed_by_keys_and_the_signature_is_drawn_by_them() {
    let street = Street::set_up(&[EVERYTHING]).await;
    let window = street.open().await;
    let keys = Keys { street: &street, window: &window };
    keys.go_and_press("language-fr", "Return").await;
    window.wait_for("html[lang=fr]").await.unwrap();
    keys.go_and_press("kiosk-read", "Return").await;
    window.wait_for("[data-testid=reference-mark-1]").await.unwrap();
    keys.go_and_press("privacy", "Return").await;
    window.wait_for("[data-testid=privacy-dialog]").await.unwrap();
    xdotool(&street.computer, &["key", "Escape"]);
    window.wait_until_gone("[data-testid=privacy-dialog]").await.unwrap();
    window.wait_for("[data-testid=privacy]:focus").await.unwrap();
    keys.go_and_press("kiosk-sign", "Return").await;
    window.wait_for("[data-testid=field-full_name]:focus").await.unwrap();
    type_keys(&street.computer, "sukarno\n");
    window.wait_for("[data-testid=field-email]:focus").await.unwrap();
    type_keys(&street.computer, "s@b.org");
    holds(&window, "field-email", "s@b.org").await;
    keys.go_and_press("ink-keys", "space").await;
    keys.go_and_press("pen-down", "space").await;
    window.wait_for("[data-testid=pen-down][aria-pressed=true]").await.unwrap();
    keys.go_and_press("pen-right", "space").await;
    for key in ["Right", "Down", "Right", "Up"] {
        xdotool(&street.computer, &["key", key]);
    }
    window.wait_for("[data-testid=ink-clear]:enabled").await.unwrap();
    window.screenshot("keys-ink").await.unwrap();
    keys.go_and_press("field-of_age", "space").await;
    hold_signing(&window).await;
    keys.go_and_press("submit", "Return").await;
    window.wait_for("[data-testid=submit][aria-busy=true]:focus").await.unwrap();
    // Pressed again, it is not signed again; and who stands on the button stays there.
    xdotool(&street.computer, &["key", "Return"]);
    let calls = "const signed = window.signings.length; for (const go of window.signings) go();
        return [signed, document.activeElement.dataset.testid]";
    assert_eq!(window.run(calls, Vec::new()).await.unwrap(), json!([1, "submit"]));
    window.wait_for("[data-testid=thanks-title]:focus").await.unwrap();
    keys.go("thanks-done").await;
    done(&window).await;
    window.close().await.unwrap();
    let ledger = street.ledger();
    for (name, value) in [
        ("name", "sukarno"),
        ("email", "s@b.org"),
        ("ink", "yes"),
        ("typed_signature", ""),
        ("age_stated", "yes"),
    ] {
        assert_eq!(column(&ledger, name), [value], "{name}");
    }
}

/// From here on a signature is not saved until it is let.
async fn hold_signing(window: &Window) {
    let script = "window.signings = [];
        const { fetch } = window;
        window.fetch = (address, ...given) => new URL(address, location).pathname === '/sign'
            ? new Promise((resolve) => window.signings.push(() => resolve(fetch(address, ...given))))
            : fetch(address, ...given)";
    window.run(script, Vec::new()).await.unwrap();
}

/// A keyboard.
struct Keys<'a> {
    street: &'a Street,
    window: &'a Window,
}

impl Keys<'_> {
    /// Tab, until something has the focus. The focus is never lost, and always seen.
    async fn go(&self, testid: &str) {
        self.window.wait_for(&format!("[data-testid={testid}]")).await.unwrap();
        for _ in 0..60 {
            self.window.run("window.before = document.activeElement", Vec::new()).await.unwrap();
            xdotool(&self.street.computer, &["key", "Tab"]);
            let script = "const at = document.activeElement;
                if (at === window.before) return null;
                const seen = at === document.body
                    || [at, ...at.children].some((one) => getComputedStyle(one).outlineStyle !== 'none');
                return [at.dataset.testid ?? '', seen]";
            let state = eventually("the focus to go on", SOON, async || {
                Ok(serde_json::from_value::<Option<(String, bool)>>(
                    self.window.run(script, Vec::new()).await?,
                )?)
            });
            // Behind the last of the page, Tab goes around the window first.
            let Ok((at, is_seen)) = state.await else { continue };
            assert!(is_seen, "{at} has the focus and does not show it");
            if at == testid {
                return;
            }
        }
        unreachable!("Tab does not lead to {testid}");
    }

    async fn go_and_press(&self, testid: &str, key: &str) {
        self.go(testid).await;
        xdotool(&self.street.computer, &["key", key]);
    }
}
