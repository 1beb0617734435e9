//! A laptop that was put back from a copy: the table finds out by its own stick, the volunteer says so, and nothing is lost.

use std::{fs, path::Path, process::Command};

use system_tests::{Window, path};

use crate::{
    look::is_good,
    lost_laptop::choose_home,
    street::{NAME_ONLY, Street},
};

fn sign(street: &Street, names: &[&str]) {
    let drafts: String = names.iter().map(|name| format!("{{\"full_name\":\"{name}\"}}\n")).collect();
    street.command_line().run_with_input(&["table", "sign"], &drafts).unwrap();
}

fn copy(from: &Path, to: &Path) {
    let copied =
        Command::new("cp").args(["-a", from.to_str().unwrap(), to.to_str().unwrap()]).status().unwrap();
    assert!(copied.success());
}

#[tokio::test]
async fn a_restored_laptop_is_recognised_by_its_stick_and_goes_on_without_loss() {
    let street = Street::set_up(&[NAME_ONLY]).await;
    let home = street.computer.folder().join("home").canonicalize().unwrap();
    let stick = home.to_str().unwrap().to_owned();
    let (table, kept) = (street.profile.join("table"), street.computer.folder().join("kept"));
    sign(&street, &["Ada Byron", "Bo Li"]);
    copy(&table, &kept);
    sign(&street, &["Amina Yusuf", "Jo Ng"]);
    street.command_line().run(&["table", "carry", &stick]).unwrap();
    // Put back as it was, and gone on with.
    fs::remove_dir_all(&table).unwrap();
    copy(&kept, &table);
    sign(&street, &["Eve Okoro"]);

    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.click("nav-hand-carry").await.unwrap();
    choose_home(&window, &home).await;
    window.wait_for_text("clone", "restored or copied").await.unwrap();
    window.wait_for("[data-testid=stick-files] [data-whose=clone]").await.unwrap();
    is_good(&window, "a stick that knows of a copy").await;
    window.screenshot("restored").await.unwrap();
    window.click("nav-kit").await.unwrap();
    window.click("new-generation").await.unwrap();
    window.click("new-generation-start").await.unwrap();
    window.wait_for_text("new-generation-done", "Done").await.unwrap();
    window.click("nav-hand-carry").await.unwrap();
    choose_home(&window, &home).await;
    window.click("hand-carry-write").await.unwrap();
    window.wait_for_text("carry-report", "3 signatures written").await.unwrap();
    window.close().await.unwrap();

    let line = street.command_line();
    for file in fs::read_dir(&home).unwrap().map(|file| file.unwrap().path()) {
        if file.extension().is_some_and(|extension| extension == "batch") {
            line.run(&["desk", "merge", file.to_str().unwrap()]).unwrap();
        }
    }
    let csv = path(street.computer.folder(), "restored.csv").unwrap();
    line.run(&["desk", "export", "--out", &csv]).unwrap();
    let mut reader = csv::Reader::from_path(&csv).unwrap();
    let at = reader.headers().unwrap().iter().position(|header| header == "name").unwrap();
    let mut names: Vec<_> = reader.records().map(|row| row.unwrap()[at].to_owned()).collect();
    names.sort();
    assert_eq!(names, ["Ada Byron", "Amina Yusuf", "Bo Li", "Eve Okoro", "Jo Ng"]);
}
