//! A roll by the command line: loaded, looked up in, shown, deleted; and what a layout that is not understood is told.

use std::fs;

use serde_json::{Value, json};
use system_tests::{Campaign, path};

#[test]
fn an_organizer_looks_up_who_signed_in_a_list_of_members() {
    let folder = tempfile::tempdir().unwrap();
    let campaign = Campaign::new(folder.path(), None).unwrap();
    let table = campaign.table("table").unwrap();
    let draft = |name: &str| {
        campaign.draft_of(&json!({ "full_name": name, "postal_code": "98118", "city": "Seattle" }))
    };
    let drafts = ["Cathy Okafor", "Thaddeus Baskerville"].map(|name| draft(name) + "\n").concat();
    table.run_with_input(&["table", "sign"], &drafts).unwrap();
    let stick = folder.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let carried = table.run(&["table", "carry", stick.to_str().unwrap()]).unwrap();
    let file = stick.join(carried[0]["files"][0].as_str().unwrap());
    let desk = &campaign.desk;
    desk.run(&["desk", "merge", file.to_str().unwrap()]).unwrap();

    let list = path(folder.path(), "members.txt").unwrap();
    fs::write(&list, "Nr;Surname;First;Zip;Town\n42;Okafor;Catherine;98118;Seattle\n").unwrap();
    let load = |more: &[&str]| {
        let new = ["desk", "load-roll", &list, "--name", "Members", "--as-of", "2026-11-01"];
        desk.end(&[&new[..], &["--delete-by", "2100-01-01", "--delimiter", ";"], more].concat(), "").unwrap()
    };
    let wrong = load(&["--column", "surname=Surname"]);
    let failure: Value = serde_json::from_str(wrong.error.trim()).unwrap();
    assert_eq!((wrong.code, &failure["error"]), (Some(1), &json!("roll/layout")));
    assert_eq!(load(&[]).code, Some(1), "it has no column that is called name");
    let columns = ["number=Nr", "given=First", "family=Surname", "postal_code=Zip", "city=Town"];
    let columns: Vec<&str> = columns.iter().flat_map(|column| ["--column", *column]).collect();
    let loaded = load(&columns);
    assert_eq!(loaded.code, Some(0), "{}", loaded.error);
    let shown = desk.run(&["desk", "roll"]).unwrap();
    assert_eq!((&shown[0]["roll"]["name"], &shown[0]["roll"]["entries"]), (&json!("Members"), &json!(1)));

    let petition = campaign.petition.to_string();
    let found = desk.run(&["desk", "look-up", "--petition", &petition, "--list"]).unwrap();
    let named: Vec<_> =
        found.iter().filter_map(|line| Some((line["name"].as_str()?, line["found"].as_str()?))).collect();
    // No address is on either: a person looks whether it is she.
    assert_eq!(named, [("Cathy Okafor", "unsure"), ("Thaddeus Baskerville", "not found")]);
    assert_eq!(found.last().unwrap(), &json!({ "found": 0, "unsure": 1, "not_found": 1 }));
    let all = ["desk", "qualify", "--petition", &petition, "--required", "1"];
    let whole = desk.run(&all).unwrap().remove(0);
    let told = ["filed", "checked", "found", "unsure", "not_found"].map(|member| whole[member].as_u64());
    assert_eq!(told, [2, 2, 0, 1, 1].map(Some));
    let sample = [&all[..], &["--sample", "1", "--public-value", "08 15 23"]].concat();
    let drawn = desk.run(&sample).unwrap();
    assert_eq!(drawn[0]["checked"], 1);
    assert_eq!(drawn, desk.run(&sample).unwrap(), "anybody draws the same");
    desk.run(&["desk", "delete-roll"]).unwrap();
    assert_eq!(desk.run(&["desk", "roll"]).unwrap()[0]["roll"], Value::Null);
    let none = desk.end(&["desk", "look-up", "--petition", &petition], "").unwrap();
    assert_eq!(none.code, Some(1));
}
