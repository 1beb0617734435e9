//! A paper sheet by the command line: from its lines to the ledger, whole or not at all.

use serde_json::{Value, json};
use system_tests::{Campaign, CommandLine};

fn enter(table: &CommandLine<'_>, more: &[&str], lines: &[Value]) -> (Option<i32>, Vec<Value>, String) {
    let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let ended = table.end(&[&["table", "enter-sheet"], more].concat(), &input).unwrap();
    (ended.code, ended.answers, ended.error)
}

#[test]
fn a_sheet_comes_to_the_ledger_with_its_lines_and_a_bad_line_keeps_all_of_it_out() {
    let folder = tempfile::tempdir().unwrap();
    let campaign = Campaign::new(folder.path(), None).unwrap();
    let table = campaign.table("table").unwrap();
    let name = |name: &str| json!({ "full_name": name });
    let mark = |mark: &str| json!({ "line": mark });
    let heading = ["--number", "12", "--day", "2026-10-03", "--place", "Church hall"];

    let (code, answers, _) = enter(&table, &heading, &[name("Ada Byron"), name(""), json!({ "nome": "x" })]);
    assert_eq!(code, Some(3));
    assert_eq!(answers[0]["line"], 2);
    assert_eq!(answers[1]["error"], "draft/malformed");
    assert_eq!(answers[2], json!({ "sheet": null }));

    let lines = [name("Ada Byron"), mark("struck"), name("Amina Yusuf"), mark("illegible"), mark("blank")];
    let (code, _, error) = enter(&table, &[&heading[..], &["--total", "4"]].concat(), &lines);
    assert_ne!(code, Some(0));
    assert!(error.contains("the sheet says 4 signatures and 3 were found"), "{error}");
    let (code, answers, error) = enter(&table, &[&heading[..], &["--total", "3"]].concat(), &lines);
    assert_eq!(code, Some(0), "{error}");
    assert_eq!(
        answers[0]["sheet"],
        json!({ "number": 12, "entered": 2, "blank": 1, "struck": 1, "illegible": 1, "total": 3 })
    );
    let (_, _, error) = enter(&table, &heading, &lines);
    assert!(error.contains("typed at this table already"), "{error}");

    let stick = folder.path().join("stick");
    std::fs::create_dir(&stick).unwrap();
    table.run(&["table", "carry", stick.to_str().unwrap()]).unwrap();
    let file = std::fs::read_dir(&stick).unwrap().next().unwrap().unwrap().path();
    campaign.desk.run(&["desk", "merge", file.to_str().unwrap()]).unwrap();
    let csv = folder.path().join("ledger.csv");
    campaign.desk.run(&["desk", "export", "--out", csv.to_str().unwrap()]).unwrap();
    let mut reader = csv::Reader::from_path(&csv).unwrap();
    let headers = reader.headers().unwrap().clone();
    let of = |row: &csv::StringRecord, column: &str| {
        row[headers.iter().position(|header| header.trim_start_matches('\u{feff}') == column).unwrap()]
            .to_owned()
    };
    let mut rows: Vec<_> = reader
        .records()
        .map(Result::unwrap)
        .map(|row| {
            ["name", "method", "paper_sheet", "paper_line", "place", "signed_at"]
                .map(|column| of(&row, column))
        })
        .collect();
    rows.sort();
    let row = |name: &str, line: &str| {
        [name, "paper", "12", line, "Church hall", "2026-10-03T12:00:00Z"].map(str::to_owned)
    };
    assert_eq!(rows, [row("Ada Byron", "1"), row("Amina Yusuf", "3")]);
}

