//! Updates: what the organizer changed comes over the network, whole or not at all, and touches nothing that was signed.

use std::sync::{Arc, Mutex};

use fixtures::{Campaign, epoch_key, first_version, version_of};
use jiff::civil::date;
use sealing::{EpochId, SecretKey};
use serde_json::json;
use table::{
    Change, Draft, SAMPLE, SheetEnd, SheetLine, SignOutcome, Table, VisitEnd, sending::send_until_done,
};
use uuid::Uuid;
use wire::{Update, VerifiedBatch};

use crate::{
    endpoint::Endpoint,
    kit::{KIT, NOW, PETITION, draft, keys, rng, sign, signed, verified, world},
    opened::opened,
};

const OTHER: Uuid = Uuid::from_u128(9);

fn corrected() -> String {
    SAMPLE.replacen("Palantir", "Palantir Technologies", 1)
}

/// The petition at a version, with another text than the one before.
fn version(version: u32, source: &str) -> wire::Petition {
    version_of(PETITION, version, source)
}

/// An update that changes nothing but its number.
fn same(seq: u64) -> Update {
    let (world, at) = (world(), NOW);
    let epoch = fixtures::epoch(&world.epoch, at - 100, at + 100);
    Update {
        seq,
        petitions: vec![world.campaign.note(first_version(PETITION, SAMPLE))],
        epochs: vec![world.campaign.note(epoch)],
        ended: Vec::new(),
        certificates: Vec::new(),
    }
}

fn with_correction(seq: u64) -> Update {
    let mut update = same(seq);
    update.petitions.push(world().campaign.note(version(2, &corrected())));
    update
}

fn take(table: &mut Table, update: Update) -> Result<bool, &'static str> {
    table.accept_update(&world().campaign.note(update), NOW).map_err(|error| error.code())
}

fn changes(table: &Table) -> Vec<Change> {
    table.news().iter().map(|news| news.change.clone()).collect()
}

fn text_hash(source: &str) -> String {
    version(1, source).text_hash
}

fn shown(name: &str, source: &str) -> Draft {
    let mut draft = draft(name);
    draft.text_hash = text_hash(source);
    draft
}

fn is_saved(table: &mut Table, draft: &Draft) -> bool {
    matches!(table.sign(draft, true, NOW, &mut rng()).unwrap(), SignOutcome::Saved(_))
}

fn log(table: &Table) -> VerifiedBatch {
    verified(&world(), &table.next_batch(1, 0, 100).unwrap().bytes)
}

/// The text hash of each signature, in the order of the log.
fn hashes(table: &Table) -> Vec<String> {
    opened(table, 0).iter().map(|signature| data_encoding::HEXLOWER.encode(&signature.text_hash)).collect()
}

#[test]
fn a_corrected_text_is_a_new_version_that_touches_nothing_that_was_signed() {
    let (folder, mut table) = signed(2);
    let before = log(&table).entries;
    assert_eq!(take(&mut table, with_correction(1)), Ok(true));
    let title = table.petition(PETITION).unwrap().title().to_owned();
    assert_eq!(changes(&table), [Change::Corrected { title, version: 2 }]);
    sign(&mut table, "Amina Yusuf");
    drop(table);
    let mut table = Table::open(&folder.path().join("table"), keys(), NOW).unwrap();
    assert_eq!((table.update(), table.versions(PETITION)), (1, vec![1, 2]));
    sign(&mut table, "Bela Kun");
    assert_eq!(log(&table).entries[..2], before, "what was signed is as it was");
    let (old, new) = (text_hash(SAMPLE), text_hash(&corrected()));
    assert_eq!(hashes(&table), [old.clone(), old, new.clone(), new]);
    assert_eq!(table.counts().unwrap().saved, 4);
    assert_eq!(changes(&table).len(), 1, "nobody has read it yet");
    table.read_news().unwrap();
    drop(table);
    let table = Table::open(&folder.path().join("table"), keys(), NOW).unwrap();
    assert!(table.news().is_empty());
}

