//! The backup: there from the beginning, current, never written over; and what a new computer has from it.

use std::{fs, path::Path};

use crate::hand_made::{
    DAY, HandMadeCampaign, HandMadeTable, NOW, PASSPHRASE, backup_key, csv, found, merge, source,
};
use desk::{Backup, BackupKey, Desk, Keys, NewBackup, Revoked};
use rand::{SeedableRng, rngs::StdRng};

fn rng() -> StdRng {
    StdRng::seed_from_u64(1)
}

fn open(path: &Path) -> Backup {
    Backup::open(&fs::read(path).unwrap(), PASSPHRASE).unwrap()
}

fn restore(folder: &Path, path: &Path) -> Desk {
    let (backup, key) = (open(path), backup_key(&mut StdRng::seed_from_u64(21)));
    let new = NewBackup { path, key: &key };
    Desk::restore(folder, backup.keys(&mut StdRng::seed_from_u64(22)), &backup, &new, NOW + DAY).unwrap()
}

/// A desk, with its backup in a folder that is as easily gone as a stick.
fn with_a_stick(folder: &Path) -> (std::path::PathBuf, Desk) {
    let stick = folder.join("stick");
    fs::create_dir(&stick).unwrap();
    let (path, key) = (stick.join("backup"), backup_key(&mut rng()));
    let new = NewBackup { path: &path, key: &key };
    let keys = Keys::generate(&mut rng());
    let desk = Desk::create(&folder.join("desk"), keys, "Campaign", None, &new, NOW, &mut rng()).unwrap();
    (path, desk)
}

#[test]
fn a_backup_holds_what_was_added_after_it_was_first_written() {
    let campaign = HandMadeCampaign::new(3);
    let (_folder, mut desk) = campaign.desk();
    let mut table = HandMadeTable::new(&campaign, 1, 1);
    table.append(&campaign.signature(1, 0, "Ada", Some("ada@x.org")));
    table.append(&campaign.signature(2, 1, "Grace", None));
    merge(&mut desk, &table.whole());
    // Nobody asked for the file to be written again after the campaign was made.
    let folder = tempfile::tempdir().unwrap();
    let mut restored = restore(folder.path(), &desk.backup_state().unwrap().places[0].path);
    assert_eq!(restored.campaign().note, desk.campaign().note);
    let kits = restored.kits().unwrap();
    assert_eq!(kits.len(), 1);
    assert!(restored.pin_reset_code(kits[0].kit).unwrap() == desk.pin_reset_code(kits[0].kit).unwrap());
    assert_eq!(restored.count(None).unwrap().collected, 0);
    merge(&mut restored, &table.whole());
    assert_eq!(csv(&restored), csv(&desk));
}

#[test]
fn each_change_is_in_the_file_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut desk) = with_a_stick(folder.path());
    let petitions = |path: &Path| {
        let folder = tempfile::tempdir().unwrap();
        let restored = restore(folder.path(), path);
        (restored.petitions().unwrap().len(), restored.kits().unwrap())
    };
    let copy = folder.path().join("copy");
    for number in 1..=3 {
        desk.add_petition(&source(&format!("Petition {number}")), NOW, &mut StdRng::seed_from_u64(number))
            .unwrap();
        fs::copy(&path, &copy).unwrap();
        assert_eq!(petitions(&copy).0, number as usize);
    }
    let (kit, _) = desk.make_kit("K", 2, NOW + DAY, NOW, &mut rng()).unwrap();
    fs::copy(&path, &copy).unwrap();
    assert!(!petitions(&copy).1[0].revoked);
    desk.revoke(Revoked::Kit(kit), "lost", NOW).unwrap();
    fs::copy(&path, &copy).unwrap();
    assert!(petitions(&copy).1[0].revoked);
    assert!(desk.backup_state().unwrap().is_current());
}