#[test]
fn what_a_table_says_beside_signatures_comes_to_the_organizer_and_changes_nothing_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let campaign = Campaign::new(folder.path(), None).unwrap();
    let table = campaign.table("table").unwrap();
    let drafts: String = (0..3).map(|number| campaign.draft(number) + "\n").collect();
    table.run_with_input(&["table", "sign"], &drafts).unwrap();
    let places: Vec<_> =
        table.run(&["table", "newest"]).unwrap().iter().map(|place| place["index"].clone()).collect();
    assert_eq!(places, [2, 1, 0]);
    table.run(&["table", "strike", "1", "--reason", "joke", "--words", "Signed to laughter"]).unwrap();
    let lines = [json!({ "full_name": "Ada Byron" }), json!({ "line": "struck" })];
    let differs = ["--total", "2", "--explanation", "The struck one was counted"];
    assert_eq!(enter(&table, &differs, &lines).0, Some(0));
    assert_eq!(table.run(&["table", "status"]).unwrap()[0]["waiting"], 4);

    let stick = folder.path().join("stick");
    std::fs::create_dir(&stick).unwrap();
    assert_eq!(table.run(&["table", "carry", stick.to_str().unwrap()]).unwrap()[0]["signatures"], 4);
    let file = std::fs::read_dir(&stick).unwrap().next().unwrap().unwrap().path();
    campaign.desk.run(&["desk", "merge", file.to_str().unwrap()]).unwrap();
    let notes = campaign.desk.run(&["desk", "notes"]).unwrap();
    let about: Vec<_> = notes.iter().map(|note| note["about"].clone()).collect();
    assert_eq!(about.len(), 2);
    let of = |kind: &str| about.iter().find(|about| about["kind"] == kind).unwrap();
    assert_eq!((&of("strike")["index"], &of("strike")["words"]), (&json!(1), &json!("Signed to laughter")));
    assert_eq!((&of("sheet")["struck"], &of("sheet")["total"]), (&json!(1), &json!(2)));
    assert_eq!(of("sheet")["explanation"], "The struck one was counted");
    let rows = campaign.desk.run(&["desk", "ledger"]).unwrap();
    let struck: Vec<_> = rows
        .iter()
        .filter(|row| row["struck"].as_array().is_some_and(|struck| !struck.is_empty()))
        .map(|row| (row["index"].clone(), row["standing"]["kind"].clone()))
        .collect();
    assert_eq!(struck, [(json!(1), json!("counted"))]);
    let count = campaign.desk.run(&["desk", "count"]).unwrap();
    let sums = ["collected", "deliverable", "resent", "set_aside"].map(|sum| count[0][sum].clone());
    assert_eq!(sums, [4, 4, 0, 0].map(Value::from));
    campaign.desk.run(&["desk", "verify"]).unwrap();
    // Again, from a table that was copied: nothing is told twice.
    table.run(&["table", "new-generation"]).unwrap();
    table.run(&["table", "carry", stick.to_str().unwrap()]).unwrap();
    for file in std::fs::read_dir(&stick).unwrap() {
        campaign.desk.run(&["desk", "merge", file.unwrap().path().to_str().unwrap()]).unwrap();
    }
    assert_eq!(campaign.desk.run(&["desk", "notes"]).unwrap().len(), 2);
    assert_eq!(campaign.desk.run(&["desk", "count"]).unwrap()[0]["collected"], 4);
}

#[test]
fn a_photograph_of_a_sheet_comes_to_the_organizer_and_what_is_none_keeps_the_sheet_out() {
    let folder = tempfile::tempdir().unwrap();
    let campaign = Campaign::new(folder.path(), None).unwrap();
    let table = campaign.table("table").unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (front, back) = (
        file("front.jpg", &fixtures::photograph(1_200, 900, 1)),
        file("back.png", &fixtures::scan(500, 400, 2)),
    );
    let lines = [json!({ "full_name": "Ada Byron" })];
    for (bytes, code) in [(&b"%PDF-1.7"[..], "picture/format"), (b"\xff\xd8\xff\xe0\0", "picture/damaged")] {
        let bad = file("bad.jpg", bytes);
        let (ended, _, error) = enter(&table, &["--number", "3", "--picture", &bad], &lines);
        assert!(ended != Some(0) && error.contains(code), "{error}");
        assert_eq!(table.run(&["table", "status"]).unwrap()[0]["saved"], 0);
    }
    let (ended, _, error) =
        enter(&table, &["--number", "3", "--picture", &front, "--picture", &back], &lines);
    assert_eq!(ended, Some(0), "{error}");
    assert!(std::fs::exists(&front).unwrap(), "the file stays where it is");

    let stick = folder.path().join("stick");
    std::fs::create_dir(&stick).unwrap();
    table.run(&["table", "carry", stick.to_str().unwrap()]).unwrap();
    let batch = std::fs::read_dir(&stick).unwrap().next().unwrap().unwrap().path();
    campaign.desk.run(&["desk", "merge", batch.to_str().unwrap()]).unwrap();
    let notes = campaign.desk.run(&["desk", "notes"]).unwrap();
    assert_eq!(notes.len(), 1);
    let pictures = notes[0]["pictures"].as_array().unwrap();
    assert_eq!(pictures.len(), 2);
    for picture in pictures {
        assert_eq!(picture["missing"], 0);
        let out = folder.path().join("sheet.jpg");
        let id = picture["id"].as_str().unwrap();
        campaign.desk.run(&["desk", "picture", id, "--out", out.to_str().unwrap()]).unwrap();
        assert!(std::fs::read(&out).unwrap().starts_with(&[0xff, 0xd8, 0xff]));
    }
    assert_eq!(campaign.desk.run(&["desk", "count"]).unwrap()[0]["collected"], 1);
}