#[test]
fn a_visit_that_has_begun_goes_on_with_the_text_that_it_shows_and_the_next_has_the_new_one() {
    let (_folder, mut table) = signed(0);
    let old = shown("Amina Yusuf", SAMPLE);
    take(&mut table, with_correction(1)).unwrap();
    assert!(table.check(&old).unwrap().is_empty(), "she reads what she read");
    assert!(is_saved(&mut table, &old));
    assert_eq!(hashes(&table), [text_hash(SAMPLE)]);
    // Two updates in the same visit are no different; and what ended meanwhile can be signed to its end.
    let mut ended = with_correction(2);
    ended.ended.push(PETITION);
    take(&mut table, ended).unwrap();
    assert!(is_saved(&mut table, &shown("Her neighbour", &corrected())));
    table.end_visit(VisitEnd::Signed).unwrap();
    for source in [SAMPLE, &corrected()] {
        let refused = table.sign(&shown("Bela Kun", source), true, NOW, &mut rng()).err().unwrap();
        assert_eq!(refused.code(), "table/petition-ended");
    }
    take(&mut table, with_correction(3)).unwrap();
    table.end_visit(VisitEnd::Abandoned).unwrap();
    assert!(is_saved(&mut table, &shown("Bela Kun", &corrected())));
    assert!(!is_saved(&mut table, &shown("Chen Wei", SAMPLE)), "the text is not the one that was shown");
}

#[test]
fn a_petition_that_has_ended_is_shown_to_nobody_and_its_sheets_can_still_be_typed_in() {
    let (_folder, mut table) = signed(1);
    let mut update = same(1);
    update.petitions.push(world().campaign.note(first_version(OTHER, SAMPLE)));
    update.ended.push(PETITION);
    take(&mut table, update.clone()).unwrap();
    let title = table.petition(PETITION).unwrap().title().to_owned();
    assert_eq!(
        changes(&table),
        [Change::Ended { title: title.clone() }, Change::Added { title: title.clone() }]
    );
    assert_eq!(table.recommended(&[]).unwrap(), [OTHER]);
    let refused = table.sign(&draft("Bela Kun"), true, NOW, &mut rng()).err().unwrap();
    assert_eq!(refused.code(), "table/petition-ended");
    table.check_hand_over().unwrap();
    let mut heading = table.next_heading(date(2026, 9, 20)).unwrap();
    assert_eq!(heading.petition, OTHER);
    heading.petition = PETITION;
    table.open_sheet(&heading, NOW).unwrap();
    table.set_line(1, SheetLine::Entered { draft: draft("Chen Wei").into(), as_on_paper: true }).unwrap();
    table.close_sheet(&SheetEnd::default(), NOW, &mut rng()).unwrap();
    assert_eq!((table.counts().unwrap().saved, table.is_ended(PETITION)), (2, true));
    (update.seq, update.ended) = (2, vec![PETITION, OTHER]);
    take(&mut table, update.clone()).unwrap();
    assert_eq!(table.check_hand_over().unwrap_err().code(), "table/all-ended");
    (update.seq, update.ended) = (3, vec![OTHER]);
    take(&mut table, update).unwrap();
    assert_eq!(changes(&table).last(), Some(&Change::Reopened { title }));
    assert!(is_saved(&mut table, &draft("Bela Kun")));
}

#[test]
fn a_sheet_that_is_being_typed_keeps_the_text_that_is_on_its_paper() {
    let (folder, mut table) = signed(0);
    let heading = table.next_heading(date(2026, 9, 20)).unwrap();
    table.open_sheet(&heading, NOW).unwrap();
    let line = |name| SheetLine::Entered { draft: draft(name).into(), as_on_paper: true };
    table.set_line(1, line("Amina Yusuf")).unwrap();
    take(&mut table, with_correction(1)).unwrap();
    drop(table);
    let mut table = Table::open(&folder.path().join("table"), keys(), NOW).unwrap();
    assert!(table.set_line(2, line("Bela Kun")).unwrap().problems.is_empty());
    table.close_sheet(&SheetEnd::default(), NOW, &mut rng()).unwrap();
    assert_eq!(hashes(&table), [text_hash(SAMPLE), text_hash(SAMPLE)]);
    // The next sheet of the same stack is of the same print, unless the volunteer says otherwise.
    let mut next = table.next_heading(date(2026, 9, 20)).unwrap();
    assert_eq!(next.version, Some(1));
    next.version = Some(2);
    table.open_sheet(&next, NOW).unwrap();
    table.set_line(1, line("Chen Wei")).unwrap();
    table.close_sheet(&SheetEnd::default(), NOW, &mut rng()).unwrap();
    assert_eq!(hashes(&table)[2], text_hash(&corrected()));
}