#[test]
fn no_kit_leaves_a_desk_whose_backup_cannot_be_written() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut desk) = with_a_stick(folder.path());
    let stick = path.parent().unwrap();
    fs::rename(stick, folder.path().join("pulled out")).unwrap();
    desk.add_petition(&source("Trees"), NOW, &mut rng()).unwrap();
    let state = desk.backup_state().unwrap();
    assert!(!state.is_current());
    assert_eq!(state.failure().unwrap().code(), "desk/backup-gone");
    assert!(!state.places[0].is_there);
    assert_eq!(desk.petitions().unwrap().len(), 1, "what was said stays said");
    let refused = desk.make_kit("K", 2, NOW + DAY, NOW, &mut rng()).err().unwrap();
    assert_eq!(refused.code(), "desk/backup-old");
    assert!(desk.kits().unwrap().is_empty(), "a kit that was not handed out is none");

    fs::rename(folder.path().join("pulled out"), stick).unwrap();
    desk.make_kit("K", 2, NOW + DAY, NOW, &mut rng()).unwrap();
    let state = desk.backup_state().unwrap();
    assert!(state.is_current() && state.places[0].is_there && state.failure().is_none());
    let back = tempfile::tempdir().unwrap();
    assert_eq!(restore(back.path(), &path).kits().unwrap(), desk.kits().unwrap());
}

#[test]
fn a_file_that_was_removed_is_no_backup_and_one_on_a_stick_in_a_drawer_is() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut desk) = with_a_stick(folder.path());
    fs::remove_file(&path).unwrap();
    assert!(!desk.backup_state().unwrap().is_current());
    desk.keep_backup(NOW + 60);
    assert!(desk.backup_state().unwrap().is_current());
    assert_eq!(open(&path).written_at(), Some(NOW + 60));
    fs::rename(path.parent().unwrap(), folder.path().join("drawer")).unwrap();
    let state = desk.backup_state().unwrap();
    assert!(state.is_current() && !state.places[0].is_there);
}

#[test]
fn another_file_of_the_backup_is_enough_when_the_first_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut desk) = with_a_stick(folder.path());
    let second = folder.path().join("second");
    desk.write_backup(&second, NOW + 60).unwrap();
    fs::remove_dir_all(path.parent().unwrap()).unwrap();
    desk.add_petition(&source("Trees"), NOW + 120, &mut rng()).unwrap();
    desk.make_kit("K", 2, NOW + DAY, NOW + 180, &mut rng()).unwrap();
    let state = desk.backup_state().unwrap();
    let said: Vec<_> = state.places.iter().map(|place| (place.is_current, place.written_at)).collect();
    assert_eq!(said, [(false, Some(NOW)), (true, Some(NOW + 180))]);
}

#[test]
fn a_file_that_this_desk_did_not_write_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let (path, mut desk) = with_a_stick(folder.path());
    let other = folder.path().join("holiday.jpg");
    fs::write(&other, "a picture").unwrap();
    assert_eq!(desk.write_backup(&other, NOW).err().unwrap().code(), "desk/backup-taken");
    assert_eq!(fs::read(&other).unwrap(), b"a picture");
    // Nor does what is of another campaign.
    let key = backup_key(&mut StdRng::seed_from_u64(5));
    let (new, keys) = (NewBackup { path: &path, key: &key }, Keys::generate(&mut StdRng::seed_from_u64(6)));
    let before = fs::read(&path).unwrap();
    let at = folder.path().join("other");
    let error = Desk::create(&at, keys, "Other", None, &new, NOW, &mut rng()).err().unwrap();
    assert_eq!(error.code(), "desk/backup-taken");
    assert!(!Desk::exists(&at));
    assert_eq!(fs::read(&path).unwrap(), before);
    // And two desks of one campaign do not take each other's.
    let elsewhere = tempfile::tempdir().unwrap();
    let mut restored = restore(elsewhere.path(), &path);
    restored.add_petition(&source("Trees"), NOW, &mut rng()).unwrap();
    assert!(restored.backup_state().unwrap().is_current());
    let theirs = fs::read(&path).unwrap();
    desk.add_petition(&source("Buses"), NOW, &mut rng()).unwrap();
    assert_eq!(desk.backup_state().unwrap().failure().unwrap().code(), "desk/backup-taken");
    assert_eq!(fs::read(&path).unwrap(), theirs);
}

