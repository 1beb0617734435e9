//! From a campaign to its CSV as somebody who is new: by the help alone, with ids that commands printed, and no look into
//! a file.

use std::fs;

use system_tests::{CommandLine, Endpoint, PASSPHRASE, path};

/// Runs a command as a person does, and gives what it said.
fn say(line: &CommandLine<'_>, arguments: &[&str], input: &str) -> String {
    let words = line.words(arguments, input).unwrap();
    assert_eq!(words.code, Some(0), "{arguments:?}: {}{}", words.output, words.error);
    words.output
}

/// The first UUID in what was said.
fn id_in(said: &str) -> String {
    let is_id = |word: &&str| word.len() == 36 && word.matches('-').count() == 4;
    said.split(|c: char| !c.is_ascii_hexdigit() && c != '-').find(is_id).unwrap().to_owned()
}

/// The petition's file that the help shows.
fn shown_petition(help: &str) -> String {
    let lines: Vec<&str> = help.lines().skip_while(|line| line.trim() != "---").collect();
    let end = lines.iter().position(|line| line.is_empty()).unwrap();
    lines[..end].iter().map(|line| format!("{}\n", line.strip_prefix("  ").unwrap())).collect()
}

#[test]
fn a_campaign_comes_to_its_csv_by_the_help_alone() {
    let folder = tempfile::tempdir().unwrap();
    let endpoint = Endpoint::start(&folder.path().join("endpoint")).unwrap();
    let at = |name: &str| path(folder.path(), name).unwrap();
    let desk = CommandLine::with_passphrase(&folder.path().join("desk"), PASSPHRASE).unwrap();
    let help = say(&desk, &["--help"], "");
    let walk: Vec<&str> = help.lines().filter_map(|line| line.trim().strip_prefix("undersigned ")).collect();
    assert!(walk.len() > 10, "{help}");
    for step in walk.iter().filter(|step| !step.contains("--help")) {
        let command: Vec<&str> = step.split_whitespace().take(2).collect();
        let own = say(&desk, &[command[0], command[1], "--help"], "");
        assert!(own.contains("Example:\n  undersigned "), "{own}");
    }

    fs::write(at("secret.txt"), "a secret for the backup\n").unwrap();
    let made = say(
        &desk,
        &[
            "desk",
            "new",
            "--name",
            "Cedar",
            "--endpoint",
            &endpoint.url(),
            "--backup",
            &at("cedar.backup"),
            "--backup-passphrase-file",
            &at("secret.txt"),
        ],
        "",
    );
    let status = say(&desk, &["desk", "status"], "");
    let campaign = status.split("campaign: ").nth(1).unwrap().split_whitespace().next().unwrap();
    assert!(made.contains(campaign) && status.contains(&endpoint.url()), "{made}{status}");

    fs::write(at("library.md"), shown_petition(&say(&desk, &["desk", "add-petition", "--help"], "")))
        .unwrap();
    let petition = id_in(&say(&desk, &["desk", "add-petition", &at("library.md")], ""));
    assert_eq!(id_in(&say(&desk, &["desk", "petitions"], "")), petition);
    let kit = id_in(&say(&desk, &["desk", "make-kit", "--label", "Street", "--out", &at("street.kit")], ""));
    assert_eq!(id_in(&say(&desk, &["desk", "kits"], "")), kit);

    let tables = ["Table 1", "Table 2"].map(|label| {
        let table = CommandLine::with_passphrase(&folder.path().join(label), PASSPHRASE).unwrap();
        let id = id_in(&say(&table, &["table", "open-kit", &at("street.kit"), "--label", label], ""));
        assert_eq!(id_in(&say(&table, &["table", "petitions"], "")), petition);
        say(&table, &["table", "start-shift", "--place", "Library", "--volunteer", "D. R."], "");
        (table, id)
    });
    let draft = |name: &str, email: &str| {
        format!(
            r#"{{"petition": "{petition}", "full_name": "{name}", "email": "{email}", "postal_code": "98101"}}"#
        ) + "\n"
    };
    let signed = draft("Ada Lovelace", "ada@example.org") + &draft("Élodie Accent", "");
    let signed = say(&tables[0].0, &["table", "sign"], &signed);
    assert_eq!(signed.matches("Withdrawal code: ").count(), 2, "{signed}");
    say(&tables[1].0, &["table", "sign"], &draft("ada lovelace", "ada@example.org"));
    let sent = say(&tables[0].0, &["table", "send"], "");
    assert!(sent.contains("2 received"), "{sent}");
    fs::create_dir(folder.path().join("stick")).unwrap();
    say(&tables[1].0, &["table", "carry", &at("stick")], "");
    let batch = fs::read_dir(at("stick")).unwrap().next().unwrap().unwrap().path();

    say(&desk, &["desk", "pull"], "");
    say(&desk, &["desk", "merge", batch.to_str().unwrap()], "");
    let listed = say(&desk, &["desk", "tables"], "");
    assert!(tables.iter().all(|(_, id)| listed.contains(id)), "{listed}");
    let number = "collected 3 - duplicates 1 - void 0 - withdrawn 0 - in review 0 = deliverable 2";
    for count in [&["desk", "count"][..], &["desk", "count", "--petition", &petition]] {
        assert_eq!(say(&desk, count, "").trim(), number);
    }
    let found = say(&desk, &["desk", "ledger", "élodie"], "");
    assert!(
        found.contains("Élodie Accent") && found.contains("1 of 1 shown") && !found.contains("Ada"),
        "{found}"
    );
    say(&desk, &["desk", "tally"], "");
    say(&desk, &["desk", "export", "--out", &at("ledger.csv")], "");
    let mut csv = csv::Reader::from_path(at("ledger.csv")).unwrap();
    let names: Vec<String> = csv.records().map(|row| row.unwrap()[6].to_owned()).collect();
    assert_eq!(names.len(), 3);
    assert!(names.contains(&"Élodie Accent".to_owned()));

    let unknown = desk.words(&["desk", "count", "--petition", &kit], "").unwrap();
    assert_eq!(unknown.code, Some(1));
    assert!(unknown.error.contains("desk/unknown-petition") && unknown.error.contains("desk petitions"));
    let moved = say(&desk, &["desk", "set-endpoint", "--none"], "");
    assert!(moved.contains("Kits that are out go on as they are"), "{moved}");
    assert!(say(&desk, &["desk", "status"], "").contains("endpoint: none"));
}
