//! What the ledger's CSV is for whoever opens it: a program that reads it, and a spreadsheet that would run it.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use serde_json::{Value, json};
use system_tests::{Campaign, CommandLine, Endpoint, PASSPHRASE, path};

/// People whose words begin like formulas, and what each must be in the file.
const CASES: &str = include_str!("../field/F24-export.jsonl");
const PETITION: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/field/petition-a.md");

/// Every row of a file, by the names of its columns.
fn rows(bytes: &[u8]) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(bytes).records().map(|row| row.unwrap()).collect()
}

#[test]
fn what_was_typed_comes_out_of_the_csv_as_typed_and_runs_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let endpoint = Endpoint::start(&folder.path().join("endpoint")).unwrap();
    let campaign = Campaign::new(folder.path(), Some(&endpoint.url())).unwrap();
    let desk = &campaign.desk;
    let petition = desk.run(&["desk", "add-petition", PETITION]).unwrap()[0]["petition"].clone();
    let kit = path(folder.path(), "street.kit").unwrap();
    desk.run(&["desk", "make-kit", "--label", "Street", "--out", &kit]).unwrap();
    let table = CommandLine::with_passphrase(&folder.path().join("table"), PASSPHRASE).unwrap();
    table.run(&["table", "open-kit", &kit, "--label", "One"]).unwrap();
    table.run(&["table", "start-shift", "--place", "Library"]).unwrap();

    let drafts: Vec<Value> = CASES
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["draft"].take())
        .map(|mut draft| {
            draft["petition"] = petition.clone();
            draft["language"] = json!("en");
            draft
        })
        .collect();
    assert_eq!(drafts.len(), 7);
    let input: String = drafts.iter().map(|draft| format!("{draft}\n")).collect();
    let saved = table.run_with_input(&["table", "sign", "--pass-warnings"], &input).unwrap();
    assert!(saved.iter().all(|line| line["saved"].is_string()));
    table.run(&["table", "send"]).unwrap();
    desk.run(&["desk", "pull"]).unwrap();

    let bytes = campaign.csv(desk).unwrap();
    assert!(bytes.starts_with(b"\xef\xbb\xbfsignature,"), "a double click takes it for UTF-8");
    let header = csv::Reader::from_reader(bytes.as_slice()).headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|column| column == name).unwrap();
    let rows = rows(&bytes);
    assert_eq!(rows.len(), drafts.len());
    for draft in &drafts {
        let name = draft["full_name"].as_str().unwrap();
        let row = rows.iter().find(|row| &row[column("name")] == name).unwrap();
        for cell in row.iter().filter(|cell| *cell != &row[column("phone")]) {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n']),
                "{cell}"
            );
        }
        let typed = draft["comment"].as_str().unwrap_or_default();
        assert_eq!(desk::unguarded(&row[column("comment")]), typed);
        assert_eq!(&row[column("city")], draft["city"].as_str().unwrap_or_default());
    }
    let cell = |name: &str, wanted: &str| {
        rows.iter().find(|row| &row[column("name")] == name).unwrap()[column(wanted)].to_owned()
    };
    assert_eq!(cell("Plus Number", "phone"), "+12065550150");
    assert_eq!(cell("Quote Comment", "comment"), "She said \"no\"; he said, 'yes'");
    assert_eq!(cell("Apostrophe Comment", "comment"), "'t Is genoeg geweest");
    assert_eq!(cell("Equal Comment", "comment"), "'=1+1");
}

/// Who may do what with a file, as octal digits.
fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn every_file_with_people_or_secrets_is_private_to_its_owner() {
    let folder = tempfile::tempdir().unwrap();
    let campaign = Campaign::new(folder.path(), None).unwrap();
    let table = campaign.table("table").unwrap();
    table.run_with_input(&["table", "sign"], &campaign.draft(1)).unwrap();
    let stick = folder.path().join("stick");
    fs::create_dir(&stick).unwrap();
    table.run(&["table", "carry", stick.to_str().unwrap()]).unwrap();
    // One that others can read already is not left so.
    let csv = folder.path().join("ledger.csv");
    fs::write(&csv, "of before").unwrap();
    fs::set_permissions(&csv, fs::Permissions::from_mode(0o644)).unwrap();
    campaign.csv(&campaign.desk).unwrap();

    let batch = fs::read_dir(&stick).unwrap().next().unwrap().unwrap().path();
    let written = [csv, folder.path().join("saturday.kit"), folder.path().join("campaign.backup"), batch];
    let open: Vec<_> = written.iter().filter(|path| mode(path) != 0o600).collect();
    assert!(open.is_empty(), "others can read {open:?}");
}