#[test]
fn a_campaign_whose_backup_has_no_place_is_not_made_and_can_be_made_after() {
    let folder = tempfile::tempdir().unwrap();
    let (at, key) = (folder.path().join("desk"), backup_key(&mut rng()));
    let create = |name: &str, path: &Path| {
        let new = NewBackup { path, key: &key };
        Desk::create(&at, Keys::generate(&mut rng()), name, None, &new, NOW, &mut rng())
    };
    let nowhere = create("Campaign", &folder.path().join("no/such/folder/backup")).err().unwrap();
    assert_eq!(nowhere.code(), "desk/backup-gone");
    for name in ["", "  \t", "two\nlines", &"long ".repeat(40)] {
        assert_eq!(create(name, &folder.path().join("backup")).err().unwrap().code(), "desk/name");
    }
    assert!(!Desk::exists(&at));
    assert!(!folder.path().join("backup").exists());
    let desk = create(" Campaign ", &folder.path().join("backup")).unwrap();
    assert_eq!(desk.campaign().name, "Campaign");
    assert!(desk.backup_state().unwrap().is_current());
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "something is left beside the backup: {names:?}");
}

#[test]
fn a_passphrase_that_anybody_would_find_is_not_taken_and_another_one_counts_at_once() {
    assert_eq!(BackupKey::new("too short", &mut rng()).err().unwrap().code(), "desk/passphrase-short");
    let folder = tempfile::tempdir().unwrap();
    let (path, mut desk) = with_a_stick(folder.path());
    let key = BackupKey::with_work("another passphrase", 1, &mut rng()).unwrap();
    desk.set_backup_key(&key, NOW).unwrap();
    assert!(desk.backup_state().unwrap().is_current());
    let bytes = fs::read(&path).unwrap();
    assert_eq!(Backup::open(&bytes, PASSPHRASE).err().unwrap().code(), "desk/backup-passphrase");
    Backup::open(&bytes, "another passphrase").unwrap();
}

#[test]
fn a_backup_opens_with_its_passphrase_only_and_only_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    let keys = Keys::generate(&mut rng());
    let desk = found(folder.path(), &keys, "Campaign", &mut rng());
    let path = &desk.backup_state().unwrap().places[0].path;
    let backup = fs::read(path).unwrap();
    let seeds = [keys.root.expose(), keys.holder.expose()].map(|seed| data_encoding::BASE64.encode(seed));
    assert!(seeds.iter().all(|seed| !backup.windows(seed.len()).any(|window| window == seed.as_bytes())));
    let code = |bytes: &[u8], passphrase| Backup::open(bytes, passphrase).err().unwrap().code();
    assert_eq!(code(&backup, "correct horse"), "desk/backup-passphrase");
    assert_eq!(code(b"a shopping list", PASSPHRASE), "desk/backup");
    let mut changed = backup.clone();
    let at = changed.len() - 100;
    changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
    assert_eq!(code(&changed, PASSPHRASE), "desk/backup-passphrase");
    for cut in [backup.len() / 2, backup.len() - 1, 100, 0] {
        assert_eq!(code(&backup[..cut], PASSPHRASE), "desk/backup", "cut short at {cut}");
    }
    let (opened, key) = (open(path), backup_key(&mut rng()));
    let elsewhere = tempfile::tempdir().unwrap();
    let others = Keys::generate(&mut StdRng::seed_from_u64(77));
    let new = NewBackup { path, key: &key };
    let refused = Desk::restore(elsewhere.path(), others, &opened, &new, NOW);
    assert_eq!(refused.err().unwrap().code(), "desk/other-keys");
    assert!(!Desk::exists(elsewhere.path()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
