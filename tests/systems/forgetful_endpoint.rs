//! An endpoint that lost what it knew: desk and tables tell it again, and nobody trusts another in its place.

use std::{fs, path::Path};

use serde_json::Value;
use system_tests::{Campaign, CommandLine, Endpoint};

fn sign(campaign: &Campaign, table: &CommandLine<'_>, people: std::ops::Range<usize>) {
    let drafts: String = people.map(|number| campaign.draft(number) + "\n").collect();
    table.run_with_input(&["table", "sign"], &drafts).unwrap();
}

/// The database, and what belongs to it.
const DATABASE: [&str; 3] = ["endpoint.db", "endpoint.db-wal", "endpoint.db-shm"];

/// Puts the database elsewhere, in a new folder.
fn put_away(data: &Path, elsewhere: &Path) {
    fs::create_dir(elsewhere).unwrap();
    for name in DATABASE.into_iter().filter(|name| data.join(name).exists()) {
        fs::rename(data.join(name), elsewhere.join(name)).unwrap();
    }
}

struct World {
    folder: tempfile::TempDir,
    endpoint: Endpoint,
    campaign: Campaign,
    table: CommandLine<'static>,
}

/// Twenty signatures that were received, and twenty that were not.
fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let endpoint = Endpoint::start(&folder.path().join("endpoint")).unwrap();
    let campaign = Campaign::new(folder.path(), Some(&endpoint.url())).unwrap();
    let table = campaign.table("table").unwrap();
    sign(&campaign, &table, 0..20);
    let sent = table.run(&["table", "send"]).unwrap();
    assert_eq!(sent[0]["received"], 20);
    sign(&campaign, &table, 20..40);
    World { folder, endpoint, campaign, table }
}

#[test]
fn an_endpoint_that_forgot_is_told_again_and_has_everything_again() {
    let mut world = world();
    world.endpoint.stop().unwrap();
    put_away(&world.folder.path().join("endpoint"), &world.folder.path().join("away"));
    world.endpoint.start_again().unwrap();
    let told = world.table.end(&["table", "send"], "").unwrap();
    assert_eq!(told.answers[0]["state"], "unknown_campaign", "{:?}", told.answers);
    // An endpoint that knows no campaign stores nothing of it.
    assert_eq!(
        (&told.answers[0]["received"], &told.answers[0]["waiting"]),
        (&Value::from(0), &Value::from(40))
    );
    world.campaign.desk.run(&["desk", "pull"]).unwrap();
    world.campaign.desk.run(&["desk", "tally"]).unwrap();
    let sent = world.table.run(&["table", "send"]).unwrap();
    assert_eq!((&sent[0]["received"], &sent[0]["waiting"]), (&Value::from(40), &Value::from(0)));
    world.campaign.desk.run(&["desk", "pull"]).unwrap();
    let count = world.campaign.desk.run(&["desk", "count"]).unwrap();
    assert_eq!((&count[0]["collected"], &count[0]["resent"]), (&Value::from(40), &Value::from(0)));
    world.campaign.desk.run(&["desk", "verify"]).unwrap();
}

#[test]
fn an_older_copy_of_an_endpoint_is_healed() {
    let mut world = world();
    let data = world.folder.path().join("endpoint");
    world.endpoint.stop().unwrap();
    // What has ended leaves its database in one file: whoever copies that has all of it.
    let copy = fs::read(data.join("endpoint.db")).unwrap();
    world.endpoint.start_again().unwrap();
    assert_eq!(world.table.run(&["table", "send"]).unwrap()[0]["received"], 40);
    world.endpoint.stop().unwrap();
    put_away(&data, &world.folder.path().join("away"));
    fs::write(data.join("endpoint.db"), copy).unwrap();
    world.endpoint.start_again().unwrap();
    // Nothing is new at the table: it asks all the same, and finds out.
    let sent = world.table.run(&["table", "send"]).unwrap();
    assert_eq!((&sent[0]["received"], &sent[0]["waiting"]), (&Value::from(40), &Value::from(0)));
    world.campaign.desk.run(&["desk", "pull"]).unwrap();
    let count = world.campaign.desk.run(&["desk", "count"]).unwrap();
    assert_eq!(count[0]["collected"], 40);
    world.campaign.desk.run(&["desk", "verify"]).unwrap();
}

#[test]
fn another_endpoint_under_the_old_address_is_named_and_never_trusted() {
    let mut world = world();
    world.endpoint.stop().unwrap();
    let data = world.folder.path().join("endpoint");
    fs::rename(&data, world.folder.path().join("old")).unwrap();
    world.endpoint.start_again().unwrap();
    let told = world.table.end(&["table", "send"], "").unwrap();
    assert_eq!(told.answers[0]["state"], "other_endpoint", "{:?}", told.answers);
    assert_eq!(told.answers[0]["waiting"], 20);
    for command in ["pull", "tally"] {
        let told = world.campaign.desk.end(&["desk", command], "").unwrap();
        assert_ne!(told.code, Some(0), "{command}");
        assert!(told.error.contains("another endpoint"), "{command}: {}", told.error);
    }
    // Neither campaign nor signature went there.
    let there = rusqlite::Connection::open(data.join("endpoint.db")).unwrap();
    for table in ["campaign", "entry"] {
        let rows: i64 =
            there.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 0, "{table}");
    }
}
