//! A petition out of a page, as a browser copies it: found, mended, added, signed.

use std::fs;

use system_tests::{Campaign, path};

const PAGE: &str = "Start a petition
Keep the library open on Sundays
Keep the library open on Sundays

1,284 have signed. Let\u{2019}s get to 1,500!
Readers of Columbia City started this petition to The Seattle Public Library

The library is closed on the one day on which most people could come [1].

References
[1] Opening hours, as posted at the door.
[2] Never used

Share this petition
";

#[test]
fn a_page_becomes_a_petition_that_is_signed_and_nothing_is_guessed_silently() {
    let folder = tempfile::tempdir().unwrap();
    let campaign = Campaign::new(folder.path(), None).unwrap();
    let at = |name: &str| path(folder.path(), name).unwrap();
    fs::write(at("page.txt"), PAGE).unwrap();
    let read = ["desk", "read-page", &at("page.txt"), "--out", &at("found.md")];
    let said = campaign.desk.run(&read).unwrap()[0].clone();
    assert_eq!(said["found"]["title"]["lines"], serde_json::json!([2, 3]));
    assert_eq!(said["found"]["doubts"][0]["code"], "reference_without_mark");
    assert_eq!(said["found"]["left_over"][0]["text"], "Start a petition");
    assert_eq!(said["written"]["problems"][0]["code"], "petition/language");
    // A petition without a language is none, and no file is written over another.
    let add = ["desk", "add-petition", &at("found.md")];
    assert_eq!(campaign.desk.end(&add, "").unwrap().code, Some(1));
    let again = [&read[..], &["--language", "en"]].concat();
    assert!(campaign.desk.end(&again, "").unwrap().error.contains("io/cannot-write"));
    fs::remove_file(at("found.md")).unwrap();
    assert_eq!(campaign.desk.run(&again).unwrap()[0]["written"]["problems"], serde_json::json!([]));
    let added = campaign.desk.run(&add).unwrap()[0]["petition"].clone();
    let listed = campaign.desk.run(&["desk", "petitions"]).unwrap();
    let petition = listed.iter().find(|petition| petition["petition"] == added).unwrap();
    assert_eq!(petition["title"], "Keep the library open on Sundays");
}
