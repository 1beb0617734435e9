//! A signature's whole way: kiosk, endpoint off, endpoint on, received, merged, counted.

use std::{fmt::Write, fs, path::Path};

use system_tests::{CommandLine, Computer, Endpoint, Window, journey_folder, sample_petition};

use crate::canaries;

const PIN: &str = "246813";

#[tokio::test]
async fn a_person_signs_offline_and_is_counted() {
    let computer = Computer::start().await.unwrap();
    let profile = computer.profile("street");
    let mut endpoint = Endpoint::start(&computer.folder().join("endpoint")).unwrap();
    let command_line = CommandLine::on(&computer, &profile);
    make_campaign(&computer, &command_line, &endpoint.url());
    endpoint.stop().unwrap();

    let window = Window::open(&computer, &profile).await.unwrap();
    start_shift(&window).await;
    window.click("hand-to-signers").await.unwrap();
    let count = window.wait_for_text("count-text", "0").await.unwrap();
    assert_eq!(one_line(&count), "0 have signed. Let’s get to 100!");
    window.screenshot("03-kiosk-invite").await.unwrap();
    read(&window).await;
    sign(&window).await;
    take_back(&window).await;

    // The endpoint is off: saved here, waiting, not received.
    assert_eq!(window.text("table-waiting").await.unwrap(), "1");
    assert_eq!(window.text("table-received").await.unwrap(), "0");
    window.screenshot("08-table-waiting").await.unwrap();

    endpoint.start_again().unwrap();
    window.click("send-now").await.unwrap();
    window.wait_for_text("table-received", "1").await.unwrap();
    window.screenshot("09-table-received").await.unwrap();

    merge(&window).await;
    window.click("nav-table").await.unwrap();
    window.click("send-now").await.unwrap();
    window.wait_for_text("everyone-count", "1").await.unwrap();
    window.screenshot("13-table-everyone").await.unwrap();
    window.click("hand-to-signers").await.unwrap();
    let count = window.wait_for_text("count-text", "1").await.unwrap();
    assert_eq!(one_line(&count), "1 has signed. Let’s get to 100!");
    window.screenshot("14-kiosk-counted").await.unwrap();
    window.close().await.unwrap();

    check_ledger(&command_line);
    check_nothing_in_clear(&computer);
}

fn make_campaign(computer: &Computer, command_line: &CommandLine<'_>, endpoint: &str) {
    let path = |name: &str| computer.folder().join(name).to_str().unwrap().to_owned();
    fs::write(path("passphrase"), "a passphrase for the backup").unwrap();
    fs::write(path("pin"), PIN).unwrap();
    let (backup, passphrase, kit) = (path("campaign.backup"), path("passphrase"), path("street.kit"));
    let new = ["desk", "new", "--name", "Northwest Neighbors", "--endpoint", endpoint, "--backup", &backup];
    command_line.run(&[&new[..], &["--backup-passphrase-file", &passphrase]].concat()).unwrap();
    command_line.run(&["desk", "add-petition", sample_petition().to_str().unwrap()]).unwrap();
    command_line.run(&["desk", "make-kit", "--label", "Saturday", "--out", &kit]).unwrap();
    let open = ["table", "open-kit", &kit, "--label", "Table 4", "--pin-file", &path("pin")];
    command_line.run(&open).unwrap();
}

async fn start_shift(window: &Window) {
    window.type_into("shift-place", "Capitol Hill Farmers Market").await.unwrap();
    window.type_into("shift-volunteer", "Dee R.").await.unwrap();
    window.screenshot("01-table-shift").await.unwrap();
    window.click("start-shift").await.unwrap();
    window.wait_for("[data-testid=hand-to-signers]").await.unwrap();
    window.screenshot("02-table-home").await.unwrap();
}

async fn read(window: &Window) {
    window.click("kiosk-read").await.unwrap();
    window.wait_for("[data-testid=reference-mark-1]").await.unwrap();
    window.screenshot("04-kiosk-read").await.unwrap();
}

