//! A backlog behind a thin link: it reaches the endpoint, however long that takes.
//!
//! `UNDERSIGNED_BACKLOG` says how many signatures, and `UNDERSIGNED_LINK` how many bytes a second; the short form is one that
//! the programs of a time-out of half a minute for a whole request never get through.

use std::{env, fs, time::Instant};

use serde_json::{Value, json};
use system_tests::{Campaign, CommandLine, Endpoint, PASSPHRASE, SlowLink, path};

fn number(name: &str, short: usize) -> usize {
    env::var(name).ok().map_or(short, |number| number.parse().unwrap())
}

/// Sends until nothing waits, or until a sending brings nothing forward. Gives how many sendings it took.
fn send_all(table: &CommandLine<'_>, all: usize) -> usize {
    let mut before = 0;
    for sending in 1.. {
        let ended = table.end(&["table", "send"], "").unwrap();
        let received = ended.answers[0]["received"].as_u64().unwrap();
        if ended.answers[0]["waiting"] == 0 {
            assert_eq!(received, all as u64);
            return sending;
        }
        assert!(received > before, "a sending brought nothing forward: {:?}", ended.answers);
        before = received;
    }
    unreachable!("it is received, or nothing moves");
}

fn backlog_through(link: usize, sign: impl FnOnce(&Campaign) -> (CommandLine<'static>, usize)) {
    let folder = tempfile::tempdir().unwrap();
    let endpoint = Endpoint::start(&folder.path().join("endpoint")).unwrap();
    let slow = SlowLink::start(&endpoint.url(), link).unwrap();
    let campaign = Campaign::new(folder.path(), Some(&slow.url())).unwrap();
    let (table, all) = sign(&campaign);
    let started = Instant::now();
    let sendings = send_all(&table, all);
    let seconds = started.elapsed().as_secs();
    println!("{all} signatures at {link} bytes a second: {seconds} s, {sendings} sendings");
}

#[test]
fn a_backlog_gets_through_a_thin_link() {
    backlog_through(number("UNDERSIGNED_LINK", 16_000), |campaign| {
        let all = number("UNDERSIGNED_BACKLOG", 330);
        let table = campaign.table("table").unwrap();
        let drafts: String = (0..all).map(|number| campaign.draft(number) + "\n").collect();
        table.run_with_input(&["table", "sign"], &drafts).unwrap();
        (table, all)
    });
}

#[test]
fn a_backlog_with_drawn_signatures_gets_through_a_thin_link() {
    backlog_through(number("UNDERSIGNED_LINK", 16_000), |campaign| {
        let all = number("UNDERSIGNED_BACKLOG", 110);
        let petition = path(campaign.folder(), "inked.md").unwrap();
        let source = "---\ntitle: Inked\nstarted_by: Neighbours\naddressed_to: The council\nlanguage: en\nfields:\n  ink: optional\n---\n\nSign.\n";
        fs::write(&petition, source).unwrap();
        let added = campaign.desk.run(&["desk", "add-petition", &petition]).unwrap();
        let kit = path(campaign.folder(), "inked.kit").unwrap();
        campaign.desk.run(&["desk", "make-kit", "--label", "Inked", "--out", &kit]).unwrap();
        let table = CommandLine::with_passphrase(&campaign.folder().join("inked"), PASSPHRASE).unwrap();
        table.run(&["table", "open-kit", &kit]).unwrap();
        table.run(&["table", "start-shift", "--place", "Market"]).unwrap();
        let stroke: Vec<Value> =
            (0..600).map(|at| json!({ "x": at % 290, "y": at % 90, "pressure": 128 })).collect();
        let draft = |number: usize| {
            let ink = json!({ "width": 300, "height": 100, "strokes": [stroke] });
            let mut draft =
                json!({ "full_name": format!("Person Number{number}"), "language": "en", "ink": ink });
            draft["petition"] = added[0]["petition"].clone();
            draft.to_string() + "\n"
        };
        let drafts: String = (0..all).map(draft).collect();
        table.run_with_input(&["table", "sign"], &drafts).unwrap();
        (table, all)
    });
}
