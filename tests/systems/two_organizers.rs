//! Two organizers of one campaign, each with what the other decided: one number.

use std::fs;

use serde_json::json;
use system_tests::{Campaign, path};

#[test]
fn what_one_organizer_decided_the_other_takes_in() {
    let folder = tempfile::tempdir().unwrap();
    let campaign = Campaign::new(folder.path(), None).unwrap();
    let table = campaign.table("table").unwrap();
    let drafts: String = (0..4).map(|number| campaign.draft(number) + "\n").collect();
    table.run_with_input(&["table", "sign"], &drafts).unwrap();
    let stick = folder.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let carried = table.run(&["table", "carry", stick.to_str().unwrap()]).unwrap();
    let file = stick.join(carried[0]["files"][0].as_str().unwrap());
    // Brought back before anything was decided.
    let (one, other) = (&campaign.desk, &campaign.another_desk("other").unwrap());
    for desk in [one, other] {
        desk.run(&["desk", "merge", file.to_str().unwrap()]).unwrap();
    }
    let found = one.run(&["desk", "ledger", "Number1"]).unwrap();
    let signature = found[0]["signature"].as_str().unwrap();
    let decide = |verdict: &str, reason: &str| {
        let about = ["desk", "decide", signature, "--petition", &campaign.petition, "--as", verdict];
        one.end(&[&about[..], &["--reason", reason, "--by", "Dee"]].concat(), "").unwrap().code
    };
    assert_eq!(decide("void", " "), Some(1), "nothing is decided without a reason");
    assert_eq!(decide("void", "A joke"), Some(0));
    let decisions = path(folder.path(), "decisions").unwrap();
    one.run(&["desk", "write-decisions", "--out", &decisions]).unwrap();
    let take = || other.run(&["desk", "take-decisions", &decisions]).unwrap()[0].clone();
    assert_eq!(take(), json!({ "new": 1, "known": 0 }));
    assert_eq!(take(), json!({ "new": 0, "known": 1 }));
    let counts = [one, other].map(|desk| desk.run(&["desk", "count"]).unwrap()[0].clone());
    assert_eq!((&counts[0]["deliverable"], &counts[0]["void"]), (&json!(3), &json!(1)));
    assert_eq!(counts[0], counts[1]);
    fs::write(&decisions, "[\"none\"]").unwrap();
    assert_eq!(other.end(&["desk", "take-decisions", &decisions], "").unwrap().code, Some(1));
}
