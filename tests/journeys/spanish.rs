//! Who reads Spanish runs a table and a desk in it: chosen once, and no English sentence is left.

use std::{collections::BTreeMap, fs, path::Path};

use system_tests::{CommandLine, Computer, Endpoint, Window, path};

use crate::{
    look::is_good,
    lost_laptop::choose_home,
    pdf::closed_up,
    printed::save,
    street::{PIN, done, take_back},
};

const PETITION: &str = "---
title: Un techo en la parada de la avenida Rainier
started_by: Vecinos del Valle
addressed_to: King County Metro
language: es
goal: 50
---

Cuando llueve, esperamos sin techo (1). Pedimos uno.

## Referencias

1. Contado un domingo de mayo.
";

/// The name that the shell gives to a table; the organizer sees it too, in whatever language.
const TABLE: &str = "Table";
const AREAS: [&str; 6] = ["about", "desk", "kiosk", "shared", "start", "table"];

/// What is English and not Spanish too: whole texts, and the longer pieces of those that take a value.
struct English {
    whole: Vec<String>,
    pieces: Vec<String>,
}

impl English {
    fn read() -> Self {
        let words = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/words");
        let read = |language: &str| -> BTreeMap<String, String> {
            let areas = AREAS.iter().flat_map(|area| {
                let text = fs::read_to_string(words.join(format!("{area}/{language}.json"))).unwrap();
                let texts: BTreeMap<String, String> = serde_json::from_str(&text).unwrap();
                texts.into_iter().map(move |(key, text)| (format!("{area} {key}"), text))
            });
            areas.collect()
        };
        let (english, spanish) = (read("en"), read("es"));
        let all_spanish: String = spanish.values().cloned().collect::<Vec<_>>().join("\n");
        let foreign = |text: &str| {
            !all_spanish.contains(text) && text.chars().filter(|sign| sign.is_alphabetic()).count() > 2
        };
        let (mut whole, mut pieces) = (Vec::new(), Vec::new());
        for text in english.values() {
            if !text.contains(['{', '<']) && foreign(text) {
                whole.push(text.clone());
            }
            let said = text.split(['{', '}', '<', '>', '#']).map(str::trim);
            pieces.extend(
                said.filter(|piece| piece.split(' ').count() > 2 && foreign(piece))
                    .filter(|piece| !piece.contains(", select") && !piece.contains(", plural"))
                    .map(str::to_owned),
            );
        }
        Self { whole, pieces }
    }

    /// The page is good, is said to be Spanish, and has nothing English in it.
    async fn is_gone(&self, window: &Window, screen: &str) {
        is_good(window, &format!("{screen} in Spanish")).await;
        let script = "const own = (element) => element.closest('[lang]').lang === 'es' && !element.closest('script, style');
            const said = [document.documentElement.lang, document.title.split(' · ')[0]];
            const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            for (let node = nodes.nextNode(); node; node = nodes.nextNode()) if (own(node.parentElement)) said.push(node.data);
            for (const element of document.body.querySelectorAll('*'))
                for (const name of ['aria-label', 'title', 'alt', 'placeholder'])
                    if (own(element) && element.getAttribute(name)) said.push(element.getAttribute(name));
            return said.map((text) => text.replace(/\\s+/g, ' ').trim())";
        let said = window.run(script, Vec::new()).await.unwrap();
        let said: Vec<String> = serde_json::from_value(said).unwrap();
        assert_eq!(said[0], "es", "{screen}");
        let english = |text: &&String| {
            self.whole.contains(text) || self.pieces.iter().any(|piece| text.contains(piece.as_str()))
        };
        let left: Vec<&String> = said.iter().filter(|text| *text != TABLE).filter(english).collect();
        assert!(left.is_empty(), "{screen} says in English: {left:#?}");
        window.screenshot(&format!("spanish-{screen}")).await.unwrap();
    }
}