async fn sign(window: &Window) {
    window.click("kiosk-sign").await.unwrap();
    window.type_into("field-full_name", canaries::NAME).await.unwrap();
    window.type_into("field-email", "canary.finch@").await.unwrap();
    window.type_into("field-postal_code", canaries::POSTAL_CODE).await.unwrap();
    window.type_into("field-city", canaries::CITY).await.unwrap();
    window.type_into("field-comment", canaries::COMMENT).await.unwrap();
    window.click("submit").await.unwrap();
    // One mistake: it is said, and nothing typed is lost.
    window.wait_for("[data-testid=error-summary]").await.unwrap();
    window.screenshot("05-kiosk-mend").await.unwrap();
    window.type_into("field-email", canaries::EMAIL).await.unwrap();
    window.screenshot("06-kiosk-sign").await.unwrap();
    window.click("submit").await.unwrap();
    let code = window.text("withdrawal-code").await.unwrap();
    assert_eq!(code.chars().filter(char::is_ascii_alphanumeric).count(), 10, "a withdrawal code");
    window.screenshot("07-kiosk-thanks").await.unwrap();
    window.click("thanks-done").await.unwrap();
    window.wait_for("[data-testid=kiosk-sign]").await.unwrap();
    let page = window.run("return document.documentElement.outerHTML", Vec::new()).await.unwrap();
    assert!(!page.to_string().contains("Wrenfield"), "the next person can see the one before");
}

async fn take_back(window: &Window) {
    window.click("take-back").await.unwrap();
    window.type_into("pin", "1111").await.unwrap();
    window.click("pin-open").await.unwrap();
    window.wait_for("[data-testid=pin-error]").await.unwrap();
    window.type_into("pin", PIN).await.unwrap();
    window.click("pin-open").await.unwrap();
    window.wait_for("[data-testid=table-waiting]").await.unwrap();
}

async fn merge(window: &Window) {
    window.click("nav-desk").await.unwrap();
    window.wait_for("[data-testid=merge-now]").await.unwrap();
    window.screenshot("10-desk-before").await.unwrap();
    window.click("merge-now").await.unwrap();
    window.wait_for_text("count-deliverable", "1").await.unwrap();
    window.screenshot("11-desk-merged").await.unwrap();
    window.click("nav-ledger").await.unwrap();
    window.wait_for_text("ledger", canaries::NAME).await.unwrap();
    window.screenshot("12-desk-ledger").await.unwrap();
}

/// The ledger has the person once, whole; it stays beside the screenshots with a summary.
fn check_ledger(command_line: &CommandLine<'_>) {
    let folder = journey_folder().unwrap();
    let csv = folder.join("ledger.csv");
    command_line.run(&["desk", "export", "--out", csv.to_str().unwrap()]).unwrap();
    let text = fs::read_to_string(&csv).unwrap();
    let rows: Vec<&str> = text.lines().skip(1).collect();
    assert_eq!(rows.len(), 1);
    for part in [canaries::NAME, canaries::EMAIL, canaries::POSTAL_CODE, canaries::CITY, canaries::COMMENT] {
        assert!(rows[0].contains(part), "the ledger misses a field");
    }
    let verified = command_line.run(&["desk", "verify"]).unwrap();
    assert_eq!(verified[0]["whole"], true);
    let count = command_line.run(&["desk", "count"]).unwrap();
    let mut summary = String::from("One person signed with the endpoint off, and was counted.\n\n");
    writeln!(summary, "count: {}", count[0]).unwrap();
    writeln!(summary, "log:   {}", verified[0]).unwrap();
    fs::write(folder.join("summary.txt"), summary).unwrap();
}

/// No field of the person is in any file that app, web view, table, desk or endpoint wrote.
fn check_nothing_in_clear(computer: &Computer) {
    let folder: &Path = computer.folder();
    let found = canaries::found_below(folder);
    assert!(found.is_empty(), "in clear: {found:?}");
    let (files, bytes) = canaries::searched(folder);
    let there = ["profiles/street/table", "profiles/street/log/undersigned.log"];
    assert!(there.iter().all(|name| folder.join(name).exists()) && files > 10, "too little was searched");
    let report =
        format!("Searched {files} files, {bytes} bytes, in UTF-8 and UTF-16: no field of the signer.\n");
    fs::write(journey_folder().unwrap().join("search.txt"), report).unwrap();
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
