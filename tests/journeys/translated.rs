//! A petition in several languages: who chooses one reads and signs it in that, keeps what was typed, and leaves the kiosk in the
//! petition's own.

use serde_json::{Value, json};
use system_tests::Window;

use crate::{
    look,
    street::{Street, column, done},
};

const PETITION: &str = r#"---
title: A bench at the pond
started_by: Friends of the Pond
addressed_to: The Parks Department
goal: 50
milestones:
  10: Ten of you.
choices:
  send_updates: Tell me when the bench is there
---

There is no place to sit (2). We ask for:

3. one bench
4. in the shade

and for nothing else[^wood].

[^wood]: Of wood.

## Sources

2. Counted on a Sunday in May.
5. Counted again in June (5).

---
translation: es
title: Un banco junto al estanque
addressed_to: El Departamento de Parques
milestones:
  10: Diez de ustedes.
choices:
  send_updates: Avísenme cuando esté el banco
---

No hay dónde sentarse (2).

## Referencias

2. Contado un domingo de mayo.

---
translation: ar
title: "Palantir: مقعد عند البركة"
milestones:
  10: عشرة منكم.
choices:
  send_updates: أخبروني عندما يوضع المقعد
---

لا مكان للجلوس.

---
translation: de
title: Eine Bank am Teich
milestones:
  10: Zehn von euch.
choices:
  send_updates: Sagt mir, wenn die Bank da ist
---

Man kann nirgends sitzen.
"#;

/// The title on the screen, with its language and direction, and those of the page around it.
async fn titled(window: &Window, testid: &str) -> Value {
    let script = "const title = document.querySelector(`[data-testid=${arguments[0]}]`)
        const page = document.documentElement
        return [title.textContent.trim(), title.lang, title.dir, page.lang, page.dir]";
    window.run(script, vec![testid.into()]).await.unwrap()
}

async fn choose(window: &Window, language: &str) {
    window.click("language").await.unwrap();
    window.click(&format!("language-{language}")).await.unwrap();
    window.wait_until_gone("[data-testid=language-dialog]").await.unwrap();
}

#[tokio::test]
async fn a_signer_reads_and_signs_in_their_language_and_the_next_finds_the_petitions_own() {
    let street = Street::set_up(&[PETITION]).await;
    let window = street.open().await;
    let english = json!(["A bench at the pond", "en", "ltr", "en", "ltr"]);
    assert_eq!(titled(&window, "petition-title").await, english);
    window.click("language-es").await.unwrap();
    let spanish = json!(["Un banco junto al estanque", "es", "ltr", "es", "ltr"]);
    assert_eq!(titled(&window, "petition-title").await, spanish);
    window.screenshot("translated-1-invite").await.unwrap();
    window.click("kiosk-read").await.unwrap();
    window.wait_for("[data-testid=reference-2]").await.unwrap();
    let headings = "return [...document.querySelectorAll('.references h2')].map((h) => [h.textContent, h.closest('[lang]').lang])";
    assert_eq!(window.run(headings, Vec::new()).await.unwrap(), json!([["Referencias", "es"]]));
    window.click("kiosk-sign").await.unwrap();
    window.type_into("field-full_name", "Ada Byron").await.unwrap();
    // Another language keeps what was typed, and the form.
    choose(&window, "ar").await;
    let arabic = json!(["Palantir: مقعد عند البركة", "ar", "rtl", "ar", "rtl"]);
    assert_eq!(titled(&window, "sign-petition").await, arabic);
    look::is_good(&window, "the form in Arabic").await;
    window.screenshot("translated-2-sign-ar").await.unwrap();
    choose(&window, "es").await;
    assert_eq!(titled(&window, "sign-petition").await, spanish);
    let typed = "return document.querySelector('[data-testid=field-full_name]').value";
    assert_eq!(window.run(typed, Vec::new()).await.unwrap(), "Ada Byron");
    let label = "return document.querySelector('#send-updates').closest('label').textContent.trim()";
    assert_eq!(window.run(label, Vec::new()).await.unwrap(), "Avísenme cuando esté el banco");
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
    done(&window).await;
    assert_eq!(
        titled(&window, "petition-title").await,
        english,
        "the next person finds the petition's own language"
    );

    // A language that the kiosk has no words in is a text all the same.
    window.click("language-de").await.unwrap();
    assert_eq!(
        titled(&window, "petition-title").await,
        json!(["Eine Bank am Teich", "de", "ltr", "en", "ltr"])
    );
    window.screenshot("translated-3-german").await.unwrap();
    window.click("kiosk-sign").await.unwrap();
    window.type_into("field-full_name", "Bela Kun").await.unwrap();
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
    done(&window).await;

    // Where there is no translation, the words are the signer's and the text is the organizer's.
    window.click("language-ko").await.unwrap();
    assert_eq!(
        titled(&window, "petition-title").await,
        json!(["A bench at the pond", "en", "ltr", "ko", "ltr"])
    );
    window.click("kiosk-read").await.unwrap();
    window.wait_for("[data-testid=reference-6]").await.unwrap();
    let lists = "return [...document.querySelectorAll('.text ol')].map((list) => [list.start, [...list.children].map((item) => item.value)])";
    assert_eq!(
        window.run(lists, Vec::new()).await.unwrap(),
        json!([[3, [0, 0]], [1, [2, 5, 6]]]),
        "as they were written"
    );
    look::is_good(&window, "an English text among Korean words").await;
    window.screenshot("translated-4-read-ko").await.unwrap();
    window.click("kiosk-sign").await.unwrap();
    window.type_into("field-full_name", "Chen Wei").await.unwrap();
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
    done(&window).await;
    window.close().await.unwrap();

    let ledger = street.ledger();
    let mut rows: Vec<_> = ["name", "language", "text_language", "standing"]
        .map(|name| column(&ledger, name))
        .into_iter()
        .collect();
    let standings = rows.pop().unwrap();
    let mut people: Vec<_> =
        (0..3).map(|at| [&rows[0][at], &rows[1][at], &rows[2][at]].map(String::as_str)).collect();
    people.sort_unstable();
    assert_eq!(people, [["Ada Byron", "es", "es"], ["Bela Kun", "en", "de"], ["Chen Wei", "ko", "en"]]);
    assert_eq!(standings, ["counted"; 3]);
    let hashes: std::collections::BTreeSet<_> = column(&ledger, "text_hash").into_iter().collect();
    assert_eq!(hashes.len(), 3, "each signed another text");
}
