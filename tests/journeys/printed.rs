//! Reports on paper: a shift from its zero report to its closing record, each as a PDF whose text is read again.

use std::{fs, path::Path};

use system_tests::Window;

use crate::{
    look::is_good,
    lost_laptop::choose_home,
    pdf::{closed_up, pages},
    street::{NAME_ONLY, Street, done, kill, take_back},
};

/// Saves what the window shows as a PDF, and gives the text of its pages.
pub(crate) async fn save(window: &Window, home: &Path, name: &str) -> Vec<String> {
    window.click("save-pdf").await.unwrap();
    choose_home(window, home).await;
    is_good(window, "where a PDF is saved").await;
    window.click("pdf-write").await.unwrap();
    window.wait_for_text("pdf-saved", name).await.unwrap();
    let mut files: Vec<_> = fs::read_dir(home).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|path| path.file_name().unwrap().to_string_lossy().contains(name));
    let path = files.pop().unwrap();
    let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600, "a report has names in it");
    let kept = system_tests::journey_folder().unwrap().join(format!("{name}.pdf"));
    fs::copy(&path, kept).unwrap();
    let pages = pages(&path);
    fs::remove_file(path).unwrap();
    pages
}

#[track_caller]
fn check(pages: &[String], expect: &[&str]) {
    let all = pages.concat();
    for part in expect {
        assert!(all.contains(&closed_up(part)), "{part:?} is not in: {all}");
    }
}

async fn sign(window: &Window, name: &str) {
    window.click("hand-to-signers").await.unwrap();
    window.click("kiosk-sign").await.unwrap();
    window.type_into("field-full_name", name).await.unwrap();
    window.click("submit").await.unwrap();
    window.text("withdrawal-code").await.unwrap();
    done(window).await;
    take_back(window).await;
}