#[tokio::test]
async fn a_table_and_a_desk_are_run_in_spanish_and_no_english_is_left() {
    let english = English::read();
    assert!(english.whole.len() > 500 && english.pieces.len() > 500, "the words are read");
    let computer = Computer::start().await.unwrap();
    let endpoint = Endpoint::start(&computer.folder().join("endpoint")).unwrap();
    let home = computer.folder().join("home").canonicalize().unwrap();
    let at = |name: &str| path(computer.folder(), name).unwrap();
    let organizer = CommandLine::on(&computer, &computer.profile("organizer"));
    fs::write(at("passphrase"), "una frase para la copia").unwrap();
    fs::write(at("petition.md"), PETITION).unwrap();
    let new =
        ["desk", "new", "--name", "Vecinos", "--endpoint", &endpoint.url(), "--backup", &at("c.backup")];
    organizer.run(&[&new[..], &["--backup-passphrase-file", &at("passphrase")]].concat()).unwrap();
    organizer.run(&["desk", "add-petition", &at("petition.md")]).unwrap();
    organizer.run(&["desk", "make-kit", "--label", "Mercados", "--out", &at("street.kit")]).unwrap();

    // Chosen at the start, by its own name.
    let volunteer = computer.profile("volunteer");
    let window = Window::open(&computer, &volunteer).await.unwrap();
    window.wait_for("[data-testid=choose-table]").await.unwrap();
    window.click("speak-es").await.unwrap();
    window.wait_for_text("choose-table", "Recoger firmas").await.unwrap();
    english.is_gone(&window, "start").await;
    window.click("about").await.unwrap();
    window.wait_for("[data-testid=about-folder]").await.unwrap();
    english.is_gone(&window, "about").await;
    window.click("about-back").await.unwrap();
    window.click("choose-desk").await.unwrap();
    window.click("create-campaign").await.unwrap();
    english.is_gone(&window, "new-campaign").await;
    window.click("go-restore").await.unwrap();
    window.wait_for("[data-testid=restore-file]").await.unwrap();
    english.is_gone(&window, "restore").await;
    window.close().await.unwrap();

    // Remembered, and a shift from the kit to its closing record.
    let window = Window::open(&computer, &volunteer).await.unwrap();
    window.wait_for_text("choose-table", "Recoger firmas").await.unwrap();
    window.click("choose-table").await.unwrap();
    window.click("open-kit").await.unwrap();
    english.is_gone(&window, "kit-missing").await;
    window.click("kit-paste").await.unwrap();
    let paste = "const field = document.querySelector('[data-testid=kit-text]');
        field.value = arguments[0]; field.dispatchEvent(new Event('input', { bubbles: true }))";
    window.wait_for("[data-testid=kit-text]").await.unwrap();
    window.run(paste, vec![fs::read_to_string(at("street.kit")).unwrap().into()]).await.unwrap();
    window.type_into("pin-new", PIN).await.unwrap();
    window.type_into("pin-repeat", PIN).await.unwrap();
    window.click("open-kit").await.unwrap();
    window.wait_for("[data-testid=start-shift]").await.unwrap();
    english.is_gone(&window, "before-the-shift").await;
    window.type_into("shift-place", "Mercado").await.unwrap();
    window.type_into("shift-volunteer", "D. R.").await.unwrap();
    window.click("start-shift").await.unwrap();
    window.click("hand-to-signers").await.unwrap();
    window.wait_for("[data-testid=kiosk-sign]").await.unwrap();
    english.is_gone(&window, "kiosk").await;
    window.click("kiosk-sign").await.unwrap();
    window.type_into("field-full_name", "Ada Byron").await.unwrap();
    window.click("submit").await.unwrap();
    window.wait_for("[data-testid=withdrawal-code]").await.unwrap();
    done(&window).await;
    // What a signer chose is the signer's: the volunteer's pages stay as they were.
    window.click("language-fr").await.unwrap();
    take_back(&window).await;
    window.wait_for_text("table-received", "1").await.unwrap();
    english.is_gone(&window, "table").await;
    window.click("strike").await.unwrap();
    english.is_gone(&window, "strike").await;
    window.click("strike-not").await.unwrap();
    window.click("hand-over").await.unwrap();
    english.is_gone(&window, "hand-over").await;
    window.click("hand-over-not").await.unwrap();
    window.click("nav-paper").await.unwrap();
    window.type_into("sheet-number", "7").await.unwrap();
    window.click("begin-sheet").await.unwrap();
    window.wait_for("[data-testid=line-title]").await.unwrap();
    english.is_gone(&window, "paper").await;
    window.click("drop-sheet").await.unwrap();
    english.is_gone(&window, "drop-a-sheet").await;
    window.click("drop-now").await.unwrap();
    window.click("nav-hand-carry").await.unwrap();
    window.click("hand-carry-write").await.unwrap();
    english.is_gone(&window, "hand-carry").await;
    window.click("nav-checklists").await.unwrap();
    for list in ["opening", "during", "closing", "wrong"] {
        window.click(&format!("list-{list}")).await.unwrap();
        english.is_gone(&window, &format!("list-{list}")).await;
    }
    window.click("nav-kit").await.unwrap();
    window.wait_for("[data-testid=kit-fingerprint]").await.unwrap();
    english.is_gone(&window, "kit").await;
    window.click("nav-end-shift").await.unwrap();
    window.wait_for("[data-testid=end-shift]").await.unwrap();
    english.is_gone(&window, "end-of-shift").await;
    window.click("end-shift").await.unwrap();
    window.wait_for_text("shift-saved", "1").await.unwrap();
    window.wait_for("[data-testid=receipt]").await.unwrap();
    english.is_gone(&window, "closing-record").await;
    let record = save(&window, &home, "shift").await.concat();
    for part in ["Acta de cierre de un turno", "1 empezadas = 1 con firma", "en el quiosco"] {
        assert!(record.contains(&closed_up(part)), "{part:?} is not in: {record}");
    }
    window.close().await.unwrap();

    // The organizer, on another computer.
    let window = Window::open(&computer, &computer.profile("organizer")).await.unwrap();
    window.click("speak-es").await.unwrap();
    window.wait_for("[data-testid=merge-now]").await.unwrap();
    english.is_gone(&window, "desk").await;
    window.click("nav-merge").await.unwrap();
    window.click("merge-now").await.unwrap();
    window.wait_for_text("merge-new", "1 firma nueva").await.unwrap();
    english.is_gone(&window, "merged").await;
    for page in ["overview", "petitions", "kits", "tables", "ledger", "backup"] {
        window.click(&format!("nav-{page}")).await.unwrap();
        window.wait_for(&format!("[data-testid=nav-{page}][aria-current=page]")).await.unwrap();
        english.is_gone(&window, &format!("desk-{page}")).await;
    }
    window.click("nav-backup").await.unwrap();
    choose_home(&window, &home).await;
    window.click("write-backup").await.unwrap();
    window.wait_for("[data-testid=backup-done]").await.unwrap();
    english.is_gone(&window, "backup-written").await;
    window.close().await.unwrap();
}
