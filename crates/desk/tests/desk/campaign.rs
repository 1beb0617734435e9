//! The campaign: making, opening, petitions and kits, in real files.

use std::fs;

use crate::hand_made::{
    DAY, HandMadeCampaign, HandMadeTable, NOW, backup_key, files_of, found, merge, source,
};
use desk::{Desk, DeskError, Keys, NewBackup, Revoked};
use rand::{SeedableRng, rngs::StdRng};
use wire::{EndpointAddress, Kit, KitError, Revocation, Signed};

fn rng() -> StdRng {
    StdRng::seed_from_u64(1)
}

fn new_desk(folder: &std::path::Path) -> (Keys, Desk) {
    let keys = Keys::generate(&mut rng());
    let desk = found(folder, &keys, "Campaign", &mut rng());
    (keys, desk)
}

fn endpoint() -> EndpointAddress {
    let key = proof::SigningKey::endpoint(&proof::Seed::from_bytes([5; 32]));
    EndpointAddress { url: "https://endpoint.example".to_owned(), key: key.verifier().clone() }
}

#[test]
fn a_desk_is_there_after_it_was_made_and_opens_again() {
    let folder = tempfile::tempdir().unwrap();
    assert!(!Desk::exists(folder.path()));
    let (keys, mut desk) = new_desk(folder.path());
    desk.set_endpoint(Some(endpoint()), NOW).unwrap();
    let petition = desk.add_petition(petition::SAMPLE, NOW, &mut rng()).unwrap();
    let about = desk.campaign();
    drop(desk);
    assert!(Desk::exists(folder.path()));
    let desk = Desk::open(folder.path(), keys).unwrap();
    assert_eq!(desk.campaign().id, about.id);
    assert_eq!(desk.campaign().name, "Campaign");
    assert_eq!(desk.campaign().endpoint, Some(endpoint()));
    assert_eq!(Signed::verify_campaign(&desk.campaign().note).unwrap().campaign, about.id);
    assert_eq!(desk.petitions().unwrap()[0].petition.id(), petition);
    assert_eq!(desk.merged_at().unwrap(), None);
}

#[test]
fn one_program_at_a_time_has_a_desk_open() {
    let folder = tempfile::tempdir().unwrap();
    let (keys, desk) = new_desk(folder.path());
    assert_eq!(Desk::open(folder.path(), keys.clone()).err().unwrap().code(), "desk/in-use");
    drop(desk);
    Desk::open(folder.path(), keys).unwrap();
}

#[test]
fn other_keys_do_not_open_a_desk() {
    let folder = tempfile::tempdir().unwrap();
    let (keys, desk) = new_desk(folder.path());
    drop(desk);
    let other = Keys::generate(&mut StdRng::seed_from_u64(2));
    let wrong = Keys { database: other.database.clone(), ..keys.clone() };
    assert_eq!(Desk::open(folder.path(), wrong).err().unwrap().code(), "desk/wrong-key");
    let of_another_campaign = Keys { root: other.root, ..keys };
    assert_eq!(Desk::open(folder.path(), of_another_campaign).err().unwrap().code(), "desk/other-keys");
}

#[test]
fn a_second_desk_does_not_replace_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let (keys, desk) = new_desk(folder.path());
    drop(desk);
    let (path, key) = (folder.path().join("other"), backup_key(&mut rng()));
    let new = NewBackup { path: &path, key: &key };
    let again = Desk::create(folder.path(), keys.clone(), "Other", None, &new, NOW, &mut rng());
    assert_eq!(again.err().unwrap().code(), "desk/exists");
    assert_eq!(Desk::open(folder.path(), keys).unwrap().campaign().name, "Campaign");
}

#[test]
fn a_desk_that_was_never_finished_is_none_and_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("desk.db.unfinished"), "half a desk").unwrap();
    assert!(!Desk::exists(folder.path()));
    let keys = Keys::generate(&mut rng());
    assert_eq!(Desk::open(folder.path(), keys).err().unwrap().code(), "desk/missing");
    new_desk(folder.path());
    assert!(Desk::exists(folder.path()));
}

