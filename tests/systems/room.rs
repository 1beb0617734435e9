//! Room at a table: what the organizer has opened and the endpoint stores is erased there, and is at both.

use std::fs;

use serde_json::Value;
use system_tests::{Campaign, CommandLine, Endpoint};

fn sign(campaign: &Campaign, table: &CommandLine<'_>, people: std::ops::Range<usize>) {
    let drafts: String = people.map(|number| campaign.draft(number) + "\n").collect();
    table.run_with_input(&["table", "sign"], &drafts).unwrap();
}

#[track_caller]
fn check(said: &[Value], expect: &[(&str, u64)]) {
    for (member, value) in expect {
        assert_eq!(said[0][member], *value, "{member} of {said:?}");
    }
}

#[test]
fn what_is_erased_at_a_table_is_at_the_endpoint_for_a_desk_that_lost_everything() {
    let folder = tempfile::tempdir().unwrap();
    let mut endpoint = Endpoint::start(&folder.path().join("endpoint")).unwrap();
    let campaign = Campaign::new(folder.path(), Some(&endpoint.url())).unwrap();
    let table = campaign.table("table").unwrap();
    sign(&campaign, &table, 0..300);
    table.run(&["table", "send"]).unwrap();
    check(
        &table.run(&["table", "room"]).unwrap(),
        &[("erasable", 0), ("stays", 300), ("stays_received", 300)],
    );
    campaign.desk.run(&["desk", "pull"]).unwrap();
    campaign.desk.run(&["desk", "tally"]).unwrap();
    sign(&campaign, &table, 300..310);
    // The tally comes with the sending.
    table.run(&["table", "send"]).unwrap();
    check(&table.run(&["table", "room"]).unwrap(), &[("erasable", 300), ("stays", 10), ("erased", 0)]);
    let size = || fs::metadata(folder.path().join("table/table/table.db")).unwrap().len();
    let before = size();
    check(&table.run(&["table", "make-room"]).unwrap(), &[("erased", 300), ("free", 0)]);
    assert!(size() * 2 < before, "{} of {before}", size());
    check(&table.run(&["table", "make-room"]).unwrap(), &[("erased", 0)]);
    check(&table.run(&["table", "status"]).unwrap(), &[("saved", 310), ("received", 310), ("waiting", 0)]);
    // All of it by hand: what is erased is told.
    let stick = folder.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let carried = table.run(&["table", "carry", stick.to_str().unwrap(), "--all"]).unwrap();
    check(&carried, &[("signatures", 10), ("erased", 300)]);

    sign(&campaign, &table, 310..320);
    check(&table.run(&["table", "send"]).unwrap(), &[("received", 320), ("waiting", 0)]);
    campaign.desk.run(&["desk", "pull"]).unwrap();
    let csv = campaign.csv(&campaign.desk).unwrap();
    let verified = campaign.desk.run(&["desk", "verify"]).unwrap();

    let restored = campaign.another_desk("restored").unwrap();
    restored.run(&["desk", "tally"]).unwrap();
    table.run(&["table", "send"]).unwrap();
    check(&table.run(&["table", "room"]).unwrap(), &[("erasable", 0), ("erased", 300)]);
    restored.run(&["desk", "pull"]).unwrap();
    assert_eq!(campaign.csv(&restored).unwrap(), csv, "all of it comes again from the endpoint");
    assert_eq!(restored.run(&["desk", "verify"]).unwrap(), verified);
    restored.run(&["desk", "tally"]).unwrap();
    table.run(&["table", "send"]).unwrap();
    check(&table.run(&["table", "room"]).unwrap(), &[("erasable", 20)]);

    // An endpoint that lost everything: what is erased is with the desk, the rest comes again.
    endpoint.stop().unwrap();
    fs::rename(folder.path().join("endpoint"), folder.path().join("away")).unwrap();
    fs::create_dir(folder.path().join("endpoint")).unwrap();
    fs::copy(folder.path().join("away/endpoint.key"), folder.path().join("endpoint/endpoint.key")).unwrap();
    endpoint.start_again().unwrap();
    table.end(&["table", "send"], "").unwrap();
    campaign.desk.run(&["desk", "pull"]).unwrap();
    sign(&campaign, &table, 320..330);
    check(&table.run(&["table", "send"]).unwrap(), &[("received", 330), ("waiting", 0)]);
    campaign.desk.run(&["desk", "pull"]).unwrap();
    check(&campaign.desk.run(&["desk", "count"]).unwrap(), &[("collected", 330), ("resent", 20)]);
    campaign.desk.run(&["desk", "verify"]).unwrap();
}
