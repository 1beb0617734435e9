//! What the command line says: every failure by its code, what is wrong where, and why nothing was done.

use std::fs;

use serde_json::{Value, json};
use system_tests::{Campaign, CommandLine, Endpoint, PASSPHRASE, path, sample_petition};

/// A failure, as a script reads it.
fn failure(error: &str) -> Value {
    serde_json::from_str(error.trim()).unwrap()
}

#[test]
fn a_command_that_is_not_understood_is_answered_in_json_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    let line = CommandLine::with_passphrase(&folder.path().join("profile"), PASSPHRASE).unwrap();
    for wrong in [
        &["desk", "count", "--petitoin", "x"][..],
        &["desk", "confirm", "no-uuid", "1"],
        &["desk", "make-kit", "--label", "K", "--out", "k", "--days", "soon"],
        &["desk", "merge"],
        &["table"],
    ] {
        let ended = line.end(wrong, "").unwrap();
        assert_eq!(ended.code, Some(2), "{wrong:?}");
        let failure = failure(&ended.error);
        assert_eq!(failure["error"], "usage");
        assert!(!failure["detail"].as_str().unwrap().is_empty());
    }
    for (command, code) in [
        (&["desk", "count"][..], "desk/none"),
        (&["table", "status"], "table/none"),
        (&["table", "open-kit", "/no/such.kit"], "io/cannot-read"),
        (&["desk", "restore", "/no/such.age", "--backup-passphrase-file", "/no"], "io/cannot-read"),
    ] {
        let ended = line.end(command, "").unwrap();
        assert_eq!(ended.code, Some(1), "{command:?}");
        let failure = failure(&ended.error);
        assert_eq!(failure["error"], code);
        assert!(failure["next"].as_str().is_some_and(|next| !next.is_empty()), "{failure}");
    }
}

#[test]
fn a_bad_draft_is_named_by_its_line_and_keeps_no_other_from_being_signed() {
    let folder = tempfile::tempdir().unwrap();
    let campaign = Campaign::new(folder.path(), None).unwrap();
    let table = campaign.table("table").unwrap();
    let stranger = "9e2a2a52-5d9f-4f9f-9c3f-2f5b3ad3b3aa";
    let lines = [
        campaign.draft(1),
        r#"{"full_name": "Zqxj Half"#.to_owned(),
        String::new(),
        r#"{"full_name": "Zqxj Other", "colour": "red"}"#.to_owned(),
        format!(r#"{{"full_name": "Zqxj Away", "petition": "{stranger}"}}"#),
        campaign.draft_of(&json!({ "full_name": "", "email": "no-at.example.org" })),
        // The table has one petition: it need not be named.
        r#"{"full_name": "Ada Lovelace"}"#.to_owned(),
    ];
    let ended = table.end(&["table", "sign"], &(lines.join("\n") + "\n")).unwrap();
    assert_eq!(ended.code, Some(3), "{}", ended.error);
    let answers: Vec<_> = ended
        .answers
        .iter()
        .map(|answer| {
            (answer["line"].as_u64().unwrap(), answer["error"].as_str(), answer["saved"].is_string())
        })
        .collect();
    assert_eq!(
        answers,
        [
            (1, None, true),
            (2, Some("draft/malformed"), false),
            (4, Some("draft/malformed"), false),
            (5, Some("table/no-petition"), false),
            (6, None, false),
            (7, None, true),
        ]
    );
    let problems = &ended.answers[4]["problems"];
    assert_eq!((&problems[0]["field"], &problems[0]["code"]), (&json!("full_name"), &json!("missing")));
    let said = format!("{:?}{}", ended.answers, ended.error);
    assert!(!said.contains("Zqxj"), "what was typed is said again");

    let words = table.words(&["table", "sign"], &(lines.join("\n") + "\n")).unwrap();
    for part in [
        "Line 2: not saved",
        "Full name (full_name): is needed and missing",
        "email): has no @",
        "Line 7: saved",
    ] {
        assert!(words.output.contains(part), "{part}: {}", words.output);
    }
    assert_eq!(table.run(&["table", "status"]).unwrap()[0]["saved"], 4);
}

#[test]
fn a_kit_that_cannot_be_written_is_not_made_and_numbers_beyond_bounds_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let campaign = Campaign::new(folder.path(), None).unwrap();
    let desk = &campaign.desk;
    let (away, here) =
        (path(folder.path(), "away/a.kit").unwrap(), folder.path().to_str().unwrap().to_owned());
    let good = path(folder.path(), "good.kit").unwrap();
    for (out, more, code) in [
        (&away, &[][..], "io/cannot-write"),
        (&here, &[], "io/cannot-write"),
        (&good, &["--days", "0"], "desk/kit-days"),
        (&good, &["--days", "200000000000000"], "desk/kit-days"),
        (&good, &["--max-tables", "0"], "desk/kit-tables"),
        (&good, &["--label", " "], "desk/kit-label"),
    ] {
        let mut command = vec!["desk", "make-kit", "--out", out];
        if !more.contains(&"--label") {
            command.extend(["--label", "Second"]);
        }
        command.extend(more);
        let ended = desk.end(&command, "").unwrap();
        assert_eq!((ended.code, &failure(&ended.error)["error"]), (Some(1), &json!(code)), "{command:?}");
        assert!(!ended.error.contains(here.as_str()), "the error names a path");
    }
    let kits = desk.run(&["desk", "kits"]).unwrap();
    assert_eq!(kits.len(), 1, "{kits:?}");
    assert_eq!((&kits[0]["label"], &kits[0]["state"]), (&json!("Saturday"), &json!("good")));
    let kit = kits[0]["kit"].as_str().unwrap();
    desk.run(&["desk", "revoke", "--kit", kit, "--reason", "The stick was lost"]).unwrap();
    assert_eq!(desk.run(&["desk", "kits"]).unwrap()[0]["state"], "revoked");
}