#[cfg(unix)]
#[test]
fn every_file_of_a_desk_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (_, mut desk) = new_desk(folder.path());
    desk.add_petition(petition::SAMPLE, NOW, &mut rng()).unwrap();
    for file in fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", file.file_name());
    }
    assert_eq!(fs::metadata(folder.path()).unwrap().permissions().mode() & 0o777, 0o700);
}

#[test]
fn keys_come_back_by_their_names() {
    let keys = Keys::generate(&mut rng());
    let named: Vec<(String, [u8; 32])> =
        keys.named().iter().map(|(name, key)| ((*name).to_owned(), **key)).collect();
    let get = |name: &str| {
        named.iter().find(|(known, _)| known == name).map(|(_, key)| (*key).into()).ok_or("none")
    };
    let found = Keys::from_named(get).unwrap();
    assert!(found.named() == keys.named());
    // Why a key cannot be had is not swallowed.
    let damaged = Keys::from_named(|name| if name == "desk/root" { Err("damaged") } else { get(name) });
    assert_eq!(damaged.err(), Some("damaged"));
}

#[test]
fn a_source_that_does_not_parse_is_refused_with_its_problems() {
    let folder = tempfile::tempdir().unwrap();
    let (_, mut desk) = new_desk(folder.path());
    let error = desk.add_petition("no front matter", NOW, &mut rng()).err().unwrap();
    assert_eq!(error.code(), "desk/petition-source");
    assert!(matches!(error, DeskError::Source(problems) if !problems.is_empty()));
    assert!(desk.petitions().unwrap().is_empty());
}

#[test]
fn the_same_source_twice_is_one_petition() {
    let folder = tempfile::tempdir().unwrap();
    let (_, mut desk) = new_desk(folder.path());
    let one = desk.add_petition(&source("A"), NOW, &mut rng()).unwrap();
    let again = desk.add_petition(&source("A"), NOW, &mut StdRng::seed_from_u64(9)).unwrap();
    let other = desk.add_petition(&source("B"), NOW, &mut StdRng::seed_from_u64(10)).unwrap();
    assert_eq!(one, again);
    assert_ne!(one, other);
    assert_eq!(desk.petitions().unwrap().len(), 2);
}

#[test]
fn a_kit_opens_with_everything_a_table_needs() {
    let folder = tempfile::tempdir().unwrap();
    let (_, mut desk) = new_desk(folder.path());
    assert!(matches!(desk.make_kit("K", 2, NOW + DAY, NOW, &mut rng()), Err(DeskError::NoPetition)));
    let petition = desk.add_petition(petition::SAMPLE, NOW, &mut rng()).unwrap();
    desk.set_endpoint(Some(endpoint()), NOW).unwrap();
    let (id, text) = desk.make_kit("Saturday", 2, NOW + 30 * DAY, NOW, &mut rng()).unwrap();
    let kit = Kit::open(&text, NOW, Some(desk.campaign().id)).unwrap();
    assert_eq!(kit.certificate.body.kit, id);
    assert_eq!(kit.certificate.body.max_tables, 2);
    assert_eq!(kit.certificate.body.endpoint, Some(endpoint()));
    assert_eq!(kit.petitions[0].body.petition, petition);
    let parsed = petition::Petition::parse(petition, 1, &kit.petitions[0].body.source).unwrap();
    assert_eq!(kit.petitions[0].body.text_hash, parsed.text_hash_hex());
    assert_eq!(Kit::open(&text, NOW + 30 * DAY, None).err(), Some(KitError::Expired));
    let row = &desk.kits().unwrap()[0];
    assert_eq!((row.kit, row.label.as_str(), row.max_tables, row.tables), (id, "Saturday", 2, 0));
}

