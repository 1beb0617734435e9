//! What somebody bored types, pastes and hammers: a clear answer, counted once or refused, harmless ever after.

use serde_json::{Value, json};
use system_tests::Window;

use crate::street::{EVERYTHING, NAME_ONLY, Street, column, done};

/// Names that nobody is asked to mend by hand: each gets words, and nothing is saved.
const REFUSED: [(&str, &str); 5] = [
    ("a control character", "Ann\u{7}a"),
    ("an override of direction", "\u{202e}nosredne nnA"),
    ("an address of the web", "Buy at https://example.org/now"),
    ("nothing that can be seen", "\u{200b}\u{200d}\u{feff}"),
    ("a tower of marks", ZALGO),
];

const ZALGO: &str = "A\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}\u{30b}\u{30c}\u{30d}\u{30e}\u{30f}\u{310}\u{311}\u{312}\u{313}\u{314}\u{315}\u{316}\u{317}da";

/// A mark that nobody sees and that turns what stands around it: it is left out.
const MENDED: (&str, &str) = ("Ann\u{2067}a", "Anna");

/// Odd, but it may be a name: asked once, then counted.
const ASKED_AGAIN: [&str; 2] = ["🦀🌊", "1 2 3"];

/// Text for other programs. Here it is a name like any other.
const TAKEN: [&str; 5] = [
    "Robert'); DROP TABLE entries;--",
    "<img src=x onerror=\"window.broken = true\">",
    "<script>window.broken = true</script>",
    "=cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
];

#[tokio::test]
async fn what_is_no_name_is_refused_with_words_and_what_might_be_one_is_asked_about() {
    let street = Street::set_up(&[NAME_ONLY]).await;
    let window = street.open().await;
    for (what, name) in REFUSED {
        window.click("kiosk-sign").await.unwrap();
        put(&window, "full_name", name).await;
        window.click("submit").await.unwrap();
        window.wait_for("[data-testid=error-link-field-full_name]").await.unwrap();
        assert_eq!(value(&window, "full_name").await, name, "{what}: what was typed stays");
        window.click("start-over").await.unwrap();
    }
    window.click("kiosk-sign").await.unwrap();
    put(&window, "full_name", MENDED.0).await;
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
    done(&window).await;
    for name in ASKED_AGAIN {
        window.click("kiosk-sign").await.unwrap();
        put(&window, "full_name", name).await;
        window.click("submit").await.unwrap();
        window.wait_for("[data-testid=error-summary]").await.unwrap();
        window.click("submit").await.unwrap();
        window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
        done(&window).await;
    }
    for name in TAKEN {
        window.click("kiosk-sign").await.unwrap();
        put(&window, "full_name", name).await;
        window.click("submit").await.unwrap();
        window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
        done(&window).await;
    }
    crate::street::take_back(&window).await;
    window.close().await.unwrap();
    let ledger = street.ledger();
    // A spreadsheet gets no formula, not in what it makes of a semicolon either, and no cell loses a letter.
    let cells = names(&ledger);
    assert!(
        cells.iter().flat_map(|cell| cell.split(';')).all(|part| !part.starts_with(['=', '@', '-', '+']))
    );
    let mut found: Vec<String> = cells.iter().map(|cell| desk::unguarded(cell)).collect();
    let mut expected: Vec<&str> = ASKED_AGAIN.into_iter().chain(TAKEN).chain([MENDED.1]).collect();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
    // At the desk it is text, and nothing of it runs.
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.click("nav-desk").await.unwrap();
    window.click("nav-ledger").await.unwrap();
    let shown = window.wait_for_text("ledger", TAKEN[0]).await.unwrap();
    for name in TAKEN {
        assert!(shown.contains(name), "the ledger shows {name} as it was typed");
    }
    assert_eq!(window.run("return window.broken ?? null", Vec::new()).await.unwrap(), Value::Null);
    window.close().await.unwrap();
}

