//! Carrying by hand: every generation, no name twice, no whole batch overwritten, and files in whatever order.

use std::{fs, path::PathBuf};

use proof::Seed;
use serde_json::json;
use table::{
    DatabaseKey, Keys, Table, Whose,
    sending::{Uploaded, upload},
};
use wire::{Batch, ProblemCode};

use crate::{
    endpoint::{Endpoint, problem},
    kit::{NOW, keys, new_table, receive, sign_many, signed, verified, world},
};

fn files(folder: &std::path::Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn the_whole_log_is_every_generation_each_entry_once() {
    let (folder, mut table) = signed(9);
    receive(&mut table, 5);
    table.start_generation(NOW).unwrap();
    receive(&mut table, 1);
    table.start_generation(NOW).unwrap();
    sign_many(&mut table, 2);
    let report = table.carry(folder.path(), true).unwrap();
    assert_eq!((report.signatures, report.left_out), (11, 0));
    let names = report.files.iter().map(|name| name.rsplit_once('-').unwrap().0[9..].to_owned());
    assert_eq!(names.collect::<Vec<_>>(), ["1-0-5", "2-0-1", "3-0-5"]);
    let mut entries: Vec<_> = report
        .files
        .iter()
        .flat_map(|name| verified(&world(), &fs::read(folder.path().join(name)).unwrap()).entries)
        .collect();
    entries.sort();
    entries.dedup();
    assert_eq!(entries.len(), 11);
    table.rewind(1, 3).unwrap();
    let names = table.carry(folder.path(), false).unwrap().files;
    let names = names.iter().map(|name| name.rsplit_once('-').unwrap().0[9..].to_owned());
    assert_eq!(names.collect::<Vec<_>>(), ["1-3-5", "3-0-5"], "what was lost is carried too");
}

#[test]
fn what_a_lost_key_signed_for_cannot_be_written_again_and_that_is_said() {
    let (folder, mut table) = signed(6);
    receive(&mut table, 4);
    drop(table);
    let lost = Keys { device: Seed::from_bytes([99; 32]), database: DatabaseKey::from_bytes([5; 32]) };
    let table = Table::open(&folder.path().join("table"), lost, NOW).unwrap();
    let report = table.carry(folder.path(), true).unwrap();
    assert_eq!((report.signatures, report.left_out), (2, 4));
}

#[test]
fn two_clones_never_write_the_same_name_and_no_whole_batch_is_overwritten() {
    let (folder, table) = signed(3);
    let path = folder.path().join("table");
    drop(table);
    let copy = folder.path().join("copy");
    fs::create_dir(&copy).unwrap();
    for file in files(&path) {
        fs::copy(&file, copy.join(file.file_name().unwrap())).unwrap();
    }
    let stick = folder.path().join("stick");
    fs::create_dir(&stick).unwrap();
    for path in [&path, &copy] {
        let mut table = Table::open(path, keys(), NOW).unwrap();
        sign_many(&mut table, 2);
        table.carry(&stick, false).unwrap();
    }
    assert_eq!(files(&stick).len(), 2);
    // Whatever name a whole batch has, it stays.
    let table = Table::open(&path, keys(), NOW).unwrap();
    let own = table.carry(&stick, false).unwrap().files.remove(0);
    let other = files(&stick).into_iter().find(|file| file.file_name().unwrap() != own.as_str()).unwrap();
    fs::copy(&other, stick.join(&own)).unwrap();
    let name = table.carry(&stick, false).unwrap().files.remove(0);
    assert_ne!(name, own);
    assert_eq!(fs::read(stick.join(&own)).unwrap(), fs::read(&other).unwrap());
    assert_eq!(Batch::decode(&fs::read(stick.join(&name)).unwrap()).unwrap().entries.len(), 5);
    assert!(files(&stick).iter().all(|file| file.extension().unwrap() == "batch"));
}

#[tokio::test]
async fn a_sticks_files_may_come_in_any_order_and_one_that_is_broken_stops_none() {
    let (folder, mut table) = signed(2);
    let stick = folder.path().join("stick");
    fs::create_dir(&stick).unwrap();
    for _ in 0..11 {
        let from = table.counts().unwrap().received as usize;
        table.carry(&stick, false).unwrap();
        receive(&mut table, from + 2);
        sign_many(&mut table, 2);
    }
    table.start_generation(NOW).unwrap();
    table.carry(&stick, false).unwrap();
    let mut all = files(&stick);
    all.reverse();
    all.insert(3, folder.path().join("gone.batch"));
    fs::write(stick.join("broken.batch"), b"UNDB\x01\0\0").unwrap();
    all.insert(5, stick.join("broken.batch"));
    let endpoint = Endpoint::start().await;
    let mut said = Vec::new();
    upload(&endpoint.client(), &all, |path, uploaded| said.push((path.to_owned(), uploaded))).await;
    let received = said.iter().filter(|(_, uploaded)| matches!(uploaded, Uploaded::Received { .. })).count();
    assert_eq!((received, said.len()), (12, 14), "{said:?}");
    let code = |name: &str| match &said.iter().find(|(path, _)| path.ends_with(name)).unwrap().1 {
        Uploaded::Refused { code, .. } => *code,
        other => panic!("{other:?}"),
    };
    assert_eq!((code("gone.batch"), code("broken.batch")), ("upload/unreadable", "batch/truncated"));
    assert_eq!(endpoint.state().sizes(), [(1, 22), (2, 2)]);
}

#[tokio::test]
async fn files_whose_beginning_is_missing_are_told_as_such_and_only_once() {
    let (folder, mut table) = signed(4);
    receive(&mut table, 2);
    table.carry(folder.path(), false).unwrap();
    let files: Vec<_> = files(folder.path()).into_iter().filter(|file| file.is_file()).collect();
    let endpoint = Endpoint::start().await;
    let mut said = Vec::new();
    upload(&endpoint.client(), &files, |_, uploaded| said.push(uploaded)).await;
    assert_eq!(said, [Uploaded::Later { code: "upload/earlier-missing" }]);
}

#[tokio::test]
async fn an_endpoint_that_asks_to_wait_is_waited_for_and_not_told_as_a_failure() {
    let (folder, table) = signed(4);
    table.carry(folder.path(), false).unwrap();
    let files: Vec<_> = files(folder.path()).into_iter().filter(|file| file.is_file()).collect();
    let endpoint = Endpoint::start().await;
    endpoint.state().forged.push_back(problem(ProblemCode::SlowDown, json!({})));
    let mut said = Vec::new();
    upload(&endpoint.client(), &files, |_, uploaded| said.push(uploaded)).await;
    assert_eq!(said, [Uploaded::Received { size: 4 }]);
}

#[test]
fn what_a_stick_holds_is_told_by_whose_it_is_and_a_clone_comes_first() {
    let (folder, mut table) = signed(3);
    let stick = folder.path().join("stick");
    fs::create_dir(&stick).unwrap();
    table.carry(&stick, false).unwrap();
    receive(&mut table, 3);
    sign_many(&mut table, 2);
    // A copy of this computer, from before it signed more.
    let copy = folder.path().join("copy");
    drop(table);
    fs::create_dir(&copy).unwrap();
    for file in files(&folder.path().join("table")) {
        fs::copy(&file, copy.join(file.file_name().unwrap())).unwrap();
    }
    let mut table = Table::open(&folder.path().join("table"), keys(), NOW).unwrap();
    let mut cloned = Table::open(&copy, keys(), NOW).unwrap();
    sign_many(&mut table, 1);
    sign_many(&mut cloned, 1);
    table.carry(&stick, false).unwrap();
    cloned.carry(&stick, false).unwrap();
    let mut other = new_table(&folder.path().join("other"));
    sign_many(&mut other, 4);
    other.carry(&stick, false).unwrap();
    fs::write(stick.join("half.batch"), b"UNDB\x01\0\0").unwrap();
    fs::write(stick.join("holiday.jpg"), b"no batch").unwrap();
    let found: Vec<_> = table
        .look_at(&stick)
        .unwrap()
        .into_iter()
        .map(|file| (file.whose, file.label, file.entries))
        .collect();
    let of = |whose, entries| (whose, "Table 4".to_owned(), entries);
    assert_eq!(
        found,
        [
            of(Whose::Clone, 3),
            of(Whose::Own, 3),
            of(Whose::OtherTable, 4),
            of(Whose::OwnReceived, 3),
            (Whose::Unreadable, String::new(), 0),
        ]
    );
    // The other way round, it is the same.
    assert_eq!(cloned.look_at(&stick).unwrap()[0].whose, Whose::Clone);
    assert_eq!(
        other.look_at(&stick).unwrap().iter().filter(|file| file.whose == Whose::OtherTable).count(),
        3
    );
    let gone = table.look_at(&folder.path().join("gone")).unwrap_err();
    assert_eq!(gone.code(), "table/file");
}