#[test]
fn a_petition_is_refused_with_the_line_of_each_problem_and_is_never_added_twice() {
    let folder = tempfile::tempdir().unwrap();
    let campaign = Campaign::new(folder.path(), None).unwrap();
    let desk = &campaign.desk;
    let bad = folder.path().join("bad.md");
    fs::write(&bad, "---\ntitle: T\nstarted_by: A\naddressed_to: B\nlanguage: no language\ngoal: many\ncolour: red\n---\n").unwrap();
    let ended = desk.end(&["desk", "add-petition", bad.to_str().unwrap()], "").unwrap();
    assert_eq!(ended.code, Some(1));
    let failure = failure(&ended.error);
    assert_eq!(failure["error"], "desk/petition-source");
    let problems: Vec<_> = failure["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| (problem["line"].as_u64(), problem["code"].as_str().unwrap()))
        .collect();
    assert!(problems.contains(&(Some(5), "petition/language")), "{problems:?}");
    assert!(problems.contains(&(Some(6), "petition/not-a-number")), "{problems:?}");
    assert!(problems.contains(&(Some(7), "petition/unknown-setting")), "{problems:?}");
    let words = desk.words(&["desk", "add-petition", bad.to_str().unwrap()], "").unwrap();
    for part in ["Line 5:", "Line 6:", "Line 7:", "--help"] {
        assert!(words.error.contains(part), "{part}: {}", words.error);
    }

    let again = desk.run(&["desk", "add-petition", sample_petition().to_str().unwrap()]).unwrap();
    assert_eq!((&again[0]["petition"], &again[0]["added"]), (&json!(campaign.petition), &json!(false)));
}

#[test]
fn what_cannot_be_merged_is_said_and_stops_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let endpoint = Endpoint::start(&folder.path().join("endpoint")).unwrap();
    let campaign = Campaign::new(folder.path(), Some(&endpoint.url())).unwrap();
    let (desk, table) = (&campaign.desk, campaign.table("table").unwrap());
    let carry = |name: &str| {
        let stick = folder.path().join(name);
        fs::create_dir(&stick).unwrap();
        table.run(&["table", "carry", stick.to_str().unwrap()]).unwrap();
        let file = fs::read_dir(&stick).unwrap().next().unwrap().unwrap().path();
        file.to_str().unwrap().to_owned()
    };
    table.run_with_input(&["table", "sign"], &campaign.draft(1)).unwrap();
    let first = carry("first");
    table.run(&["table", "send"]).unwrap();
    table.run_with_input(&["table", "sign"], &campaign.draft(2)).unwrap();
    let second = carry("second");

    let waits = desk.end(&["desk", "merge", &second], "").unwrap();
    assert_eq!(waits.code, Some(6), "{}", waits.error);
    assert_eq!((&waits.answers[0]["waiting_from"], &waits.answers[0]["waiting_to"]), (&json!(0), &json!(1)));
    let words = desk.words(&["desk", "merge", &second], "").unwrap();
    assert!(words.output.contains("is kept, and waits for 1 entries"), "{}", words.output);
    // In one command the order does not matter: nothing waits at its end.
    let other = campaign.another_desk("other").unwrap();
    other.run(&["desk", "merge", &second, &first]).unwrap();

    let noise = path(folder.path(), "noise.batch").unwrap();
    fs::write(&noise, "no batch").unwrap();
    let merged = desk.end(&["desk", "merge", "/no/such.batch", &noise, &first], "").unwrap();
    assert_eq!(merged.code, Some(4));
    let codes: Vec<_> = merged.answers.iter().map(|answer| answer["refused"].as_str()).collect();
    assert_eq!(codes, [Some("io/cannot-read"), Some("batch/not-a-batch"), None]);
    assert_eq!(merged.answers[2]["new_signatures"], 2);
    let words = desk.words(&["desk", "merge", &first], "").unwrap();
    assert_eq!(words.code, Some(0));
    assert!(words.output.contains("nothing new"), "{}", words.output);
}