#[tokio::test]
async fn a_pasted_book_is_too_long_and_stops_nothing() {
    let street = Street::set_up(&[EVERYTHING]).await;
    let window = street.open().await;
    window.click("kiosk-sign").await.unwrap();
    window.wait_for("[data-testid=field-full_name]:focus").await.unwrap();
    // As a paste does it.
    let paste = "const field = document.getElementById(`field-${arguments[0]}`);
        field.focus();
        document.execCommand('insertText', false, 'book '.repeat(600_000));
        return field.value.length";
    for field in ["full_name", "comment"] {
        let length = window.run(paste, vec![json!(field)]).await.unwrap();
        assert!(
            length.as_u64().is_some_and(|length| (1_000..100_000).contains(&length)),
            "{field}: {length}"
        );
    }
    window.click("submit").await.unwrap();
    for field in ["full_name", "comment"] {
        window.wait_for(&format!("[data-testid=error-link-field-{field}]")).await.unwrap();
    }
    // A script that goes past the field gets the same answer.
    let answer = sign(&window, &json!("book ".repeat(600_000)), 1).await;
    let problems = answer[0]["problems"].as_array().unwrap();
    let codes: Vec<&str> = problems
        .iter()
        .filter(|found| found["field"] == "full_name")
        .filter_map(|found| found["code"].as_str())
        .collect();
    assert_eq!(codes, ["too_long"]);
    window.close().await.unwrap();
    assert_eq!(street.ledger().len(), 1, "nothing was saved");
}

#[tokio::test]
async fn hammering_counts_once() {
    let street = Street::set_up(&[NAME_ONLY]).await;
    let window = street.open().await;
    window.click("kiosk-sign").await.unwrap();
    window.wait_for("[data-testid=field-full_name]:focus").await.unwrap();
    window.press("Sukarno").await.unwrap();
    let hammer = "for (let tap = 0; tap < 100; tap += 1) document.getElementById('submit')?.click()";
    window.run(hammer, Vec::new()).await.unwrap();
    window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
    done(&window).await;
    // Many at once, past the button: one is saved, and all hear the same of it.
    let answers = sign(&window, &json!("Hatta"), 20).await;
    let answers = answers.as_array().unwrap();
    assert_eq!(answers.len(), 20);
    assert_eq!(answers.iter().filter(|answer| answer["outcome"] == "saved").count(), 20);
    assert!(answers.iter().all(|answer| answer["withdrawal_code"] == answers[0]["withdrawal_code"]));
    window.close().await.unwrap();
    assert_eq!(names(&street.ledger()), ["Hatta", "Sukarno"]);
}

/// All of them, in the order of their letters: those of one minute are in no order of time.
fn names(ledger: &[Vec<String>]) -> Vec<String> {
    let mut names = column(ledger, "name");
    names.sort_unstable();
    names
}

/// Puts a text into a field at once, as a paste does.
async fn put(window: &Window, field: &str, text: &str) {
    window.wait_for(&format!("[data-testid=field-{field}]")).await.unwrap();
    let script = "const field = document.getElementById(`field-${arguments[0]}`);
        field.value = arguments[1];
        field.dispatchEvent(new InputEvent('input', { bubbles: true }))";
    window.run(script, vec![json!(field), json!(text)]).await.unwrap();
}

async fn value(window: &Window, field: &str) -> String {
    let script = "return document.getElementById(`field-${arguments[0]}`).value";
    window.run(script, vec![json!(field)]).await.unwrap().as_str().unwrap().to_owned()
}

/// Asks the app itself to sign, so many times at once in one visit. Gives all answers and refusals.
async fn sign(window: &Window, name: &Value, times: usize) -> Value {
    let script = "const [name, times, done] = arguments;
        const { invoke } = window.__TAURI_INTERNALS__;
        (async () => {
            const { petitions: [{ petition }] } = await invoke('kiosk_home');
            const { text } = await invoke('kiosk_petition', { petition });
            const draft = { petition, text_hash: text.hash, language: 'en', full_name: name, email: '', phone: '', country: '', postal_code: '',
                city: '', region: '', street: '', comment: '', of_age: false, ink: null, typed_signature: '',
                show_publicly: false, send_updates: false, share: false };
            const visit = crypto.randomUUID();
            const tries = Array.from({ length: times }, () => invoke('sign', { draft, passWarnings: true, visit }));
            const ended = await Promise.allSettled(tries);
            done(ended.map(({ value, reason }) => value ?? { code: reason.code ?? String(reason) }));
        })();";
    window.client().execute_async(script, vec![name.clone(), json!(times)]).await.unwrap()
}
