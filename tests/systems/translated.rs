//! A petition in three languages by the command line: each signature comes out with the text that was shown.

use serde_json::{Value, json};
use system_tests::{Campaign, CommandLine, Endpoint, PASSPHRASE, path};

const PETITION: &str = "---
title: Keep the library open on Sundays
started_by: Friends of the Library
addressed_to: The Council
milestones:
  100: Half way
---
On Sundays the reading room is the only warm room that costs nothing.

---
translation: es
title: Que la biblioteca abra los domingos
addressed_to: El Concejo
milestones:
  100: A medio camino
---
Los domingos, la sala de lectura es el único lugar cálido que no cuesta nada.

---
translation: so
title: Maktabaddu ha furnaato Axadda
milestones:
  100: Badhkii
---
Axadda qolka akhrisku waa meesha keliya ee diirran ee bilaash ah.
";

fn text<'a>(answer: &'a Value, language: &str) -> &'a str {
    let texts = answer["translations"].as_array().unwrap();
    texts.iter().find(|text| text["language"] == language).unwrap()["text_hash"].as_str().unwrap()
}

#[test]
fn a_signature_comes_to_the_ledger_with_the_text_that_was_shown() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| path(folder.path(), name).unwrap();
    let endpoint = Endpoint::start(&folder.path().join("endpoint")).unwrap();
    let campaign = Campaign::new(folder.path(), Some(&endpoint.url())).unwrap();
    let desk = &campaign.desk;
    std::fs::write(at("library.md"), PETITION).unwrap();
    let petition = desk.run(&["desk", "add-petition", &at("library.md")]).unwrap()[0]["petition"].clone();
    desk.run(&["desk", "make-kit", "--label", "Street", "--out", &at("street.kit")]).unwrap();
    let table = CommandLine::with_passphrase(&folder.path().join("table"), PASSPHRASE).unwrap();
    table.run(&["table", "open-kit", &at("street.kit"), "--label", "One"]).unwrap();
    table.run(&["table", "start-shift", "--place", "Library"]).unwrap();
    let known = table.run(&["table", "petitions"]).unwrap();
    let shown = known.iter().find(|answer| answer["petition"] == petition).unwrap();
    let (own, spanish) = (shown["text_hash"].as_str().unwrap(), text(shown, "es"));
    let draft = |name: &str, hash: &str| {
        json!({ "petition": petition, "full_name": name, "language": "vi", "text_hash": hash }).to_string()
            + "\n"
    };
    let input = draft("Ada Byron", spanish) + &draft("Bela Kun", own);
    let saved = table.run_with_input(&["table", "sign"], &input).unwrap();
    assert!(saved.iter().all(|line| line["saved"].is_string()));
    let sheet = ["table", "enter-sheet", "--petition", petition.as_str().unwrap(), "--text-language"];
    let line = json!({ "full_name": "Chen Wei" }).to_string() + "\n";
    table.run_with_input(&[&sheet[..], &["so", "--as-on-paper"]].concat(), &line).unwrap();
    let refused = table.run_with_input(&[&sheet[..], &["fr"]].concat(), &line).unwrap_err();
    assert!(format!("{refused:#}").contains("table/no-translation"), "{refused:#}");
    table.run(&["table", "send"]).unwrap();
    desk.run(&["desk", "pull"]).unwrap();

    let bytes = campaign.csv(desk).unwrap();
    let mut csv = csv::Reader::from_reader(bytes.as_slice());
    let header = csv.headers().unwrap().clone();
    let columns = ["name", "text_language", "text_hash", "language", "standing"]
        .map(|name| header.iter().position(|column| column == name).unwrap());
    let mut rows: Vec<_> = csv.records().map(|row| row.unwrap()).collect();
    rows.sort_by_key(|row| row[columns[0]].to_owned());
    let rows: Vec<_> = rows.iter().map(|row| columns.map(|at| &row[at])).collect();
    assert_eq!(
        rows,
        [
            ["Ada Byron", "es", spanish, "vi", "counted"],
            ["Bela Kun", "en", own, "vi", "counted"],
            ["Chen Wei", "so", text(shown, "so"), "so", "counted"],
        ]
    );
    let ledger = desk.run(&["desk", "ledger", "Ada"]).unwrap();
    assert_eq!((&ledger[0]["text_language"], &ledger[0]["text_hash"]), (&json!("es"), &json!(spanish)));
    let listed = desk.run(&["desk", "petitions"]).unwrap();
    let listed = listed.iter().find(|answer| answer["petition"] == petition).unwrap();
    let texts: Vec<_> = listed["texts"].as_array().unwrap().iter().map(|text| &text["text_hash"]).collect();
    assert_eq!(texts, [own, spanish, text(shown, "so")]);

    // A correction is of all of them; what was signed stands for what was shown.
    std::fs::write(at("library.md"), PETITION.replace("no cuesta nada", "es gratis")).unwrap();
    desk.run(&["desk", "correct-petition", petition.as_str().unwrap(), &at("library.md")]).unwrap();
    desk.run(&["desk", "publish"]).unwrap();
    table.run(&["table", "send"]).unwrap();
    let known = table.run(&["table", "petitions"]).unwrap();
    let now = known.iter().find(|answer| answer["petition"] == petition).unwrap();
    assert_eq!((&now["version"], &now["text_hash"]), (&json!(2), &json!(own)), "the original is as it was");
    assert_ne!(text(now, "es"), spanish);
    table.run_with_input(&["table", "sign"], &draft("Dee Ramirez", text(now, "es"))).unwrap();
    table.run(&["table", "send"]).unwrap();
    desk.run(&["desk", "pull"]).unwrap();
    let ledger = desk.run(&["desk", "ledger"]).unwrap();
    let standings: Vec<_> = ledger.iter().filter_map(|row| row["standing"]["kind"].as_str()).collect();
    assert_eq!(standings, ["counted"; 4]);
}

#[test]
fn what_is_wrong_with_a_translation_is_told_with_its_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let campaign = Campaign::new(folder.path(), None).unwrap();
    let file = path(folder.path(), "library.md").unwrap();
    std::fs::write(&file, PETITION.replace("  100: Badhkii", "  200: Badhkii")).unwrap();
    let refused = campaign.desk.run(&["desk", "add-petition", &file]).unwrap_err();
    let said = format!("{refused:#}");
    for words in [
        file.as_str(),
        "Line 20: This translation has no note for the milestone at 100.",
        "Line 23: The original has no milestone at 200.",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}