#[tokio::test]
async fn a_shift_from_its_zero_report_to_its_closing_record_is_on_paper() {
    let street = Street::set_up(&[NAME_ONLY]).await;
    let home = street.computer.folder().join("home").canonicalize().unwrap();
    street.command_line().run(&["table", "end-shift"]).unwrap();
    let window = Window::open(&street.computer, &street.profile).await.unwrap();

    // Before the shift.
    window.wait_for_text("ready", "Everything is as it should be").await.unwrap();
    window.type_into("shift-place", "Market").await.unwrap();
    window.type_into("shift-volunteer", "D. R.").await.unwrap();
    window.click_css("[data-testid=open-present] summary").await.unwrap();
    window.type_into("open-witness", "Ana Lopez").await.unwrap();
    window.type_into("open-laptop-seal", "A 0012").await.unwrap();
    window.type_into("sheets-issued", "10").await.unwrap();
    is_good(&window, "before a shift").await;
    window.screenshot("readiness").await.unwrap();
    let zero = save(&window, &home, "zero-report").await;
    check(
        &zero,
        &["Zero report", "Signatures 0", "Ana Lopez", "Seal of the laptop A 0012", "10 paper sheets"],
    );
    check(&zero, &["A bench at the pond", "version 1", "Nothing of any practice is saved", "not needed"]);
    assert_eq!(zero.len(), 1);
    assert!(!zero[0].contains("Startshift"), "what is around a report is not printed");
    window.click("start-shift").await.unwrap();
    sign(&window, "Ada Byron").await;

    // A pause, in which nobody gets the table, also after a power cut.
    window.click("pause-shift").await.unwrap();
    window.wait_for_text("paused", "at 1 signature").await.unwrap();
    is_good(&window, "a shift that is paused").await;
    kill(window);
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.wait_for_text("paused", "at 1 signature").await.unwrap();
    assert!(!window.shows("hand-to-signers").await.unwrap());
    window.screenshot("paused").await.unwrap();
    window.click("resume-shift").await.unwrap();
    window.click("hand-over").await.unwrap();
    window.click("hand-over-now").await.unwrap();
    window.wait_for_text("hand-takes-error", "Give a name").await.unwrap();
    window.type_into("hand-takes", "Mai T.").await.unwrap();
    window.type_into("hand-stick-seal", "B 77").await.unwrap();
    is_good(&window, "a table that is handed over").await;
    window.click("hand-over-now").await.unwrap();
    window.wait_for_text("handed-over", "Mai T.").await.unwrap();
    // Somebody begins, and the computer stops.
    window.click("hand-to-signers").await.unwrap();
    window.click("kiosk-sign").await.unwrap();
    window.type_into("field-full_name", "Nobody Zqxj").await.unwrap();
    kill(window);

    // The end: two sums differ, and each is explained.
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.wait_for("[data-testid=take-back]").await.unwrap();
    take_back(&window).await;
    window.click("nav-end-shift").await.unwrap();
    window.wait_for("[data-testid=sum-visits][data-agrees=false]").await.unwrap();
    window.wait_for("[data-testid=sum-sheets][data-agrees=false]").await.unwrap();
    window.click("end-shift").await.unwrap();
    window.wait_for_text("why-visits-error", "Say why").await.unwrap();
    window.type_into("why-visits", "The computer stopped at three.").await.unwrap();
    window.type_into("sheets-blank", "10").await.unwrap();
    window.press("\u{e004}").await.unwrap();
    window.wait_for("[data-testid=sum-sheets][data-agrees=true]").await.unwrap();
    is_good(&window, "a shift that is to be closed").await;
    window.screenshot("closing").await.unwrap();
    window.click("end-shift").await.unwrap();
    window.wait_for_text("shift-saved", "1").await.unwrap();
    window.wait_for_text("shift-not-received", "1").await.unwrap();
    is_good(&window, "a closing record").await;
    window.screenshot("closing-record").await.unwrap();
    let record = save(&window, &home, "shift").await;
    check(
        &record,
        &["Closing record of a shift", "Market, Mai T.", "NOT YET RECEIVED", "A bench at the pond"],
    );
    check(&record, &["2 begun ≠ 1 signed", "The computer stopped at three.", "10 handed out = 0 returned"]);
    check(
        &record,
        &["Handed over by D. R. to Mai T., at 1 signature.", "Seal of the stick B 77", "With Ana Lopez"],
    );
    let checkpoint = window.text("checkpoint").await.unwrap();
    check(&record, &[checkpoint.lines().nth(2).unwrap()]);

    // The lists, and the record again after the day.
    window.click("nav-checklists").await.unwrap();
    window.click("list-wrong").await.unwrap();
    is_good(&window, "a checklist").await;
    window.screenshot("checklist").await.unwrap();
    let list = save(&window, &home, "checklist").await;
    assert_eq!(list.len(), 1);
    check(&list, &["When something goes wrong", "The laptop or the stick is lost or stolen"]);
    window.click("nav-end-shift").await.unwrap();
    window.click_css("[data-testid=closed-shifts] button").await.unwrap();
    window.wait_for_text("shift-saved", "1").await.unwrap();
    window.close().await.unwrap();
    let report = street.command_line().run(&["table", "report"]).unwrap();
    assert_eq!(report[0]["record"]["differing"], serde_json::json!(["visits"]));
}

#[tokio::test]
async fn a_row_that_is_longer_than_a_line_is_never_on_two_pages() {
    let street = Street::set_up(&[NAME_ONLY]).await;
    let home = street.computer.folder().join("home").canonicalize().unwrap();
    let line = street.command_line();
    let long = |letter: char, number: usize| format!("{letter}{number:02} {}", "of a long name ".repeat(3));
    for number in 0..30 {
        let (gives, takes) = (long('G', number), long('T', number));
        let seal = format!("S{number:02}");
        let seals = ["--laptop-seal", "of the laptop of this table", "--stick-seal", &seal];
        line.run(&[&["table", "hand-over", "--gives", &gives, "--takes", &takes][..], &seals].concat())
            .unwrap();
    }
    line.run(&["table", "end-shift"]).unwrap();
    let window = Window::open(&street.computer, &street.profile).await.unwrap();
    window.click("nav-end-shift").await.unwrap();
    window.click_css("[data-testid=closed-shifts] button").await.unwrap();
    window.wait_for("[data-testid=shift-report]").await.unwrap();
    let pages = save(&window, &home, "shift").await;
    window.close().await.unwrap();
    assert!(pages.len() >= 2, "{} pages", pages.len());
    let page_of = |part: &str| pages.iter().position(|page| page.contains(&closed_up(part)));
    for number in 0..30 {
        let ends = (page_of(&format!("by G{number:02}")), page_of(&format!("stick S{number:02}")));
        assert!(ends.0.is_some() && ends.0 == ends.1, "row {number}: {ends:?}");
    }
}
