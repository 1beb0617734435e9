//! A text corrected and a petition ended while a table is at work: real desk, endpoint and table.

use serde_json::{Value, json};
use system_tests::{Campaign, Endpoint, path, sample_petition};

#[test]
fn a_correction_reaches_a_table_at_work_and_each_signature_stands_for_its_text() {
    let folder = tempfile::tempdir().unwrap();
    let endpoint = Endpoint::start(&folder.path().join("endpoint")).unwrap();
    let campaign = Campaign::new(folder.path(), Some(&endpoint.url())).unwrap();
    let (desk, table) = (&campaign.desk, campaign.table("table").unwrap());
    let sign = |number| table.run_with_input(&["table", "sign"], &(campaign.draft(number) + "\n")).unwrap();
    sign(1);
    table.run(&["table", "send"]).unwrap();
    assert_eq!(desk.run(&["desk", "publish"]).unwrap()[0]["published"], json!(false));

    let text =
        std::fs::read_to_string(sample_petition()).unwrap().replacen("Palantir", "Palantir Technologies", 1);
    let corrected = path(folder.path(), "corrected.md").unwrap();
    std::fs::write(&corrected, text).unwrap();
    let added = desk.run(&["desk", "correct-petition", &campaign.petition, &corrected]).unwrap();
    assert_eq!(added[0]["version"], json!(2));
    let kits = desk.run(&["desk", "kits"]).unwrap();
    let kit = kits[0]["kit"].as_str().unwrap();
    desk.run(&["desk", "move-kit", kit, "--days", "90"]).unwrap();
    assert_eq!(desk.run(&["desk", "publish"]).unwrap()[0]["published"], json!(true));
    table.run(&["table", "send"]).unwrap();
    let news = table.run(&["table", "news"]).unwrap();
    let whats: Vec<&Value> = news.iter().map(|news| &news["change"]["what"]).collect();
    assert_eq!(whats, ["corrected", "kit_date"]);
    assert_eq!(table.run(&["table", "petitions"]).unwrap()[0]["version"], json!(2));
    sign(2);
    table.run(&["table", "send"]).unwrap();
    desk.run(&["desk", "pull"]).unwrap();
    let count = desk.run(&["desk", "count"]).unwrap();
    assert_eq!((&count[0]["collected"], &count[0]["deliverable"]), (&json!(2), &json!(2)));
    assert_eq!(desk.run(&["desk", "verify"]).unwrap().len(), 1);

    desk.run(&["desk", "end-petition", &campaign.petition]).unwrap();
    desk.run(&["desk", "publish"]).unwrap();
    table.run(&["table", "send"]).unwrap();
    assert_eq!(table.run(&["table", "petitions"]).unwrap()[0]["ended"], json!(true));
    let refused = table.run_with_input(&["table", "sign"], &(campaign.draft(3) + "\n"));
    assert!(format!("{:#}", refused.unwrap_err()).contains("table/petition-ended"));
}