#[test]
fn the_epochs_of_a_kit_cover_its_time_without_a_hole() {
    let folder = tempfile::tempdir().unwrap();
    let (_, mut desk) = new_desk(folder.path());
    desk.add_petition(petition::SAMPLE, NOW, &mut rng()).unwrap();
    for (now, until) in
        [(NOW, NOW + 30 * DAY), (NOW + 10 * DAY, NOW + 12 * DAY), (NOW + 500 * DAY, NOW + 510 * DAY)]
    {
        let (_, text) = desk.make_kit("K", 2, until, now, &mut rng()).unwrap();
        let epochs = Kit::open(&text, now, None).unwrap().epochs;
        assert!(epochs[0].body.from <= now);
        assert!(epochs.last().unwrap().body.until >= until);
        assert!(epochs.windows(2).all(|pair| pair[0].body.until == pair[1].body.from));
        assert!(epochs.iter().all(|epoch| epoch.body.until - epoch.body.from == 7 * DAY));
    }
}

#[test]
fn a_kit_made_after_a_rotation_has_none_of_the_epochs_before_and_covers_its_time() {
    let folder = tempfile::tempdir().unwrap();
    let (_, mut desk) = new_desk(folder.path());
    desk.add_petition(petition::SAMPLE, NOW, &mut rng()).unwrap();
    let epochs = |text: &str| Kit::open(text, NOW, None).unwrap().epochs;
    let (_, before) = desk.make_kit("Before", 2, NOW + 30 * DAY, NOW, &mut rng()).unwrap();
    let now = NOW + 2 * DAY;
    desk.rotate(now, &mut StdRng::seed_from_u64(2)).unwrap();
    let (_, after) = desk.make_kit("After", 2, now + 30 * DAY, now, &mut rng()).unwrap();
    let (before, after) = (epochs(&before), epochs(&after));
    assert_eq!(after[0].body.from, now);
    assert!(after.last().unwrap().body.until >= now + 30 * DAY);
    assert!(after.windows(2).all(|pair| pair[0].body.until == pair[1].body.from));
    assert!(after.iter().all(|new| before.iter().all(|old| new.body.epoch != old.body.epoch)));
}

#[test]
fn a_revoked_kit_says_so_and_its_note_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let (keys, mut desk) = new_desk(folder.path());
    desk.add_petition(petition::SAMPLE, NOW, &mut rng()).unwrap();
    let (kit, _) = desk.make_kit("K", 2, NOW + DAY, NOW, &mut rng()).unwrap();
    let root = proof::SigningKey::root(&keys.root);
    let note = desk.revoke(Revoked::Kit(kit), "lost", NOW).unwrap();
    let signed = Signed::<Revocation>::verify_root(&note, desk.campaign().id, root.verifier()).unwrap();
    assert_eq!((signed.body.kit, signed.body.table), (Some(kit), None));
    assert!(desk.kits().unwrap()[0].revoked);
    let unknown = desk.revoke(Revoked::Kit(uuid::Uuid::nil()), "lost", NOW);
    assert_eq!(unknown.err().unwrap().code(), "desk/unknown-kit");
    let unknown = desk.revoke(Revoked::Table(uuid::Uuid::nil()), "lost", NOW);
    assert_eq!(unknown.err().unwrap().code(), "desk/unknown-table");
}

#[test]
fn nothing_of_a_signature_or_a_key_is_on_disk_in_clear() {
    let campaign = HandMadeCampaign::new(5);
    let (folder, mut desk) = campaign.desk();
    let mut table = HandMadeTable::new(&campaign, 1, 1);
    table.append(&campaign.signature(1, 0, "Canary Lovelace", Some("canary@example.org")));
    merge(&mut desk, &table.whole());
    let (_, kit) = desk.make_kit("Canary kit", 1, NOW + DAY, NOW, &mut rng()).unwrap();
    assert!(kit.contains("Canary kit"));
    let files = files_of(folder.path());
    assert!(files.iter().map(Vec::len).sum::<usize>() > 10_000);
    let keys = campaign.keys.named().map(|(_, key)| key.to_vec());
    let needles = [b"anary".to_vec(), b"BEGIN".to_vec(), b"Trees".to_vec(), b"c\0a\0n\0a\0r\0y".to_vec()];
    for needle in needles.iter().chain(&keys) {
        let found = files.iter().any(|file| file.windows(needle.len()).any(|window| window == needle));
        assert!(!found);
    }
}