#[test]
fn rotated_keys_seal_from_then_on_and_a_moved_date_is_the_kits() {
    let (folder, mut table) = signed(1);
    let (campaign, rotated) = (world().campaign, SecretKey::from_bytes([8; 32]));
    let epoch = fixtures::epoch(&rotated, NOW - 1, NOW + 1_000_000);
    let mut update = same(1);
    update.epochs = vec![campaign.note(epoch.clone())];
    let terms =
        fixtures::Terms { kit: KIT, label: String::new(), until: NOW + 900_000, ..Default::default() };
    update.certificates = vec![campaign.kit(terms).certificate.note()];
    take(&mut table, update).unwrap();
    assert_eq!(changes(&table), [Change::Keys, Change::KitDate { until: NOW + 900_000 }]);
    sign(&mut table, "Amina Yusuf");
    let sealed_to = |index: usize| EpochId(log(&table).entries[index][1..9].try_into().unwrap());
    assert_eq!(sealed_to(0), world().epoch.public().unwrap().epoch());
    assert_eq!(sealed_to(1), epoch_key(&epoch).epoch());
    let told = |table: &Table| (table.kit().until, table.kit().label.clone(), table.kit_time(NOW + 800_000));
    let expect = (NOW + 900_000, "Saturday".to_owned(), table::KitTime::Good);
    assert_eq!(told(&table), expect);
    drop(table);
    let table = Table::open(&folder.path().join("table"), keys(), NOW).unwrap();
    assert_eq!(told(&table), expect);
}

#[test]
fn what_is_not_a_newer_update_of_this_campaign_changes_nothing_and_says_so() {
    let (folder, mut table) = signed(1);
    take(&mut table, with_correction(5)).unwrap();
    table.read_news().unwrap();
    let campaign = world().campaign;
    let other = Campaign::at(2, NOW);
    let mut stranger = Campaign::at(2, NOW);
    stranger.id = campaign.id;
    let good = campaign.note(with_correction(6));
    let mut strangers_petition = with_correction(6);
    strangers_petition.petitions.push(other.note(first_version(OTHER, SAMPLE)));
    // The same version with another text, and one that takes a version back.
    let mut contradicting = same(6);
    contradicting.petitions.push(campaign.note(version(2, &SAMPLE.replacen("Palantir", "Nobody", 1))));
    let mut false_hash = version(3, &corrected());
    false_hash.text_hash = text_hash(SAMPLE);
    let mut of_false_hash = with_correction(6);
    of_false_hash.petitions.push(campaign.note(false_hash));
    let mut without_keys = with_correction(6);
    without_keys.epochs.clear();
    let mut of_no_key = with_correction(6);
    let mut no_key = fixtures::epoch(&world().epoch, NOW - 100, NOW + 100);
    no_key.key = "AAAA".into();
    of_no_key.epochs = vec![campaign.note(no_key)];
    let mut of_another_kit_key = with_correction(6);
    let terms = fixtures::Terms { kit: KIT, seed: 77, ..Default::default() };
    of_another_kit_key.certificates = vec![campaign.kit(terms).certificate.note()];
    for (name, note, code) in [
        ("of another key", stranger.note(with_correction(6)), "update/not-signed"),
        ("of another campaign", other.note(with_correction(6)), "update/not-signed"),
        ("with a petition of another campaign", campaign.note(strangers_petition), "update/not-signed"),
        ("a tally", world().tally(6, 1, Vec::new()), "update/not-signed"),
        ("cut", good[..good.len() / 2].to_owned(), "update/not-signed"),
        ("changed", good.replacen("Palantir", "Palantyr", 1), "update/not-signed"),
        ("a page", "<html>Welcome</html>".to_owned(), "update/not-signed"),
        ("nothing", String::new(), "update/not-signed"),
        ("without keys", campaign.note(without_keys), "update/not-signed"),
        ("older", campaign.note(with_correction(4)), "update/old"),
        ("of the same number", campaign.note(same(5)), "update/old"),
        ("another text for a version", campaign.note(contradicting), "update/unreadable"),
        ("a false hash", campaign.note(of_false_hash), "update/unreadable"),
        ("a key that is none", campaign.note(of_no_key), "update/unreadable"),
        ("another key for the kit", campaign.note(of_another_kit_key), "update/unreadable"),
    ] {
        let refused = table.accept_update(&note, NOW).map_err(|error| error.code());
        assert_eq!((refused, table.update_fault()), (Err(code), Some(code)), "{name}");
        assert_eq!(
            (table.update(), table.news().len(), table.versions(PETITION)),
            (5, 0, vec![1, 2]),
            "{name}"
        );
    }
    assert_eq!(take(&mut table, with_correction(5)), Ok(false), "the same again is no fault");
    assert_eq!(table.update_fault(), None);
    drop(table);
    let mut table = Table::open(&folder.path().join("table"), keys(), NOW).unwrap();
    assert_eq!((table.update(), take(&mut table, same(4))), (5, Err("update/old")), "also after a restart");
}

#[test]
fn a_kit_that_holds_an_update_takes_none_of_before() {
    let (folder, world) = (tempfile::tempdir().unwrap(), world());
    let terms = fixtures::Terms { until: NOW + 1_000, ..Default::default() };
    let kit = world.campaign.kit(terms);
    let note = |document: wire::Petition| world.campaign.note(document);
    let contents = wire::KitContents {
        about: &world.campaign.about(),
        certificate: &kit.certificate,
        secret: &kit.secret,
        petitions: vec![note(version(1, SAMPLE)), note(version(2, &corrected()))],
        epochs: same(1).epochs,
        update: 7,
    };
    let text = wire::Kit::write(&contents, NOW, &world.campaign.root).unwrap();
    let set_up = table::SetUp::new(&text, "Table 4", None, NOW).unwrap();
    let mut table = Table::create(folder.path(), keys(), set_up, NOW, &mut rng()).unwrap();
    assert_eq!((table.update(), take(&mut table, same(7))), (7, Err("update/old")));
    assert_eq!(take(&mut table, with_correction(8)), Ok(false), "nothing of it is news here");
}

#[tokio::test]
async fn a_sender_takes_an_update_in_its_round_and_a_hostile_answer_changes_nothing() {
    let (_folder, table) = signed(3);
    let (endpoint, table) = (Endpoint::start().await, Arc::new(Mutex::new(table)));
    let send = async || send_until_done(Arc::clone(&table), endpoint.client()).await.map(|_| ()).unwrap();
    let told = || {
        let table = table.lock().unwrap();
        (table.update(), table.update_fault())
    };
    let campaign = world().campaign;
    send().await;
    assert_eq!(told(), (0, None), "there is none");
    endpoint.state().update = Some((200, "x".repeat(2 << 20)));
    send().await;
    assert_eq!(told(), (0, Some("update/not-signed")), "too large");
    endpoint.state().update = Some((200, campaign.note(with_correction(2))));
    send().await;
    assert_eq!(told(), (2, None));
    endpoint.state().update = Some((200, campaign.note(same(1))));
    send().await;
    assert_eq!(told(), (2, Some("update/old")), "a rollback");
    endpoint.state().update = Some((404, json!({ "code": "no-such-request" }).to_string()));
    send().await;
    assert_eq!(told(), (2, Some("update/old")), "an endpoint that knows of none says nothing of it");
    endpoint.state().update = None;
    send().await;
    assert_eq!(told(), (2, None));
    assert_eq!(endpoint.envelopes().len(), 3, "signatures were sent all the same");
}
